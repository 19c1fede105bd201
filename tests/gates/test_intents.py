"""What mypy is asked to check is closed, and nothing keeps a view that is thrown away."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.gates.sources import ROOT, place, python_files, tree_of

FACES = ("desktop/kiosk", "desktop/desk")
SCREENS = [path.parent for face in FACES for path in (ROOT / face).glob("*/state.py")]


def matches(path: Path) -> Iterator[ast.Match]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Match) and ast.unparse(node.subject) == "intent":
            yield node


def is_closed(match: ast.Match) -> bool:
    """Its last case takes whatever is left: for `assert_never`, or for the union of another."""
    last = match.cases[-1]
    calls = [node for each in last.body for node in ast.walk(each) if isinstance(node, ast.Call)]
    hands_on = any(ast.unparse(arg) == "intent" for call in calls for arg in call.args)
    return ast.unparse(last.pattern) == "_" and hands_on


def test_every_screen_says_what_may_be_meant_on_it() -> None:
    assert len(SCREENS) > 10
    assert [screen.name for screen in SCREENS if not (screen / "intents.py").exists()] == []


def test_no_intent_falls_through_a_match() -> None:
    found = [(path, each) for path in python_files(*FACES) for each in matches(path)]
    assert len(found) > 10
    assert [place(path, each.lineno) for path, each in found if not is_closed(each)] == []


def test_no_part_keeps_the_act_of_its_view() -> None:
    """Collected together, a view and a part that holds it take the process with them."""
    kept = [
        place(path, node.lineno)
        for path in python_files(*FACES, "desktop/widgets")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Assign) and keeps(node.targets[0], node.value)
    ]
    assert kept == []


def keeps(target: ast.expr, value: ast.expr) -> bool:
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        return any(keeps(*pair) for pair in zip(target.elts, value.elts, strict=False))
    return isinstance(target, ast.Attribute) and ast.unparse(value) in ("act", "tell")

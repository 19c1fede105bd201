"""What the source says: literals given to `tr`, and Korean text that goes past it."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

#: Two syllables make a word; a single one is a unit or a counter inside a Korean figure (만, 원).
HANGUL = re.compile(r"[\uac00-\ud7a3]{2}")


@dataclass(frozen=True)
class Said:
    """One call of `tr`: its literal, or None where it was given something else."""

    path: Path
    line: int
    korean: str | None


def calls_of_tr(path: Path, tree: ast.Module) -> list[Said]:
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _called(node) == "tr":
            first = node.args[0] if node.args else None
            literal = first.value if isinstance(first, ast.Constant) else None
            korean = literal if isinstance(literal, str) else None
            found.append(Said(path, node.lineno, korean))
    return found


def korean_outside_tr(tree: ast.Module) -> list[tuple[int, str]]:
    """(line, text) of Hangul literals that are no docstring, no `tr` literal, not one of a pair."""
    allowed: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _called(node) == "tr":
            allowed.update(id(part) for arg in node.args for part in ast.walk(arg))
        elif isinstance(node, ast.Call):
            allowed.update(id(part) for given in _paired(node) for part in ast.walk(given))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            allowed.add(id(node.value))
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and HANGUL.search(node.value)
        and id(node) not in allowed
    ]


def _paired(node: ast.Call) -> list[ast.expr]:
    """Arguments given in both languages: `name_ko=` with `name_en=`, or one beside the other."""
    given = {keyword.arg: keyword.value for keyword in node.keywords if keyword.arg}
    pairs = [v for k, v in given.items() if k.endswith("_ko") and f"{k[:-3]}_en" in given]
    for korean, english in pairwise(node.args):
        if HANGUL.search(_text(korean)) and re.search(r"[A-Za-z]{2} ", _text(english)):
            pairs.append(korean)
    return pairs


def _text(node: ast.expr) -> str:
    """The literal text in an argument, formatted values left out."""
    parts = (part for part in ast.walk(node) if isinstance(part, ast.Constant))
    return "".join(part.value for part in parts if isinstance(part.value, str))


def _called(node: ast.Call) -> str:
    match node.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""

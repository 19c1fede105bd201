"""Icons in the tree are the icons on the screens, no more and no fewer."""

from __future__ import annotations

import ast
from pathlib import Path

from PySide6.QtSvg import QSvgRenderer

from tests.gates.sources import ROOT, place, python_files, tree_of

ICONS = ROOT / "resources" / "icons"


def there() -> dict[str, Path]:
    return {path.stem: path for path in sorted(ICONS.glob("*.svg"))}


def _text(node: ast.expr | None) -> str | None:
    literal = node.value if isinstance(node, ast.Constant) else None
    return literal if isinstance(literal, str) else None


def asked_for() -> list[tuple[str, str]]:
    """(place, icon) of every icon that a call names outright."""
    found = []
    for path in python_files("desktop"):
        for node in ast.walk(tree_of(path)):
            if not isinstance(node, ast.Call):
                continue
            called = ast.unparse(node.func).rsplit(".", 1)[-1]
            named = [keyword.value for keyword in node.keywords if keyword.arg == "icon"]
            if called in ("icon_pixmap", "set_icon"):
                named += node.args[:1]
            if called in ("paint_icon", "Icon", "IconDisc"):
                named += node.args[1:2]
            found += [(place(path, node.lineno), text) for part in named if (text := _text(part))]
    return found


def test_every_icon_that_a_screen_asks_for_exists() -> None:
    icons = there()
    assert not [(where, icon) for where, icon in asked_for() if icon not in icons]


def test_every_icon_file_is_drawn_somewhere() -> None:
    words = {
        node.value
        for path in python_files("desktop")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert not [icon for icon in there() if icon not in words]


def test_every_icon_file_can_be_drawn_in_any_colour() -> None:
    broken = [
        icon
        for icon, path in there().items()
        if not QSvgRenderer(str(path)).isValid() or "currentColor" not in path.read_text()
    ]
    assert not broken
    assert (ICONS / "LICENSE.txt").is_file()

"""What the source says: literals given to `tr`, and Korean text that goes past it."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from pathlib import Path

HANGUL = re.compile(r"[\uac00-\ud7a3]")


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
            literal = isinstance(first, ast.Constant) and isinstance(first.value, str)
            found.append(Said(path, node.lineno, first.value if literal else None))
    return found


def korean_outside_tr(tree: ast.Module) -> list[tuple[int, str]]:
    """(line, text) of string literals with Hangul that are neither `tr` literals nor docstrings."""
    allowed = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _called(node) == "tr":
            allowed.update(id(part) for arg in node.args for part in ast.walk(arg))
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


def _called(node: ast.Call) -> str:
    match node.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""

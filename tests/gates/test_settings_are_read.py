"""A setting that nothing reads is asked of an installer for nothing."""

from __future__ import annotations

import ast
from dataclasses import fields

import pytest

from desktop.settings import Settings
from tests.gates.sources import python_files, tree_of


def read_somewhere() -> set[str]:
    """Every attribute that the program asks of anything, outside the settings themselves."""
    return {
        node.attr
        for path in python_files("desktop")
        if path.name not in ("settings.py", "settings_file.py")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load)
    }


@pytest.fixture(scope="module")
def asked() -> set[str]:
    return read_somewhere()


@pytest.mark.parametrize("key", [each.name for each in fields(Settings)])
def test_every_key_that_may_be_set_is_read(key: str, asked: set[str]) -> None:
    assert key in asked

"""A colour is named by a type that says exactly which roles a palette has."""

from __future__ import annotations

from dataclasses import fields
from typing import get_args

import pytest
from PySide6.QtGui import QColor

from desktop.theme.palette import CONTRAST, LIGHT, Colour, Palette


@pytest.mark.parametrize("palette", (LIGHT, CONTRAST), ids=("light", "contrast"))
def test_every_colour_that_can_be_named_is_there_and_no_other(palette: Palette) -> None:
    roles = {f.name for f in fields(palette) if isinstance(vars(palette)[f.name], QColor)}
    assert set(get_args(Colour)) == roles
    assert palette.colour("ink") is palette.ink

"""The desk's colours: every role is there, and every pair that is used can be read."""

from __future__ import annotations

from dataclasses import fields
from typing import get_args

import pytest
from PySide6.QtGui import QColor

from desktop.theme.desk_palette import DESK_PALETTES, DeskColour, DeskPalette, DeskTheme

#: Letters, and the surfaces that they stand on somewhere.
LETTERS: tuple[tuple[DeskColour, tuple[DeskColour, ...]], ...] = (
    ("text", ("app", "pane", "head", "checked", "current", "match", "warning_bed", "done_bed")),
    ("second", ("app", "pane", "head", "checked", "current", "warning_bed")),
    ("third", ("app", "pane", "head", "checked", "current")),
    ("accent", ("pane", "head", "checked")),
    ("on_accent", ("accent",)),
    ("rail_text", ("rail", "rail_on")),
    ("fault", ("pane", "checked", "current", "fault_bed")),
    ("warning", ("pane", "checked", "current", "warning_bed")),
    ("done", ("pane", "done_bed")),
    ("information", ("pane", "checked", "information_bed")),
    ("assigned", ("pane", "checked", "current")),
    ("on_strip", ("strip",)),
)
#: Edges of controls and glyphs, which need no letters' contrast.
EDGES: tuple[tuple[DeskColour, tuple[DeskColour, ...]], ...] = (
    ("control_edge", ("pane", "head", "checked", "current", "app")),
    ("accent", ("current", "app")),
    ("done", ("current", "checked")),
    ("fault", ("head",)),
    ("rail_mark", ("rail", "rail_on")),
)


def luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("palette", DESK_PALETTES.values(), ids=list(DESK_PALETTES))
def test_every_colour_of_the_desk_that_can_be_named_is_there_and_no_other(
    palette: DeskPalette,
) -> None:
    roles = {f.name for f in fields(palette) if isinstance(vars(palette)[f.name], QColor)}
    assert set(get_args(DeskColour)) == roles


@pytest.mark.parametrize("theme", DeskTheme)
def test_letters_and_edges_stand_out_from_every_surface_they_are_used_on(theme: DeskTheme) -> None:
    palette = DESK_PALETTES[theme]
    least = 7.0 if theme is DeskTheme.CONTRAST else 4.5
    faint = [
        (role, on, round(contrast(palette.colour(role), palette.colour(on)), 2))
        for pairs, needed in ((LETTERS, least), (EDGES, 3.0))
        for role, surfaces in pairs
        for on in surfaces
        if contrast(palette.colour(role), palette.colour(on)) < needed
    ]
    assert not faint


@pytest.mark.parametrize("theme", DeskTheme)
def test_the_shape_of_every_theme_stands_out_from_a_row(theme: DeskTheme) -> None:
    palette = DESK_PALETTES[theme]
    rows: tuple[DeskColour, ...] = ("pane", "checked", "current")
    faint = [
        (name, on)
        for name, mark in palette.marks.items()
        for on in rows
        if contrast(mark, palette.colour(on)) < 3
    ]
    assert not faint

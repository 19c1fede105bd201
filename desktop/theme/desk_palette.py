"""The review desk's colours, by role, in its three themes.

Calm comes from one accent; colour beside it is kept for lateness and faults. High contrast draws
no tints: `tints` is False there, and what another theme tints gets an edge.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from PySide6.QtGui import QColor

from desktop.theme.palette import CONTRAST, LIGHT

DeskColour = Literal[
    "app",
    "pane",
    "head",
    "line",
    "strong_line",
    "control_edge",
    "text",
    "second",
    "third",
    "rail",
    "rail_text",
    "rail_on",
    "rail_mark",
    "match",
    "accent",
    "on_accent",
    "checked",
    "current",
    "done",
    "done_bed",
    "warning",
    "warning_bed",
    "fault",
    "fault_bed",
    "information",
    "information_bed",
    "assigned",
    "strip",
    "on_strip",
]
"""A colour of the desk by its role."""


class DeskTheme(StrEnum):
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


@dataclass(frozen=True)
class DeskPalette:
    theme: DeskTheme
    app: QColor  # behind the panes
    pane: QColor  # lists, panes, fields
    head: QColor  # heads of tables and sections, bars
    line: QColor
    strong_line: QColor
    control_edge: QColor  # outline of buttons and fields
    text: QColor
    second: QColor
    third: QColor  # nothing is lighter
    rail: QColor
    rail_text: QColor
    rail_on: QColor
    rail_mark: QColor
    match: QColor  # behind letters that were searched for
    accent: QColor  # where one is and what one can do; focus
    on_accent: QColor
    checked: QColor
    current: QColor
    done: QColor
    done_bed: QColor
    warning: QColor
    warning_bed: QColor
    fault: QColor
    fault_bed: QColor
    information: QColor
    information_bed: QColor
    assigned: QColor
    strip: QColor  # what floats for a moment: the strip of undo
    on_strip: QColor
    marks: dict[str, QColor] = field(repr=False)  # the shapes of the kiosk's themes
    tints: bool = True

    def colour(self, role: DeskColour) -> QColor:
        found: QColor = vars(self)[role]
        return found


def _palette(theme: DeskTheme, marks: dict[str, QColor], **roles: str) -> DeskPalette:
    colours = {role: QColor(value) for role, value in roles.items()}
    return DeskPalette(theme=theme, marks=marks, tints=theme is not DeskTheme.CONTRAST, **colours)


_LIGHT_MARKS = {theme: tile.fill for theme, tile in LIGHT.themes.items()}
_DARK_MARKS = {theme: tile.fill for theme, tile in CONTRAST.themes.items()}

DESK_LIGHT = _palette(
    DeskTheme.LIGHT,
    _LIGHT_MARKS,
    app="#f4f5f6",
    pane="#ffffff",
    head="#f8f9fa",
    line="#e6e8ea",
    strong_line="#cdd1d5",
    control_edge="#6d7882",
    text="#1e2124",
    second="#464c53",
    third="#58616a",
    rail="#122b18",
    rail_text="#d8eedd",
    rail_on="#285d33",
    rail_mark="#7ec88e",
    match="#ffe9ae",
    accent="#0b50d0",
    on_accent="#ffffff",
    checked="#ecf2fe",
    current="#d8e5fd",
    done="#267337",
    done_bed="#eaf6ec",
    warning="#8a5c00",
    warning_bed="#fff3db",
    fault="#bd2c0f",
    fault_bed="#fdefec",
    information="#096ab3",
    information_bed="#e7f4fe",
    assigned="#1c589c",
    strip="#1e2124",
    on_strip="#f4f5f6",
)

DESK_DARK = _palette(
    DeskTheme.DARK,
    _DARK_MARKS,
    app="#131416",
    pane="#1e2124",
    head="#23262a",
    line="#2f3338",
    strong_line="#464c53",
    control_edge="#8a949e",
    text="#f4f5f6",
    second="#cdd1d5",
    third="#b1b8be",
    rail="#0b1a0f",
    rail_text="#a9dab4",
    rail_on="#1f4727",
    rail_mark="#7ec88e",
    match="#5a4300",
    accent="#86aff9",
    on_accent="#03163a",
    checked="#0d2a5c",
    current="#12367a",
    done="#7ec88e",
    done_bed="#152f1c",
    warning="#ffc95c",
    warning_bed="#332509",
    fault="#f48771",
    fault_bed="#3a140c",
    information="#9ed2fa",
    information_bed="#07304f",
    assigned="#90b0d5",
    strip="#f4f5f6",
    on_strip="#1e2124",
)

DESK_CONTRAST = _palette(
    DeskTheme.CONTRAST,
    _DARK_MARKS,
    app="#000000",
    pane="#000000",
    head="#131416",
    line="#8a949e",
    strong_line="#cdd1d5",
    control_edge="#cdd1d5",
    text="#f4f5f6",
    second="#cdd1d5",
    third="#cdd1d5",
    rail="#000000",
    rail_text="#f4f5f6",
    rail_on="#131416",
    rail_mark="#ffc95c",
    match="#3d2d00",
    accent="#ffc95c",
    on_accent="#000000",
    checked="#000000",
    current="#131416",
    done="#a9dab4",
    done_bed="#000000",
    warning="#ffc95c",
    warning_bed="#000000",
    fault="#f7afa1",
    fault_bed="#000000",
    information="#9ed2fa",
    information_bed="#000000",
    assigned="#9ed2fa",
    strip="#f4f5f6",
    on_strip="#000000",
)

DESK_PALETTES = {palette.theme: palette for palette in (DESK_LIGHT, DESK_DARK, DESK_CONTRAST)}

"""The colours of both modes, by role. Values and their contrast ratios: ARCHITECTURE.md, Interface.

QColor objects are made once at import; painting code never parses a hex string.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from PySide6.QtGui import QColor

Colour = Literal[
    "paper",
    "white",
    "raised",
    "sand",
    "straw",
    "straw2",
    "reed",
    "edge",
    "ink",
    "ink2",
    "line",
    "pine",
    "on_pine",
    "pine2",
    "pine_edge",
    "figure",
    "tint",
    "sprout",
    "leaf",
    "soil",
    "soil2",
    "soil_line",
    "soil_edge",
    "on_soil",
    "bar_light",
    "on_bar_light",
    "bar_on",
    "on_bar_on",
    "ochre",
    "selected",
    "on_selected",
    "pressed",
    "indigo",
    "on_indigo",
    "water",
    "water_edge",
    "water_text",
    "warn",
    "warn_bed",
    "danger",
    "info",
    "demo",
    "demo_line",
    "demo_text",
    "receipt_bed",
    "receipt_hill",
    "receipt_hill2",
    "scrim",
    "outside",
    "outside_line",
    "thickness",
    "hill_text",
    "dong_line",
    "city_line",
    "dong_selected",
    "dong_selected_line",
    "halo",
    "casing",
    "public_line",
    "public_fill",
    "private_line",
    "private_fill",
]
"""A colour by its role."""


@dataclass(frozen=True)
class ThemeColours:
    """One theme's tile: its fill, its thick lower edge and the icon on it."""

    fill: QColor
    edge: QColor
    icon: QColor


def _tile(fill: str, edge: str, icon: str) -> ThemeColours:
    return ThemeColours(QColor(fill), QColor(edge), QColor(icon))


@dataclass(frozen=True)
class Palette:
    """Colours by role. Light is the default mode, the other is 선명한 화면 (7:1 and better)."""

    contrast: bool
    paper: QColor  # page
    white: QColor  # cards and targets
    raised: QColor  # an element on a card
    sand: QColor  # quiet panel, keyboard bed, basis label
    straw: QColor  # decorative hairline
    straw2: QColor
    reed: QColor  # outline of basis labels and of steps to come
    edge: QColor  # lower edge of white targets
    ink: QColor
    ink2: QColor  # secondary text
    line: QColor  # outline of every target
    pine: QColor  # main action: fill
    on_pine: QColor  # main action: text
    pine2: QColor  # main action pressed, cluster outline
    pine_edge: QColor
    figure: QColor  # large figures
    tint: QColor  # selected card, vowel keys
    sprout: QColor  # done step
    leaf: QColor  # grass line on the soil bar
    soil: QColor
    soil2: QColor
    soil_line: QColor
    soil_edge: QColor
    on_soil: QColor
    bar_light: QColor  # 처음으로, 도움말
    on_bar_light: QColor
    bar_on: QColor  # a setting that is on
    on_bar_on: QColor
    ochre: QColor
    selected: QColor  # selected chip: fill
    on_selected: QColor
    pressed: QColor  # white target while pressed
    indigo: QColor  # here, focus, caret
    on_indigo: QColor
    water: QColor
    water_edge: QColor
    water_text: QColor
    warn: QColor
    warn_bed: QColor
    danger: QColor
    info: QColor
    demo: QColor
    demo_line: QColor
    demo_text: QColor
    receipt_bed: QColor
    receipt_hill: QColor
    receipt_hill2: QColor
    scrim: QColor
    outside: QColor  # map: beyond the city
    outside_line: QColor
    thickness: QColor  # map: the city's lower edge
    land: tuple[QColor, ...]
    hills: tuple[QColor, ...]
    hill_text: QColor
    dong_line: QColor
    city_line: QColor
    dong_selected: QColor
    dong_selected_line: QColor
    halo: QColor  # round map names
    casing: QColor  # round pins
    trees: tuple[QColor, ...]  # dots: scattered, rows, woods
    public_line: QColor
    public_fill: QColor
    private_line: QColor
    private_fill: QColor
    glyph: dict[str, QColor] = field(repr=False)
    themes: dict[str, ThemeColours] = field(repr=False)
    statuses: dict[str, QColor] = field(repr=False)
    #: Outlines are one reference pixel heavier in the contrast mode.
    extra_line: int = 0

    def colour(self, role: Colour) -> QColor:
        found: QColor = vars(self)[role]
        return found

    def theme(self, theme_id: str) -> ThemeColours:
        return self.themes[theme_id]

    def status(self, status_id: str) -> QColor:
        return self.statuses[status_id]


LIGHT = Palette(
    contrast=False,
    paper=QColor("#FBF8F1"),
    white=QColor("#FFFFFF"),
    raised=QColor("#FFFFFF"),
    sand=QColor("#F1EBDD"),
    straw=QColor("#DDD3BF"),
    straw2=QColor("#B9AC92"),
    reed=QColor("#857A63"),
    edge=QColor("#CFC3AA"),
    ink=QColor("#1E2124"),
    ink2=QColor("#464C53"),
    line=QColor("#58616A"),
    pine=QColor("#285D33"),
    on_pine=QColor("#FFFFFF"),
    pine2=QColor("#1F4727"),
    pine_edge=QColor("#173A20"),
    figure=QColor("#285D33"),
    tint=QColor("#EAF6EC"),
    sprout=QColor("#D8EEDD"),
    leaf=QColor("#7EC88E"),
    soil=QColor("#33291F"),
    soil2=QColor("#4A3D30"),
    soil_line=QColor("#A8977F"),
    soil_edge=QColor("#1F1811"),
    on_soil=QColor("#FBF8F1"),
    bar_light=QColor("#FBF8F1"),
    on_bar_light=QColor("#1E2124"),
    bar_on=QColor("#FBF8F1"),
    on_bar_on=QColor("#1E2124"),
    ochre=QColor("#A3491C"),
    selected=QColor("#1E2124"),
    on_selected=QColor("#FFFFFF"),
    pressed=QColor("#E6E8EA"),
    indigo=QColor("#0B50D0"),
    on_indigo=QColor("#FFFFFF"),
    water=QColor("#B5D7E8"),
    water_edge=QColor("#447E9F"),
    water_text=QColor("#1C589C"),
    warn=QColor("#8A5C00"),
    warn_bed=QColor("#FFF3DB"),
    danger=QColor("#BD2C0F"),
    info=QColor("#096AB3"),
    demo=QColor("#FFE0A3"),
    demo_line=QColor("#8A5C00"),
    demo_text=QColor("#2E1F00"),
    receipt_bed=QColor("#E3EFD9"),
    receipt_hill=QColor("#C5D9A9"),
    receipt_hill2=QColor("#B2CB92"),
    scrim=QColor(30, 26, 20, 184),
    outside=QColor("#EBE3D0"),
    outside_line=QColor("#D5C9B0"),
    thickness=QColor("#CBBF9F"),
    land=tuple(map(QColor, ("#F7F3E3", "#EBEFD6", "#F1EBD2", "#E2EBD0", "#F3F0E0"))),
    hills=tuple(map(QColor, ("#DAE6C6", "#CADBB2", "#B8CE9E"))),
    hill_text=QColor("#285D33"),
    dong_line=QColor("#79845D"),
    city_line=QColor("#5C6B4A"),
    dong_selected=QColor(207, 232, 184, 191),
    dong_selected_line=QColor("#1F4727"),
    halo=QColor("#F8F5EA"),
    casing=QColor("#FFFFFF"),
    trees=tuple(map(QColor, ("#5B9460", "#2F6E3C", "#1F4F2B"))),
    public_line=QColor("#3F8550"),
    public_fill=QColor("#DDEBD2"),
    private_line=QColor("#A3491C"),
    private_fill=QColor("#F7E4D4"),
    glyph={
        "round": QColor("#3F8A4F"),
        "pine": QColor("#285D33"),
        "ginkgo": QColor("#D9A52E"),
        "poplar": QColor("#5FA86C"),
        "shrub": QColor("#86B56A"),
        "trunk": QColor("#6B4A2F"),
    },
    themes={
        "garden": _tile("#267337", "#174A23", "#FFFFFF"),
        "carbon-neutral": _tile("#17697A", "#0C4551", "#FFFFFF"),
        "regeneration": _tile("#A3491C", "#6E2F10", "#FFFFFF"),
        "culture-library": _tile("#6A3D86", "#43235A", "#FFFFFF"),
        "economy": _tile("#7A5A00", "#4E3900", "#FFFFFF"),
        "health": _tile("#AB2B36", "#741A22", "#FFFFFF"),
    },
    statuses={
        "completed": QColor("#267337"),
        "under-way": QColor("#096AB3"),
        "planned": QColor("#464C53"),
        "changed": QColor("#8A5C00"),
        "stopped": QColor("#BD2C0F"),
        "unknown": QColor("#464C53"),
    },
)

CONTRAST = Palette(
    contrast=True,
    paper=QColor("#000000"),
    white=QColor("#131416"),
    raised=QColor("#1E2124"),
    sand=QColor("#131416"),
    straw=QColor("#8A949E"),
    straw2=QColor("#8A949E"),
    reed=QColor("#CDD1D5"),
    edge=QColor("#8A949E"),
    ink=QColor("#F4F5F6"),
    ink2=QColor("#CDD1D5"),
    line=QColor("#CDD1D5"),
    pine=QColor("#A9DAB4"),
    on_pine=QColor("#000000"),
    pine2=QColor("#7EC88E"),
    pine_edge=QColor("#8A949E"),
    figure=QColor("#A9DAB4"),
    tint=QColor("#1E2124"),
    sprout=QColor("#1F4727"),
    leaf=QColor("#FFFFFF"),
    soil=QColor("#000000"),
    soil2=QColor("#131416"),
    soil_line=QColor("#CDD1D5"),
    soil_edge=QColor("#8A949E"),
    on_soil=QColor("#F4F5F6"),
    bar_light=QColor("#F4F5F6"),
    on_bar_light=QColor("#000000"),
    bar_on=QColor("#FFC95C"),
    on_bar_on=QColor("#000000"),
    ochre=QColor("#FFC9A0"),
    selected=QColor("#F4F5F6"),
    on_selected=QColor("#000000"),
    pressed=QColor("#33363D"),
    indigo=QColor("#FFC95C"),
    on_indigo=QColor("#000000"),
    water=QColor("#0E3139"),
    water_edge=QColor("#ABD8E3"),
    water_text=QColor("#ABD8E3"),
    warn=QColor("#FFC95C"),
    warn_bed=QColor("#1E2124"),
    danger=QColor("#F7AFA1"),
    info=QColor("#9ED2FA"),
    demo=QColor("#FFC95C"),
    demo_line=QColor("#F4F5F6"),
    demo_text=QColor("#000000"),
    receipt_bed=QColor("#131416"),
    receipt_hill=QColor("#122B18"),
    receipt_hill2=QColor("#16351E"),
    scrim=QColor(0, 0, 0, 205),
    outside=QColor("#000000"),
    outside_line=QColor("#33363D"),
    thickness=QColor("#000000"),
    land=tuple(map(QColor, ("#131416", "#1C1F22", "#101113", "#1E2124", "#17191B"))),
    hills=tuple(map(QColor, ("#122B18", "#16351E", "#1F4727"))),
    hill_text=QColor("#D8EEDD"),
    dong_line=QColor("#8A949E"),
    city_line=QColor("#F4F5F6"),
    dong_selected=QColor(255, 201, 92, 60),
    dong_selected_line=QColor("#FFC95C"),
    halo=QColor("#000000"),
    casing=QColor("#000000"),
    trees=tuple(map(QColor, ("#7EC88E", "#A9DAB4", "#D8EEDD"))),
    public_line=QColor("#A9DAB4"),
    public_fill=QColor("#122B18"),
    private_line=QColor("#FFC9A0"),
    private_fill=QColor("#2A1A10"),
    glyph={
        "round": QColor("#A9DAB4"),
        "pine": QColor("#7EC88E"),
        "ginkgo": QColor("#FFC95C"),
        "poplar": QColor("#A9DAB4"),
        "shrub": QColor("#7EC88E"),
        "trunk": QColor("#CDD1D5"),
    },
    themes={
        "garden": _tile("#A9DAB4", "#8A949E", "#000000"),
        "carbon-neutral": _tile("#ABD8E3", "#8A949E", "#000000"),
        "regeneration": _tile("#FFC9A0", "#8A949E", "#000000"),
        "culture-library": _tile("#DDBDF2", "#8A949E", "#000000"),
        "economy": _tile("#FFE0A3", "#8A949E", "#000000"),
        "health": _tile("#F7AFA1", "#8A949E", "#000000"),
    },
    statuses={
        "completed": QColor("#A9DAB4"),
        "under-way": QColor("#9ED2FA"),
        "planned": QColor("#CDD1D5"),
        "changed": QColor("#FFC95C"),
        "stopped": QColor("#F7AFA1"),
        "unknown": QColor("#CDD1D5"),
    },
    extra_line=1,
)

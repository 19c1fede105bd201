"""Everything a view of the review desk needs to draw itself, for mouse and keyboard.

As on the kiosk a look never changes inside a view: with another theme, text size or language the
views are built anew and shown the same state.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum
from functools import lru_cache

from PySide6.QtGui import QFont

from desktop.theme.desk_palette import DESK_LIGHT, DeskPalette
from desktop.theme.fonts import FAMILY


class Use(Enum):
    """What letters are used for: (px, line height in px, bold)."""

    WORDS = (15, 24, False)  # a resident's own words
    THREAD = (14, 23, False)
    TEXT = (13, 19, False)
    STRONG = (13, 19, True)
    SMALL = (12, 17, False)  # the floor: counts, times, heads, hints
    SECTION = (12, 17, True)
    PANE = (15, 20, True)
    TITLE = (16, 22, True)
    FIGURE = (22, 28, True)

    #: Every painted row looks one up; there is one object of each.
    __hash__ = object.__hash__


class Density(StrEnum):
    COMPACT = "compact"
    NORMAL = "normal"
    ROOMY = "roomy"


ROWS = {Density.COMPACT: 28, Density.NORMAL: 32, Density.ROOMY: 40}
#: The sizes of text one may choose, in percent.
TEXT_SIZES = (100, 115, 130)


@lru_cache(maxsize=64)
def _font(px: int, bold: bool) -> QFont:
    font = QFont(FAMILY)
    font.setPixelSize(px)
    font.setBold(bold)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    # Counts and times stand below each other.
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


@dataclass(frozen=True)
class DeskLook:
    palette: DeskPalette = DESK_LIGHT
    language: str = "ko"
    text_size: int = 100
    density: Density = Density.NORMAL

    def px(self, at_96_dpi: float) -> int:
        """A measure in device-independent px; all of them grow with the text."""
        return round(at_96_dpi * self.text_size / 100)

    def font(self, use: Use) -> QFont:
        """A copy the caller may change."""
        return QFont(_font(self.px(use.value[0]), use.value[2]))

    def line_height(self, use: Use) -> int:
        return self.px(use.value[1])

    @property
    def row(self) -> int:
        """Height of a row of a list."""
        return self.px(ROWS[self.density])

    @property
    def edge(self) -> int:
        """Width of an outline: heavier where nothing is tinted."""
        return 1 if self.palette.tints else 2

    @property
    def korean(self) -> bool:
        return self.language == "ko"

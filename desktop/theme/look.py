"""Everything a view needs to know to draw itself: sizes, colours, language, motion.

A look never changes inside a view. When the resident asks for larger letters, more contrast, the
low position or the other language, the shell builds the view anew with a new look and renders the
same state into it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtGui import QFont

from desktop.theme.fonts import FAMILY
from desktop.theme.metrics import Metrics
from desktop.theme.palette import Palette
from desktop.theme.type import Role


@lru_cache(maxsize=128)
def _font(role: Role, bold: bool, pixel_size: int) -> QFont:
    font = QFont(FAMILY)
    font.setPixelSize(pixel_size)
    font.setBold(bold)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if role.spacing_percent:
        font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 100 + role.spacing_percent)
    return font


@dataclass(frozen=True)
class Look:
    metrics: Metrics
    palette: Palette
    language: str = "ko"
    reduced_motion: bool = False

    def px(self, ref: float) -> int:
        """Device pixels of `ref` reference pixels."""
        return self.metrics.px(ref)

    def line(self, ref: float) -> int:
        """Width of an outline: one reference pixel heavier in the contrast mode."""
        return self.metrics.px(ref + self.palette.extra_line)

    def font(self, role: Role, bold: bool = False) -> QFont:
        """A copy the caller may change."""
        return QFont(_font(role, bold, self.metrics.font_px(self.size(role))))

    def size(self, role: Role) -> int:
        """Reference px of the letters of `role`."""
        return role.size(large=self.metrics.large, small=self.metrics.small)

    def line_height(self, role: Role) -> float:
        """Height of a line as a multiple of its letters' size."""
        return role.line_height(self.metrics.crowded)

    @property
    def large(self) -> bool:
        return self.metrics.large

    @property
    def low(self) -> bool:
        return self.metrics.low

    @property
    def compact(self) -> bool:
        return self.metrics.compact

    @property
    def shallow(self) -> bool:
        return self.metrics.shallow

    @property
    def tight(self) -> bool:
        return self.metrics.tight

    @property
    def crowded(self) -> bool:
        return self.metrics.crowded

    @property
    def portrait(self) -> bool:
        return self.metrics.portrait

    @property
    def contrast(self) -> bool:
        return self.palette.contrast

    @property
    def korean(self) -> bool:
        return self.language == "ko"

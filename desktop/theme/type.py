"""Type roles and their sizes in reference pixels, default and large (12 mm) letters."""

from __future__ import annotations

from enum import Enum


class Role(Enum):
    """(default px, large px, large px where height is scarce, letter spacing in percent, line
    height, line height where height is scarce).

    Large letters are never under 62 px, which is 12 mm. On a small lying panel every role comes
    down towards that: weight and place tell a title from its text then, not size.
    """

    BODY = (38, 62, 62, -1.0, 1.36, 1.22)
    LEAD = (44, 66, 62, -1.0, 1.36, 1.22)
    DOOR = (54, 80, 64, -3.0, 1.24, 1.16)
    TITLE = (56, 80, 66, -3.0, 1.24, 1.16)
    QUESTION = (72, 92, 70, -3.0, 1.2, 1.16)
    HEADLINE = (88, 104, 72, -3.0, 1.24, 1.16)
    FIGURE_S = (72, 92, 76, -4.5, 1.1, 1.05)
    FIGURE_M = (116, 128, 96, -4.5, 1.05, 1.05)
    FIGURE_L = (188, 196, 112, -4.5, 1.0, 1.0)
    KEY = (48, 66, 62, 0.0, 1.2, 1.2)
    COUNT = (44, 62, 62, 0.0, 1.0, 1.0)

    def size(self, large: bool, tight: bool = False) -> int:
        return int(self.value[2 if tight else 1 if large else 0])

    @property
    def spacing_percent(self) -> float:
        return float(self.value[3])

    def line_height(self, tight: bool = False) -> float:
        return float(self.value[5 if tight else 4])

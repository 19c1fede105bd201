"""Type roles and their sizes in reference pixels, default and large (12 mm) letters."""

from __future__ import annotations

from enum import Enum


class Role(Enum):
    """(default px, large px, letter spacing in percent, line height)."""

    BODY = (38, 62, -1.0, 1.36)
    LEAD = (44, 66, -1.0, 1.36)
    DOOR = (54, 80, -3.0, 1.24)
    TITLE = (56, 80, -3.0, 1.24)
    QUESTION = (72, 92, -3.0, 1.2)
    HEADLINE = (88, 104, -3.0, 1.24)
    FIGURE_S = (72, 92, -4.5, 1.1)
    FIGURE_M = (116, 128, -4.5, 1.05)
    FIGURE_L = (188, 196, -4.5, 1.0)
    KEY = (48, 66, 0.0, 1.2)
    COUNT = (44, 62, 0.0, 1.0)

    def size(self, large: bool) -> int:
        return int(self.value[1] if large else self.value[0])

    @property
    def spacing_percent(self) -> float:
        return float(self.value[2])

    @property
    def line_height(self) -> float:
        return float(self.value[3])

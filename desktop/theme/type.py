"""Type roles and their sizes in reference pixels."""

from __future__ import annotations

from enum import Enum

#: Large letters are twice as large, whatever they say.
ENLARGEMENT = 2


class Role(Enum):
    """(px, px on a small lying panel, letter spacing in percent, line height, line height where
    height is scarce).

    On a small lying panel every role comes down towards the text: weight and place tell a title
    from it then, not size.
    """

    BODY = (38, 38, -1.0, 1.36, 1.22)
    LEAD = (44, 40, -1.0, 1.36, 1.22)
    DOOR = (54, 46, -3.0, 1.24, 1.16)
    TITLE = (56, 46, -3.0, 1.24, 1.16)
    QUESTION = (72, 48, -3.0, 1.2, 1.16)
    HEADLINE = (88, 52, -3.0, 1.24, 1.16)
    FIGURE_S = (72, 54, -4.5, 1.1, 1.05)
    FIGURE_M = (116, 64, -4.5, 1.05, 1.05)
    FIGURE_L = (188, 96, -4.5, 1.0, 1.0)
    KEY = (48, 48, 0.0, 1.2, 1.2)
    COUNT = (44, 40, 0.0, 1.0, 1.0)
    BAR = (38, 38, -1.0, 1.36, 1.22)
    KEY_WORD = (38, 38, -1.0, 1.2, 1.2)

    #: Every measuring of a text looks roles up; there is one object of each, as of any member.
    __hash__ = object.__hash__

    def size(self, *, large: bool = False, small: bool = False) -> int:
        """`small`: on a small lying panel."""
        if large and (self, small) in _HELD_BACK:
            return _HELD_BACK[self, small]
        return int(self.value[1 if small else 0]) * (ENLARGEMENT if large else 1)

    @property
    def spacing_percent(self) -> float:
        return float(self.value[2])

    def line_height(self, tight: bool = False) -> float:
        return float(self.value[4 if tight else 3])


#: What cannot be twice as large: a bar of seven buttons on the smallest panel, and words on keys of
#: 14 mm, are 12 mm letters (10 mm on the smallest panel's keys); a figure is as wide as the panel
#: that it stands on.
_HELD_BACK = {
    (Role.BAR, True): 62,
    (Role.KEY, True): 62,
    (Role.KEY_WORD, True): 52,
    (Role.KEY_WORD, False): 62,
    (Role.FIGURE_L, False): 320,
    (Role.FIGURE_M, False): 184,
}

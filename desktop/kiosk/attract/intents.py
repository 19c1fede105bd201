"""What a passer-by may mean at the attract screen. An enumeration, because it is made before the
library of records is loaded."""

from __future__ import annotations

from enum import Enum, auto


class AttractIntent(Enum):
    START = auto()
    NEXT = auto()
    PREVIOUS = auto()
    PAUSE = auto()

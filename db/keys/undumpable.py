"""A process that holds secrets leaves none of its memory behind when it falls."""

from __future__ import annotations

import sys
from functools import lru_cache

_SET_DUMPABLE = 4
"""PR_SET_DUMPABLE of Linux's prctl(2)."""


@lru_cache(maxsize=1)
def leave_no_dump() -> None:
    """From here on neither a core dump nor another process of this user shows what is in memory:
    keys, and words nobody has sent yet. Where the system knows no such thing the units of
    `resources/install` still forbid core dumps.
    """
    if sys.platform == "linux":
        # Late: the kiosk's first frame needs neither keys nor this.
        import ctypes

        ctypes.CDLL(None).prctl(_SET_DUMPABLE, 0, 0, 0, 0)

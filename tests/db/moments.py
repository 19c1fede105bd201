"""When to kill a process that does one act: at any moment of it, and only deaths count."""

from __future__ import annotations

import random

_GOLDEN = 0.618_033_988_75
NEVER = 10_000_000
"""Microseconds after which every act is done."""


class Moments:
    """Moments as far apart as such an act takes, on this machine and just now.

    `died` counts the processes that were killed; one that was done before its moment came says how
    long it took, and proves nothing.
    """

    def __init__(self, whole_us: int | None) -> None:
        assert whole_us is not None
        self.died = 0
        self._whole_us = whole_us
        # Follows from the seed that a failing run names.
        self._at = random.Random(random.getrandbits(64)).random()

    def next(self) -> int:
        """Steps of the golden ratio leave no part of the act out, however few there are."""
        self._at = (self._at + _GOLDEN) % 1.0
        return 1 + int(self._at * self._whole_us)

    def note(self, took_us: int | None) -> None:
        """What became of an act: the microseconds it took, None when it was killed."""
        if took_us is None:
            self.died += 1
        else:
            self._whole_us = max(1, min(took_us, self._whole_us))

"""Keeps work in the background out of the way of a hand that moves.

Python runs one thread at a time, so a page that is checked in one is a frame that comes late in
another. While somebody touches the screen, background work does one piece and then rests; it never
stops altogether, and as soon as nobody touches it runs freely.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject

#: So long (seconds) after the last input a hand may still be moving.
CALM_S = 0.4
#: Seconds between two pieces of work meanwhile.
REST_S = 0.4


class Throttle:
    """An input handler that only looks, and what background work waits for before each piece."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._touched = self._worked = clock() - CALM_S

    def handle(self, target: QObject, event: QEvent) -> bool:
        self.touch()
        return False

    def touch(self) -> None:
        """Somebody moves something on the screen now."""
        self._touched = self._clock()

    def left(self) -> float:
        """Seconds until the next piece of work may begin, if nobody touches again."""
        now = self._clock()
        if now - self._touched >= CALM_S:
            return 0.0
        return max(0.0, min(self._worked + REST_S, self._touched + CALM_S) - now)

    async def breath(self) -> None:
        """Waits for its turn."""
        while (left := self.left()) > 0:
            await asyncio.sleep(left)
        self._worked = self._clock()

"""The one time limit of the program: a visit that nobody is at ends, after asking.

No answer has a time limit. The count starts at the last input or at the end of speech, thirty
seconds before its end it asks, and asking can be answered as often as the resident likes.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QObject, QTimer, Signal

WARNING_SECONDS = 30
SHORTEST_LIMIT = 60
#: Sums of seconds are not exact; a thousandth early is on time.
ALMOST = 1e-3


@dataclass(frozen=True, slots=True)
class IdleLimits:
    """Seconds without input until a visit ends; a site may lengthen them, never go under 60."""

    reading: float = 90
    typing: float = 180

    def of(self, *, typing: bool, doubled: bool) -> float:
        """The limit in seconds; `doubled` for residents who listen or read large letters."""
        limit = max(SHORTEST_LIMIT, self.typing if typing else self.reading)
        return limit * 2 if doubled else limit


class IdleClock(QObject):
    """Counts the quiet seconds of one visit.

    `clock` answers monotonic seconds. The clock wakes itself up; a test moves its own clock and
    calls `tick()`.
    """

    warning = Signal(int)  # seconds left: 30, 29 ... 1
    resumed = Signal()  # the resident is still there; the warning goes away
    expired = Signal()

    def __init__(
        self,
        limits: IdleLimits | None = None,
        clock: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._limits, self._clock = limits or IdleLimits(), clock
        self._typing = self._doubled = self._speaking = False
        self._fixed: float | None = None
        self._running = False
        self._since = 0.0
        self._told: int | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.tick)

    @property
    def running(self) -> bool:
        return self._running

    @property
    def warned(self) -> bool:
        """True while the question "are you still there?" is on the screen."""
        return self._told is not None

    @property
    def limit(self) -> float:
        if self._fixed is not None:
            return self._fixed
        return self._limits.of(typing=self._typing, doubled=self._doubled)

    def fix(self, seconds: float | None) -> None:
        """Give one screen a limit of its own (the operator's); None goes back to the visit's."""
        self._fixed = seconds if seconds is None else max(SHORTEST_LIMIT, seconds)
        self._arm()

    def start(self) -> None:
        """A visit begins."""
        self._running, self._told, self._speaking = True, None, False
        self._since = self._clock()
        self._arm()

    def stop(self) -> None:
        """The visit is over; nothing is counted until the next one."""
        self._running, self._told = False, None
        self._timer.stop()

    def set_typing(self, typing: bool) -> None:
        self._typing = typing
        self._arm()

    def set_doubled(self, doubled: bool) -> None:
        self._doubled = doubled
        self._arm()

    def set_speaking(self, speaking: bool) -> None:
        """Whoever listens is not idle. The spoken warning itself does not stop the countdown."""
        self._speaking = speaking
        if not self.warned:
            self._since = self._clock()
            self._arm()

    def touch(self) -> None:
        """The resident did something: count anew, and take a warning away."""
        if not self._running:
            return
        was_warned, self._told = self.warned, None
        self._since = self._clock()
        self._arm()
        if was_warned:
            self.resumed.emit()

    def prolong(self) -> None:
        """Start the thirty seconds again without taking the warning away: its own controls are
        being used."""
        if self.warned:
            self._since = self._clock() - (self.limit - WARNING_SECONDS)
            self.tick()

    def tick(self) -> None:
        """Look at the clock and say what follows from it."""
        if not self._running or (self._speaking and not self.warned):
            return
        left = self.limit - (self._clock() - self._since)
        if left <= ALMOST:
            self.stop()
            self.expired.emit()
            return
        if left <= WARNING_SECONDS:
            seconds = ceil(left - ALMOST)
            if seconds != self._told:
                self._told = seconds
                self.warning.emit(seconds)
        elif self.warned:  # the limit grew while the question was asked
            self._told = None
            self.resumed.emit()
        self._arm()

    def _arm(self) -> None:
        if not self._running or (self._speaking and not self.warned):
            self._timer.stop()
            return
        left = self.limit - (self._clock() - self._since)
        wait = left - WARNING_SECONDS if left > WARNING_SECONDS else left - ceil(left) + 1
        self._timer.start(max(1, ceil(wait * 1000)))

"""Guessing receipt numbers must not pay, neither in a minute nor in a year.

A few wrong numbers are free; each comes back only with time. The end of a visit, a right number
between wrong ones and new content on the screens leave the count as it is: each of them is easily
had.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

TRIES = 5
"""Wrong numbers in a row that people may give who mistype."""
BACK_MS = 180_000
"""One try comes back after this long: at most 480 a day, whoever stays at the screen."""


class GuessLimit(QObject):
    """One for a kiosk. Signals: `rested()` when one may try again."""

    rested = Signal()

    def __init__(self, back_ms: int = BACK_MS, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._left = TRIES
        self._coming_back = QTimer(self)
        self._coming_back.setInterval(back_ms)
        self._coming_back.timeout.connect(self._give_back)

    @property
    def resting(self) -> bool:
        return self._left <= 0

    def count_wrong(self) -> None:
        self._left = max(self._left - 1, 0)
        if not self._coming_back.isActive():
            self._coming_back.start()

    def close(self) -> None:
        """Nobody will ask again."""
        self._coming_back.stop()

    def _give_back(self) -> None:
        was_resting = self.resting
        self._left += 1
        if self._left >= TRIES:
            self._coming_back.stop()
        if was_resting:
            self.rested.emit()

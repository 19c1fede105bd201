"""Guessing receipt numbers must not pay: after some wrong ones the kiosk looks up none for a while.

Only time makes up for a wrong number. The end of a visit, a right number between wrong ones and
new content on the screens leave the count as it is: each of them is easily had.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.kiosk.replies_state import TRIES

WAIT_MS = 60_000


class CodeGuard(QObject):
    """One for a kiosk. `TRIES` wrong numbers, each within `wait_ms` of the last, and it rests for
    as long. Signals: `rested()` when one may try again."""

    rested = Signal()

    def __init__(self, wait_ms: int = WAIT_MS, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wrong = 0
        self._since = QTimer(self)
        self._since.setSingleShot(True)
        self._since.setInterval(wait_ms)
        self._since.timeout.connect(self._forget)

    @property
    def resting(self) -> bool:
        return self._wrong >= TRIES

    def count_wrong(self) -> None:
        self._wrong += 1
        self._since.start()

    def close(self) -> None:
        """Nobody will ask again."""
        self._since.stop()

    def _forget(self) -> None:
        was_resting, self._wrong = self.resting, 0
        if was_resting:
            self.rested.emit()

"""Lets SIGTERM and SIGINT end the program in order, also while Qt sleeps in its event loop."""

from __future__ import annotations

import signal
import socket
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier, Signal

SIGNALS = (signal.SIGTERM, signal.SIGINT)


class Termination(QObject):
    """Signal: `asked()`, on the UI thread. `remove()` gives the signals back."""

    asked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # Python runs its handlers between two of its own instructions; the byte wakes Qt, and Qt
        # wakes Python.
        self._reading, self._writing = socket.socketpair()
        for end in (self._reading, self._writing):
            end.setblocking(False)
        self._notifier = QSocketNotifier(
            self._reading.fileno(), QSocketNotifier.Type.Read, parent=self
        )
        self._notifier.activated.connect(self._awake)
        self._wakeup_before = signal.set_wakeup_fd(self._writing.fileno())
        self._before = {number: signal.signal(number, self._caught) for number in SIGNALS}

    def _caught(self, number: int, frame: FrameType | None) -> None:
        """The byte in the socket says the rest."""

    def _awake(self) -> None:
        numbers = self._reading.recv(64)
        if any(number in numbers for number in SIGNALS):
            self.asked.emit()

    def remove(self) -> None:
        signal.set_wakeup_fd(self._wakeup_before)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._notifier.setEnabled(False)
        self._reading.close()
        self._writing.close()

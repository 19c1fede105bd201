"""The first touch or key on a screen nobody has touched yet begins a visit."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject

from desktop.access.input import PRESSES
from desktop.kiosk.shell.navigator import Director


class Arrival:
    """Input handler that only watches."""

    def __init__(self, director: Director) -> None:
        self._director = director

    def handle(self, target: QObject, event: QEvent) -> bool:
        if event.type() in PRESSES and not self._director.visiting:
            self._director.begin_visit()
        return False

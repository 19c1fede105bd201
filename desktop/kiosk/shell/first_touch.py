"""The first touch or key on a screen nobody has touched yet begins a visit."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject

from desktop.access.input import PRESSES
from desktop.kiosk.shell.navigator import Navigator


class FirstTouch:
    """Input handler that only watches."""

    def __init__(self, navigator: Navigator) -> None:
        self._navigator = navigator

    def handle(self, target: QObject, event: QEvent) -> bool:
        if event.type() in PRESSES and not self._navigator.visiting:
            self._navigator.begin_visit()
        return False

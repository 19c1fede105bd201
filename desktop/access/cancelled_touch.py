"""A touch that is taken back presses nothing: a palm, a swipe from the edge, a dark screen.

Qt tells the window that the touch is cancelled, and then lets the mouse that it had made of the
finger go where it was pressed, as if it had been a tap.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QAbstractButton

from desktop.access.input import PRESSES, is_window_event

#: Released there, a button only rises.
_NOWHERE = QPointF(-10_000, -10_000)


class CancelledTouch:
    """Input handler: takes the release after a cancelled touch away from what was pressed."""

    def __init__(self) -> None:
        self._cancelled = False

    def handle(self, target: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.TouchCancel:
            self._cancelled = True
        elif kind in PRESSES:
            self._cancelled = False
        elif kind == QEvent.Type.MouseButtonRelease and self._cancelled:
            if is_window_event(target):
                return False  # the widget in it hears of it next
            self._cancelled = False
            if isinstance(target, QAbstractButton):
                _slide_off(target)
            return True
        return False


def _slide_off(button: QAbstractButton) -> None:
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    plain = Qt.KeyboardModifier.NoModifier
    for kind, which, still in (
        (QEvent.Type.MouseMove, none, left),
        (QEvent.Type.MouseButtonRelease, left, none),
    ):
        event = QMouseEvent(kind, _NOWHERE, _NOWHERE, which, still, plain)
        QCoreApplication.sendEvent(button, event)

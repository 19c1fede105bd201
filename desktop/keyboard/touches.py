"""Two thumbs: each finger on the keyboard presses its own key, also while another is still down.

Qt turns only the first finger into a mouse. Here every touch point becomes mouse events of the key
under it, so pressing, sliding off and releasing work for each finger by itself.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt
from PySide6.QtGui import QEventPoint, QMouseEvent, QTouchEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

_STEPS = {
    QEventPoint.State.Pressed: QEvent.Type.MouseButtonPress,
    QEventPoint.State.Updated: QEvent.Type.MouseMove,
    QEventPoint.State.Released: QEvent.Type.MouseButtonRelease,
}
_TOUCHES = (QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.TouchEnd)
#: A place no key lies at: released there, a key writes nothing.
_NOWHERE = QPointF(-10_000, -10_000)


class Touches:
    def __init__(self, panel: QWidget) -> None:
        self._panel = panel
        self._held: dict[int, QWidget] = {}

    def let_go(self) -> None:
        """No finger is down any more, and none of the keys under them is meant."""
        for finger in tuple(self._held):
            self._cancel(finger)

    def take(self, event: QEvent) -> bool:
        """Hand the touch points of `event` to the keys; False when it is no touch event."""
        if not isinstance(event, QTouchEvent):
            return False
        if event.type() == QEvent.Type.TouchCancel:
            self.let_go()
        elif event.type() in _TOUCHES:
            for point in event.points():
                self._point(point)
        if event.type() == QEvent.Type.TouchEnd:
            self.let_go()  # whoever is still held went up unseen
        event.accept()
        return True

    def _point(self, point: QEventPoint) -> None:
        step = _STEPS.get(point.state())
        if step is None:
            return
        if step is QEvent.Type.MouseButtonPress:
            self._cancel(point.id())  # the end of its last touch was never told
            key = self._panel.childAt(point.position().toPoint())
            if key is not None:
                self._held[point.id()] = key
        key = self._held.get(point.id())
        if key is None:
            return
        if step is QEvent.Type.MouseButtonRelease:
            del self._held[point.id()]
        local = QPointF(key.mapFrom(self._panel, point.position().toPoint()))
        _send(key, step, local, point.globalPosition())

    def _cancel(self, finger: int) -> None:
        key = self._held.pop(finger, None)
        if key is not None and isValid(key):
            _send(key, QEvent.Type.MouseMove, _NOWHERE, _NOWHERE)
            _send(key, QEvent.Type.MouseButtonRelease, _NOWHERE, _NOWHERE)


def _send(key: QWidget, step: QEvent.Type, local: QPointF, on_screen: QPointF) -> None:
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    moves, released = step is QEvent.Type.MouseMove, step is QEvent.Type.MouseButtonRelease
    mouse = QMouseEvent(
        step,
        local,
        on_screen,
        none if moves else left,
        none if released else left,
        Qt.KeyboardModifier.NoModifier,
    )
    QCoreApplication.sendEvent(key, mouse)

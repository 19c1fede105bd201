"""Two thumbs: each finger on the keyboard presses its own key, also while another is still down.

Qt turns only the first finger into a mouse. Here every touch point becomes mouse events of the key
under it, so pressing, sliding off and releasing work for each finger by itself.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt
from PySide6.QtGui import QEventPoint, QMouseEvent, QTouchEvent
from PySide6.QtWidgets import QWidget

_STEPS = {
    QEventPoint.State.Pressed: QEvent.Type.MouseButtonPress,
    QEventPoint.State.Updated: QEvent.Type.MouseMove,
    QEventPoint.State.Released: QEvent.Type.MouseButtonRelease,
}
_TOUCHES = (QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.TouchEnd)


class Touches:
    def __init__(self, panel: QWidget) -> None:
        self._panel = panel
        self._held: dict[int, QWidget] = {}

    def let_go(self) -> None:
        """Forget the fingers that are down: the keys under them are going away."""
        self._held.clear()

    def take(self, event: QEvent) -> bool:
        """Hand the touch points of `event` to the keys; False when it is no touch event."""
        if not isinstance(event, QTouchEvent) or event.type() not in _TOUCHES:
            return False
        for point in event.points():
            self._point(point)
        event.accept()
        return True

    def _point(self, point: QEventPoint) -> None:
        step = _STEPS.get(point.state())
        if step is None:
            return
        if step is QEvent.Type.MouseButtonPress:
            if point.id() in self._held:
                return
            key = self._panel.childAt(point.position().toPoint())
            if key is not None:
                self._held[point.id()] = key
        key = self._held.get(point.id())
        if key is None:
            return
        released = step is QEvent.Type.MouseButtonRelease
        if released:
            del self._held[point.id()]
        local = QPointF(key.mapFrom(self._panel, point.position().toPoint()))
        left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
        mouse = QMouseEvent(
            step,
            local,
            point.globalPosition(),
            none if step is QEvent.Type.MouseMove else left,
            none if released else left,
            Qt.KeyboardModifier.NoModifier,
        )
        QCoreApplication.sendEvent(key, mouse)

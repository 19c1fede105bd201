"""The one place that sees every touch and key before the screen does.

One filter for the whole program instead of one for each behaviour: their order is written down
here and in the shell, and events that are no input cost one look-up.
"""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint
from PySide6.QtGui import QKeyEvent, QMouseEvent, QTouchEvent, QWindow
from PySide6.QtWidgets import QApplication, QWidget

PRESSES = frozenset(
    (
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonDblClick,
        QEvent.Type.TouchBegin,
        QEvent.Type.KeyPress,
    )
)
RELEASES = frozenset(
    (
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.TouchEnd,
        QEvent.Type.TouchCancel,
        QEvent.Type.KeyRelease,
    )
)
MOVES = frozenset((QEvent.Type.MouseMove, QEvent.Type.TouchUpdate))
OTHERS = frozenset(
    (
        QEvent.Type.Wheel,
        QEvent.Type.ContextMenu,
        QEvent.Type.ShortcutOverride,
        QEvent.Type.DragEnter,
        QEvent.Type.Drop,
    )
)
WATCHED = PRESSES | RELEASES | MOVES | OTHERS


class InputHandler(Protocol):
    """A behaviour that looks at input first."""

    def handle(self, target: QObject, event: QEvent) -> bool:
        """True when the event is used up and nobody else may see it."""
        ...


class InputGate(QObject):
    """Shows every input event to `handlers` in their order until one uses it up."""

    def __init__(self, handlers: list[InputHandler], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._handlers = handlers

    def add_first(self, handler: InputHandler) -> None:
        """Shows input to `handler` before all others."""
        self._handlers.insert(0, handler)

    def install(self) -> None:
        app = QCoreApplication.instance()
        assert app is not None
        # Two quick presses are two presses. Qt would make the second one a double click, which
        # never arrives where a finger may drag the page: the scroller keeps it for itself.
        QApplication.setDoubleClickInterval(0)
        app.installEventFilter(self)

    def remove(self) -> None:
        app = QCoreApplication.instance()
        if app is not None:
            app.removeEventFilter(self)

    def eventFilter(self, target: QObject, event: QEvent) -> bool:
        if event.type() not in WATCHED:
            return False
        for handler in self._handlers:
            if handler.handle(target, event):
                # An unaccepted touch would come back as a mouse event.
                event.accept()
                return True
        return False


def is_window_event(target: QObject) -> bool:
    """Qt delivers input to the window first and then again to the widget in it."""
    return isinstance(target, QWindow)


def point_of(event: QEvent) -> QPoint | None:
    """Where on the screen a touch or click is (global device px); None for keys."""
    if isinstance(event, QMouseEvent):
        return event.globalPosition().toPoint()
    if isinstance(event, QTouchEvent) and event.points():
        return event.points()[0].globalPosition().toPoint()
    return None


def widget_at(target: QObject, event: QEvent) -> QWidget | None:
    """The innermost widget a touch or click is aimed at.

    Looked up below the point, because Qt hands touches to whatever asked for touches first, which
    may be a whole screen.
    """
    point = point_of(event)
    if point is None:
        return target if isinstance(target, QWidget) else None
    return widget_below(target, point)


def widget_below(target: QObject, point: QPoint) -> QWidget | None:
    """The innermost widget at `point` (global device px) of the window that `target` is in."""
    window = _window_of(target)
    if window is None:
        return target if isinstance(target, QWidget) else None
    return window.childAt(window.mapFromGlobal(point)) or window


def _window_of(target: QObject) -> QWidget | None:
    if isinstance(target, QWidget):
        return target.window()
    windows = (w for w in QApplication.topLevelWidgets() if w.windowHandle() is not None)
    return next((w for w in windows if w.windowHandle() == target), None)


def key_of(event: QEvent) -> int | None:
    """The key code of a key event, else None."""
    return event.key() if isinstance(event, QKeyEvent) else None

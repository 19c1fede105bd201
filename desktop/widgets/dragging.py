"""A finger may move what a viewport shows."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QScroller, QWidget


@cache
def _dragging() -> tuple[Qt.GestureType, QObject]:
    """What Qt calls a finger that drags. It makes a new gesture at every asking and keeps them all
    for good: one is enough for every pager, and it stands as long as the object it was asked for.
    """
    stays = QObject()
    return QScroller.grabGesture(stays, QScroller.ScrollerGestureType.TouchGesture), stays


def let_drag(viewport: QWidget) -> None:
    """A finger may move what `viewport` shows."""
    QScroller.scroller(viewport)  # the gesture looks for it when the finger comes down
    viewport.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
    viewport.grabGesture(_dragging()[0])

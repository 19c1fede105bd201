"""What stands on a screen: every visible control and label with its name, role, place and size."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QLabel,
    QLineEdit,
    QTextEdit,
    QWidget,
)

from desktop.theme.metrics import Metrics

CONTROLS = (QAbstractButton, QLineEdit, QTextEdit, QAbstractItemView)


def is_control(widget: QWidget) -> bool:
    """Something a resident can act on."""
    return isinstance(widget, CONTROLS) or bool(widget.property("control"))


def shown_rect(widget: QWidget, window: QWidget) -> QRect:
    """The part of `widget` that is not cut by what it lies in, in window coordinates."""
    rect = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
    parent = widget.parentWidget()
    while parent is not None and parent is not window.parentWidget():
        rect &= QRect(parent.mapTo(window, QPoint(0, 0)), parent.size())
        if parent is window:
            break
        parent = parent.parentWidget()
    return rect


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One visible control or label; rects are [x, y, width, height]."""

    key: str
    name: str
    role: str
    control: bool
    enabled: bool
    rect_px: list[int]
    rect_mm: list[float]
    font_px: int
    text: str
    clipped: bool
    whole: bool
    narrowed: bool
    """A page may end in the middle of a line; nothing scrolls to the right."""


def entries(window: QWidget, metrics: Metrics) -> list[Entry]:
    found = []
    for widget in window.findChildren(QWidget):
        control = is_control(widget)
        if not widget.isVisibleTo(window) or not (control or isinstance(widget, QLabel)):
            continue
        rect = shown_rect(widget, window)
        if rect.isEmpty():
            continue
        interface = QAccessible.queryAccessibleInterface(widget)
        name = interface.text(QAccessible.Text.Name) if interface else widget.accessibleName()
        role = interface.role().name if interface else ""
        text = getattr(widget, "text", None)
        box = [rect.x(), rect.y(), rect.width(), rect.height()]
        overflows = getattr(widget, "overflows", None)
        found.append(
            Entry(
                key=widget.objectName(),
                name=name,
                role=role,
                control=control,
                enabled=widget.isEnabled(),
                rect_px=box,
                rect_mm=[round(metrics.mm(value), 1) for value in box],
                font_px=widget.font().pixelSize(),
                text=str(text()) if callable(text) else "",
                clipped=bool(overflows()) if callable(overflows) else False,
                whole=rect.size() == widget.size(),
                narrowed=rect.width() < widget.width(),
            )
        )
    return found

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
from desktop.widgets.page_ends import uncut_of

CONTROLS = (QAbstractButton, QLineEdit, QTextEdit, QAbstractItemView)


def is_control(widget: QWidget) -> bool:
    """Something a resident can act on."""
    return isinstance(widget, CONTROLS) or bool(widget.property("control"))


def shown_rect(widget: QWidget, window: QWidget) -> QRect:
    """The part of `widget` that is not cut by what it lies in, in window coordinates."""
    rect = QRect(window.rect())
    at: QWidget | None = widget
    while at is not None and at is not window:
        shown = at.rect() if at.mask().isEmpty() else at.rect() & at.mask().boundingRect()
        rect &= shown.translated(at.mapTo(window, QPoint(0, 0)))
        at = at.parentWidget()
    return rect


def is_cut(widget: QWidget, shown: QRect, window: QWidget) -> bool:
    """Whether the place it stands in ends inside one of its lines, or inside it where it has none.
    Cards with words of their own are cut between these."""
    lines = uncut_of(widget)
    if lines is None:
        lines = [] if widget.findChildren(QWidget) else [(0, widget.height())]
    top = shown.y() - widget.mapTo(window, QPoint(0, 0)).y()
    ends = (top, top + shown.height())
    return any(first < end < last for first, last in lines for end in ends)


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
    cut: bool
    """Its place ends in the middle of a line."""
    narrowed: bool
    """Pages are turned downward; nothing scrolls to the right."""


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
                cut=is_cut(widget, rect, window),
                narrowed=rect.width() < widget.width(),
            )
        )
    return found

"""Parts of a screen below one another."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.theme.look import Look


def stack(look: Look, widgets: Iterable[QWidget], gap: float = 16) -> QWidget:
    """Widgets below one another, at the top of their place."""
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, look.px(4))
    column.setSpacing(look.px(gap))
    for widget in widgets:
        column.addWidget(widget)
    column.addStretch(1)
    return box

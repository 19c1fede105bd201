"""A tree as a drawing beside its name."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.theme.look import Look
from desktop.theme.trees import paint_tree


class TreeDrawing(QWidget):
    """One tree on its ground line; decoration beside its name."""

    def __init__(self, look: Look, kind: str, height: float) -> None:
        super().__init__()
        self._look, self._kind, self._height = look, kind, height
        self.setFixedSize(look.px(height * 1.15), look.px(height))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        p, ground = self._look.palette, self.height() - self._look.px(6)
        tall = ground * (0.55 if self._kind == "shrub" else 0.96)
        paint_tree(painter, p, self._kind, QPointF(self.width() / 2, ground), tall)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(p.ink if p.contrast else p.soil)
        painter.drawRect(0, ground, self.width(), self._look.px(4))

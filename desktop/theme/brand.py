"""The brand mark: a sprout of two leaves on a bed of earth."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPainterPath

from desktop.theme.palette import Palette


def paint_brand(painter: QPainter, palette: Palette, box: QRectF) -> None:
    """Draw the mark into the square `box`."""
    s = box.width()

    def at(x: float, y: float) -> QPointF:
        return QPointF(box.left() + x * s, box.top() + y * s)

    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    left = QPainterPath(at(0.03, 0.12))
    left.cubicTo(at(0.32, 0.1), at(0.48, 0.28), at(0.48, 0.56))
    left.cubicTo(at(0.2, 0.58), at(0.04, 0.4), at(0.03, 0.12))
    right = QPainterPath(at(0.97, 0.08))
    right.cubicTo(at(0.96, 0.4), at(0.8, 0.56), at(0.52, 0.56))
    right.cubicTo(at(0.52, 0.28), at(0.66, 0.08), at(0.97, 0.08))
    earth = QPainterPath()
    earth.addRoundedRect(QRectF(at(0.03, 0.78), at(0.97, 0.94)), s * 0.05, s * 0.05)
    painter.fillPath(left, palette.pine)
    painter.fillPath(right, palette.leaf)
    painter.fillRect(QRectF(at(0.47, 0.5), at(0.53, 0.8)), palette.pine)
    painter.fillPath(earth, palette.ochre)

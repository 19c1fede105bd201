"""Tree glyphs: flat, no outline, standing on the point they are given."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPolygonF

from desktop.theme.palette import Palette

KINDS = ("round", "pine", "ginkgo", "poplar", "shrub")


def paint_tree(
    painter: QPainter,
    palette: Palette,
    kind: str,
    base: QPointF,
    height: float,
    crown: QColor | None = None,
) -> None:
    """Draw one tree of `height` device px whose foot is `base`; `crown` overrides its colour."""
    x, y, h = base.x(), base.y(), height
    colour = crown or palette.glyph[kind]
    painter.setPen(Qt.PenStyle.NoPen)
    if kind != "shrub":
        painter.setBrush(palette.glyph["trunk"])
        width = max(1.0, h * 0.06)
        painter.drawRect(QRectF(x - width / 2, y - h * 0.42, width, h * 0.42))
    painter.setBrush(colour)
    _CROWNS[kind](painter, x, y, h)
    if kind == "ginkgo" and h > 24:
        painter.setBrush(palette.glyph["trunk"])
        painter.drawRect(QRectF(x - h * 0.015, y - h * 0.7, h * 0.03, h * 0.4))


def _round(painter: QPainter, x: float, y: float, h: float) -> None:
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    path.addEllipse(QPointF(x, y - h * 0.7), h * 0.27, h * 0.29)
    path.addEllipse(QPointF(x - h * 0.17, y - h * 0.53), h * 0.19, h * 0.19)
    path.addEllipse(QPointF(x + h * 0.17, y - h * 0.53), h * 0.19, h * 0.19)
    painter.drawPath(path)


def _pine(painter: QPainter, x: float, y: float, h: float) -> None:
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    for top, foot, half in ((1.0, 0.62, 0.2), (0.8, 0.4, 0.28), (0.58, 0.16, 0.36)):
        path.addPolygon(
            QPolygonF(
                [
                    QPointF(x, y - h * top),
                    QPointF(x + h * half, y - h * foot),
                    QPointF(x - h * half, y - h * foot),
                    QPointF(x, y - h * top),
                ]
            )
        )
    painter.drawPath(path)


def _ginkgo(painter: QPainter, x: float, y: float, h: float) -> None:
    path = QPainterPath(QPointF(x, y - h * 0.28))
    path.cubicTo(x - h * 0.16, y - h * 0.36, x - h * 0.34, y - h * 0.5, x - h * 0.3, y - h * 0.72)
    path.cubicTo(x - h * 0.26, y - h * 1.04, x + h * 0.26, y - h * 1.04, x + h * 0.3, y - h * 0.72)
    path.cubicTo(x + h * 0.34, y - h * 0.5, x + h * 0.16, y - h * 0.36, x, y - h * 0.28)
    painter.drawPath(path)


def _poplar(painter: QPainter, x: float, y: float, h: float) -> None:
    path = QPainterPath(QPointF(x, y - h))
    path.cubicTo(x + h * 0.13, y - h * 0.8, x + h * 0.19, y - h * 0.4, x + h * 0.1, y - h * 0.22)
    path.cubicTo(x + h * 0.06, y - h * 0.16, x - h * 0.06, y - h * 0.16, x - h * 0.1, y - h * 0.22)
    path.cubicTo(x - h * 0.19, y - h * 0.4, x - h * 0.13, y - h * 0.8, x, y - h)
    painter.drawPath(path)


def _shrub(painter: QPainter, x: float, y: float, h: float) -> None:
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    for dx, r in ((-0.5, 0.42), (0.0, 0.6), (0.5, 0.42)):
        path.addEllipse(QPointF(x + dx * h, y - r * h * 0.55), r * h * 0.75, r * h * 0.75)
    painter.save()
    painter.setClipRect(QRectF(x - h * 2, y - h * 2, h * 4, h * 2))
    painter.drawPath(path)
    painter.restore()


_CROWNS = {
    "round": _round,
    "pine": _pine,
    "ginkgo": _ginkgo,
    "poplar": _poplar,
    "shrub": _shrub,
}

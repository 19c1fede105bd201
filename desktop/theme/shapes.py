"""Shapes that carry meaning: one outline for each theme, so that colour never works alone."""

from __future__ import annotations

from math import cos, pi, sin

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPainterPathStroker, QPen, QPolygonF

from desktop.theme.icons import paint_icon
from desktop.theme.palette import Palette

THEME_ICONS = {
    "garden": "sprout",
    "carbon-neutral": "wind",
    "regeneration": "building",
    "culture-library": "book-open",
    "economy": "store",
    "health": "heart-pulse",
}
STATUS_ICONS = {
    "completed": "circle-check",
    "under-way": "shovel",
    "planned": "calendar",
    "changed": "shuffle",
    "stopped": "circle-x",
    "unknown": "circle-question-mark",
}
#: Corners are rounded by a stroke of this share of the radius; paths are drawn smaller by it.
_ROUNDING = 0.22


def _polygon(points: list[tuple[float, float]], centre: QPointF, r: float) -> QPainterPath:
    path = QPainterPath()
    path.addPolygon(QPolygonF([QPointF(centre.x() + x * r, centre.y() + y * r) for x, y in points]))
    path.closeSubpath()
    return path


def _regular(corners: int, first: float) -> list[tuple[float, float]]:
    angles = (first + 2 * pi * i / corners for i in range(corners))
    return [(cos(a), sin(a)) for a in angles]


_OUTLINES: dict[str, list[tuple[float, float]]] = {
    "carbon-neutral": _regular(6, pi / 2),
    "regeneration": [(0, -1.0), (0.92, -0.22), (0.92, 0.9), (-0.92, 0.9), (-0.92, -0.22)],
    "culture-library": [(-0.86, -0.86), (0.86, -0.86), (0.86, 0.86), (-0.86, 0.86)],
    "economy": [(0, -1.12), (1.12, 0), (0, 1.12), (-1.12, 0)],
    "health": [
        (-0.42, -1.0), (0.42, -1.0), (0.42, -0.42), (1.0, -0.42), (1.0, 0.42), (0.42, 0.42),
        (0.42, 1.0), (-0.42, 1.0), (-0.42, 0.42), (-1.0, 0.42), (-1.0, -0.42), (-0.42, -0.42),
    ],
}  # fmt: skip


def theme_path(theme_id: str, centre: QPointF, r: float) -> QPainterPath:
    """Outline of a theme's tile in a box of radius `r` (device px), corners already rounded."""
    if theme_id == "garden":
        path = QPainterPath()
        path.addEllipse(centre, r, r)
        return path
    inner = _polygon(_OUTLINES[theme_id], centre, r * (1 - _ROUNDING / 2))
    pen = QPen(Qt.GlobalColor.black, r * _ROUNDING)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return _stroked(inner, pen)


def _stroked(path: QPainterPath, pen: QPen) -> QPainterPath:
    stroker = QPainterPathStroker(pen)
    return stroker.createStroke(path).united(path).simplified()


def paint_theme_tile(
    painter: QPainter,
    palette: Palette,
    theme_id: str,
    centre: QPointF,
    r: float,
    edge: float = 0.0,
) -> None:
    """Draw a theme tile of radius `r`; `edge` is the thickness of its darker lower edge."""
    colours = palette.theme(theme_id)
    path = theme_path(theme_id, centre, r)
    painter.setPen(Qt.PenStyle.NoPen)
    if edge:
        painter.setBrush(colours.edge)
        painter.drawPath(path.translated(0, edge))
    painter.setBrush(colours.fill)
    painter.drawPath(path)
    size = r * (1.0 if theme_id in ("economy", "health") else 1.22)
    box = QRectF(centre.x() - size / 2, centre.y() - size / 2, size, size)
    if theme_id == "regeneration":
        box.translate(0, r * 0.12)
    paint_icon(painter, THEME_ICONS[theme_id], box, colours.icon)

"""The land: everything under the names, drawn the same way by every map of the program."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QTransform

from desktop.map.city import City, Dong
from desktop.map.viewport import Viewport
from desktop.theme.look import Look

#: Draws trees between land and names; called on the renderer's thread with the picture's viewport.
Overlay = Callable[[QPainter, Viewport], None]

LAKE_AT_LEAST = 22
STREAM_AT_LEAST = 9


def _cosmetic(colour: QColor, width: float) -> QPen:
    pen = QPen(colour, width)
    pen.setCosmetic(True)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    return pen


def paint_base(
    painter: QPainter,
    look: Look,
    city: City,
    view: Viewport,
    selected: Dong | None = None,
    overlay: Overlay | None = None,
) -> None:
    """Fill the painter's `view.width` x `view.height` device px with the land, bottom to top."""
    palette, world = look.palette, view.transform()
    painter.fillRect(0, 0, view.width, view.height, palette.outside)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setTransform(world)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(_cosmetic(palette.outside_line, look.line(1.5)))
    _draw_visible(painter, city.outside, view)
    if not look.contrast:
        _paint_thickness(painter, look, city, world)
    _paint_land(painter, look, city, view)
    painter.setPen(_cosmetic(palette.dong_line, _thin(look, 1.4, 1.8)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    _draw_visible(painter, city.borders, view)
    painter.setPen(_cosmetic(palette.city_line, _thin(look, 2.5, 3.0)))
    painter.drawPath(city.outline)
    if selected is not None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.dong_selected)
        painter.drawPath(selected.path)
    _paint_water(painter, look, city, view)
    if selected is not None:
        _paint_outline(painter, look, selected.path)
    painter.resetTransform()
    if overlay is not None:
        overlay(painter, view)


def _draw_visible(painter: QPainter, paths: tuple[QPainterPath, ...], view: Viewport) -> None:
    visible = view.world_rect()
    for path in paths:
        if path.boundingRect().intersects(visible):
            painter.drawPath(path)


def _thin(look: Look, light: float, contrast: float) -> float:
    return max(1.0, (contrast if look.contrast else light) * look.metrics.scale)


def _paint_thickness(painter: QPainter, look: Look, city: City, world: QTransform) -> None:
    drop = QTransform(world) * QTransform.fromTranslate(0, look.px(7))
    painter.setTransform(drop)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.palette.thickness)
    painter.drawPath(city.outline)
    painter.setTransform(world)


def _paint_land(painter: QPainter, look: Look, city: City, view: Viewport) -> None:
    visible, palette = view.world_rect(), look.palette
    # Without a pen of its own colour a hair of paper shows between two antialiased neighbours.
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    for dong in city.dongs:
        if dong.bounds.intersects(visible):
            painter.setPen(_cosmetic(palette.land[dong.tint], 1))
            painter.setBrush(palette.land[dong.tint])
            painter.drawPath(dong.path)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    for colour, level in zip(palette.hills, city.hills, strict=True):
        painter.setBrush(QBrush(colour))
        for hill in level:
            if hill.boundingRect().intersects(visible):
                painter.drawPath(hill)


def _paint_water(painter: QPainter, look: Look, city: City, view: Viewport) -> None:
    palette, metres_per_px = look.palette, 1 / view.scale
    side = _thin(look, 1.5, 2.5) * metres_per_px
    widths = [max(s.width, look.px(STREAM_AT_LEAST) * metres_per_px) for s in city.streams]
    painter.setBrush(Qt.BrushStyle.NoBrush)
    # All edges before all water, so that a confluence has no line across it.
    for colour, extra in ((palette.water_edge, 2 * side), (palette.water, 0.0)):
        for stream, width in zip(city.streams, widths, strict=True):
            pen = QPen(colour, width + extra)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawPath(stream.path)
    painter.setPen(_cosmetic(palette.water_edge, _thin(look, 1.5, 2.5)))
    painter.setBrush(palette.water)
    for lake in city.lakes:
        painter.drawPath(_at_least(lake, look.px(LAKE_AT_LEAST) * metres_per_px))


def _at_least(path: QPainterPath, side: float) -> QPainterPath:
    """The path, enlarged round its middle where its smaller side is under `side` (metres)."""
    box = path.boundingRect()
    factor = side / min(box.width(), box.height())
    if factor <= 1:
        return path
    centre: QPointF = box.center()
    grow = QTransform.fromTranslate(centre.x(), centre.y()).scale(factor, factor)
    return grow.translate(-centre.x(), -centre.y()).map(path)


def _paint_outline(painter: QPainter, look: Look, path: QPainterPath) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(_cosmetic(look.palette.casing, look.line(11)))
    painter.drawPath(path)
    painter.setPen(_cosmetic(look.palette.dong_selected_line, look.line(6)))
    painter.drawPath(path)

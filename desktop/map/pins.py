"""How pins, flowers and 여기 look."""

from __future__ import annotations

from math import cos, pi, sin

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from desktop.theme.look import Look
from desktop.theme.shapes import paint_theme_tile, theme_path
from desktop.theme.type import Role

PIN_RADIUS, SELECTED_RADIUS = 28, 42
FLOWER_RADIUS, BIG_FLOWER_RADIUS = 40, 46
LARGE_FACTOR = 1.3
PETALS = 10
CASING, EDGE, STEM = 5, 5, 7
HALO_RADIUS = 74


def mark_factor(look: Look) -> float:
    """Marks grow with the letters, so that a count fits its flower."""
    return LARGE_FACTOR if look.large else 1.0


def pin_lift(look: Look, selected: bool = False) -> float:
    """Device px from a pin's ground point up to the middle of its tile."""
    return pin_radius(look, selected) + look.px(CASING + EDGE + STEM)


def pin_radius(look: Look, selected: bool = False) -> float:
    return look.px((SELECTED_RADIUS if selected else PIN_RADIUS) * mark_factor(look))


def flower_radius(look: Look, count: int) -> float:
    return look.px((BIG_FLOWER_RADIUS if count > 9 else FLOWER_RADIUS) * mark_factor(look))


def pin_pixmap(look: Look, theme: str, selected: bool, hint: bool) -> tuple[QPixmap, QPointF]:
    """The picture of a pin and where in it the ground point lies."""
    r, lift = pin_radius(look, selected), pin_lift(look, selected)
    ring = look.px(16) if selected else look.px(CASING)
    half = max(r + ring, look.px(32)) + look.px(4)
    pixmap = QPixmap(round(2 * half), round(lift + r + ring + look.px(26)))
    pixmap.fill(Qt.GlobalColor.transparent)
    ground = QPointF(half, lift + r + ring + look.px(4))
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint_ground(painter, look, ground, hint)
    centre = QPointF(ground.x(), ground.y() - lift)
    tile, edge = theme_path(theme, centre, r), look.px(EDGE)
    body = tile.united(tile.translated(0, edge))
    if selected:
        _stroke(painter, body, look.palette.ink, 2 * look.px(CASING + 9))
    elif look.contrast:
        _stroke(painter, body, look.palette.ink, 2 * look.px(CASING + 2))
    _stroke(painter, body, look.palette.casing, 2 * look.px(CASING))
    paint_theme_tile(painter, look.palette, theme, centre, r, edge)
    painter.end()
    return pixmap, ground


def _paint_ground(painter: QPainter, look: Look, ground: QPointF, hint: bool) -> None:
    colour = look.palette.ink if look.contrast else look.palette.soil
    if hint:
        pen = QPen(colour, look.line(3))
        pen.setDashPattern([2.2, 1.8])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(ground, look.px(30), look.px(15))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.palette.ink if look.contrast else QColor("#7A6F60"))
    painter.drawEllipse(ground, look.px(9), look.px(5))
    painter.setBrush(colour)
    width, height = look.px(5), look.px(STEM + CASING)
    painter.drawRect(QRectF(ground.x() - width / 2, ground.y() - height, width, height))


def _stroke(painter: QPainter, path: QPainterPath, colour: QColor, width: float) -> None:
    pen = QPen(colour, width)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(colour)
    painter.drawPath(path)


def flower_path(centre: QPointF, radius: float) -> QPainterPath:
    """Ten petals round a heart."""
    petal = radius * 0.30
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    path.addEllipse(centre, radius * 0.78, radius * 0.78)
    for i in range(PETALS):
        angle = 2 * pi * (i + 0.5) / PETALS - pi / 2
        middle = QPointF(
            centre.x() + cos(angle) * (radius - petal), centre.y() + sin(angle) * (radius - petal)
        )
        path.addEllipse(middle, petal, petal)
    return path.simplified()


def paint_flower(painter: QPainter, look: Look, centre: QPointF, radius: float, text: str) -> None:
    """A cluster's flower with its count; empty text draws the legend's sample."""
    palette, thin = look.palette, 0.08 * radius
    outline = palette.casing if look.contrast else palette.pine2
    path = flower_path(centre, radius)
    if look.contrast:
        _stroke(painter, path, outline, 2 * thin)
    else:
        _stroke(painter, path.translated(0, 0.125 * radius), outline, 2 * thin)
        _stroke(painter, path, outline, 2 * thin)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(palette.ink if look.contrast else palette.white)
    painter.drawPath(path)
    if not text:
        return
    painter.setFont(look.font(Role.COUNT, bold=True))
    painter.setPen(palette.paper if look.contrast else palette.pine2)
    box = QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def flower_pixmap(look: Look, count: int, selected: bool = False) -> tuple[QPixmap, QPointF]:
    """The picture of a flower and its middle; a selected one wears the selection ring."""
    radius = flower_radius(look, count)
    ring = look.px(18) if selected else look.px(4)
    side = round(2 * (radius * 1.2 + ring))
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    centre = QPointF(side / 2, side / 2)
    if selected:
        path = flower_path(centre, radius)
        _stroke(painter, path, look.palette.ink, 2 * look.px(16))
        _stroke(painter, path, look.palette.casing, 2 * look.px(9))
    paint_flower(painter, look, centre, radius, str(count))
    painter.end()
    return pixmap, centre


def paint_focus(painter: QPainter, look: Look, centre: QPointF, radius: float) -> None:
    """The focus mark round a pin or flower."""
    palette = look.palette
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inner, outer = look.px(4), look.px(6)
    painter.setPen(QPen(palette.casing, inner))
    painter.drawEllipse(centre, radius + inner / 2, radius + inner / 2)
    painter.setPen(QPen(palette.indigo, outer))
    painter.drawEllipse(centre, radius + inner + outer / 2, radius + inner + outer / 2)


def bubble_size(look: Look, word: str) -> tuple[float, float]:
    """Width and height of the 여기 bubble in device px."""
    metrics = QFontMetricsF(look.font(Role.BODY, bold=True))
    height = look.px(66) if not look.large else look.px(96)
    return max(look.px(118), metrics.horizontalAdvance(word) + height * 0.8), height


def bubble_rect(look: Look, word: str, x: float, y: float, above: bool) -> QRectF:
    """Where the bubble of a here-dot at (x, y) stands."""
    width, height = bubble_size(look, word)
    top = y - look.px(29) - height if above else y + look.px(29)
    return QRectF(x - width / 2, top, width, height)


def paint_halo(painter: QPainter, look: Look, x: float, y: float) -> None:
    if look.contrast:
        return
    colour = QColor(look.palette.indigo)
    colour.setAlphaF(0.12)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(QPointF(x, y), look.px(HALO_RADIUS), look.px(HALO_RADIUS))


def paint_here(painter: QPainter, look: Look, x: float, y: float, word: str, above: bool) -> None:
    """The dot, the arrow and the bubble of 여기."""
    palette, casing = look.palette, look.px(CASING)
    rect = bubble_rect(look, word, x, y, above)
    base = rect.bottom() - look.px(4) if above else rect.top() + look.px(4)
    tip = y - look.px(16) if above else y + look.px(16)
    arrow = QPainterPath()
    half = look.px(13)
    arrow.addPolygon(QPolygonF([QPointF(x - half, base), QPointF(x, tip), QPointF(x + half, base)]))
    arrow.closeSubpath()
    path = QPainterPath()
    path.addRoundedRect(rect, rect.height() / 2, rect.height() / 2)
    path = path.united(arrow)
    _stroke(painter, path, palette.casing, 2 * look.px(4))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(palette.indigo)
    painter.drawPath(path)
    painter.setBrush(palette.casing)
    painter.drawEllipse(QPointF(x, y), look.px(12) + casing, look.px(12) + casing)
    painter.setBrush(palette.indigo)
    painter.drawEllipse(QPointF(x, y), look.px(12), look.px(12))
    painter.setFont(look.font(Role.BODY, bold=True))
    painter.setPen(palette.on_indigo)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, word)

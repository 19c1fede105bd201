"""What lies round and over the whole map: rounded corners, outline, focus, attribution."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPixmap

from desktop.map import pins
from desktop.map.city import City
from desktop.map.viewport import Viewport
from desktop.theme.icons import paint_icon
from desktop.theme.look import Look
from desktop.theme.type import Role
from desktop.widgets import typeset

#: Beside the note stands the legend, reference px.
LEGEND_ROOM = 460


def paint_frame(
    painter: QPainter, look: Look, rect: QRect, radius_ref: float, *, focused: bool, foot: bool
) -> None:
    """Corners in paper, the outline, and the focus mark inside it. With `foot` a caption goes on
    below: the lower edge is straight and has no outline of its own."""
    frame, radius, width = QRectF(rect), look.px(radius_ref), look.line(2)
    if foot:
        painter.setClipRect(frame)
        frame = frame.adjusted(0, 0, 0, 2 * radius + width)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    rounded = QPainterPath()
    rounded.addRoundedRect(frame.adjusted(1, 1, -1, -1), radius, radius)
    corners = QPainterPath()
    corners.addRect(frame)
    painter.fillPath(corners - rounded, look.palette.paper)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    _ring(painter, frame, width / 2, radius, QPen(look.palette.line, width))
    if focused:
        inner, outer = look.px(4), look.px(6)
        _ring(painter, frame, width + outer / 2, radius, QPen(look.palette.indigo, outer))
        inset = width + outer + inner / 2
        _ring(painter, frame, inset, radius, QPen(look.palette.casing, inner))


def _ring(painter: QPainter, frame: QRectF, inset: float, radius: float, pen: QPen) -> None:
    painter.setPen(pen)
    painter.drawRoundedRect(frame.adjusted(inset, inset, -inset, -inset), radius, radius)


def attribution_rect(look: Look, city: City, view: Viewport) -> QRectF:
    """Where the attribution stands: right at the foot."""
    words = _words(look, city, view)
    margin = look.px(18)
    return QRectF(
        view.width - words.width - margin,
        view.height - words.height - look.px(8),
        words.width,
        words.height,
    )


def attribution_picture(look: Look, city: City, view: Viewport) -> tuple[QPixmap, QPointF]:
    """The attribution with its halo and where its left top belongs; made once for a size."""
    words, rect = _words(look, city, view), attribution_rect(look, city, view)
    halo, font = look.px(7), look.font(Role.BODY)
    path = QPainterPath()
    for i, line in enumerate(words.lines):
        y = halo + i * words.line_height + words.ascent
        for run in line.runs:
            path.addText(halo + words.width - line.width + run.x, y, font, run.text)
    picture = QPixmap(round(words.width + 2 * halo), round(words.height + 2 * halo))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(look.palette.halo, halo)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.strokePath(path, pen)
    painter.fillPath(path, look.palette.ink2)
    painter.end()
    return picture, QPointF(round(rect.left() - halo), round(rect.top() - halo))


def _words(look: Look, city: City, view: Viewport) -> typeset.Paragraphs:
    text = city.attribution(look.language)
    room = max(view.width - look.px(LEGEND_ROOM), view.width * 0.5)
    return typeset.lay_out(look, text, Role.BODY, False, room)


def paint_picked(painter: QPainter, look: Look, at: QPointF) -> None:
    """The place a resident tapped: a pin of its own, unlike any theme's."""
    r = pins.pin_radius(look)
    centre = QPointF(at.x(), at.y() - pins.pin_lift(look) - look.px(8))
    palette = look.palette
    drop = QPainterPath(at)
    drop.lineTo(centre.x() - r * 0.8, centre.y() + r * 0.5)
    drop.lineTo(centre.x() + r * 0.8, centre.y() + r * 0.5)
    drop.closeSubpath()
    circle = QPainterPath()
    circle.addEllipse(centre, r, r)
    path = drop.united(circle)
    painter.setPen(QPen(palette.casing, 2 * look.px(5)))
    painter.setBrush(palette.casing)
    painter.drawPath(path)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(palette.pine)
    painter.drawPath(path)
    side = r * 1.1
    box = QRectF(centre.x() - side / 2, centre.y() - side / 2, side, side)
    paint_icon(painter, "message-square", box, palette.on_pine)

"""Small things that the desk paints over and over: states, boxes to tick, key caps, due clocks.

A state is a glyph and a word, always both; the fill grows with progress, so that a column of them
reads in grey as well.
"""

from __future__ import annotations

from math import cos, pi, sin

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from db.records.feedback import ReviewState
from desktop.theme.desk_look import DeskLook, Use
from desktop.theme.desk_palette import DeskColour
from desktop.theme.icons import paint_icon
from desktop.theme.shapes import theme_path

STATE_COLOURS: dict[ReviewState, DeskColour] = {
    ReviewState.RECEIVED: "third",
    ReviewState.IN_REVIEW: "accent",
    ReviewState.ASSIGNED: "assigned",
    ReviewState.ANSWERED: "done",
    ReviewState.ADOPTED: "done",
    ReviewState.DECLINED: "fault",
    ReviewState.DUPLICATE: "third",
    ReviewState.WITHHELD: "second",
}


def paint_state(painter: QPainter, look: DeskLook, state: ReviewState, box: QRectF) -> None:
    """The glyph of a state in the square `box`."""
    colour = look.palette.colour(STATE_COLOURS[state])
    on_it = look.palette.pane
    size, centre = box.width(), box.center()
    width = size / 9.5
    pen = QPen(colour, width)
    r = size / 2 - width
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen)
    match state:
        case ReviewState.RECEIVED:
            pen.setDashPattern([2.0, 1.35])
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.setPen(pen)
            painter.drawEllipse(centre, r, r)
        case ReviewState.IN_REVIEW:
            painter.drawEllipse(centre, r, r)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            inner = r * 0.62
            painter.drawPie(
                QRectF(centre.x() - inner, centre.y() - inner, 2 * inner, 2 * inner),
                -90 * 16,
                180 * 16,
            )
        case ReviewState.ASSIGNED:
            painter.drawEllipse(centre, r, r)
            a, h = r * 0.52, r * 0.42
            painter.drawLine(centre + QPointF(-a, 0), centre + QPointF(a, 0))
            painter.drawLine(centre + QPointF(a - h, -h), centre + QPointF(a, 0))
            painter.drawLine(centre + QPointF(a - h, h), centre + QPointF(a, 0))
        case ReviewState.ANSWERED:
            painter.setBrush(colour)
            painter.drawEllipse(centre, r, r)
            painter.setPen(QPen(on_it, width * 1.1))
            tick = QPolygonF(
                [
                    centre + QPointF(-r * 0.45, 0.02 * r),
                    centre + QPointF(-r * 0.1, r * 0.36),
                    centre + QPointF(r * 0.46, -r * 0.32),
                ]
            )
            painter.drawPolyline(tick)
        case ReviewState.ADOPTED:
            painter.setBrush(colour)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawPath(_star(centre, r * 1.12))
        case ReviewState.DECLINED:
            painter.drawEllipse(centre, r, r)
            painter.drawLine(centre + QPointF(-r * 0.5, 0), centre + QPointF(r * 0.5, 0))
        case ReviewState.DUPLICATE:
            small = r * 0.72
            painter.drawEllipse(centre - QPointF(r * 0.34, 0), small, small)
            painter.drawEllipse(centre + QPointF(r * 0.34, 0), small, small)
        case ReviewState.WITHHELD:
            painter.drawEllipse(centre, r, r)
            a = r * 0.66
            painter.drawLine(centre + QPointF(-a, a), centre + QPointF(a, -a))
    painter.restore()


def _star(centre: QPointF, r: float) -> QPainterPath:
    path = QPainterPath()
    points = QPolygonF()
    for i in range(10):
        length = r if i % 2 == 0 else r * 0.44
        angle = -pi / 2 + i * pi / 5
        points.append(centre + QPointF(cos(angle) * length, sin(angle) * length))
    path.addPolygon(points)
    path.closeSubpath()
    return path


def paint_theme(painter: QPainter, look: DeskLook, theme: str | None, box: QRectF) -> None:
    """The kiosk's shape of a theme; a hollow ring where there is no project."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    r = box.width() / 2
    if theme is None:
        painter.setPen(QPen(look.palette.third, r / 3))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(box.center(), r * 0.78, r * 0.78)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.palette.marks[theme])
        painter.drawPath(theme_path(theme, box.center(), r * 0.95))
    painter.restore()


def paint_check(painter: QPainter, look: DeskLook, box: QRectF, checked: bool) -> None:
    """A box to tick."""
    p = look.palette
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    half = look.edge / 2 + 0.25
    painter.setPen(QPen(p.accent if checked else p.control_edge, look.edge + 0.5))
    painter.setBrush(p.accent if checked else p.pane)
    painter.drawRoundedRect(box.adjusted(half, half, -half, -half), 3, 3)
    if checked:
        inset = box.width() * 0.14
        paint_icon(painter, "check", box.adjusted(inset, inset, -inset, -inset), p.on_accent, 3.2)
    painter.restore()


def paint_choice(painter: QPainter, look: DeskLook, box: QRectF, chosen: bool) -> None:
    """One of several: a ring, with a disc in it where it is chosen."""
    p = look.palette
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(p.accent if chosen else p.control_edge, look.edge + 0.5))
    painter.setBrush(p.pane)
    r = box.width() / 2 - 1
    painter.drawEllipse(box.center(), r, r)
    if chosen:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(p.accent)
        painter.drawEllipse(box.center(), r * 0.55, r * 0.55)
    painter.restore()


def cap_width(look: DeskLook, word: str) -> int:
    metrics = QFontMetricsF(look.font(Use.SMALL))
    return max(look.px(18), round(metrics.horizontalAdvance(word)) + look.px(10))


def paint_cap(
    painter: QPainter,
    look: DeskLook,
    word: str,
    box: QRectF,
    *,
    letters: DeskColour = "second",
    edge: DeskColour = "strong_line",
) -> None:
    """A key as it looks on the keyboard."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(look.palette.colour(edge), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    painter.setPen(look.palette.colour(letters))
    painter.setFont(look.font(Use.SMALL))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, word)
    painter.restore()

"""Four drawings, one for each kind of feedback: flat fills with a heavy outline."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop.theme.look import Look
from desktop.theme.palette import Palette

#: Drawn on a grid of 200 x 200.
GRID = 200.0
_HONEY, _STEEL = QColor("#E8B44B"), QColor("#58616A")
_INK = QColor("#33291F")


class KindDrawing(QWidget):
    """The drawing of `kind` (praise, suggestion, problem, question), `size` reference px square."""

    def __init__(self, look: Look, kind: str, size: float) -> None:
        super().__init__()
        self._look, self._kind = look, kind
        self.setFixedSize(look.px(size), look.px(size))

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_kind(QPainter(self), self._look.palette, self._kind, QRectF(self.rect()))


def paint_kind(painter: QPainter, palette: Palette, kind: str, box: QRectF) -> None:
    """Draw the drawing of `kind` into the square `box`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(box.topLeft())
    painter.scale(box.width() / GRID, box.height() / GRID)
    outline = palette.ink if palette.contrast else _INK
    pen = QPen(outline, 7)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    DRAWINGS[kind](painter, palette)
    painter.restore()


def _praise(painter: QPainter, palette: Palette) -> None:
    painter.setBrush(_ochre(palette))
    painter.drawRect(QRectF(6, 98, 50, 86))
    hand = QPainterPath(QPointF(64, 100))
    hand.lineTo(98, 20)
    hand.cubicTo(104, 4, 128, 10, 128, 36)
    hand.cubicTo(128, 54, 122, 72, 116, 86)
    hand.lineTo(172, 86)
    hand.cubicTo(192, 86, 200, 104, 194, 122)
    hand.lineTo(178, 168)
    hand.cubicTo(172, 184, 162, 188, 146, 188)
    hand.lineTo(92, 188)
    hand.cubicTo(80, 188, 70, 186, 64, 180)
    hand.closeSubpath()
    painter.setBrush(_HONEY)
    painter.drawPath(hand)


def _suggestion(painter: QPainter, palette: Palette) -> None:
    glass = QPainterPath(QPointF(66, 146))
    glass.cubicTo(66, 128, 30, 116, 30, 74)
    glass.cubicTo(30, 34, 62, 4, 100, 4)
    glass.cubicTo(138, 4, 170, 34, 170, 74)
    glass.cubicTo(170, 116, 134, 128, 134, 146)
    glass.closeSubpath()
    painter.setBrush(_HONEY)
    painter.drawPath(glass)
    painter.setBrush(_STEEL)
    foot = QPainterPath(QPointF(64, 152))
    foot.lineTo(136, 152)
    foot.lineTo(136, 178)
    foot.cubicTo(136, 192, 128, 196, 118, 196)
    foot.lineTo(82, 196)
    foot.cubicTo(72, 196, 64, 192, 64, 178)
    foot.closeSubpath()
    painter.drawPath(foot)
    painter.setPen(Qt.PenStyle.NoPen)
    # The sprout stands on honey in both modes, so its greens are those of the light mode.
    painter.setBrush(QColor("#285D33"))
    painter.drawRect(QRectF(97, 96, 6, 50))
    left = QPainterPath(QPointF(98, 108))
    left.cubicTo(98, 84, 84, 76, 64, 76)
    left.cubicTo(64, 98, 76, 108, 98, 108)
    painter.drawPath(left)
    right = QPainterPath(QPointF(102, 102))
    right.cubicTo(102, 78, 116, 66, 138, 66)
    right.cubicTo(138, 90, 124, 102, 102, 102)
    painter.setBrush(QColor("#4F8F5A"))
    painter.drawPath(right)


def _problem(painter: QPainter, palette: Palette) -> None:
    sign = QPainterPath(QPointF(100, 10))
    sign.lineTo(194, 180)
    sign.cubicTo(198, 188, 194, 192, 186, 192)
    sign.lineTo(14, 192)
    sign.cubicTo(6, 192, 2, 188, 6, 180)
    sign.closeSubpath()
    painter.setBrush(_ochre(palette))
    painter.drawPath(sign)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(Qt.GlobalColor.white))
    painter.drawRoundedRect(QRectF(90, 66, 20, 66), 10, 10)
    painter.drawEllipse(QPointF(100, 160), 13, 13)


def _question(painter: QPainter, palette: Palette) -> None:
    bubble = QPainterPath(QPointF(18, 12))
    bubble.lineTo(182, 12)
    bubble.quadTo(198, 12, 198, 28)
    bubble.lineTo(198, 124)
    bubble.quadTo(198, 140, 182, 140)
    bubble.lineTo(106, 140)
    bubble.lineTo(52, 192)
    bubble.lineTo(52, 140)
    bubble.lineTo(18, 140)
    bubble.quadTo(2, 140, 2, 124)
    bubble.lineTo(2, 28)
    bubble.quadTo(2, 12, 18, 12)
    painter.setBrush(QColor("#1C589C"))
    painter.drawPath(bubble)
    pen = QPen(QColor(Qt.GlobalColor.white), 15)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    mark = QPainterPath(QPointF(80, 54))
    mark.cubicTo(82, 26, 124, 28, 122, 56)
    mark.cubicTo(121, 74, 100, 72, 100, 92)
    painter.drawPath(mark)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(Qt.GlobalColor.white))
    painter.drawEllipse(QPointF(100, 117), 10, 10)


def _ochre(palette: Palette) -> QColor:
    """The light mode's ochre in both modes: white marks stand on it."""
    return QColor("#A3491C") if palette.contrast else palette.ochre


DRAWINGS: dict[str, Callable[[QPainter, Palette], None]] = {
    "praise": _praise,
    "suggestion": _suggestion,
    "problem": _problem,
    "question": _question,
}

"""The doors of Home in their four shapes: picture, figure, tile and row."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.theme.look import Look
from desktop.theme.palette import Colour
from desktop.theme.shapes import paint_theme_tile
from desktop.theme.trees import paint_tree
from desktop.theme.type import Role
from desktop.widgets.card import PressCard
from desktop.widgets.marks import Icon, RoundIcon
from desktop.widgets.text import Text
from desktop.widgets.typeset import plain

#: The object name of a door's second words; Home hides them where it has no room.
LINE, DISC = "line", "disc"
OUTLINE = QColor("#33291F")


class Drawing(QWidget):
    """A small flat drawing at a door's right side; says nothing the words do not say."""

    def __init__(self, look: Look, kind: str, width: float, height: float) -> None:
        super().__init__()
        self._look, self._kind = look, kind
        self._box = (width, height)
        self.setFixedSize(look.px(width), look.px(height))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(self.width() / self._box[0], self.height() / self._box[1])
        {"speech": self._speech, "envelope": self._envelope, "grove": self._grove}[self._kind](
            painter
        )

    def _speech(self, painter: QPainter) -> None:
        """A bubble with a sprout, 106 x 92."""
        p = self._look.palette
        bubble = QPainterPath()
        bubble.addRoundedRect(QRectF(2, 2, 102, 62), 12, 12)
        tail = QPainterPath(QPointF(26, 58))
        tail.lineTo(26, 90)
        tail.lineTo(56, 58)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(p.paper if not p.contrast else QColor("#000000"))
        painter.drawPath(bubble.united(tail))
        left = QPainterPath(QPointF(28, 18))
        left.cubicTo(44, 18, 52, 28, 52, 40)
        left.cubicTo(38, 40, 29, 32, 28, 18)
        right = QPainterPath(QPointF(78, 14))
        right.cubicTo(78, 30, 68, 40, 54, 40)
        right.cubicTo(54, 26, 62, 15, 78, 14)
        painter.setBrush(QColor("#285D33") if not p.contrast else p.leaf)
        painter.drawPath(left)
        painter.setBrush(p.glyph["poplar"])
        painter.drawPath(right)
        painter.setBrush(QColor("#285D33") if not p.contrast else p.leaf)
        painter.drawRect(QRectF(51, 36, 5, 20))

    def _envelope(self, painter: QPainter) -> None:
        """A letter that was answered, 138 x 112."""
        p = self._look.palette
        painter.setPen(QPen(OUTLINE if not p.contrast else p.line, 4))
        painter.setBrush(QColor("#F3E8D8") if not p.contrast else p.raised)
        painter.drawRoundedRect(QRectF(3, 3, 132, 106), 8, 8)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        flap = QPainterPath(QPointF(8, 10))
        flap.lineTo(69, 64)
        flap.lineTo(130, 10)
        painter.drawPath(flap)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(p.ochre)
        painter.drawEllipse(QPointF(69, 64), 27, 27)
        pen = QPen(p.white if not p.contrast else QColor("#000000"), 7)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        tick = QPainterPath(QPointF(57, 65))
        tick.lineTo(66, 74)
        tick.lineTo(82, 55)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(tick)

    def _grove(self, painter: QPainter) -> None:
        """A row of trees on the figure below, 88 high; where it is narrow, the right ones of it."""
        row = (
            (24, "round", 46), (66, "round", 66), (108, "ginkgo", 40), (146, "round", 58),
            (184, "round", 66), (218, "poplar", 60), (252, "round", 84), (287, "pine", 62),
        )  # fmt: skip
        left = 310 - self._box[0]
        for x, kind, height in row:
            if x - height / 2 >= left:
                paint_tree(painter, self._look.palette, kind, QPointF(x - left, 88), height)


class ThemeRow(QWidget):
    """The six theme tiles in a row: decoration of the map door where the map itself has no room."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setFixedSize(look.px(330), look.px(50))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        r = self.height() / 2 - 3
        for i, theme in enumerate(self._look.palette.themes):
            centre = QPointF(r + 2 + i * self._look.px(56), self.height() / 2)
            paint_theme_tile(painter, self._look.palette, theme, centre, r)


def _base(look: Look, name: str, main: bool, margins: tuple[float, ...]) -> PressCard:
    left, top, right, bottom = margins
    card = PressCard(
        look, variant="main" if main else "plain", margins=(left, top, right, bottom), radius=28
    )
    card.setAccessibleName(plain(name))
    return card


def words(look: Look, title: str, line: str, main: bool, role: Role = Role.DOOR) -> QVBoxLayout:
    """A door's title and its one line."""
    column = QVBoxLayout()
    column.setSpacing(look.px(6))
    column.addStretch(1)
    ink: Colour = "on_pine" if main else "ink"
    column.addWidget(Text(look, title, role, bold=True, colour=ink, even=look.shallow))
    if line:
        second = Text(look, line, colour="on_pine" if main else "ink2")
        second.setObjectName(LINE)
        column.addWidget(second)
    column.addStretch(1)
    return column


def wide_door(look: Look, title: str, line: str, *, main: bool, drawing: Drawing) -> PressCard:
    """Title, a drawing at the right of it, and the line: on the main door across all of it."""
    card = _base(look, f"{title}. {line}", main, (38, 20, 38, 24))
    row = QHBoxLayout()
    row.setSpacing(look.px(16))
    beside = "" if main else line
    row.addLayout(words(look, title, beside, main), 1)
    row.addWidget(drawing, 0, Qt.AlignmentFlag.AlignVCenter)
    card.face.addStretch(1)
    card.face.addLayout(row)
    if main:
        card.face.addWidget(Text(look, line, colour="on_pine"))
    card.face.addStretch(1)
    card.let_touches_through()
    return card


def tile_door(look: Look, title: str, line: str, *, main: bool, icon: str) -> PressCard:
    """The large-letter door: words, and an icon on a disc at the right."""
    side, edge = (24, 5) if look.shallow else (46, 24)
    card = _base(look, f"{title}. {line}", main, (side, edge, side, edge))
    row = QHBoxLayout()
    row.setSpacing(look.px(16 if look.shallow else 24))
    row.addLayout(words(look, title, line, main), 1)
    fill: Colour = "paper" if main else "sprout"
    size = 132 if look.large else 108
    if look.shallow:
        size = 104 if look.large else 72  # the title of a door fits one line beside it
    disc = RoundIcon(look, icon, size, fill, "pine" if main else "pine2")
    disc.setObjectName(DISC)
    row.addWidget(disc, 0, Qt.AlignmentFlag.AlignVCenter)
    card.face.addLayout(row)
    card.let_touches_through()
    return card


def row_door(look: Look, title: str, line: str, *, main: bool, icon: str) -> PressCard:
    """A door as a row: icon disc, words, arrow."""
    margin = 6 if look.low else 14
    card = _base(look, f"{title}. {line}", main, (40, margin, 36, margin))
    row = QHBoxLayout()
    row.setSpacing(look.px(30))
    fill: Colour = "paper" if main else "sprout"
    disc = RoundIcon(look, icon, 108, fill, "pine" if main else "pine2")
    row.addWidget(disc, 0, Qt.AlignmentFlag.AlignVCenter)
    row.addLayout(words(look, title, line, main), 1)
    if not look.large:
        row.addWidget(Icon(look, "arrow-right", 52, "on_pine" if main else "ink"))
    card.face.addLayout(row)
    card.let_touches_through()
    return card

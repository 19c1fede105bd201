"""What the map's marks mean and where its borders come from. Cannot be pressed, so it is flat."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.i18n import tr
from desktop.map.city import City
from desktop.map.pins import mark_factor, paint_flower
from desktop.theme.look import Look
from desktop.theme.type import Role
from desktop.widgets import typeset


def is_scarce(look: Look) -> bool:
    """True where a shallow panel, or large letters in the lower part of an upright one, leave
    little room."""
    return look.shallow or (look.large and look.low and look.portrait)


class Legend(QWidget):
    """A flower and what its number means, in a box of its own."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._text = tr("숫자는 모인 사업 수")
        self.setAccessibleName(self._text)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def _words(self) -> typeset.Paragraphs:
        return typeset.lay_out(self._look, self._text, Role.BODY, False, 1e9)

    def sizeHint(self) -> QSize:
        words, px = self._words(), self._look.px
        left = px(78 * mark_factor(self._look))
        return QSize(round(words.width) + left + px(22), round(words.height) + px(8))

    def paintEvent(self, event: QPaintEvent) -> None:
        look, p = self._look, self._look.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = look.line(2)
        half = width / 2
        painter.setPen(QPen(p.straw2, width))
        painter.setBrush(p.white)
        rect = QRectF(self.rect()).adjusted(half, half, -half, -half)
        painter.drawRoundedRect(rect, look.px(12), look.px(12))
        paint_legend(painter, look, self._words(), rect.center().y())


def paint_legend(painter: QPainter, look: Look, words: typeset.Paragraphs, middle: float) -> None:
    """The flower and its words from the left edge, round the line at `middle`."""
    grow = mark_factor(look)
    centre = QPointF(look.px(44 * grow), middle - look.px(2))
    paint_flower(painter, look, centre, look.px(20 * grow), "")
    painter.setPen(look.palette.ink)
    box = QRectF(look.px(78 * grow), middle - words.height / 2, words.width, words.height)
    typeset.draw(painter, look, words, Role.BODY, box)


class MapCaption(QWidget):
    """The band at the foot of a map: the legend at the left, the attribution at the right."""

    def __init__(self, look: Look, city: City, parent: QWidget, *, legend: bool) -> None:
        super().__init__(parent)
        self._look = look
        attribution = city.attribution(look.language)
        # Little room: the source of the borders alone; speech still says the rest.
        self._attributions = city.sources(look.language) if is_scarce(look) else (attribution,)
        self._legend = tr("숫자는 모인 사업 수") if legend else ""
        self.setAccessibleName(f"{self._legend} {attribution}".strip())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _parts(self, width: int) -> tuple[typeset.Paragraphs | None, typeset.Paragraphs, bool]:
        """(legend, attribution, True when they stand beside each other)."""
        look = self._look
        room = float(width - look.px(40))
        for words in self._attributions:
            note = typeset.lay_out(look, words, Role.BODY, False, room)
            if len(note.lines) == 1:
                break
        if not self._legend:
            return None, note, True
        legend = typeset.lay_out(look, self._legend, Role.BODY, False, room)
        beside = look.px(78 + 24 + 20) + legend.width + note.width <= width
        return legend, note, beside and len(note.lines) == 1

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        words, note, beside = self._parts(width)
        high = note.height if beside or words is None else note.height + words.height
        return round(high) + self._look.px(8)

    def overflows(self) -> bool:
        _, note, _ = self._parts(self.width())
        return note.width > self.width() or self.heightForWidth(self.width()) > self.height() + 1

    def paintEvent(self, event: QPaintEvent) -> None:
        look, p = self._look, self._look.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line, r = look.line(2), look.px(24)
        half = line / 2
        band = QPainterPath()
        rect = QRectF(self.rect()).adjusted(half, -2 * r, -half, -half)
        band.addRoundedRect(rect, r, r)
        painter.fillPath(band, p.white)
        painter.setPen(QPen(p.line, line))
        painter.setClipRect(self.rect())
        painter.drawPath(band)
        painter.fillRect(QRectF(0, 0, self.width(), line), p.line)
        words, note, beside = self._parts(self.width())
        middle = self.height() / 2
        if words is not None:
            paint_legend(painter, look, words, middle if beside else words.height / 2 + look.px(4))
        painter.setPen(p.ink2)
        top = middle - note.height / 2 if beside else self.height() - note.height - look.px(4)
        right = self.width() - look.px(20)
        left = right - note.width if beside and words is not None else look.px(24)
        typeset.draw(painter, look, note, Role.BODY, QRectF(left, top, note.width, note.height))

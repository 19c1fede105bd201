"""Small things that say what something is: an icon, a theme tile, a status, a basis."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from desktop.i18n import date_words
from desktop.theme.icons import paint_icon
from desktop.theme.look import Look
from desktop.theme.palette import Colour
from desktop.theme.shapes import STATUS_ICONS, paint_theme_tile
from desktop.theme.type import Role
from desktop.widgets import typeset
from desktop.widgets.flow import Flow
from desktop.widgets.text import Text
from desktop.words.project import status_word


class Icon(QWidget):
    """A line icon of `size` reference px; it stands beside a word, so it has no name of its own."""

    def __init__(
        self, look: Look, name: str, size: float = 44, colour: Colour | QColor = "ink"
    ) -> None:
        super().__init__()
        self._name = name
        self._colour = look.palette.colour(colour) if isinstance(colour, str) else colour
        self.setFixedSize(look.px(size), look.px(size))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_icon(painter, self._name, QRectF(self.rect()), self._colour)


class RoundIcon(QWidget):
    """An icon on a filled disc of `size` reference px."""

    def __init__(
        self, look: Look, name: str, size: float, fill: Colour = "sprout", colour: Colour = "pine2"
    ) -> None:
        super().__init__()
        p = look.palette
        self._name, self._fill, self._colour = name, p.colour(fill), p.colour(colour)
        self.setFixedSize(look.px(size), look.px(size))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._fill)
        painter.drawEllipse(self.rect())
        inset = self.width() * 0.26
        box = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        paint_icon(painter, self._name, box, self._colour)


class ThemeTile(QWidget):
    """A theme's tile: shape, colour and icon; the word stands beside it."""

    def __init__(self, look: Look, theme_id: str, size: float = 66) -> None:
        super().__init__()
        self._look, self._theme = look, theme_id
        self.setFixedSize(look.px(size), look.px(size))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        paint_theme_tile(
            painter, self._look.palette, self._theme, rect.center(), rect.width() * 0.43
        )


class StatusLine(QWidget):
    """Icon, bold status word in its colour, and the date it was true: never a coloured pill."""

    def __init__(self, look: Look, status: str, rest: str = "", role: Role = Role.BODY) -> None:
        super().__init__()
        row = QHBoxLayout()
        narrow = look.tight or (look.large and look.portrait)
        if narrow:
            # The date goes to a line of its own where the word has filled this one.
            flow = Flow(self, gap=look.px(12), row_gap=0)
            word = QWidget()
            word.setLayout(row)
            flow.addWidget(word)
        else:
            self.setLayout(row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(12))
        colour = look.palette.status(status)
        size = look.size(role) * 0.98
        row.addWidget(Icon(look, STATUS_ICONS[status], size, colour))
        row.addWidget(
            Text(look, status_word(status), role, bold=True, colour=colour, one_line=True)
        )
        if rest and narrow:
            flow.addWidget(Text(look, f"· {date_words(rest)}", role, colour="ink2"))
        elif rest:
            row.addWidget(Text(look, f"· {date_words(rest)}", role, colour="ink2"), 1)
        else:
            row.addStretch(1)


#: Share of the panel's width that a line of a large basis label takes at most.
WIDEST_LABEL = 0.55


class BasisLabel(QLabel):
    """What a figure rests on (공식 계획, 보도로 확인된 식재); always touches its figure. In large
    letters it may need two lines."""

    def __init__(self, look: Look, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setText(text)
        self.setAccessibleName(text)
        self.setFont(look.font(Role.BODY, bold=True))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        words = self._words()
        return QSize(round(words.width) + 2 * self._look.px(18), round(words.height))

    minimumSizeHint = sizeHint

    def _words(self) -> typeset.Paragraphs:
        look = self._look
        most = look.metrics.width * WIDEST_LABEL if look.large else 1e9
        return typeset.lay_out(look, self.text(), Role.BODY, True, most)

    def overflows(self) -> bool:
        return self.width() < self.sizeHint().width() - 1

    def paintEvent(self, event: QPaintEvent) -> None:
        look, p = self._look, self._look.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = look.line(2)
        painter.setPen(QPen(p.reed, width))
        painter.setBrush(p.sand)
        rect = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
        painter.drawRoundedRect(rect, look.px(10), look.px(10))
        painter.setPen(p.ink)
        words = self._words()
        typeset.draw(painter, look, words, Role.BODY, QRectF(self.rect()), centre=True)


class Rule(QWidget):
    """A decorative hairline."""

    def __init__(self, look: Look, colour: Colour = "straw", vertical: bool = False) -> None:
        super().__init__()
        self._colour = look.palette.colour(colour)
        thickness = look.px(2)
        if vertical:
            self.setFixedWidth(thickness)
        else:
            self.setFixedHeight(thickness)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._colour)

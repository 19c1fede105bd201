"""The search field over the list, with a sample of what it understands."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from desktop.i18n import tr
from desktop.theme.look import Look
from desktop.theme.type import Role
from desktop.widgets import typeset
from desktop.widgets.button import PressButton
from desktop.widgets.field import TextField

#: The first letters of 덕진공원.
SAMPLE = "ㄷㅈㄱㅇ"


class Sample(QWidget):
    """Four first letters in a reed box: what may be typed instead of a whole name."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._words = typeset.lay_out(look, SAMPLE, Role.BODY, False, 1e9)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        px = self._look.px
        return QSize(round(self._words.width) + px(32), round(self._words.height) + px(4))

    def paintEvent(self, event: QPaintEvent) -> None:
        look, p = self._look, self._look.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = look.line(2)
        painter.setPen(QPen(p.straw2, width))
        inset = width / 2
        rect = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(rect, look.px(10), look.px(10))
        painter.setPen(p.ink2)
        top = (self.height() - self._words.height) / 2
        box = QRectF(0, top, self.width(), self._words.height)
        typeset.draw(painter, look, self._words, Role.BODY, box, centre=True)


def _hint(look: Look) -> str:
    """What may be typed, as long as the field beside its buttons allows."""
    if look.compact and look.portrait:
        return tr("이름 찾기")
    return tr("이름·초성으로 찾기") if look.korean else tr("이름으로 찾기")


def words_alone(look: Look) -> bool:
    """In large letters an upright panel has no room for icons in the row of the field: a button
    says what it does, and the field keeps some of the width."""
    return look.compact and look.portrait


class SearchRow(QWidget):
    """The field and, once something stands in it, the button that empties it.

    Signals: `edited(text)`.
    """

    edited = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(15))
        self.field = TextField(
            look,
            tr("사업 찾기"),
            placeholder=_hint(look),
            icon="search",
            height=78,
            role=Role.BODY,
        )
        self.field.setObjectName("search")
        self.field.edited.connect(self._edited)
        icon, padding = ("", 14) if words_alone(look) else ("x", 20)
        # Not 지우기: the keyboard has a key of that name, which takes one letter back.
        self.clear = PressButton(look, tr("모두 지움"), icon=icon, height=68, padding=padding)
        self.clear.clicked.connect(self._cleared)
        self.clear.hide()
        row.addWidget(self.field, 1)
        row.addWidget(self.clear)
        self._sample = Sample(look)
        self._sample.setParent(self)
        self._place_sample()

    def set_query(self, query: str) -> None:
        if query != self.field.value:
            self.field.set_value(query)
        self._show_parts()

    def _edited(self, text: str) -> None:
        self._show_parts()
        self.edited.emit(text)

    def _cleared(self) -> None:
        self.field.set_value("")
        self._edited("")

    def _show_parts(self) -> None:
        self.clear.setVisible(bool(self.field.value))
        self._place_sample()

    def resizeEvent(self, event: object) -> None:
        self._place_sample()

    def _place_sample(self) -> None:
        look, size = self._look, self._sample.sizeHint()
        hint = typeset.natural_width(look, tr("이름·초성으로 찾기"), Role.BODY) + look.px(104)
        room = self.width() - hint - size.width() - look.px(14)
        self._sample.setVisible(not self.field.value and look.korean and room > 0)
        self._sample.resize(size)
        x = self.width() - size.width() - look.px(16)
        self._sample.move(x, (self.height() - size.height()) // 2)
        self._sample.raise_()

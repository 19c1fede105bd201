"""A button whose icon stands above its word: for a row of many where width is scarce."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent

from desktop.theme.icons import paint_icon
from desktop.theme.look import Look
from desktop.widgets import typeset
from desktop.widgets.button import PressButton

#: Reference px that are free above the icon and under the word, and the icon's share of a letter.
EDGE, SHARE = 5, 0.8


class StackedButton(PressButton):
    """As a PressButton, one word wide; a checked one shows its tick where the icon stood."""

    @property
    def _icon_size(self) -> float:
        return self.look.metrics.font_px(self.look.size(self._role)) * SHARE

    def _around(self, *, saying_why: bool | None = None) -> float:
        return 2 * self.look.px(self._padding)

    def _height_for(self, words: typeset.Paragraphs) -> int:
        return round(words.height + self._icon_size) + self.look.px(2 * EDGE) + self.thickness

    def sizeHint(self) -> QSize:
        # A checked word is bold: it keeps that room, so that nothing moves on a tap.
        words = _lay_out(self.look, self, bold=True)
        return QSize(round(words.width + self._around()) + 1, self._height_for(words))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def overflows(self) -> bool:
        words = _lay_out(self.look, self, bold=True)
        short = self._height_for(words) > self.height() + 1
        return short or words.width > self.width() - self._around() + 2

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        face, rect, size = self.paint_face(painter), self.face_rect(), self._icon_size
        words = _lay_out(self.look, self, bold=self._bold or self.isChecked())
        icon, middle = self._leading(), rect.center().x()
        top = rect.center().y() - (words.height + size) / 2
        if icon:
            box = QRectF(middle - size / 2, top, size, size)
            paint_icon(painter, icon, box, face.text)
        painter.setPen(face.text)
        box = QRectF(middle - words.width / 2, top + size, words.width, words.height)
        typeset.draw(painter, self.look, words, self._role, box)


def _lay_out(look: Look, button: StackedButton, *, bold: bool) -> typeset.Paragraphs:
    return typeset.lay_out(look, button.text(), button._role, bold, 1e9)

"""What is being said, to be read: two lines over the foot of the screen, for as long as it is said.

Takes no touch and no room: what lies beneath works on, and nothing moves when it comes and goes.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.theme.look import Look
from desktop.theme.type import Role
from desktop.widgets import typeset

MOST_LINES = 2
#: Letters a second at the three speeds, a little under what the voice says.
PACES = (3.0, 4.0, 6.0)
SHORTEST_MS = 1500
_SIDE, _PAD = 24, 18
_PIECE = re.compile(r"[^.?!\n]+[.?!]*\s*")


class Caption(QWidget):
    """`say(words, over)` shows them over the foot of the rectangle `over`; `hush()` ends it."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.setObjectName("caption")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._waiting: list[str] = []
        self._words: typeset.Paragraphs | None = None
        self._over = QRect()
        self._pace = PACES[1]
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._turn)
        self.hide()

    def say(self, words: str, over: QRect, rate: int) -> None:
        self._over, self._pace = over, PACES[rate]
        self._waiting = self._pages(" ".join(words.split()))
        self._turn()

    def hush(self) -> None:
        self._waiting, self._words = [], None
        self._timer.stop()
        self.hide()

    @property
    def _room(self) -> float:
        return self._over.width() - 2 * self._look.px(_SIDE + _PAD)

    def _laid(self, text: str) -> typeset.Paragraphs:
        return typeset.lay_out(self._look, text, Role.BODY, False, max(1.0, self._room))

    def _pages(self, words: str) -> list[str]:
        """As many whole sentences as two lines hold; a longer one goes on word by word."""
        pages: list[str] = []
        for sentence in _PIECE.findall(words) or [words]:
            if pages and len(self._laid(pages[-1] + sentence).lines) <= MOST_LINES:
                pages[-1] += sentence
                continue
            pages.append("")
            for word in sentence.split():
                longer = f"{pages[-1]} {word}".strip()
                if pages[-1] and len(self._laid(longer).lines) > MOST_LINES:
                    pages.append(word)
                else:
                    pages[-1] = longer
            pages[-1] += " "
        return [page.strip() for page in pages if page.strip()]

    def _turn(self) -> None:
        if not self._waiting:
            self.hush()
            return
        page = self._waiting.pop(0)
        self._words, px = self._laid(page), self._look.px
        high = round(self._words.height) + 2 * px(_PAD)
        foot = self._over.bottom() + 1 - px(12)
        side = px(_SIDE)
        self.setGeometry(self._over.left() + side, foot - high, self._over.width() - 2 * side, high)
        self._timer.start(max(SHORTEST_MS, round(len(page) / self._pace * 1000)))
        self.show()
        self.raise_()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._words is None:
            return
        painter, p, px = QPainter(self), self._look.palette, self._look.px
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(p.soil_line)
        painter.setBrush(p.soil)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), px(16), px(16))
        painter.setPen(p.on_soil)
        box = QRectF(self.rect()).adjusted(px(_PAD), px(_PAD), -px(_PAD), -px(_PAD))
        typeset.draw(painter, self._look, self._words, Role.BODY, box)

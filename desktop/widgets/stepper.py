"""Where one is in a row of questions: done, now, still to come."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.i18n import tr
from desktop.theme.icons import paint_icon
from desktop.theme.look import Look
from desktop.theme.type import Role
from desktop.widgets import typeset

_NOW, _OTHER, _LINK, _GAP = 60.0, 46.0, 44.0, 11.0


class Stepper(QWidget):
    """`n / m` and one mark for each step; where there is no room for the marks, the number and the
    step's word alone. Cannot be pressed."""

    def __init__(self, look: Look, words: tuple[str, ...]) -> None:
        super().__init__()
        self._look, self._words = look, words
        self._now = 1
        self._done: frozenset[int] = frozenset()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_step(1)

    def show_step(self, now: int, *, all_done: bool = False) -> None:
        """Step `now` of the row; with `all_done` every other step is done (an edit)."""
        others = range(1, len(self._words) + 1) if all_done else range(1, now)
        self._now, self._done = now, frozenset(others) - {now}
        words = tr("{m}단계 가운데 {now}단계", now=now, m=len(self._words))
        self.setAccessibleName(f"{words}: {self._words[now - 1]}")
        self.update()

    def _count(self) -> typeset.Paragraphs:
        return self._lay(f"{self._now} / {len(self._words)}", Role.COUNT)

    def _word(self) -> typeset.Paragraphs:
        return self._lay(self._words[self._now - 1], Role.BODY)

    def _lay(self, text: str, role: Role) -> typeset.Paragraphs:
        return typeset.lay_out(self._look, text, role, True, 1e9)

    def _px(self, ref: float) -> int:
        """Marks grow with the digits in them."""
        look = self._look
        return look.px(ref * look.size(Role.BODY) / Role.BODY.size())

    def _marks_width(self) -> float:
        px, count = self._px, len(self._words)
        marks = px(_NOW) + (count - 1) * px(_OTHER)
        links = (count - 1) * (px(_LINK) + 2 * px(_GAP))
        return marks + links + self._word().width + px(_GAP)

    def _full_width(self) -> float:
        return self._count().width + self._look.px(26) + self._marks_width()

    def sizeHint(self) -> QSize:
        return QSize(round(self._full_width()) + 2, self._px(_NOW + 8))

    def minimumSizeHint(self) -> QSize:
        width = self._count().width  # the question says the word, too
        return QSize(round(width) + 2, self._px(_NOW + 8))

    def overflows(self) -> bool:
        return self.width() < self.minimumSizeHint().width() - 1

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look, middle = self._look, self.height() / 2
        x = self._write(painter, self._count(), Role.COUNT, 0.0) + look.px(26)
        if self.width() < self._full_width():
            if x - look.px(6) + self._word().width <= self.width() + 1:
                self._write(painter, self._word(), Role.BODY, x - look.px(6))
            return
        for step in range(1, len(self._words) + 1):
            size = self._px(_NOW if step == self._now else _OTHER)
            self._mark(painter, step, QRectF(x, middle - size / 2, size, size))
            x += size + self._px(_GAP)
            if step == self._now:
                x = self._write(painter, self._word(), Role.BODY, x) + self._px(_GAP)
            if step < len(self._words):
                passed = step in self._done and (step + 1 in self._done or step + 1 == self._now)
                pen = QPen(look.palette.pine2 if passed else look.palette.reed, look.px(5))
                pen.setCapStyle(Qt.PenCapStyle.RoundCap)
                painter.setPen(pen)
                painter.drawLine(QPointF(x, middle), QPointF(x + self._px(_LINK), middle))
                x += self._px(_LINK) + self._px(_GAP)

    def _write(self, painter: QPainter, words: typeset.Paragraphs, role: Role, x: float) -> float:
        painter.setPen(self._look.palette.ink)
        top = self.height() / 2 - words.height / 2
        typeset.draw(painter, self._look, words, role, QRectF(x, top, words.width, words.height))
        return x + words.width

    def _mark(self, painter: QPainter, step: int, box: QRectF) -> None:
        look, p = self._look, self._look.palette
        width = look.line(3)
        inner = box.adjusted(width / 2, width / 2, -width / 2, -width / 2)
        if step == self._now:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(p.pine)
            painter.drawEllipse(box)
            self._digit(painter, step, box, on_pine=True)
        elif step in self._done:
            painter.setPen(QPen(p.pine if not look.contrast else p.figure, width))
            painter.setBrush(p.sprout)
            painter.drawEllipse(inner)
            inset = box.width() * 0.24
            tick = box.adjusted(inset, inset, -inset, -inset)
            paint_icon(painter, "check", tick, p.ink if look.contrast else p.pine2, 2.6)
        else:
            painter.setPen(QPen(p.reed, width))
            painter.setBrush(p.white)
            painter.drawEllipse(inner)
            self._digit(painter, step, box, on_pine=False)

    def _digit(self, painter: QPainter, step: int, box: QRectF, *, on_pine: bool) -> None:
        painter.setFont(self._look.font(Role.BODY, bold=True))
        painter.setPen(self._look.palette.on_pine if on_pine else self._look.palette.ink2)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(step))

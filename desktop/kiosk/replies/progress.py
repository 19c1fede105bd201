"""The three steps of a feedback's way through the city."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.i18n import tr
from desktop.theme.icons import paint_icon
from desktop.theme.look import Look
from desktop.theme.type import Role
from desktop.widgets import typeset


class Stages(QWidget):
    """접수, 검토, 답변: what is done is ticked, what is to come is a ring."""

    def __init__(self, look: Look, stage: int) -> None:
        super().__init__()
        self._look, self._stage = look, stage
        self._words = (tr("접수"), tr("검토"), tr("답변"))
        now = self._words[stage - 1]
        self.setAccessibleName(tr("세 단계 가운데 {word}", word=now))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(620), self._look.px(150 if not self._look.large else 190))

    minimumSizeHint = sizeHint

    def overflows(self) -> bool:
        return self.width() < self._look.px(400)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, p = self._look, self._look.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size, top = look.px(64), look.px(6)
        step = self.width() / len(self._words)
        centres = [QPointF(step * (i + 0.5), top + size / 2) for i in range(len(self._words))]
        for i in range(1, len(centres)):
            passed = i < self._stage
            painter.setPen(QPen(p.pine if passed else p.reed, look.px(6)))
            left = centres[i - 1] + QPointF(size / 2 + look.px(14), 0)
            painter.drawLine(left, centres[i] - QPointF(size / 2 + look.px(14), 0))
        for i, (centre, word) in enumerate(zip(centres, self._words, strict=True)):
            box = QRectF(centre.x() - size / 2, top, size, size)
            done = i < self._stage
            width = look.line(3)
            if done:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(p.pine)
                painter.drawEllipse(box)
                inset = size * 0.24
                tick = box.adjusted(inset, inset, -inset, -inset)
                paint_icon(painter, "check", tick, p.on_pine, 2.6)
            else:
                painter.setPen(QPen(p.reed, width))
                painter.setBrush(p.white)
                painter.drawEllipse(box.adjusted(width / 2, width / 2, -width / 2, -width / 2))
            words = typeset.lay_out(look, word, Role.BODY, done, 1e9)
            painter.setPen(p.ink if done else p.ink2)
            under = QRectF(centre.x() - words.width / 2, top + size + look.px(8), words.width, 0)
            typeset.draw(painter, look, words, Role.BODY, under)

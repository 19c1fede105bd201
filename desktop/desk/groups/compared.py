"""The one that leads and the current one, side by side: what they share stands on a bed, what
differs does not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.desk.groups.state import GroupsState
from desktop.desk.groups.words import against_words, first_line, like_words
from desktop.i18n import tr
from desktop.theme.desk_look import DeskLook, Use
from desktop.widgets.mouse.words import Label
from desktop.words.dates import moment_of

if TYPE_CHECKING:  # the store behind it is heavy
    from db.groups.board import Seat

LONGEST_SHOWN = 300


class Compared(QWidget):
    def __init__(self, look: DeskLook) -> None:
        super().__init__()
        self._look = look
        self.setObjectName("compared")
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(14), look.px(10), look.px(14), look.px(10))
        row.setSpacing(look.px(12))
        self._lead, self._current = _Card(look, False), _Card(look, True)
        row.addWidget(self._lead, 1)
        row.addWidget(self._current, 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.palette.pane)
        painter.fillRect(0, 0, self.width(), 1, self._look.palette.line)

    def show_state(self, state: GroupsState) -> None:
        seats = state.seats or ()
        self.setVisible(len(seats) > 1)
        if len(seats) < 2:
            return
        leads = next((seat for seat in seats if seat.row.id == state.lead), seats[0])
        current = seats[min(max(0, state.seat), len(seats) - 1)]
        self._lead.show_seat(tr("대표"), leads)
        other = current if current is not leads else seats[1 if leads is seats[0] else 0]
        self._current.show_seat(tr("지금 행"), other)


class _Card(QWidget):
    def __init__(self, look: DeskLook, current: bool) -> None:
        super().__init__()
        self._look, self._current = look, current
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(12), look.px(8), look.px(12), look.px(8))
        column.setSpacing(look.px(4))
        self._head = Label(look, "", Use.SMALL, "second", one_line=True)
        self._words = Label(look, "", Use.TEXT)
        self._against = Label(look, "", Use.SMALL, "warning")
        for label in (self._head, self._words, self._against):
            column.addWidget(label)
        column.addStretch(1)

    def show_seat(self, name: str, seat: Seat) -> None:
        parts = [name, moment_of(seat.row.at_us)]
        if self._current and seat.alike is not None:
            parts.insert(1, tr("닮음 {score}", score=like_words(seat.alike.score)))
        self._head.say(" · ".join(parts))
        text = seat.row.text or first_line(seat.row)
        shared = " ".join(text[start:end] for start, end in seat.marks)
        self._words.say(text[:LONGEST_SHOWN] + "…" * (len(text) > LONGEST_SHOWN), shared)
        against = seat.alike.against if seat.alike is not None else ()
        why = " · ".join(filter(None, (against_words(each.value) for each in against)))
        self._against.say(why if self._current else "")
        self._against.setVisible(bool(why) and self._current)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, p = QPainter(self), self._look.palette
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = p.accent if self._current else p.strong_line
        painter.setPen(QPen(edge, self._look.edge))
        painter.setBrush(p.pane)
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 4, 4)

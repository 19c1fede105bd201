"""The two lists of the groups screen: the groups, and who sits in the current one."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPen

from db.records.catalogue import Catalogue
from desktop.desk.groups.state import GroupsState
from desktop.desk.groups.words import (
    against_words,
    card_about,
    card_name,
    first_line,
    like_words,
)
from desktop.i18n import language, tr
from desktop.theme.desk_look import DeskLook, Use
from desktop.theme.desk_palette import DeskColour
from desktop.theme.icons import paint_icon
from desktop.widgets.mouse.marks import paint_check, paint_state
from desktop.widgets.mouse.rows import RowList
from desktop.widgets.mouse.writer import RIGHT
from desktop.words.dates import day_of
from desktop.words.feedback import office_state_word

CARD = 54


class CardList(RowList):
    """Each group: its name, how many, what about, how alike."""

    def __init__(self, look: DeskLook, catalogue: Catalogue) -> None:
        self._state = GroupsState()
        self._catalogue = catalogue
        super().__init__(look, "groups", tr("묶음 목록"), look.px(CARD))

    def show_state(self, state: GroupsState) -> None:
        self._state = state
        self.show_rows(len(state.cards or ()), state.current)

    def _project(self, place: int) -> str:
        project = (self._state.cards or ())[place].lead.project or ""
        known = self._catalogue.project_by_id.get(project)
        return project if known is None else known.name(language())

    def spoken(self, place: int) -> str:
        card = (self._state.cards or ())[place]
        parts = [card_name(card), tr("{count}건", count=f"{card.size:,}")]
        if card.flood:
            parts.append(tr("몰림"))
        parts.append(card_about(card, self._project(place)))
        return ", ".join(parts)

    def paint_row(self, painter: QPainter, place: int, area: QRectF) -> None:
        card, px, writer = (self._state.cards or ())[place], self.look.px, self.writer
        left, right = area.left() + px(14), area.right() - px(12)
        line = px(22)
        upper = QRectF(left, area.top() + px(6), right - left, line)
        lower = QRectF(left, upper.bottom(), right - left, px(18))
        count = f"{card.size:,}"
        writer.write(painter, count, upper, Use.STRONG, "text", RIGHT)
        end = right - writer.width(count, Use.STRONG) - px(10)
        if card.flood:
            end = self._paint_flood(painter, end, upper) - px(8)
        name = QRectF(left, upper.top(), end - left, line)
        writer.write(painter, card_name(card), name, Use.STRONG)
        alike = ""
        if card.group is None:
            alike = tr("닮음 {score}", score=like_words(card.likeness))
            writer.write(painter, alike, lower, Use.SMALL, "second", RIGHT)
        room = lower.width() - writer.width(alike, Use.SMALL) - px(8)
        about = card_about(card, self._project(place))
        writer.write(
            painter, about, QRectF(left, lower.top(), room, lower.height()), Use.SMALL, "second"
        )

    def _paint_flood(self, painter: QPainter, right: float, line: QRectF) -> float:
        """So many in so short a time: a mark of its own. Returns where it begins."""
        px, p, words = self.look.px, self.look.palette, tr("몰림")
        wide = self.writer.width(words, Use.SMALL) + px(30)
        face = QRectF(right - wide, line.center().y() - px(9), wide, px(18))
        painter.setPen(QPen(p.warning, 1))
        painter.setBrush(p.warning_bed)
        painter.drawRoundedRect(face.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        icon = QRectF(face.left() + px(5), face.center().y() - px(7), px(14), px(14))
        paint_icon(painter, "triangle-alert", icon, p.warning)
        text = face.adjusted(px(22), 0, 0, 0)
        self.writer.write(painter, words, text, Use.SMALL, "warning")
        return face.left()


class SeatList(RowList):
    """Signals: `ticked_at(place)`. Each opinion: in or out, its words with what they share, how
    alike, when, and its state."""

    ticked_at = Signal(int)

    def __init__(self, look: DeskLook) -> None:
        self._state = GroupsState()
        super().__init__(look, "seats", tr("이 묶음의 의견"), look.row)

    def show_state(self, state: GroupsState) -> None:
        self._state = state
        self.show_rows(len(state.seats or ()), state.seat)

    def fill(self, place: int) -> DeskColour:
        return "warning_bed" if (self._state.seats or ())[place].doubtful else "pane"

    def spoken(self, place: int) -> str:
        state = self._state
        seat = (state.seats or ())[place]
        parts = [first_line(seat.row), office_state_word(seat.row.state), day_of(seat.row.at_us)]
        if seat.row.id == state.lead:
            parts.insert(0, tr("대표"))
        elif seat.alike is not None:
            parts.append(tr("닮음 {score}", score=like_words(seat.alike.score)))
        if seat.alike is not None:
            parts += [against_words(each.value) for each in seat.alike.against]
        parts.append(tr("고름") if seat.row.id in state.ticked else tr("고르지 않음"))
        return ", ".join(part for part in parts if part)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self.place_at(event)
        if place >= 0 and event.position().x() < self.look.px(36):
            self.setFocus()
            self.ticked_at.emit(place)
        else:
            super().mousePressEvent(event)

    def paint_row(self, painter: QPainter, place: int, area: QRectF) -> None:
        state, px, writer = self._state, self.look.px, self.writer
        seat = (state.seats or ())[place]
        middle, size = area.center().y(), px(16)
        tick = QRectF(area.left() + px(14), middle - size / 2 + 0.5, size, size)
        paint_check(painter, self.look, tick, seat.row.id in state.ticked)
        if seat.row.id == state.lead:
            pin = QRectF(area.left() + px(38), middle - size / 2, size, size)
            paint_icon(painter, "map-pin", pin, self.look.palette.accent)
        standing, glyph = px(116 if self.look.korean else 126), px(16)
        right = area.right() - px(10)
        at = QRectF(right - standing, middle - glyph / 2, glyph, glyph)
        paint_state(painter, self.look, seat.row.state, at)
        word = QRectF(at.right() + px(6), area.top(), right - at.right() - px(6), area.height())
        writer.write(painter, office_state_word(seat.row.state), word)
        wide = px(84 if self.look.korean else 124)
        day = QRectF(at.left() - wide - px(12), area.top(), wide, area.height())
        writer.write(painter, day_of(seat.row.at_us), day, Use.SMALL, "second", RIGHT)
        alike = QRectF(day.left() - px(50), area.top(), px(44), area.height())
        score = like_words(seat.alike.score) if seat.alike else "—"
        writer.write(painter, score, alike, Use.TEXT, "second", RIGHT)
        left = area.left() + px(60)
        words = QRectF(left, area.top(), alike.left() - px(8) - left, area.height())
        if seat.row.language not in (None, "ko"):
            words = self._paint_language(painter, str(seat.row.language).upper(), words)
        line = seat.row.text.replace("\n", " ")
        writer.write_marked(painter, line or first_line(seat.row), seat.marks, words)

    def _paint_language(self, painter: QPainter, words: str, area: QRectF) -> QRectF:
        px, p = self.look.px, self.look.palette
        wide = self.writer.width(words, Use.SMALL) + px(12)
        face = QRectF(area.left(), area.center().y() - px(9), wide, px(18))
        painter.setPen(QPen(p.information, 1))
        painter.setBrush(p.pane)
        painter.drawRoundedRect(face.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        self.writer.write(painter, words, face.adjusted(px(6), 0, 0, 0), Use.SMALL, "information")
        return area.adjusted(wide + px(6), 0, 0, 0)

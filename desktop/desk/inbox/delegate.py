"""Draws one line of the list: a row, or the head of a section."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from db.inbox.rows import InboxRow, Section
from db.records.catalogue import Catalogue
from db.records.feedback import ReviewState
from desktop.desk.inbox.columns import Columns, box
from desktop.desk.inbox.model import InboxModel
from desktop.desk.inbox.words import due_words, first_words, project_word, section_word
from desktop.i18n import tr
from desktop.theme.desk_look import DeskLook, Use
from desktop.theme.desk_palette import DeskColour
from desktop.theme.icons import paint_icon
from desktop.widgets.mouse.marks import paint_check, paint_state, paint_theme
from desktop.widgets.mouse.writer import LEFT, RIGHT, Writer
from desktop.words.dates import day_of
from desktop.words.feedback import kind_word, office_state_word


class RowDelegate(QStyledItemDelegate):
    """`focused` says whether the list has the focus, `searched` what is looked for."""

    def __init__(
        self,
        look: DeskLook,
        model: InboxModel,
        catalogue: Catalogue,
        focused: Callable[[], bool],
        searched: Callable[[], str],
    ) -> None:
        super().__init__()
        self._look, self._model, self._catalogue = look, model, catalogue
        self._focused, self._searched = focused, searched
        self._writer = Writer(look)
        self._write = self._writer.write
        self._themes = {each.id: each.theme.value for each in catalogue.projects}

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        area: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        section = self._model.section(index.row())
        if section is not None:
            self.paint_section(painter, section, area)
        else:
            self._paint_row(painter, index.row(), area)
        painter.restore()

    # -- sections --------------------------------------------------------------------------------

    def paint_section(self, painter: QPainter, section: Section, area: QRect) -> None:
        look, p = self._look, self._look.palette
        painter.fillRect(area, p.head)
        painter.fillRect(area.left(), area.bottom(), area.width(), 1, p.line)
        if not p.tints:
            painter.fillRect(area.left(), area.top(), area.width(), 1, p.strong_line)
        words = section_word(section.due)
        left = area.left() + look.px(12)
        text = QRectF(left, area.top(), area.width(), area.height())
        self._write(painter, words, text, Use.SECTION, "text")
        after = self._writer.width(words, Use.SECTION) + look.px(8)
        count = tr("{count}건", count=f"{section.count:,}")
        self._write(painter, count, text.adjusted(after, 0, 0, 0), Use.SMALL, "second")

    # -- rows ------------------------------------------------------------------------------------

    def _paint_row(self, painter: QPainter, line: int, area: QRect) -> None:
        look, p, state = self._look, self._look.palette, self._model.state
        found = self._model.row(line)
        if found is None:
            return
        position, row = found
        current = state.position(state.current) == position
        checked = state.is_checked(position)
        painter.fillRect(area, p.current if current else p.checked if checked else p.pane)
        painter.fillRect(area.left(), area.bottom(), area.width(), 1, p.line)
        if checked and not p.tints:
            painter.setPen(QPen(p.control_edge, 2))
            painter.drawRect(QRectF(area).adjusted(1, 1, -1, -2))
        if current:
            painter.fillRect(area.left(), area.top(), 3, area.height() - 1, p.accent)
            if self._focused():
                painter.setPen(QPen(p.accent, 2 if p.tints else 3))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(QRectF(area).adjusted(1, 1, -1, -2))
        columns = Columns.of(look, area.width())
        top, height = float(area.top()), float(area.height())
        if row is None:
            self._write(painter, "…", box(columns.words, top, height), Use.TEXT, "third")
            return
        if position in state.dimmed:
            painter.setOpacity(0.55)
        if not columns.narrow:
            size = look.px(16)
            tick = QRectF(columns.check[0], area.center().y() - size / 2 + 0.5, size, size)
            paint_check(painter, look, tick, checked)
        self._paint_parts(painter, row, columns, top, height)

    def _paint_parts(
        self, painter: QPainter, row: InboxRow, columns: Columns, top: float, height: float
    ) -> None:
        look, feedback = self._look, row.feedback
        glyph = look.px(16)
        middle = top + height / 2
        paint_state(
            painter, look, row.state, QRectF(columns.state[0], middle - glyph / 2, glyph, glyph)
        )
        words_box = box(columns.words, top, height)
        if not columns.narrow:
            beside = box(columns.state, top, height).adjusted(glyph + look.px(6), 0, 0, 0)
            self._write(painter, office_state_word(row.state), beside, Use.TEXT, "text")
            if feedback.kind is not None:
                kind = kind_word(feedback.kind.value)
                self._write(painter, kind, box(columns.kind, top, height), Use.TEXT, "text")
            mark = look.px(12)
            theme = self._themes.get(feedback.project or "")
            place = QRectF(columns.words[0], middle - mark / 2, mark, mark)
            paint_theme(painter, look, theme, place)
            words_box.setLeft(words_box.left() + mark + look.px(8))
        words_box.setRight(self._paint_badges(painter, row, words_box) - look.px(6))
        self._paint_words(painter, row, words_box)
        if columns.project[1]:
            project = feedback.project
            named = project_word(project, self._catalogue) if project else ""
            self._write(painter, named, box(columns.project, top, height), Use.TEXT, "second")
        if columns.dong[1]:
            self._write(
                painter, feedback.dong or "", box(columns.dong, top, height), Use.TEXT, "second"
            )
        if columns.received[1]:
            day = day_of(feedback.at_us)
            self._write(painter, day, box(columns.received, top, height), Use.SMALL, "second")
        self._paint_due(painter, row, box(columns.due, top, height), columns.narrow)

    def _paint_words(self, painter: QPainter, row: InboxRow, area: QRectF) -> None:
        """In the resident's own words; bold until somebody took it up."""
        new = row.state is ReviewState.RECEIVED and not row.feedback.erased
        use = Use.STRONG if new else Use.TEXT
        words = first_words(row)
        own = bool(row.feedback.text.strip()) and not row.feedback.erased
        if not own:
            self._write(painter, words, area, use, "third")
            return
        found = (re.finditer(re.escape(each), words) for each in self._searched().split())
        marks = tuple(sorted(each.span() for several in found for each in several))
        self._writer.write_marked(painter, words, marks, area, use)

    def _paint_badges(self, painter: QPainter, row: InboxRow, area: QRectF) -> float:
        """At most two, in order of need; returns where they begin."""
        right = area.right()
        badges: list[tuple[str | None, str, DeskColour]] = []
        if row.conflict:
            badges.append(("triangle-alert", tr("충돌"), "warning"))
        if row.feedback.language not in (None, "ko"):
            badges.append((None, str(row.feedback.language).upper(), "information"))
        if row.feedback.has_contact:
            badges.append(("lock", "", "second"))
        for icon, words, colour in reversed(badges[:2]):
            right = self._paint_badge(painter, icon, words, colour, right, area) - self._look.px(4)
        return right

    def _paint_badge(
        self,
        painter: QPainter,
        icon: str | None,
        words: str,
        colour: DeskColour,
        right: float,
        area: QRectF,
    ) -> float:
        look, p = self._look, self._look.palette
        size = look.px(14)
        wide = self._writer.width(words, Use.SMALL) if words else 0.0
        inside = (size if icon else 0) + wide + (look.px(4) if icon and words else 0)
        pad = look.px(6) if words else 0
        face = QRectF(
            right - inside - 2 * pad, area.center().y() - look.px(9), inside + 2 * pad, look.px(18)
        )
        if words:
            bed = p.warning_bed if colour == "warning" else p.pane
            painter.setPen(QPen(p.colour(colour), 1))
            painter.setBrush(bed)
            painter.drawRoundedRect(face.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        x = face.left() + pad
        if icon:
            at = QRectF(x, face.center().y() - size / 2, size, size)
            paint_icon(painter, icon, at, p.colour(colour))
            x += size + look.px(4)
        if words:
            at = QRectF(x, face.top(), wide + 1, face.height())
            self._write(painter, words, at, Use.SMALL, colour)
        return face.left()

    def _paint_due(self, painter: QPainter, row: InboxRow, area: QRectF, narrow: bool) -> None:
        look = self._look
        words, colour, clock = due_words(row, self._model.today)
        late = colour in ("fault", "warning")
        if not narrow:
            if clock:
                size = look.px(15)
                icon = "clock-alert" if colour == "fault" else "clock"
                at = QRectF(area.left(), area.center().y() - size / 2, size, size)
                paint_icon(painter, icon, at, look.palette.colour(colour))
            area = area.adjusted(look.px(20), 0, 0, 0)
        use = Use.STRONG if late else Use.TEXT
        self._write(painter, words, area, use, colour, RIGHT if narrow else LEFT)

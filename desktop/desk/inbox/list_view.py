"""The list: a table of as many lines as match, painted for those in view alone."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from db.records.catalogue import Catalogue
from desktop.desk.inbox.columns import Columns
from desktop.desk.inbox.delegate import RowDelegate
from desktop.desk.inbox.model import InboxModel
from desktop.desk.inbox.state import InboxState
from desktop.i18n import tr
from desktop.theme.desk_look import DeskLook

SECTION = 28


class InboxList(QTableView):
    """Signals: `pressed_at(place)`, `ticked_at(place)`, `opened_at(place)`, `looked(first, last)`:
    the places in view, whenever others are; `painted()` once its first rows stand there."""

    pressed_at = Signal(int)
    ticked_at = Signal(int)
    opened_at = Signal(int)
    looked = Signal(int, int)
    painted = Signal()

    def __init__(self, look: DeskLook, catalogue: Catalogue, today: date) -> None:
        super().__init__()
        self._look = look
        self._model = InboxModel(today)
        self._delegate = RowDelegate(
            look, self._model, catalogue, self.hasFocus, lambda: self._model.state.filter.text
        )
        self._in_view = (-1, -1)
        self._current = -1
        self._was_painted = False
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(tr("의견 목록"))
        self.setObjectName("inbox-list")
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.setVisible(False)
        across.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        down.setVisible(False)
        down.setMinimumSectionSize(1)
        down.setDefaultSectionSize(look.row)
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalScrollBar().valueChanged.connect(self._tell_view)
        self.verticalScrollBar().rangeChanged.connect(self._show_bar)
        self.verticalScrollBar().setSingleStep(look.row)

    def show_state(self, state: InboxState) -> None:
        before = self._model.state
        if self._model.show_state(state):
            for line in self._model.lines.heads():
                self.verticalHeader().resizeSection(line, self._look.px(SECTION))
            self._current = -1
            self._in_view = (-1, -1)
            self.verticalScrollBar().setValue(0)
            self._tell_view()
        if state.count and state.current != self._current:
            self._current = state.current
            self._show_current()
        # What is only asked for changes nothing here: the answer paints once.
        if _painted(before) != _painted(state):
            self.viewport().update()

    def _show_current(self) -> None:
        index = self._model.index(self._model.lines.line(self._current), 0)
        self.setCurrentIndex(index)
        self.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)
        # The head that sticks to the top must not lie over it.
        covered = self._look.px(SECTION) - self.visualRect(index).top()
        if self._model.lines.sections and covered > 0:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() - covered)

    # -- what is in view -------------------------------------------------------------------------

    def lines_in_view(self) -> tuple[int, int]:
        first = self.rowAt(0)
        last = self.rowAt(self.viewport().height() - 1)
        if first < 0:
            return -1, -1
        return first, last if last >= 0 else self._model.lines.total - 1

    def places_in_view(self) -> tuple[int, int]:
        """The first and the last place in view; -1, -1 while there is none."""
        first, last = self.lines_in_view()
        if first < 0:
            return -1, -1
        lines = self._model.lines
        seen = [place for line in (first, first + 1) if (place := lines.place(line)) is not None]
        end = [place for line in (last, last - 1) if (place := lines.place(line)) is not None]
        return (seen[0], end[0]) if seen and end else (-1, -1)

    def rows_on_a_page(self) -> int:
        return max(1, self.viewport().height() // self._look.row - 1)

    def _show_bar(self, least: int, most: int) -> None:
        """The bar keeps its room beside the columns, and is seen while there is something to it."""
        bar = self.verticalScrollBar()
        if bar.property("idle") is not (least == most):
            bar.setProperty("idle", least == most)
            bar.style().polish(bar)

    def _tell_view(self) -> None:
        seen = self.places_in_view()
        if seen != self._in_view and seen[0] >= 0:
            self._in_view = seen
            self.looked.emit(*seen)

    # -- Qt --------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_view()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        # What sticks to the top does not scroll along.
        self.viewport().update()
        super().scrollContentsBy(dx, dy)
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus()
        line = self.rowAt(int(event.position().y()))
        place = self._model.lines.place(line) if line >= 0 else None
        if place is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        columns = Columns.of(self._look, self.viewport().width())
        if not columns.narrow and event.position().x() < columns.state[0]:
            self.ticked_at.emit(place)
        else:
            self.pressed_at.emit(place)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        line = self.rowAt(int(event.position().y()))
        place = self._model.lines.place(line) if line >= 0 else None
        if place is not None:
            self.opened_at.emit(place)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        first, _last = self.lines_in_view()
        section = self._model.lines.section_at(first) if first >= 0 else -1
        if section >= 0:
            self._paint_sticking(section, first)
        if not self._was_painted and self._model.state.found is not None:
            self._was_painted = True
            self.painted.emit()

    def _paint_sticking(self, section: int, first: int) -> None:
        """The head of the section in view, pushed away by the next one."""
        high = self._look.px(SECTION)
        top = 0
        heads = self._model.lines.heads()
        if section + 1 < len(heads):
            below = self.rowViewportPosition(heads[section + 1])
            top = min(0, below - high) if below >= 0 else 0
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRect(0, top, self.viewport().width(), high)
        self._delegate.paint_section(painter, self._model.lines.sections[section], area)
        painter.end()


def _painted(state: InboxState) -> tuple[object, ...]:
    """What the list paints of a state; great things by what they are and not by what they hold."""
    great = (state.found, state.rows, state.checked)
    return (*map(id, great), state.current, state.dimmed, state.problem)

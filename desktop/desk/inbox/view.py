"""The inbox: what narrows at the left, the list in the middle, one opinion at the right.

Opened, the thread takes the room of the facets and the list becomes narrow. Where the window is
not wide enough for three panes the right one comes over the others and goes with Esc.
"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from db.inbox.filters import Filter
from db.records.catalogue import Catalogue
from desktop.desk.feedback.view import ThreadPane
from desktop.desk.inbox.bars import CheckedStrip, EmptyList, ListBar
from desktop.desk.inbox.facets import WIDTH as FACETS
from desktop.desk.inbox.facets import Facets
from desktop.desk.inbox.head import ListHead
from desktop.desk.inbox.intents import (
    Check,
    CheckAll,
    ClearFilter,
    Close,
    Extend,
    LookAt,
    MoveTo,
    Open,
    Renew,
    Search,
    SortBy,
    UncheckAll,
)
from desktop.desk.inbox.list_view import InboxList
from desktop.desk.inbox.state import InboxState
from desktop.desk.shell.keys import Command, KeyPlace
from desktop.desk.shell.view import DeskView
from desktop.i18n import tr
from desktop.theme.desk_look import DeskLook
from desktop.widgets.mouse.button import MouseButton, Weight

DETAIL, NARROW_LIST = 424, 288
#: Below this there is no room for a third pane.
THREE_PANES = 1280


class InboxView(DeskView):
    """Signals: `painted()` once the first rows stand there."""

    painted = Signal()

    def __init__(self, look: DeskLook, catalogue: Catalogue, today: date, pane: ThreadPane) -> None:
        super().__init__(look)
        self._state = InboxState()
        self._arranged: tuple[object, ...] = ()
        self.facets = Facets(look, catalogue)
        self.list = InboxList(look, catalogue, today)
        self.pane = pane
        self._bar = ListBar(look)
        self._head = ListHead(look)
        self._strip = CheckedStrip(look)
        self._arrived = MouseButton(look, "", weight=Weight.QUIET, height=26, name="arrived")
        self._empty = EmptyList(look)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        above: tuple[QWidget, ...] = (self._bar, self._head, self._arrived, self._empty)
        for each in above:
            column.addWidget(each)
        column.addWidget(self.list, 1)
        column.addWidget(self._strip)
        column.setAlignment(self._arrived, Qt.AlignmentFlag.AlignHCenter)
        self._middle = middle
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        panes: tuple[QWidget, ...] = (self.facets, middle, pane)
        for each in panes:
            self._splitter.addWidget(each)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._splitter)
        self._arrived.hide()
        self._connect()

    def _connect(self) -> None:
        told = self.did.emit
        self.facets.did.connect(self.did)
        self.list.pressed_at.connect(lambda place: told(MoveTo(place)))
        self.list.ticked_at.connect(lambda place: told(Check(place)))
        self.list.opened_at.connect(self._open_at)
        self.list.looked.connect(self._looked)
        self.list.painted.connect(self.painted)
        self._bar.sort_chosen.connect(lambda sort: told(SortBy(sort)))
        self._head.all_ticked.connect(lambda: told(CheckAll()))
        self._strip.unchecked.connect(lambda: told(UncheckAll()))
        self._arrived.clicked.connect(lambda: told(Renew()))
        self._empty.cleared.connect(lambda: told(ClearFilter()))

    def _looked(self, first: int, last: int) -> None:
        self._bar.show_position(self._state, first, last)
        self.did.emit(LookAt(first, last))

    def _open_at(self, place: int) -> None:
        self.did.emit(MoveTo(place))
        self.did.emit(Open())

    # -- state -----------------------------------------------------------------------------------

    def show_state(self, state: InboxState) -> None:
        before, self._state = self._state, state
        self.facets.show_state(state)
        self._head.show_state(state)
        self._strip.show_state(state)
        self.list.show_state(state)
        self._bar.show_state(state)
        self._bar.show_position(state, *self.list.places_in_view())
        self._arrived.setVisible(state.arrived > 0)
        self._arrived.say(tr("새 의견 {n}건 보기", n=state.arrived))
        self._empty.show_state(state)
        nothing = state.found is not None and state.count == 0
        self.list.setVisible(not nothing)
        self._head.setVisible(not nothing)
        self._arrange()
        if (before.held, before.filter, before.reading) != (
            state.held,
            state.filter,
            state.reading,
        ):
            self.titled.emit()
        if before.reading and not state.reading:
            self.list.setFocus()

    def _arrange(self) -> None:
        """Which panes there are, and how wide."""
        px, width = self.look.px, self.width()
        three = width >= px(THREE_PANES - 72)
        reading = self._state.reading
        arranged = (three, reading, width)
        if arranged == self._arranged or width < 10:
            return
        self._arranged = arranged
        self.facets.setVisible(not reading)
        self._middle.setVisible(three or not reading)
        self.pane.setVisible(three or reading)
        self.pane.set_wide(reading)
        if reading:
            self._splitter.setSizes([0, px(NARROW_LIST), width - px(NARROW_LIST)])
        else:
            detail = px(DETAIL) if three else 0
            self._splitter.setSizes([px(FACETS), width - px(FACETS) - detail, detail])
        self._bar.set_narrow(reading)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    # -- what the window asks --------------------------------------------------------------------

    def places(self) -> tuple[KeyPlace, ...]:
        return KeyPlace.LIST, KeyPlace.ITEM

    def title(self) -> tuple[str, str]:
        state = self._state
        follows = tr("전체 {count}건", count=f"{state.held:,}")
        return tr("의견함"), follows

    def search_prompt(self) -> str:
        return tr("주민이 쓴 글에서 찾기")

    def searched(self) -> str:
        return self._state.filter.text

    def search(self, words: str) -> None:
        self.did.emit(Search(words))

    def take_focus(self) -> None:
        self.list.setFocus()

    def next_pane(self, step: int) -> None:
        panes = [
            pane
            for pane, there in (
                (self.facets, self.facets.isVisible()),
                (self.list, self.list.isVisible()),
                (self.pane, self.pane.isVisible()),
            )
            if there
        ]
        at = next((n for n, pane in enumerate(panes) if self._has_focus(pane)), -1)
        following = panes[(at + step) % len(panes)]
        if isinstance(following, InboxList):
            following.setFocus()
        else:
            following.take_focus()

    @staticmethod
    def _has_focus(pane: QWidget) -> bool:
        focused = pane.focusWidget()
        return pane.hasFocus() or (focused is not None and focused.hasFocus())

    # -- keys ------------------------------------------------------------------------------------

    def obey(self, command: Command) -> bool:
        state = self._state
        match command:
            case Command.NEXT:
                self.did.emit(MoveTo(state.current + 1))
            case Command.PREVIOUS:
                self.did.emit(MoveTo(state.current - 1))
            case Command.PAGE_DOWN:
                self.did.emit(MoveTo(state.current + self.list.rows_on_a_page()))
            case Command.PAGE_UP:
                self.did.emit(MoveTo(state.current - self.list.rows_on_a_page()))
            case Command.FIRST:
                self.did.emit(MoveTo(0))
            case Command.LAST:
                self.did.emit(MoveTo(state.count - 1))
            case Command.CHECK:
                self.did.emit(Check(state.current))
            case Command.EXTEND_NEXT:
                self.did.emit(Extend(1))
            case Command.EXTEND_PREVIOUS:
                self.did.emit(Extend(-1))
            case Command.CHECK_ALL:
                self.did.emit(CheckAll())
            case Command.FILTER:
                self.facets.take_focus()
            case Command.REFRESH:
                self.did.emit(Renew())
            case Command.OPEN:
                self.did.emit(Open())
                self.pane.take_focus()
            case Command.BACK:
                return self.pane.obey(command) or self._back()
            case Command.REPLY | Command.ASSIGN | Command.STATE | Command.NOTE:
                if state.current_row is not None and not state.reading:
                    self.did.emit(Open())
                return self.pane.obey(command)
            case _:
                return self.pane.obey(command)
        return True

    def _back(self) -> bool:
        """Out of the thread, then out of the ticks, then out of the filter; the same row stays."""
        state = self._state
        if state.reading:
            self.did.emit(Close())
        elif not self.list.hasFocus() and self.list.isVisible():
            self.list.setFocus()
        elif state.checked_count:
            self.did.emit(UncheckAll())
        elif state.filter != Filter():
            self.did.emit(ClearFilter())
        else:
            return False
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self.look.palette.pane)

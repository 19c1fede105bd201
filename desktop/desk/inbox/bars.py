"""What stands over and under the list: its name and order, what is ticked, and why it is empty."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from db.inbox.filters import Sort
from desktop.desk.inbox.state import GLANCES, Glance, InboxState
from desktop.desk.inbox.words import glance_word, sort_word
from desktop.i18n import tr
from desktop.theme.desk_look import DeskLook, Use
from desktop.widgets.mouse.button import MouseButton, Weight
from desktop.widgets.mouse.words import Label

BAR = 44


class ListBar(QWidget):
    """Over the list: what it shows, how it is sorted, and where in it one is."""

    sort_chosen = Signal(object)

    def __init__(self, look: DeskLook) -> None:
        super().__init__()
        self._look = look
        self._sort = Sort.DUE
        self.setFixedHeight(look.px(BAR))
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(12), 0, look.px(12), 0)
        row.setSpacing(look.px(8))
        self._name = Label(look, "", Use.PANE, one_line=True)
        self._sorting = MouseButton(look, "", icon="chevron-down", height=26, name="sort")
        self._sorting.clicked.connect(self._choose)
        self._position = Label(look, "", Use.SMALL, "second", one_line=True, right=True)
        self._position.setObjectName("position")
        row.addWidget(self._name)
        row.addWidget(self._sorting)
        row.addWidget(self._position, 1)

    def set_narrow(self, narrow: bool) -> None:
        self._sorting.setVisible(not narrow)

    def show_state(self, state: InboxState) -> None:
        glance = state.glance
        name = glance_word(glance) if glance else tr("거른 의견")
        self._name.say(name)
        self._sort = state.sort
        words = sort_word(state.sort)
        self._sorting.say(words, tr("차례: {words}", words=words))

    def show_position(self, state: InboxState, first: int, last: int) -> None:
        """`1-22 / 1,000,000`."""
        if state.found is None:
            self._position.say("…")
        elif first < 0:
            self._position.say(f"{state.count:,}")
        else:
            self._position.say(f"{first + 1:,}–{last + 1:,} / {state.count:,}")

    def _choose(self) -> None:
        menu = QMenu(self)
        menu.setFont(self._look.font(Use.TEXT))
        for sort in Sort:
            action = QAction(sort_word(sort), menu)
            action.setCheckable(True)
            action.setChecked(sort is self._sort)
            action.triggered.connect(lambda _checked, sort=sort: self.sort_chosen.emit(sort))
            menu.addAction(action)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._sorting.mapToGlobal(self._sorting.rect().bottomLeft()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.palette.pane)
        painter.fillRect(0, self.height() - 1, self.width(), 1, self._look.palette.line)


class CheckedStrip(QWidget):
    """How many are ticked, and how many of them a filter hides."""

    unchecked = Signal()

    def __init__(self, look: DeskLook) -> None:
        super().__init__()
        self._look = look
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(14), look.px(3), look.px(8), look.px(3))
        self._words = Label(look, "", Use.STRONG, "accent", one_line=True)
        self._words.setObjectName("checked")
        row.addWidget(self._words, 1)
        clear = MouseButton(look, tr("모두 놓기"), weight=Weight.QUIET, height=24, name="uncheck")
        clear.clicked.connect(lambda: self.unchecked.emit())
        row.addWidget(clear)
        self.hide()

    def show_state(self, state: InboxState) -> None:
        count, hidden = state.checked_count, state.checked_hidden
        words = tr("{count}건 고름", count=f"{count:,}")
        if hidden:
            words = tr(
                "{count}건 고름, 이 가운데 {hidden}건은 걸러져 안 보임",
                count=f"{count:,}",
                hidden=f"{hidden:,}",
            )
        self._words.say(words)
        self.setVisible(count > 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        p = self._look.palette
        painter = QPainter(self)
        painter.fillRect(self.rect(), p.checked)
        painter.fillRect(0, 0, self.width(), 1, p.strong_line)


class EmptyList(QWidget):
    """One sentence, and the way out."""

    cleared = Signal()

    def __init__(self, look: DeskLook) -> None:
        super().__init__()
        self._look = look
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(28), look.px(40), look.px(28), look.px(40))
        column.setSpacing(look.px(10))
        column.addStretch(1)
        self._words = Label(look, "", Use.THREAD, "second")
        self._words.setObjectName("empty")
        column.addWidget(self._words)
        self._clear = MouseButton(look, tr("거르개 지우기"), cap="Esc", name="empty-clear")
        self._clear.clicked.connect(lambda: self.cleared.emit())
        column.addWidget(self._clear, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(2)
        self.hide()

    def show_state(self, state: InboxState) -> None:
        nothing = state.found is not None and state.count == 0
        self.setVisible(nothing)
        if not nothing:
            return
        first_day = state.held == 0
        self._words.say(
            tr(
                "아직 받은 의견이 없습니다. 키오스크에서 USB에 담아 온 꾸러미(.age 파일)를 이 창 "
                "어디에나 끌어다 놓으면 여기에 나옵니다."
            )
            if first_day
            else tr("이 거르개에 맞는 의견이 없습니다.")
        )
        self._clear.setVisible(not first_day and state.filter != GLANCES[Glance.ALL])

    def paintEvent(self, event: QPaintEvent) -> None:
        area = QRectF(self.rect())
        QPainter(self).fillRect(area, self._look.palette.pane)

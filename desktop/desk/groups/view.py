"""Groups: the list, who sits in the current one beside the one that leads, and why."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from db.records.catalogue import Catalogue
from desktop.desk.feedback.composer import ThreadComposer
from desktop.desk.feedback.intents import Cancel, Save
from desktop.desk.groups.compared import Compared
from desktop.desk.groups.intents import (
    AnswerAll,
    KeepApart,
    Lead,
    MoveSeat,
    MoveToGroup,
    PutTogether,
    ShowShelf,
    TakeApart,
    Tick,
)
from desktop.desk.groups.lists import CardList, SeatList
from desktop.desk.groups.reasons import Reasons
from desktop.desk.groups.state import GroupShelf, GroupsState
from desktop.desk.groups.words import card_name
from desktop.desk.shell.keys import Command, KeyPlace
from desktop.desk.shell.view import DeskView
from desktop.i18n import language, tr
from desktop.theme.desk_look import DeskLook, Use
from desktop.widgets.mouse.button import MouseButton, Weight
from desktop.widgets.mouse.words import Label

LIST, SEATS, WHY, BAR = 300, 560, 320, 44


class GroupsView(DeskView):
    def __init__(self, look: DeskLook, catalogue: Catalogue) -> None:
        super().__init__(look)
        self._state = GroupsState()
        self.cards, self.seats = CardList(look, catalogue), SeatList(look)
        self.cards.pressed_at.connect(lambda place: self.did.emit(MoveToGroup(place)))
        self.cards.opened_at.connect(lambda _place: self.seats.setFocus())
        self.seats.pressed_at.connect(lambda place: self.did.emit(MoveSeat(place)))
        self.seats.ticked_at.connect(lambda place: self.did.emit(Tick(place)))
        self.composer = ThreadComposer(look)
        self._head = _Bar(look, "pane")
        self._name = Label(look, "", Use.PANE, one_line=True)
        self._told = Label(look, "", Use.TEXT, "second", one_line=True)
        self._compared = Compared(look)
        self._why = Reasons(look)
        self._shelves = {
            GroupShelf.PROPOSED: MouseButton(look, "", weight=Weight.QUIET, name="shelf-proposed"),
            GroupShelf.MADE: MouseButton(look, "", weight=Weight.QUIET, name="shelf-made"),
        }
        for shelf, button in self._shelves.items():
            button.setCheckable(True)
            button.setAutoExclusive(True)
            button.clicked.connect(lambda _checked, shelf=shelf: self.did.emit(ShowShelf(shelf)))
        self._acts = _Bar(look, "head")
        self._together = MouseButton(
            look, "", icon="layers", cap="Enter", weight=Weight.MAIN, name="put-together"
        )
        self._answer = MouseButton(look, "", cap="R", name="answer-all")
        self._apart = MouseButton(look, tr("따로 두기"), cap="-", name="keep-apart")
        self._undo = MouseButton(look, tr("묶음 풀기"), cap="U", name="take-apart")
        self._hint = Label(look, "", Use.SMALL, "second", one_line=True)
        self._problem = Label(look, "", Use.TEXT, "fault")
        self._together.clicked.connect(lambda: self.did.emit(PutTogether()))
        self._answer.clicked.connect(lambda: self.did.emit(AnswerAll()))
        self._apart.clicked.connect(lambda: self.did.emit(KeepApart()))
        self._undo.clicked.connect(lambda: self.did.emit(TakeApart()))
        self._panes: list[QWidget] = []
        self._lay_out()

    def _lay_out(self) -> None:
        px = self.look.px
        shelves = _Bar(self.look, "pane")
        for button in self._shelves.values():
            shelves.row.addWidget(button)
        shelves.row.addStretch(1)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(shelves)
        left.addWidget(self.cards, 1)
        self._head.row.addWidget(self._name)
        self._head.row.addWidget(self._told)
        self._head.row.addStretch(1)
        for button in (self._together, self._answer, self._apart, self._undo):
            self._acts.row.addWidget(button)
        self._acts.row.addWidget(self._hint, 1)
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self._head)
        middle.addWidget(self.seats, 1)
        middle.addWidget(self._compared)
        middle.addWidget(self.composer)
        middle.addWidget(self._problem)
        middle.addWidget(self._acts)
        why = QScrollArea()
        why.setWidgetResizable(True)
        why.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        why.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        why.setWidget(self._why)
        titled = _Bar(self.look, "pane")
        titled.row.addWidget(
            Label(self.look, tr("왜 같은 이야기로 보았나"), Use.STRONG, one_line=True)
        )
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(titled)
        right.addWidget(why, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(1)
        # A small screen or large text leaves no room for the reasons: they step aside.
        self.setMinimumSize(1, 1)
        for pane, wide in ((left, LIST), (middle, 0), (right, WHY)):
            holder = QWidget()
            self._panes.append(holder)
            pane.setContentsMargins(0, 0, 0, 0)
            holder.setLayout(pane)
            if wide:
                holder.setFixedWidth(px(wide))
            row.addWidget(holder, 0 if wide else 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self.look.palette.strong_line)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._panes[-1].setVisible(self.width() >= self.look.px(LIST + SEATS + WHY))

    # -- what the window asks --------------------------------------------------------------------

    def places(self) -> tuple[KeyPlace, ...]:
        return (KeyPlace.GROUPS,)

    def title(self) -> tuple[str, str]:
        state = self._state
        counts = tr("제안 {p}개 · 확정 {m}개", p=f"{state.proposed:,}", m=f"{state.made:,}")
        if state.looked_at < state.of:
            done = f"{100 * state.looked_at // state.of}"
            counts += " · " + tr("견주는 중 {done} %", done=done)
        return tr("묶음"), counts

    def take_focus(self) -> None:
        self.cards.setFocus()

    def next_pane(self, step: int) -> None:
        (self.cards if self.seats.hasFocus() else self.seats).setFocus()

    def obey(self, command: Command) -> bool:
        state = self._state
        if self.composer.isVisible() and command in (Command.SAVE, Command.BACK):
            self.composer.did.emit(Save(go_on=False) if command is Command.SAVE else Cancel())
            return True
        seats = self.seats.hasFocus()
        at = state.seat if seats else state.current
        page = (self.seats if seats else self.cards).rows_on_a_page()
        last = len((state.seats if seats else state.cards) or ()) - 1
        to = {
            Command.NEXT: at + 1,
            Command.PREVIOUS: at - 1,
            Command.FIRST: 0,
            Command.LAST: last,
            Command.PAGE_DOWN: min(last, at + page),
            Command.PAGE_UP: max(0, at - page),
        }.get(command)
        if to is not None:
            self.did.emit(MoveSeat(to) if seats else MoveToGroup(to))
            return True
        match command:
            case Command.CHECK:
                self.did.emit(Tick(state.seat))
            case Command.LEAD:
                self.did.emit(Lead(state.seat))
            case Command.TOGETHER if state.shelf is GroupShelf.PROPOSED:
                self.did.emit(PutTogether())
            case Command.APART:
                self.did.emit(KeepApart())
            case Command.UNGROUP:
                self.did.emit(TakeApart())
            case Command.REPLY:
                self.did.emit(AnswerAll())
            case Command.BACK if seats:
                self.cards.setFocus()
            case _:
                return False
        return True

    # -- state -----------------------------------------------------------------------------------

    def show_state(self, state: GroupsState) -> None:
        self._state = state
        self._shelves[GroupShelf.PROPOSED].say(tr("제안 {n}", n=f"{state.proposed:,}"))
        self._shelves[GroupShelf.MADE].say(tr("확정 {n}", n=f"{state.made:,}"))
        self._shelves[state.shelf].setChecked(True)
        self.cards.show_state(state)
        self.seats.show_state(state)
        self._why.show_state(state)
        self._compared.show_state(state)
        self._show_head(state)
        self._show_acts(state)
        self.titled.emit()

    def _show_head(self, state: GroupsState) -> None:
        card, seats = state.card, state.seats or ()
        self._name.say(card_name(card) if card else "")
        told = ""
        if card is None and state.cards is not None:
            told = tr("묶을 만한 의견이 아직 없습니다.")
            if state.looked_at < state.of:
                told = tr("의견을 서로 견주고 있습니다.")
            elif state.shelf is GroupShelf.MADE:
                told = tr("아직 묶은 의견이 없습니다.")
        elif card is not None and card.group is None:
            told = tr("제안 · 아직 묶이지 않음")
            if doubtful := sum(seat.doubtful for seat in seats):
                told += " · " + tr("{n}건은 다른 이야기일 수 있어 빼 두었습니다.", n=doubtful)
        elif card is not None:
            told = tr("묶음 · {n}건", n=f"{card.size:,}")
        self._told.say(told)

    def _show_acts(self, state: GroupsState) -> None:
        card, count, waiting = state.card, len(state.chosen), len(state.unanswered)
        self._acts.setVisible(card is not None)
        if card is None:
            return
        proposed = card.group is None
        may = state.may_act and not state.busy
        self._together.say(tr("{n}건 묶기", n=f"{count:,}"))
        self._answer.say(tr("묶고 답변") if proposed else tr("{n}건에 답변", n=f"{waiting:,}"))
        for button, shown, able in (
            (self._together, proposed, may and count > 1),
            (self._answer, waiting > 0, may and (not proposed or count > 1)),
            (self._apart, proposed, may),
            (self._undo, not proposed, may),
        ):
            button.setVisible(shown and able)
        hint = tr("따로 두면 다시 제안하지 않습니다.")
        if not proposed:
            hint = tr("언제든 풀 수 있고, 원문은 그대로입니다.")
        if proposed and may and count < 2:
            hint = tr("둘 이상 골라야 묶을 수 있습니다.")
        self._hint.say(hint)
        self._problem.say(state.problem.sentence(language()) if state.problem else "")
        self._problem.setVisible(state.problem is not None)


class _Bar(QWidget):
    """A row of its own ground, with a line below."""

    def __init__(self, look: DeskLook, fill: str) -> None:
        super().__init__()
        self._look, self._fill = look, fill
        self.setMinimumHeight(look.px(BAR))
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(look.px(14), 0, look.px(14), 0)
        self.row.setSpacing(look.px(8))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, p = QPainter(self), self._look.palette
        painter.fillRect(self.rect(), p.head if self._fill == "head" else p.pane)
        painter.fillRect(0, self.height() - 1, self.width(), 1, p.line)

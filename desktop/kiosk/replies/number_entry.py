"""Giving a receipt number with few taps: tree word, digits, flower word, digits."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from db.receipts.code import GROUP, SHORT_GROUP
from desktop.i18n import tr
from desktop.kiosk.replies.intents import (
    AddDigit,
    ChooseInitial,
    ChooseWord,
    CorrectPart,
    DeleteDigit,
    EndShort,
    Find,
    TakeNearest,
    TypeNumber,
    UseKeyboard,
)
from desktop.kiosk.replies.state import Ask, Fault, RepliesState
from desktop.kiosk.replies.step_screen import RepliesScreen
from desktop.theme.look import Look
from desktop.theme.type import Role
from desktop.widgets.button import PressButton
from desktop.widgets.clearing import clear
from desktop.widgets.field import TextField
from desktop.widgets.flow import Flow
from desktop.widgets.pager import Pager
from desktop.widgets.text import Text

_CENTRE = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
_HALVES = ((Ask.TREE, Ask.DIGITS), (Ask.FLOWER, Ask.MORE))
_DIGITS = (Ask.DIGITS, Ask.MORE)


def fault_words(fault: Fault) -> str:
    """What is wrong with a number and how to cure it."""
    return {
        Fault.NONE: "",
        Fault.SHAPE: tr("나무 이름, 숫자 다섯 자리, 꽃 이름, 숫자 다섯 자리 순서로 적어 주세요."),
        Fault.WORD: tr("모르는 이름이 있습니다. 종이에 적은 이름을 다시 보아 주세요."),
        Fault.CHECK: tr("번호가 맞지 않습니다. 틀린 곳을 눌러 고쳐 주세요."),
    }[fault]


class NumberPart(PressButton):
    """One part of the number: a pencil where one is writing, a tick where it is given."""

    def _leading(self) -> str | None:
        return self._icon


class EntryScreen(RepliesScreen):
    """The four parts of the number on top, and below them what the current part needs."""

    def __init__(self, look: Look, state: RepliesState) -> None:
        super().__init__(look, _question(state.ask))
        self._ask = state.ask
        self._lying = look.compact and not look.portrait
        self._parts: dict[Ask, NumberPart] = {}
        self._said = Text(look, "", bold=True, colour="danger")
        self._below = QVBoxLayout()
        self._below.setSpacing(look.px(18))
        box = QWidget()
        box.setLayout(self._below)
        self._below.setContentsMargins(0, 0, 0, 0)
        self._built: object = None
        self._short: PressButton | None = None
        if look.shallow:
            self._put_paged(box, state)
        else:
            self._put(box, state)
        self._foot()
        self.show_state(state)

    def _put_paged(self, box: QWidget, state: RepliesState) -> None:
        """On a shallow panel the question and the number are paged with what they need."""
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.look.px(12))
        column.addLayout(self._number())
        column.addWidget(self._said)
        column.addWidget(box)
        if state.ask in _DIGITS:
            self._below.addWidget(self._pad_with_end(state))
        self._pager = self.put(whole)

    def _put(self, box: QWidget, state: RepliesState) -> None:
        look = self.look
        self.body.addLayout(self._number())
        self.body.addWidget(self._said)
        if state.ask in _DIGITS:
            self._below.addStretch(1)
            self._below.addWidget(self._pad_with_end(state), 100)
            self._below.addStretch(1)
            self.body.addWidget(box, 1)
        else:
            self._pager = Pager(look, box)
            self.body.addWidget(self._pager, 1)

    def _number(self) -> QHBoxLayout | QVBoxLayout:
        """A word with its digits beside it, twice, as on the receipt."""
        look = self.look
        below = look.portrait or look.tight  # beside page buttons four are wider than a line
        whole: QHBoxLayout | QVBoxLayout = QVBoxLayout() if below else QHBoxLayout()
        whole.setSpacing(look.px(16 if below else 40))
        for half in _HALVES:
            row = QHBoxLayout()
            row.setSpacing(look.px(12))
            for ask in half:
                button = NumberPart(
                    look,
                    "",
                    role=Role.LEAD,
                    height=88 if look.tight else 112,
                    padding=10 if look.tight else 18,
                    radius=20,
                )
                button.setObjectName(f"part-{ask.value}")
                button.tells(self.act, CorrectPart(ask))
                self._parts[ask] = button
                row.addWidget(button, 5)
            whole.addLayout(row, 1)
        return whole

    def _pad_with_end(self, state: RepliesState) -> QWidget:
        """The digits; under the first group a way on for numbers that have four and no more."""
        if state.ask is Ask.MORE:
            return _pad(self)
        look = self.look
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(18))
        column.addWidget(_pad(self), 1)
        self._short = PressButton(look, tr("네 자리뿐이에요"), height=84, radius=20)
        self._short.setObjectName("short")
        self._short.tells(self.act, EndShort())
        column.addWidget(self._short, 0, Qt.AlignmentFlag.AlignRight)
        return box

    def _foot(self) -> None:
        if self._lying:
            return  # where height is scarce it stands after the choices
        row = QHBoxLayout()
        row.addWidget(self._type_button())
        row.addStretch(1)
        self.body.addLayout(row)

    def _type_button(self) -> PressButton:
        words = tr("자판으로 적기")
        button = PressButton(self.look, words, icon="keyboard", height=84, radius=20)
        button.setObjectName("type")
        button.tells(self.act, UseKeyboard())
        return button

    def show_state(self, state: RepliesState) -> None:
        for ask, button in self._parts.items():
            words, done = _given(state, ask, tight=self.look.tight)
            if button.text() != words:
                button.set_text(words)
                if ask in _DIGITS:
                    # Two parts look alike; whoever listens is told which one it is.
                    beside = tr("나무 이름 옆") if ask is Ask.DIGITS else tr("꽃 이름 옆")
                    button.setAccessibleName(f"{words}, {beside}")
            button.set_icon("pencil" if ask is self._ask else "check" if done else None)
            button.setCheckable(ask is self._ask)
            button.setChecked(ask is self._ask)
        # An old number has no digits beside its flower.
        self._parts[Ask.MORE].setVisible(not state.short)
        if self._short is not None:
            self._short.setVisible(len(state.digits) == SHORT_GROUP)
        words = fault_words(state.fault)
        if state.unavailable:
            words = tr("지금은 찾아볼 수 없습니다. 잠시 뒤에 다시 해 보세요.")
        self._said.set_text(words)
        self._said.setVisible(bool(words))
        # Large letters: what is wrong takes the place of the question.
        self.question_row.setVisible(not (words and self.look.compact))
        built = (state.initial, state.words)
        if self._ask not in _DIGITS and built != self._built:
            self._built = built
            self._offer(state)

    def _offer(self, state: RepliesState) -> None:
        look = self.look
        clear(self._below)
        flow = QWidget()
        if not state.initial:
            hint = tr("첫 글자의 자음을 눌러 주세요")
            self._below.addWidget(Text(look, hint, colour="ink2"))
            grid = QGridLayout(flow)
            grid.setContentsMargins(0, 0, 0, 0)
            grid.setSpacing(look.px(18))
            columns = _columns(look, len(state.initials))
            for at, initial in enumerate(state.initials):
                button = self._choice(ChooseInitial(initial), initial, Role.DOOR, 120)
                button.setObjectName(f"initial-{initial}")
                grid.addWidget(button, at // columns, at % columns)
            if self._lying:
                rows = -(-len(state.initials) // columns)
                grid.addWidget(self._type_button(), rows, 0, 1, columns)
        else:
            inside = Flow(flow, gap=look.px(18), row_gap=look.px(18))
            again = self._choice(ChooseInitial(""), tr("다른 자음"), Role.BODY, 96)
            again.setObjectName("initial-")
            again.set_icon("arrow-left")
            inside.addWidget(again)
            for word in state.words:
                button = self._choice(ChooseWord(word), word, Role.LEAD, 96)
                button.setObjectName(f"word-{word}")
                inside.addWidget(button)
        self._below.addWidget(flow)
        if not state.initial:
            phone = tr("QR은 휴대전화로 찍어 읽습니다. 여기에는 번호를 넣어 주세요.")
            self._below.addWidget(Text(look, phone, colour="ink2"))
        self._below.addStretch(1)
        self._pager.to_top()

    def _choice(
        self, intent: ChooseInitial | ChooseWord, words: str, role: Role, height: float
    ) -> PressButton:
        look = self.look
        button = PressButton(look, words, role=role, height=height, padding=40, radius=20)
        button.setMinimumWidth(look.px(140))
        button.tells(self.act, intent)
        return button


def _columns(look: Look, count: int) -> int:
    """So many consonants beside each other that every row is as long as the others."""
    most = 4 if look.portrait or look.compact else 6
    rows = -(-count // most)
    return -(-count // rows)


def _given(state: RepliesState, ask: Ask, *, tight: bool) -> tuple[str, bool]:
    """What one part of the number shows, and whether it is given whole."""
    if ask in _DIGITS:
        digits = state.digits if ask is Ask.DIGITS else state.more
        size = SHORT_GROUP if state.short else GROUP
        unknown = tr("숫자") if tight else tr("숫자 다섯 자리")
        return (digits.ljust(size, "·") if digits else unknown), len(digits) == size
    word = state.tree if ask is Ask.TREE else state.flower
    if word:
        return word, True
    if ask is Ask.TREE:
        return (tr("나무") if tight else tr("나무의 이름")), False
    return (tr("꽃") if tight else tr("꽃의 이름")), False


def _question(ask: Ask) -> str:
    return {
        Ask.TREE: tr("접수번호의 나무 이름은 무엇인가요?"),
        Ask.DIGITS: tr("나무 이름 옆의 숫자 다섯 자리를 눌러 주세요"),
        Ask.FLOWER: tr("접수번호의 꽃 이름은 무엇인가요?"),
        Ask.MORE: tr("꽃 이름 옆의 숫자 다섯 자리를 눌러 주세요"),
        Ask.TYPED: tr("접수번호를 적어 주세요"),
    }[ask]


def _pad(screen: EntryScreen) -> QWidget:
    """Ten digits and delete; five columns, three in portrait."""
    look = screen.look
    box = QWidget()
    grid = QGridLayout(box)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setSpacing(look.px(18))
    columns = 3 if look.portrait else 6
    keys = [*"1234567890"]
    height = 88 if look.tight else 110 if look.compact else 140
    for i, digit in enumerate(keys):
        button = PressButton(look, digit, role=Role.QUESTION, height=height, radius=20)
        button.setObjectName(f"digit-{digit}")
        button.tells(screen.act, AddDigit(digit))
        grid.addWidget(button, i // columns, i % columns)
    delete = PressButton(
        look, tr("지우기"), icon="delete", role=Role.LEAD, height=height, radius=20
    )
    delete.setObjectName("delete")
    delete.tells(screen.act, DeleteDigit())
    at = len(keys)
    grid.addWidget(delete, at // columns, at % columns, 1, columns - at % columns)
    for column in range(columns):
        grid.setColumnStretch(column, 1)
    if not look.large:
        box.setMaximumHeight(look.px(700 if look.portrait else 340))
    return box


class TypedScreen(RepliesScreen):
    """The whole number on the keyboard, understood tolerantly; near words are offered."""

    def __init__(self, look: Look, state: RepliesState) -> None:
        question = _question(Ask.TYPED)
        super().__init__(look, question)
        if look.shallow:
            self.body.setSpacing(look.px(10))
        self.field = TextField(
            look,
            question,
            placeholder=tr("예: 소나무 48215 진달래 07315"),
            limit=40,
            height=92 if look.compact else 112,
            role=Role.LEAD,
        )
        self.field.setObjectName("receipt-number")
        self.field.set_value(state.typed)
        self.field.edited.connect(self._typed)
        self.field.entered.connect(self._entered)
        find = PressButton(
            look, tr("찾기"), icon="search", variant="main", role=Role.LEAD, height=88, radius=20
        )
        find.setObjectName("find")
        find.says_why = False  # it is over before one could read it
        find.tells(self.act, Find())
        self._find = find
        row: QHBoxLayout | QVBoxLayout = QVBoxLayout() if look.portrait else QHBoxLayout()
        row.setSpacing(look.px(24))
        row.addWidget(self.field, 1)
        row.addWidget(find)
        self.body.addLayout(row)
        self._said = Text(look, "", bold=True, colour="danger")
        self.body.addWidget(self._said)
        self._near = QWidget()
        self._near_row = Flow(self._near, gap=look.px(18))
        self.body.addWidget(self._near)
        self.body.addStretch(1)
        self._offered: tuple[str, ...] = ()
        self.show_state(state)

    def show_state(self, state: RepliesState) -> None:
        self.field.set_value(state.typed)
        words = fault_words(state.fault)
        if state.unavailable:
            words = tr("지금은 찾아볼 수 없습니다. 잠시 뒤에 다시 해 보세요.")
        elif state.nearest:
            words = tr("이 이름인가요?")
        self._said.set_text(words)
        # Large letters: the words to choose from say enough.
        self._said.setVisible(bool(words) and not (state.nearest and self.look.compact))
        self.field.set_error(state.fault is not Fault.NONE)
        self.field.setAccessibleDescription(words)
        self._find.allow(not state.searching, tr("찾고 있습니다"))
        if state.nearest != self._offered:
            self._offered = state.nearest
            clear(self._near_row)
            for word in state.nearest:
                button = PressButton(self.look, word, height=88, radius=20)
                button.setObjectName(f"nearest-{word}")
                button.tells(self.act, TakeNearest(word))
                self._near_row.addWidget(button)
        self._near.setVisible(bool(state.nearest))

    def _typed(self, text: str) -> None:
        self.act(TypeNumber(text))

    def _entered(self) -> None:
        self.act(Find())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.question_row.setVisible(self.height() / self.look.metrics.scale >= 560)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self.field, self._begin)

    def _begin(self) -> None:
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

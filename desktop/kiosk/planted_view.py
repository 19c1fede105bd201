"""나도 심었어요: one question a screen, a review, and thanks once it is on disk."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import tr
from desktop.kiosk.planted_place import PlaceStep
from desktop.kiosk.planted_review import DoneStep, ReviewStep
from desktop.kiosk.planted_state import (
    COUNT,
    DONE,
    KIND,
    PLACE,
    REVIEW,
    WHEN,
    PlantedState,
)
from desktop.kiosk.planted_steps import CountStep, KindStep, WhenStep
from desktop.kiosk.trees_parts import stack
from desktop.map.city import City
from desktop.theme.look import Look
from desktop.theme.type import Role
from desktop.widgets.button import PressButton
from desktop.widgets.header import Header
from desktop.widgets.pager import Pager
from desktop.widgets.screen import Screen
from desktop.widgets.stepper import Stepper
from desktop.widgets.text import Text


class PlantedView(Screen):
    """Signals: one for each answer, and for going on, changing, sending and leaving."""

    kind_chosen = Signal(str)
    trees_chosen = Signal(int)
    dong_chosen = Signal(str)
    year_chosen = Signal(int)
    month_chosen = Signal(int)
    next_pressed = Signal()
    edit_pressed = Signal(str)
    send_pressed = Signal()
    map_moved = Signal(object)
    ledger_pressed = Signal()
    finish_pressed = Signal()

    def __init__(self, look: Look, city: City) -> None:
        words = (tr("나무"), tr("그루 수"), tr("동"), tr("때"), tr("살펴보기"))
        self._stepper = Stepper(look, words)
        keep = self._stepper.sizePolicy()
        keep.setRetainSizeWhenHidden(True)
        self._stepper.setSizePolicy(keep)
        header = Header(look, back=tr("뒤로"), middle=self._stepper)
        super().__init__(look, tr("나도 심었어요"), header)
        self._city = city
        self._stage: QWidget | None = None
        self._step: QWidget | None = None
        self._on: PressButton | None = None
        self._shown = ""

    def render(self, state: PlantedState) -> None:  # type: ignore[override]
        if state.step != self._shown:
            self._shown = state.step
            self._build(state)
        if self._on is not None:
            self._on.setEnabled(state.ready)
        self._step.show_state(state)  # type: ignore[union-attr]

    def _build(self, state: PlantedState) -> None:
        look = self.look
        if self._stage is not None:
            self._stage.hide()
            self._stage.setParent(None)
            self._stage.deleteLater()
        self._stage = QWidget()
        column = QVBoxLayout(self._stage)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(18))
        self._on = self._next_button(state) if state.step in (COUNT, PLACE, WHEN) else None
        self._stepper.setVisible(state.step != DONE)
        self._step = self._make_step(state)
        parts = [self._step]
        if state.step != DONE:
            self._stepper.show_step(state.number, all_done=state.editing)
            parts.insert(0, self._question(state))
        if look.compact:
            # Height is scarce: the question is paged with its answers, the way on stands beside.
            pager = Pager(look, stack(look, parts, gap=18))
            column.addWidget(pager, 1)
            if self._on is not None and pager.side is not None:
                pager.side.addWidget(self._on)
            elif self._on is not None:
                column.addWidget(self._on)
        else:
            if len(parts) > 1:
                column.addWidget(parts[0])
            # The place has a pager of its own beside its map.
            whole = state.step == PLACE
            column.addWidget(self._step if whole else Pager(look, self._step), 1)
            if self._on is not None:
                row = QHBoxLayout()
                if not look.portrait:
                    row.addStretch(2)
                row.addWidget(self._on, 1)
                column.addLayout(row)
        self.body.addWidget(self._stage, 1)

    def _next_button(self, state: PlantedState) -> PressButton:
        words = tr("고친 대로 두기") if state.editing else tr("다음")
        button = PressButton(
            self.look, words, variant="main", role=Role.LEAD, trailing="arrow-right", height=96
        )
        button.setObjectName("next")
        button.clicked.connect(self.next_pressed)
        return button

    def _question(self, state: PlantedState) -> QWidget:
        words = {
            KIND: tr("어떤 나무를 심으셨나요?"),
            COUNT: tr("몇 그루를 심으셨나요?"),
            PLACE: tr("어느 동에 심으셨나요?"),
            WHEN: tr("언제 심으셨나요?"),
            REVIEW: tr("이대로 등록할까요?"),
        }[state.step]
        role = Role.TITLE if self.look.large else Role.QUESTION
        return Text(self.look, words, role, bold=True)

    def _make_step(self, state: PlantedState) -> QWidget:
        make: dict[str, Callable[[PlantedState], QWidget]] = {
            KIND: self._kind,
            COUNT: self._count,
            PLACE: self._place,
            WHEN: self._when,
            REVIEW: self._review,
            DONE: self._done,
        }
        return make[state.step](state)

    def _kind(self, state: PlantedState) -> QWidget:
        step = KindStep(self.look, state)
        step.chosen.connect(self.kind_chosen)
        return step

    def _count(self, state: PlantedState) -> QWidget:
        step = CountStep(self.look, state)
        step.chosen.connect(self.trees_chosen)
        return step

    def _place(self, state: PlantedState) -> QWidget:
        step = PlaceStep(self.look, state, self._city)
        step.chosen.connect(self.dong_chosen)
        step.map_moved.connect(self.map_moved)
        return step

    def _when(self, state: PlantedState) -> QWidget:
        step = WhenStep(self.look, state)
        step.year_chosen.connect(self.year_chosen)
        step.month_chosen.connect(self.month_chosen)
        return step

    def _review(self, state: PlantedState) -> QWidget:
        step = ReviewStep(self.look, state, self._city)
        step.edit_pressed.connect(self.edit_pressed)
        step.send_pressed.connect(self.send_pressed)
        return step

    def _done(self, state: PlantedState) -> QWidget:
        step = DoneStep(self.look, state)
        step.ledger_pressed.connect(self.ledger_pressed)
        step.finish_pressed.connect(self.finish_pressed)
        return step

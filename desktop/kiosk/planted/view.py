"""나도 심었어요: one question a screen and a review; its receipt is a screen of its own."""

from __future__ import annotations

from typing import assert_never

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSpacerItem, QVBoxLayout, QWidget

from desktop.access.quiet import quietly
from desktop.access.targets import ordered_children, targets
from desktop.i18n import tr
from desktop.kiosk.planted.intents import PlantedIntent
from desktop.kiosk.planted.place_step import PlantedPlaceStep
from desktop.kiosk.planted.review_step import PlantedReviewStep
from desktop.kiosk.planted.state import PlantedState, PlantedStep
from desktop.kiosk.planted.steps import CountStep, QuestionStep, SpeciesStep, WhenStep
from desktop.kiosk.shell.intents import AnswerQuit, Next, Quit, Send
from desktop.kiosk.shell.quit_question import QuitQuestion
from desktop.kiosk.shell.screen import Leaving
from desktop.map.city import City
from desktop.theme.look import Look
from desktop.theme.type import Role
from desktop.widgets.button import PressButton
from desktop.widgets.header import Header
from desktop.widgets.pager import Pager
from desktop.widgets.screen import Screen
from desktop.widgets.stack import stack
from desktop.widgets.stepper import Stepper
from desktop.widgets.text import Text


class PlantedView(Screen[PlantedState, PlantedIntent]):
    def __init__(self, look: Look, city: City, here: tuple[float, float] | None = None) -> None:
        """`here` is where the kiosk stands, WGS84 degrees."""
        words = (tr("나무"), tr("그루 수"), tr("동"), tr("때"), tr("확인"))
        self._stepper = Stepper(look, words)
        header = Header(look, back=tr("이전"), middle=self._stepper)
        super().__init__(look, tr("나도 심었어요"), header)
        self._city, self._here = city, here
        self._stage: QWidget | None = None
        self._step: QuestionStep | None = None
        self._on: PressButton | None = None
        self._quit = QuitQuestion(look, self)
        self._quit.answered.connect(self._answered)
        self._shown: PlantedStep | None = None

    def show_state(self, state: PlantedState) -> None:
        if state.step is not self._shown:
            first, self._shown = self._shown is None, state.step
            with quietly():
                self._build(state)
            if not first:
                self.turned.emit(self)
        if self._on is not None:
            self._show_way_on(self._on, state)
        assert self._step is not None
        self._step.show_state(state)
        self._quit.ask(state.asking_quit)

    def _show_way_on(self, button: PressButton, state: PlantedState) -> None:
        """Whether one can go on, and if not, what is missing."""
        missing = (
            tr("저장하고 있습니다") if state.step is PlantedStep.REVIEW else tr("해를 골라 주세요")
        )
        button.allow(state.ready and not state.saving, missing)

    def focus_order(self) -> list[QWidget]:
        """What keys can reach: the question's answers while it is asked, else the screen."""
        if self._quit.dialog is not None:
            return targets(self._quit.dialog)
        return [w for child in ordered_children(self) for w in targets(child)]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._quit.fit()

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
        self._on = self._way_on(state)
        self._stepper.show_step(state.number, all_done=state.editing)
        self._step = self._make_step(state)
        self.pass_on(self._step)
        question = self._asked(state)
        self.setAccessibleName(question)
        title = Text(look, question, Role.TITLE if look.large else Role.QUESTION, bold=True)
        if look.compact:
            # Height is scarce: the question is paged with its answers, the way on stands beside.
            parts = [title, self._step]
            if look.shallow:
                # What is seldom wanted stands after the answers.
                parts.append(self._stop_button())
            pager = Pager(look, stack(look, parts, gap=18))
            column.addWidget(pager, 1)
            self._add_foot(pager.side or column)
        else:
            column.addWidget(title)
            # The place has a pager of its own beside its map.
            whole = state.step is PlantedStep.PLACE
            column.addWidget(self._step if whole else Pager(look, self._step), 1)
            self._add_foot(column)
        self.body.addWidget(self._stage, 1)

    def _add_foot(self, column: QVBoxLayout) -> None:
        """그만두기 at the left, the way on at the right; below one another where the page buttons
        stand at the side."""
        look, on = self.look, self._on
        if look.compact and not look.portrait:
            down = QSizePolicy.Policy.Expanding  # takes the room while there are no page buttons
            column.addSpacerItem(QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, down))
            if not look.shallow:
                column.addWidget(self._stop_button())
            if on is not None:
                column.addWidget(on)
            return
        row = QHBoxLayout()
        row.setSpacing(look.px(40))
        row.addWidget(self._stop_button())
        row.addStretch(1)
        if on is not None:
            on.setMinimumWidth(look.px(542 if not look.portrait else 420))
            row.addWidget(on)
        column.addLayout(row)

    def _stop_button(self) -> PressButton:
        stop = PressButton(self.look, tr("그만두기"), icon="x", height=90, radius=20, padding=36)
        stop.setObjectName("quit")
        stop.tells(self.act, Quit())
        return stop

    def _way_on(self, state: PlantedState) -> PressButton | None:
        """다음 or 등록하기; none where an answer leads on by itself."""
        if state.step is PlantedStep.KIND:
            return None
        sending = state.step is PlantedStep.REVIEW
        words = tr("고친 대로 두기") if state.editing else tr("다음")
        tight = self.look.tight  # beside the page it is no wider than the page buttons
        button = PressButton(
            self.look,
            tr("등록하기") if sending else words,
            variant="main",
            role=Role.BODY if tight else Role.LEAD,
            icon="sprout" if sending and not tight else None,
            trailing=None if sending or tight else "arrow-right",
            height=94,
            padding=14 if tight else 28,
            radius=20,
        )
        button.setObjectName("send" if sending else "next")
        button.tells(self.act, Send() if sending else Next())
        return button

    def _asked(self, state: PlantedState) -> str:
        return {
            PlantedStep.KIND: tr("어떤 나무를 심으셨나요?"),
            PlantedStep.COUNT: tr("몇 그루를 심으셨나요?"),
            PlantedStep.PLACE: tr("어느 동에 심으셨나요?"),
            PlantedStep.WHEN: tr("언제 심으셨나요?"),
            PlantedStep.REVIEW: tr("이대로 등록할까요?"),
        }[state.step]

    def _make_step(self, state: PlantedState) -> QuestionStep:
        look = self.look
        match state.step:
            case PlantedStep.KIND:
                return SpeciesStep(look, state)
            case PlantedStep.COUNT:
                return CountStep(look, state)
            case PlantedStep.PLACE:
                return PlantedPlaceStep(look, state, self._city, self._here)
            case PlantedStep.WHEN:
                return WhenStep(look, state)
            case PlantedStep.REVIEW:
                return PlantedReviewStep(look, state, self._city)
            case _:
                assert_never(state.step)

    def _answered(self, answer: Leaving) -> None:
        self.act(AnswerQuit(answer))

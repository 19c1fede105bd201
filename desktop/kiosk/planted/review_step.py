"""The end of 나도 심었어요: everything once more with a way to change it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desktop.i18n import month_words, tr
from desktop.kiosk.planted.intents import EditAnswer
from desktop.kiosk.planted.state import OTHER, PlantedState, PlantedStep
from desktop.kiosk.planted.steps import QuestionStep
from desktop.map.city import City
from desktop.theme.look import Look
from desktop.theme.type import Role
from desktop.widgets.button import PressButton
from desktop.widgets.card import Card
from desktop.widgets.marks import BasisLabel, Icon, Rule
from desktop.widgets.measures import narrow
from desktop.widgets.text import Text
from desktop.words.trees import trees_words


class PlantedReviewStep(QuestionStep):
    def __init__(self, look: Look, state: PlantedState, city: City) -> None:
        super().__init__()
        self._look, self._city = look, city
        self._edits: list[PressButton] = []
        stacked = look.compact or look.portrait
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, look.px(8))
        outer.setSpacing(look.px(20))
        frame: QHBoxLayout | QVBoxLayout = QVBoxLayout() if stacked else QHBoxLayout()
        frame.setSpacing(look.px(28))
        frame.addWidget(self._rows(state), 5)
        frame.addWidget(self._what_next(), 3)
        outer.addLayout(frame)
        self._trouble = self._trouble_card()
        outer.addWidget(self._trouble)
        outer.addStretch(1)
        self.show_state(state)

    def _rows(self, state: PlantedState) -> Card:
        look = self._look
        card = Card(look)
        column = card.column(30, 14, 24, 14, gap=8)
        answers = (
            (PlantedStep.KIND, tr("나무"), self._species(state)),
            (PlantedStep.COUNT, tr("그루 수"), trees_words(state.trees)),
            (PlantedStep.PLACE, tr("동"), self._dong(state)),
            (PlantedStep.WHEN, tr("때"), self._when(state)),
        )
        for number, (step, name, answer) in enumerate(answers):
            if number:
                column.addWidget(Rule(look))
            row = QHBoxLayout()
            row.setSpacing(look.px(20))
            words = QVBoxLayout()
            words.setSpacing(0)
            words.addWidget(Text(look, name, colour="ink2"))
            words.addWidget(Text(look, answer, Role.LEAD, bold=True))
            row.addLayout(words, 1)
            # Beside the page buttons of a shallow panel the words need the line for themselves.
            edit = PressButton(look, tr("고치기"), icon=None if narrow(look) else "pencil")
            edit.setObjectName(f"edit-{step}")
            edit.setAccessibleName(tr("{name} 고치기, 지금은 {answer}", name=name, answer=answer))
            edit.tells(self.act, EditAnswer(step))
            self._edits.append(edit)
            row.addWidget(edit, 0, Qt.AlignmentFlag.AlignVCenter)
            column.addLayout(row)
        return card

    def _species(self, state: PlantedState) -> str:
        if state.species == OTHER:
            return tr("다른 나무")
        names = {c.species: c.name(self._look.language) for c in state.choices}
        return names.get(state.species or "", "")

    def _dong(self, state: PlantedState) -> str:
        dong = self._city.dong_named(state.dong) if state.dong else None
        return dong.name(self._look.language) if dong else tr("동은 잘 모름")

    def _when(self, state: PlantedState) -> str:
        if not state.year:
            return tr("연도는 잘 모름")
        if state.month:
            return tr("{year}년 {month}월", year=state.year, month=month_words(state.month))
        return tr("{year}년", year=state.year)

    def _what_next(self) -> Card:
        look = self._look
        card = Card(look, fill="sand", outline=None, radius=20)
        side = 18 if look.tight else 28
        column = card.column(side, 24, side, 24, gap=14)
        column.addWidget(BasisLabel(look, tr("시민 등록(확인 전)")))
        for words in (
            tr("이름과 연락처는 묻지 않습니다."),
            tr("시가 확인할 때까지 **확인 전**으로 남습니다."),
            tr("공식 수나 보도로 확인된 수에 더하지 않습니다."),
        ):
            column.addWidget(Text(look, words))
        column.addStretch(1)
        return card

    def _trouble_card(self) -> Card:
        look = self._look
        card = Card(look, fill="warn_bed", outline="warn", width=3, radius=20)
        inner = QHBoxLayout(card)
        inner.setContentsMargins(*(look.px(m) for m in (26, 20, 26, 20)))
        inner.setSpacing(look.px(18))
        inner.addWidget(Icon(look, "triangle-alert", 48, "warn"), 0, Qt.AlignmentFlag.AlignTop)
        self._trouble_words = Text(look, "")
        inner.addWidget(self._trouble_words, 1)
        return card

    def show_state(self, state: PlantedState) -> None:
        self._trouble.setVisible(bool(state.trouble))
        if state.trouble:
            kept = tr("적은 것은 이 화면에 그대로 있습니다.")
            self._trouble_words.set_text(f"{state.trouble} {kept}")
        for edit in self._edits:
            edit.allow(not state.saving, tr("저장하고 있습니다"))

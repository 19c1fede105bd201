"""Step 3: ready phrases and how satisfied one is; both may stay empty."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from db.catalogue.phrases import Phrase
from desktop.i18n import tr
from desktop.kiosk.feedback.intents import Rate, TurnPhrase
from desktop.kiosk.feedback.state import FeedbackState, FeedbackStep
from desktop.kiosk.feedback.step_screen import StepScreen
from desktop.theme.look import Look
from desktop.theme.type import Role
from desktop.widgets.button import PressButton
from desktop.widgets.card import Card
from desktop.widgets.text import Text
from desktop.words.feedback import RATING_ICONS, RATINGS, rating_word


class FeelingStep(StepScreen):
    def __init__(self, look: Look, state: FeedbackState, phrases: tuple[Phrase, ...]) -> None:
        super().__init__(
            look,
            FeedbackStep.FEELING,
            tr("어떻게 느꼈나요?"),
            state=state,
            note=tr("고르지 않아도 됩니다"),
        )
        self._phrases: dict[str, PressButton] = {}
        self._ratings: dict[int, PressButton] = {}
        box = QWidget()
        stacked = look.compact or look.portrait
        whole: QVBoxLayout | QHBoxLayout = QVBoxLayout(box) if stacked else QHBoxLayout(box)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(look.px(28))
        whole.addWidget(self._phrase_card(phrases), 0 if stacked else 1180)
        whole.addWidget(self._rating_card(), 0 if stacked else 616)
        if stacked:
            whole.addStretch(1)
        self.put(box, scroll=stacked)
        self.add_foot(tr("고른 것은 다시 누르면 지워집니다."))
        self.show_state(state)

    def _phrase_card(self, phrases: tuple[Phrase, ...]) -> Card:
        look = self.look
        card = Card(look, fill="sand", outline=None)
        column = card.column(36, 28, 36, 32, gap=22)
        column.addWidget(Text(look, tr("이런 말인가요?"), Role.LEAD, bold=True))
        stacked = look.compact or look.portrait
        columns = 1 if stacked else 2
        buttons = QGridLayout()
        buttons.setSpacing(look.px(20))
        for i, phrase in enumerate(phrases):
            button = PressButton(
                look,
                phrase.words(look.language),
                bold=False,
                height=88 if stacked else 128,
                padding=28,
                radius=20,
                checkable=True,
                align_left=True,
                role=Role.LEAD if stacked else Role.BODY,
            )
            button.setObjectName(f"phrase-{phrase.id}")
            button.tells(self.act, TurnPhrase(phrase.id))
            self._phrases[phrase.id] = button
            buttons.addWidget(button, i // columns, i % columns)
        for at in range(columns):
            buttons.setColumnStretch(at, 1)
        column.addLayout(buttons)
        column.addStretch(1)
        return card

    def _rating_card(self) -> Card:
        look = self.look
        card = Card(look, fill="sand", outline=None)
        column = card.column(36, 28, 36, 32, gap=22)
        column.addWidget(Text(look, tr("얼마나 만족하세요?"), Role.LEAD, bold=True))
        stacked = look.compact or look.portrait
        for rating in RATINGS:
            button = PressButton(
                look,
                rating_word(rating),
                icon=RATING_ICONS[rating],
                height=104 if stacked else 126,
                padding=34,
                radius=20,
                checkable=True,
                align_left=True,
                role=Role.LEAD if stacked else Role.DOOR,
            )
            button.one_of = True
            button.setObjectName(f"rating-{rating}")
            button.tells(self.act, Rate(rating))
            self._ratings[rating] = button
            column.addWidget(button)
        column.addStretch(1)
        return card

    def show_state(self, state: FeedbackState) -> None:
        for ident, button in self._phrases.items():
            button.setChecked(ident in state.draft.phrases)
        for rating, button in self._ratings.items():
            button.setChecked(rating == state.draft.rating)

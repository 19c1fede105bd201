"""The questions of 나도 심었어요 that need no map: what, how many, when."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout

from desktop.i18n import month_words, tr
from desktop.kiosk.planted.intents import (
    ChooseCount,
    ChooseMonth,
    ChooseSpecies,
    ChooseYear,
    PlantedIntent,
)
from desktop.kiosk.planted.state import MOST_TREES, OTHER, YEAR_UNKNOWN, PlantedState
from desktop.theme.look import Look
from desktop.theme.type import Role
from desktop.widgets.button import PressButton
from desktop.widgets.card import PressCard
from desktop.widgets.measures import reading_width
from desktop.widgets.text import Text
from desktop.widgets.tree_drawing import TreeDrawing
from desktop.widgets.view import ViewPart
from desktop.words.trees import trees_words

QUICK_COUNTS = (1, 2, 5, 10, 50, 100)


class QuestionStep(ViewPart[PlantedIntent]):
    """What stands under one question."""

    def show_state(self, state: PlantedState) -> None:
        raise NotImplementedError


class SpeciesStep(QuestionStep):
    def __init__(self, look: Look, state: PlantedState) -> None:
        super().__init__()
        self._cards: dict[str, PressCard] = {}
        stacked = look.compact or look.portrait
        one = look.tight or (look.large and look.portrait)
        across = 4 if not stacked else 1 if one else 2
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, look.px(8))
        grid.setSpacing(look.px(12 if look.tight else 24))
        options = [(c.species, c.name(look.language), c.glyph) for c in state.choices]
        options.append((OTHER, tr("다른 나무"), "round"))
        for number, (species, name, glyph) in enumerate(options):
            edge = 8 if look.tight else 24
            card = PressCard(look, margins=(22, edge, 22, edge - 2), checkable=True)
            card.one_of = True
            card.setObjectName(species)
            card.setAccessibleName(name)
            card.setChecked(species == state.species)
            if stacked:
                row = QHBoxLayout()
                row.setSpacing(look.px(18))
                row.addWidget(TreeDrawing(look, glyph, 80 if look.tight else 104))
                middle = Qt.AlignmentFlag.AlignVCenter
                row.addWidget(Text(look, name, Role.LEAD, bold=True, align=middle), 1)
                card.face.addLayout(row)
            else:
                card.face.addStretch(1)
                card.face.addWidget(TreeDrawing(look, glyph, 190), 0, Qt.AlignmentFlag.AlignHCenter)
                card.face.addSpacing(look.px(14))
                centre = Qt.AlignmentFlag.AlignHCenter
                card.face.addWidget(Text(look, name, Role.LEAD, bold=True, align=centre))
                card.face.addStretch(1)
            card.let_touches_through()
            card.tells(self.act, ChooseSpecies(species))
            self._cards[species] = card
            grid.addWidget(card, number // across, number % across)
        for column in range(across):
            grid.setColumnStretch(column, 1)

    def show_state(self, state: PlantedState) -> None:
        for species, card in self._cards.items():
            card.setChecked(species == state.species)


class CountStep(QuestionStep):
    def __init__(self, look: Look, state: PlantedState) -> None:
        super().__init__()
        self._quick: dict[int, PressButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, look.px(8))
        column.setSpacing(look.px(28))
        column.addStretch(1)
        centre = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
        row = QHBoxLayout()
        row.setSpacing(look.px(28))
        self.fewer = PressButton(look, tr("하나 빼기"), icon="minus", height=112, radius=20)
        self.more = PressButton(look, tr("하나 더하기"), icon="plus", height=112, radius=20)
        self._figure = Text(
            look, "", Role.FIGURE_M, bold=True, colour="figure", align=centre, one_line=True
        )
        if look.compact or look.portrait:
            column.addWidget(self._figure)
            row.addWidget(self.fewer, 1)
            row.addWidget(self.more, 1)
        else:
            row.addWidget(self.fewer, 2)
            row.addWidget(self._figure, 3)
            row.addWidget(self.more, 2)
        column.addLayout(row)
        quick = QGridLayout()
        quick.setSpacing(look.px(15))
        across = 6 if not (look.compact or look.portrait) else (2 if look.large else 3)
        for number, count in enumerate(QUICK_COUNTS):
            button = PressButton(look, trees_words(count), height=96, checkable=True)
            button.one_of = True
            button.setObjectName(f"trees-{count}")
            button.tells(self.act, ChooseCount(count))
            self._quick[count] = button
            quick.addWidget(button, number // across, number % across)
        column.addLayout(quick)
        column.addStretch(2)
        self.show_state(state)

    def show_state(self, state: PlantedState) -> None:
        self.fewer.tells(self.act, ChooseCount(state.trees - 1))
        self.more.tells(self.act, ChooseCount(state.trees + 1))
        self._figure.set_text(trees_words(state.trees))
        self.fewer.allow(state.trees > 1, tr("한 그루부터 적습니다"))
        self.more.allow(state.trees < MOST_TREES, tr("가장 많이 적을 수 있는 수입니다"))
        for count, button in self._quick.items():
            button.setChecked(count == state.trees)


class WhenStep(QuestionStep):
    """A year and a month; 0 is what nobody remembers."""

    def __init__(self, look: Look, state: PlantedState) -> None:
        super().__init__()
        self._look = look
        stacked = look.compact or look.portrait
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, look.px(8))
        column.setSpacing(look.px(16))
        years = [(year, str(year)) for year in range(state.this_year, state.first_year - 1, -1)]
        years.append((YEAR_UNKNOWN, tr("연도는 잘 모름")))
        months = [(month, tr("{n}월", n=month_words(month))) for month in range(1, 13)]
        months.append((0, tr("달은 잘 모름")))
        column.addWidget(Text(look, tr("어느 해"), bold=True))
        self._year_buttons = self._buttons(years)
        for year, button in self._year_buttons.items():
            button.setObjectName(f"year-{year}")
            button.tells(self.act, ChooseYear(year))
        column.addLayout(self._grid(self._year_buttons, 3 if stacked else 9))
        column.addSpacing(look.px(8))
        self._months = Text(look, "", bold=True)
        column.addWidget(self._months)
        self._month_buttons = self._buttons(months)
        for month, button in self._month_buttons.items():
            button.setObjectName(f"month-{month}")
            button.tells(self.act, ChooseMonth(month or None))
        column.addLayout(self._grid(self._month_buttons, 3 if stacked else 7))
        column.addStretch(1)
        self.show_state(state)

    def _buttons(self, options: list[tuple[int, str]]) -> dict[int, PressButton]:
        made: dict[int, PressButton] = {}
        for value, words in options:
            made[value] = PressButton(self._look, words, height=96, padding=10, checkable=True)
            made[value].one_of = True
        return made

    def _grid(self, buttons: dict[int, PressButton], most: int) -> QGridLayout:
        """`most` beside each other, or as many as fit whole into a line with their ticks."""
        grid = QGridLayout()
        grid.setSpacing(self._look.px(15))
        widest = max(button.sizeHint().width() for value, button in buttons.items() if value)
        fit = (reading_width(self._look) + grid.spacing()) // (widest + grid.spacing())
        across = max(1, min(most, fit))
        for number, (value, button) in enumerate(buttons.items()):
            span = across - number % across if value == 0 else 1  # unknown ends its grid
            grid.addWidget(button, number // across, number % across, 1, span)
        for column in range(across):
            grid.setColumnStretch(column, 1)
        return grid

    def show_state(self, state: PlantedState) -> None:
        self._months.set_text(
            tr("몇 월, 몰라도 됩니다")
            if state.year
            else tr("몇 월 ({why})", why=_month_comes_after(state))
        )
        for year, button in self._year_buttons.items():
            button.setChecked(year == state.year)
        for month, button in self._month_buttons.items():
            button.setChecked(month == (state.month or 0) and state.year is not None)
            future = state.year == state.this_year and month > state.this_month
            # A month belongs to a year: without one only "unknown" is left to say.
            why = tr("아직 오지 않은 달입니다") if future else _month_comes_after(state)
            button.allow(bool(state.year) and not future, why)


def _month_comes_after(state: PlantedState) -> str:
    """Why no month can be chosen yet, or any more."""
    if state.year is None:
        return tr("먼저 해를 골라 주세요")
    return tr("해를 모르면 달도 적지 않습니다")

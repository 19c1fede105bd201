"""나도 심었어요: five questions, one event that waits for confirmation, and its receipt."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from db.catalogue import tree_totals
from db.clock import in_seoul
from db.problems import Problem
from db.records.trees import TreesFile
from desktop.background.tasks import Changes
from desktop.background.turn import Turn
from desktop.kiosk.planted.intents import (
    ChooseCount,
    ChooseDong,
    ChooseMonth,
    ChooseSpecies,
    ChooseYear,
    EditAnswer,
    PlantedIntent,
)
from desktop.kiosk.planted.state import (
    MOST_TREES,
    OTHER,
    STEPS,
    YEAR_UNKNOWN,
    Choice,
    PlantedState,
    PlantedStep,
)
from desktop.kiosk.shell.intents import AnswerQuit, MoveMap, Next, Quit, Send
from desktop.kiosk.shell.routes import ToHome, ToPlanted, ToReceipt
from desktop.kiosk.shell.screen import Leaving, Presenter, Services

if TYPE_CHECKING:
    from db.participation.issue_receipt import Receipt
    from db.store.store import Store


#: Species offered beside 다른 나무: the ones that records name most often.
OFFERED = 7


def choices_of(ledger: TreesFile) -> tuple[Choice, ...]:
    """The species that the records name most often and plainly."""
    english = {
        korean: name
        for planting in ledger.plantings
        for korean, name in zip(planting.species, planting.species_names("en"), strict=False)
    }
    plain = [share.key for share in tree_totals.by_species(ledger) if "(" not in share.key]
    return tuple(
        Choice(name, name, english.get(name, name).capitalize(), ledger.glyph((name,)))
        for name in plain[:OFFERED]
    )


class PlantedPresenter(Presenter[PlantedState, PlantedIntent, ToPlanted]):
    """Holds the answers until the visit ends; `enter` goes on where the resident left off."""

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._choices = choices_of(services.catalogue.trees)
        self._turn = Turn()
        self._state = self._fresh()

    def _fresh(self) -> PlantedState:
        now = in_seoul(self.services.clock())
        first = int(self.services.catalogue.trees.programme.period_start[:4])
        # A clock that lost its battery must not take the years away, nor add any.
        last = int(self.services.catalogue.trees.meta.compiled[:4])
        last = max(now.year, last) if now else last
        month = now.month if now and now.year == last else 12
        return PlantedState(self._choices, last, month, first)

    def leave(self) -> None:
        if self._state.asking_quit:
            self._show(replace(self._state, asking_quit=False))

    def wipe(self) -> None:
        self._turn.end()
        self._state = self._fresh()

    def do(self, intent: PlantedIntent) -> None:
        state = self._state
        match intent:
            case ChooseSpecies(species):
                if species in {choice.species for choice in self._choices} | {OTHER}:
                    self._show(replace(state, species=species))
                    self._next()
            case ChooseCount(trees):
                self._show(replace(state, trees=min(MOST_TREES, max(1, trees))))
            case ChooseDong(dong):
                self._show(replace(state, dong=dong))
            case ChooseYear(year):
                too_late = year == state.this_year and (state.month or 0) > state.this_month
                unknown = too_late or year == YEAR_UNKNOWN
                self._show(replace(state, year=year, month=None if unknown else state.month))
            case ChooseMonth(month):
                self._show(replace(state, month=month))
            case MoveMap(position):
                self._state = replace(state, position=position)
            case Next():
                self._next()
            case EditAnswer(step):
                if not state.saving:
                    self._show(replace(state, step=step, editing=True))
            case Send():
                self._send()
            case Quit():
                self._quit()
            case AnswerQuit(answer):
                self._answer_quit(answer)
            case _:
                assert_never(intent)

    # -- the way -------------------------------------------------------------------------------

    def _next(self) -> None:
        state = self._state
        if not state.ready or state.step is PlantedStep.REVIEW:
            return
        following = PlantedStep.REVIEW if state.editing else STEPS[STEPS.index(state.step) + 1]
        self._show(replace(state, step=following, editing=False))

    def on_back(self) -> None:
        state = self._state
        if state.saving:
            return
        if state.asking_quit:
            self._show(replace(self._state, asking_quit=False))
        elif state.editing:
            self._show(replace(self._state, step=PlantedStep.REVIEW, editing=False))
        elif state.step in STEPS[1:]:
            self._show(replace(self._state, step=STEPS[STEPS.index(state.step) - 1]))
        else:
            self.back.emit()

    def _send(self) -> None:
        state, species = self._state, self._state.species
        if state.saving or state.step is not PlantedStep.REVIEW or species is None:
            return
        site, language = self.services.settings.site or None, self.services.visit.language
        self._show(replace(self._state, saving=True, trouble=""))
        troubled = self._turn.hears(self._on_trouble)

        def on_error(error: Exception) -> None:
            if not isinstance(error, Problem):
                raise error
            troubled(error)

        self.services.tasks.change(
            lambda store: _register(store, species, state, site, language),
            self._turn.hears(self._on_stored),
            on_error,
            changes=Changes.PLANTINGS,
        )

    def _on_stored(self, receipt: Receipt) -> None:
        trees = self._state.trees
        self.wipe()
        self.go.emit(ToReceipt(receipt, trees))

    def _on_trouble(self, problem: Problem) -> None:
        words = problem.sentence(self.services.visit.language)
        self._show(replace(self._state, saving=False, trouble=words))

    def _quit(self) -> None:
        if self._state.saving:
            return
        if self._state.begun:
            self._show(replace(self._state, asking_quit=True))
        else:
            self._answer_quit(Leaving.QUIT)

    def _answer_quit(self, answer: Leaving) -> None:
        if answer is Leaving.QUIT:
            self.wipe()
            self.go.emit(ToHome())
        else:
            self._show(replace(self._state, asking_quit=False))


def _register(
    store: Store, species: str, state: PlantedState, site: str | None, language: str
) -> Receipt:
    # On the store's thread: the journal it brings along takes its time.
    from db.participation.plantings import NewPlanting, register_planting

    new = NewPlanting(
        species=species,
        trees=state.trees,
        planted_on=state.planted_on,
        dong=state.dong,
        site=site,
        language=language,
    )
    return register_planting(store, new)

"""나도 심었어요: five questions, one event that waits for confirmation, and its receipt."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from db.catalogue import tree_totals
from db.clock import in_seoul
from db.problems import Problem
from db.records.trees import TreesFile
from desktop.background.tasks import Changes
from desktop.kiosk.planted.state import (
    KIND,
    MOST_TREES,
    OTHER,
    PLACE,
    REVIEW,
    STEPS,
    WHEN,
    YEAR_UNKNOWN,
    Choice,
    PlantedState,
)
from desktop.kiosk.shell.routes import Registered, Route, ScreenName
from desktop.kiosk.shell.screen import Leaving, Presenter, Services

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


class PlantedPresenter(Presenter):
    """Holds the answers until the visit ends; `enter` goes on where the resident left off."""

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._choices = choices_of(services.catalogue.trees)
        self._draft = 0
        self._state = self._fresh()

    def _fresh(self) -> PlantedState:
        now = in_seoul(self.services.clock())
        first = int(self.services.catalogue.trees.programme.period_start[:4])
        # A clock that lost its battery must not take the years away, nor add any.
        last = int(self.services.catalogue.trees.meta.compiled[:4])
        last = max(now.year, last) if now else last
        month = now.month if now and now.year == last else 12
        return PlantedState(self._choices, last, month, first)

    @property
    def state(self) -> PlantedState:
        return self._state

    def leave(self) -> None:
        if self._state.asking_quit:
            self._show(asking_quit=False)

    def wipe(self) -> None:
        self._draft += 1
        self._state = self._fresh()

    def listen(self, view: Any) -> None:
        view.back_pressed.connect(self.on_back)
        for name in (
            "kind_chosen", "trees_chosen", "dong_chosen", "year_chosen", "month_chosen",
            "next_pressed", "edit_pressed", "send_pressed", "map_moved", "quit_pressed",
            "quit_answered",
        ):  # fmt: skip
            getattr(view, name).connect(getattr(self, f"on_{name}"))

    # -- answers -------------------------------------------------------------------------------

    def on_kind_chosen(self, species: str) -> None:
        known = {choice.species for choice in self._choices} | {OTHER}
        if species in known:
            self._show(species=species)
            self.on_next_pressed()

    def on_trees_chosen(self, trees: int) -> None:
        self._show(trees=min(MOST_TREES, max(1, trees)))

    def on_dong_chosen(self, name: str) -> None:
        """The Korean name of a legal dong; "" when the resident does not know it."""
        self._show(dong=name or None)

    def on_year_chosen(self, year: int) -> None:
        """A year, or YEAR_UNKNOWN, to which no month belongs."""
        month = self._state.month
        too_late = year == self._state.this_year and (month or 0) > self._state.this_month
        self._show(year=year, month=None if too_late or year == YEAR_UNKNOWN else month)

    def on_month_chosen(self, month: int) -> None:
        """1 to 12; 0 when the resident does not know it."""
        self._show(month=month or None)

    def on_map_moved(self, position: object) -> None:
        self._state = replace(self._state, position=position)

    # -- the way -------------------------------------------------------------------------------

    def on_next_pressed(self) -> None:
        if not self._state.ready or self._state.step not in STEPS[:-1]:
            return
        following = STEPS[STEPS.index(self._state.step) + 1]
        self._show(step=REVIEW if self._state.editing else following, editing=False)

    def on_edit_pressed(self, step: str) -> None:
        if step in (KIND, "count", PLACE, WHEN) and not self._state.saving:
            self._show(step=step, editing=True)

    def on_back(self) -> None:
        state = self._state
        if state.saving:
            return
        if state.asking_quit:
            self._show(asking_quit=False)
        elif state.editing:
            self._show(step=REVIEW, editing=False)
        elif state.step in STEPS[1:]:
            self._show(step=STEPS[STEPS.index(state.step) - 1])
        else:
            self.back.emit()

    def on_send_pressed(self) -> None:
        """Store it. A second press while the first is on its way does nothing."""
        state = self._state
        if state.saving or state.step != REVIEW or state.species is None:
            return
        answers = {
            "species": state.species,
            "trees": state.trees,
            "planted_on": state.planted_on,
            "dong": state.dong,
            "site": self.services.settings.site or None,
            "language": self.services.visit.language,
        }
        draft = self._draft
        self._show(saving=True, trouble="")
        self.services.tasks.change(
            lambda store: _register(store, answers),
            lambda receipt: self._on_stored(draft, receipt),
            lambda error: self._on_trouble(draft, error),
            changes=Changes.PLANTINGS,
        )

    def _on_stored(self, draft: int, receipt: Any) -> None:
        if draft == self._draft:
            trees = self._state.trees
            self.wipe()
            self.go.emit(Route(ScreenName.RECEIPT, Registered(receipt, trees)))

    def _on_trouble(self, draft: int, error: Exception) -> None:
        if not isinstance(error, Problem):
            raise error
        if draft == self._draft:
            self._show(saving=False, trouble=error.sentence(self.services.visit.language))

    def on_quit_pressed(self) -> None:
        """그만두기 asks once, when there is something to lose."""
        if self._state.saving:
            return
        if self._state.begun:
            self._show(asking_quit=True)
        else:
            self.on_quit_answered(Leaving.QUIT)

    def on_quit_answered(self, answer: str) -> None:
        if answer == Leaving.QUIT:
            self.wipe()
            self.go.emit(Route(ScreenName.HOME))
        else:
            self._show(asking_quit=False)

    def _show(self, **fields: Any) -> None:
        self._state = replace(self._state, **fields)
        self.changed.emit(self._state)


def _register(store: Any, answers: dict[str, Any]) -> Any:
    # On the store's thread: the journal it brings along takes its time.
    from db.participation.plantings import NewPlanting, register_planting

    return register_planting(store, NewPlanting(**answers))

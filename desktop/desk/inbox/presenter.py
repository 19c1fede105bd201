"""The inbox: asks the columns which rows match, and the store for the words of those in view.

The list comes first, the counts after it; an answer that a newer question has overtaken is dropped
by `Tasks`. What an officer did changes no order under their hands: a row that no longer matches
stays, dimmed, and what arrives waits until the list is renewed.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

import numpy as np
from PySide6.QtCore import Signal

from db.inbox.filters import Filter
from db.problems import Problem
from desktop.background.tasks import Changes
from desktop.desk.inbox import questions
from desktop.desk.inbox.intents import (
    Check,
    CheckAll,
    ChooseGlance,
    ClearFilter,
    Close,
    Extend,
    InboxIntent,
    LookAt,
    MoveTo,
    Narrow,
    Open,
    Renew,
    Search,
    SortBy,
    UncheckAll,
)
from desktop.desk.inbox.keeping import Keeping
from desktop.desk.inbox.state import GLANCES, Flags, InboxState, with_checked
from desktop.desk.shell.screen import DeskPresenter, DeskServices

if TYPE_CHECKING:  # the store behind them is heavy
    from db.store.store import Store

#: Words are asked for and kept around what is in view.
MARGIN, MOST_KEPT = 40, 2_000


class InboxPresenter(DeskPresenter[InboxState, InboxIntent]):
    """Signals: `current_changed(feedback id or "")`, `reading_changed(bool)`."""

    current_changed = Signal(str)
    reading_changed = Signal(bool)

    def __init__(self, services: DeskServices) -> None:
        super().__init__(services)
        self._state = InboxState()
        self._told = ""
        self._view_first, self._view_last = 0, questions.FIRST_ROWS
        self._keeping = Keeping(services, self)
        services.tasks.changed.connect(self._on_changed)

    def enter(self) -> None:
        if self._state.found is None:
            self._find()

    def wipe(self) -> None:
        self._keeping.stop()
        self._told = ""
        self._state = InboxState()

    # -- what the view tells ---------------------------------------------------------------------

    def do(self, intent: InboxIntent) -> None:
        state = self._state
        match intent:
            case Narrow(facet=facet, value=value, on=on):
                chosen = set(state.filter.chosen.get(facet, frozenset()))
                (chosen.add if on else chosen.discard)(value)
                self._narrow(state.filter.only(facet, *sorted(chosen)))
            case ChooseGlance(glance=glance):
                self._narrow(GLANCES[glance])
            case ClearFilter():
                self._narrow(Filter())
            case Search(text=text):
                narrowed = Filter(chosen=state.filter.chosen, text=text.strip())
                if narrowed != state.filter:
                    self._narrow(narrowed)
            case SortBy(sort=sort):
                self._show(replace(state, sort=sort))
                self._find()
            case LookAt(first=first, last=last):
                self._view_first, self._view_last = first, last
                self._ask_rows()
            case MoveTo(index=index):
                self._move(index)
            case Check(index=index):
                self._check(index)
            case Extend(step=step):
                self._check(state.current, on=True)
                self._move(state.current + step)
                self._check(self._state.current, on=True)
            case CheckAll():
                self._check_all()
            case UncheckAll():
                self._show_checked(np.zeros(state.total, bool))
            case Open():
                self._read(state.current_row is not None)
            case Close():
                self._read(False)
            case Renew():
                self._narrow(state.filter)
            case _:
                assert_never(intent)

    def _narrow(self, narrowed: Filter) -> None:
        self._show(replace(self._state, filter=narrowed, counts=None))
        self._find()

    def _read(self, reading: bool) -> None:
        if reading != self._state.reading:
            self._show(replace(self._state, reading=reading))
            self.reading_changed.emit(reading)

    # -- where one is ----------------------------------------------------------------------------

    def _move(self, index: int) -> None:
        if self._state.count:
            index = max(0, min(index, self._state.count - 1))
            self._show(replace(self._state, current=index))
            self._ask_rows(index)
            self._tell_current()

    def go_on(self) -> None:
        self._move(self._state.current + 1)

    def _tell_current(self) -> None:
        # A row whose words are still on their way is told when they come.
        position = self._state.position(self._state.current)
        if position is not None and position not in self._state.rows:
            return
        row = self._state.current_row
        feedback = row.feedback.id if row is not None else ""
        if feedback != self._told:
            self._told = feedback
            self.current_changed.emit(feedback)

    # -- what is ticked --------------------------------------------------------------------------

    def _check(self, index: int, *, on: bool | None = None) -> None:
        position = self._state.position(index)
        if position is not None:
            flags = self._state.checked.copy()
            flags[position] = not flags[position] if on is None else on
            self._show_checked(flags)

    def _check_all(self) -> None:
        found = self._state.found
        if found is not None:
            flags = self._state.checked.copy()
            flags[found.positions] = not bool(flags[found.positions].all())
            self._show_checked(flags)

    def _show_checked(self, flags: Flags) -> None:
        self._show(with_checked(self._state, flags))

    def checked_ids(self, store: Store) -> tuple[str, ...]:
        """The ids of the ticked rows; on the store's thread."""
        rows = self.services.office.at(store).inbox.rows(np.flatnonzero(self._state.checked))
        return tuple(row.feedback.id for row in rows if row is not None)

    # -- asking ----------------------------------------------------------------------------------

    def _find(self) -> None:
        office = self.services.office
        narrowed, sort = self._state.filter, self._state.sort

        def show(answer: questions.ListAnswer) -> None:
            flags = np.zeros(answer.total, bool)
            kept = min(len(self._state.checked), answer.total)
            flags[:kept] = self._state.checked[:kept]
            state = replace(
                self._state,
                found=answer.found,
                rows=answer.rows,
                total=answer.total,
                held=answer.held,
                current=0,
                dimmed=frozenset(),
                arrived=0,
                problem=None,
            )
            self._view_first, self._view_last = 0, questions.FIRST_ROWS
            self._show(with_checked(state, flags))
            self._tell_current()

        self.services.tasks.query(
            lambda store: questions.find(office.at(store).inbox, narrowed, sort),
            show,
            self._failed,
            channel="inbox-find",
        )
        self._ask_counts()

    def _ask_counts(self) -> None:
        office, narrowed, sort = self.services.office, self._state.filter, self._state.sort

        def show(counted: questions.Counted) -> None:
            # An older filter's figures are wrong ones for this one.
            if (narrowed, sort) == (self._state.filter, self._state.sort):
                self._show(replace(self._state, counts=counted.counts, glances=counted.glances))
            if counted.may_keep:
                self._keeping.begin()

        self.services.tasks.query(
            lambda store: questions.count(office.at(store).inbox, narrowed),
            show,
            self._failed,
            channel="inbox-counts",
        )

    def _ask_rows(self, index: int | None = None) -> None:
        """The words of what is in view and a little around it, those not known yet."""
        state = self._state
        if state.found is None:
            return
        first, last = self._view_first, self._view_last
        if index is not None and not first <= index <= last:
            first = last = index
        wanted = state.found.positions[max(0, first - MARGIN) : last + 1 + MARGIN]
        in_view = state.found.positions[max(0, first) : last + 1]
        if all(int(each) in state.rows for each in in_view):
            return
        known = state.rows if len(state.rows) < MOST_KEPT else {}
        missing = [int(each) for each in wanted if int(each) not in known]
        office, found = self.services.office, state.found

        def show(rows: questions.Rows) -> None:
            if found is self._state.found:
                self._show(replace(self._state, rows={**known, **rows}))
                self._tell_current()

        self.services.tasks.query(
            lambda store: questions.read(office.at(store).inbox, missing),
            show,
            self._failed,
            channel="inbox-rows",
        )

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, Problem):
            raise error
        self._show(replace(self._state, problem=error))

    # -- keeping up ------------------------------------------------------------------------------

    def _on_changed(self, changes: Changes) -> None:
        if self._state.found is None or not changes & (Changes.FEEDBACK | Changes.REPLIES):
            return
        office, narrowed, sort = self.services.office, self._state.filter, self._state.sort
        shown, found, before = list(self._state.rows), self._state.found, self._state.total

        def show(fresh: questions.FreshRows) -> None:
            if found is not self._state.found:
                return
            self._show(
                replace(
                    self._state,
                    rows=fresh.rows,
                    dimmed=fresh.dimmed,
                    arrived=fresh.arrived,
                    counts=None,
                )
            )
            if not self._state.count and fresh.arrived:
                # Nobody reads an empty list: what came stands in it at once.
                self._find()
            else:
                self._ask_counts()

        self.services.tasks.query(
            lambda store: questions.look_again(
                office.at(store).inbox, narrowed, sort, shown, before
            ),
            show,
            self._failed,
            channel="inbox-fresh",
        )

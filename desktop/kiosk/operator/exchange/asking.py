"""Asking the store for the operator's pages of exchange. An answer to a page that was left, or to a
screen that was locked, is dropped.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from db.problems import Problem
from desktop.background.tasks import Changes
from desktop.background.turn import Turn
from desktop.exchange import bundles as bundles
from desktop.exchange.results import ExchangeState, Job
from desktop.kiosk.operator.state import At
from desktop.kiosk.shell.screen import Services

if TYPE_CHECKING:
    from db.store.store import Store

T = TypeVar("T")


class OperatorAsking(QObject):
    """Signals: `changed(ExchangeState)`, `page_asked(At)`."""

    changed = Signal(object)
    page_asked = Signal(object)

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._at: At | None = None
        self._turn = Turn()
        self._job: Job | None = None
        self._state = ExchangeState()

    @property
    def state(self) -> ExchangeState:
        return self._state

    def _show(self, state: ExchangeState) -> None:
        """`state` is what there is now, with the work that goes on."""
        self._state = replace(state, job=self._job)
        self.changed.emit(self._state)

    def wipe(self) -> None:
        """The screen locks: what was shown is forgotten, what goes on goes on."""
        self._turn.end()
        self._at = None
        self._state = ExchangeState()

    def _ask(
        self,
        work: Callable[[Store], T],
        done: Callable[[T], None],
        changes: Changes = Changes.NOTHING,
    ) -> None:
        """Ask the store, or have it change something short; an answer to a locked screen or a page
        that was left is dropped.
        """
        at, hears = self._at, self._turn.hears

        def on_done(answer: T) -> None:
            if at is self._at:
                self._state = replace(self._state, looking=False)
                done(answer)

        def on_error(error: Exception) -> None:
            if not isinstance(error, Problem):
                raise error
            if at is self._at:
                self._show(replace(self._state, looking=False, problem=self._blamed(error)))

        self._show(replace(self._state, looking=True, problem=None))
        self._services.tasks.change(work, hears(on_done), hears(on_error), changes=changes)

    def _blamed(self, problem: Problem) -> Problem:
        return bundles.blamed(problem, self._services.data_dir)

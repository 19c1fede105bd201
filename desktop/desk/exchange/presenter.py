"""The desk's exchange: bundles in by drag and drop, everything out to a stick."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, assert_never

from PySide6.QtCore import Signal, Slot

from db.problems import Problem
from desktop.background.tasks import Changes
from desktop.desk.exchange.intents import ExchangeIntent, OfferSticks, Receive, SendTo, StopExchange
from desktop.desk.exchange.state import DeskExchangeState
from desktop.desk.shell.screen import DeskPresenter, DeskServices
from desktop.exchange import bundles
from desktop.exchange.results import Job, StickRead, Work, Written
from desktop.exchange.standing import ExchangeStanding, StandingState
from desktop.exchange.sticks import Place, sticks
from desktop.exchange.words import taken_lines, written_lines

if TYPE_CHECKING:  # the store behind it is heavy
    from db.store.store import Store

FindSticks = Callable[[], tuple[Place, ...]]


class ExchangePresenter(DeskPresenter[DeskExchangeState, ExchangeIntent]):
    """Signals: `said(words)` what came of it in one sentence, `looked_at()` when that needs more
    room than a sentence."""

    said = Signal(str)
    looked_at = Signal()
    _told = Signal(int, int)

    def __init__(
        self, services: DeskServices, standing: ExchangeStanding, find_sticks: FindSticks = sticks
    ) -> None:
        super().__init__(services)
        self._standing, self.find_sticks = standing, find_sticks
        self._stop = Event()
        self._state = DeskExchangeState()
        self._told.connect(self._on_told)
        standing.changed.connect(self._on_standing)

    def enter(self) -> None:
        self._standing.refresh()

    def wipe(self) -> None:
        self._state = DeskExchangeState(standing=self._state.standing, job=self._state.job)

    def _on_standing(self, standing: StandingState) -> None:
        self._show(replace(self._state, standing=standing))

    def do(self, intent: ExchangeIntent) -> None:
        match intent:
            case Receive(paths=paths):
                self._receive(paths)
            case OfferSticks():
                if self._state.job is None:
                    offered = self.find_sticks()
                    self._show(replace(self._state, sticks=offered, result=None, problem=None))
            case SendTo(folder=folder):
                send = partial(bundles.write, to=folder, go_on=False, tell=self._tell)
                self._begin(Work.WRITE, send, Changes.EXCHANGE)
            case StopExchange():
                if self._state.job is not None:
                    self._stop.set()
                    self._show(replace(self._state, job=replace(self._state.job, stopping=True)))
            case _:
                assert_never(intent)

    def _receive(self, paths: tuple[Path, ...]) -> None:
        # A folder on a stick that is slow is looked through where it keeps nobody waiting.
        def read(store: Store) -> StickRead | None:
            files = _bundles_in(paths)
            return bundles.read(store, files, self._tell) if files else None

        self._begin(Work.READ, read, bundles.BROUGHT)

    # -- work ------------------------------------------------------------------------------------

    def _begin(
        self, work: Work, op: Callable[[Store], StickRead | Written | None], changes: Changes
    ) -> None:
        """A second wish while the first one goes on does nothing."""
        if self._state.job is not None:
            return
        self._stop.clear()
        self._show(
            replace(
                self._state,
                job=Job(work),
                result=None,
                problem=None,
                nothing=False,
                sticks=None,
            )
        )
        self.services.tasks.change(op, self._on_done, self._on_failed, changes=changes)

    def _on_done(self, result: StickRead | Written | None) -> None:
        self._show(replace(self._state, job=None, result=result, nothing=result is None))
        lines = self._lines(result)
        if lines:
            self.said.emit(lines)
        else:
            self.looked_at.emit()

    @staticmethod
    def _lines(result: StickRead | Written | None) -> str:
        """One sentence, or none where there is more to say."""
        match result:
            case StickRead() if (
                result.problem is None and not result.refusals and not result.skipped
            ):
                return " ".join(taken_lines(result))
            case Written() if result.problem is None:
                return " ".join(written_lines(result))
            case _:
                return ""

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, Problem):
            raise error
        self._show(replace(self._state, job=None, problem=error))
        self.looked_at.emit()

    def _tell(self, done: int, total: int) -> None:
        """On the store's thread, where the work may stop: the officer's own wishes go first."""
        self._told.emit(done, total)
        self.services.tasks.give_way()
        if self._stop.is_set() or self.services.tasks.closing:
            raise bundles.Stopped

    @Slot(int, int)
    def _on_told(self, done: int, total: int) -> None:
        if self._state.job is not None:
            self._show(replace(self._state, job=replace(self._state.job, done=done, total=total)))


def _bundles_in(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The bundles among these, and directly in the folders among them."""
    # the store behind it is heavy
    from db.exchange.carriers.bundle import is_bundle_name

    found: list[Path] = []
    for path in paths:
        try:
            inside = sorted(path.iterdir()) if path.is_dir() else [path]
        except OSError:
            inside = [path]  # it was pulled: reading it says so
        found += [each for each in inside if is_bundle_name(each.name)]
    return tuple(dict.fromkeys(found))

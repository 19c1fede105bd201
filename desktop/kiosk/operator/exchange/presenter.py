"""Exchange for the operator: enrolment, bundles, rescue and the state of exchange, by stick.

Work on a stick goes on when the screen locks, because half of it may stand on the stick already;
only its answer is dropped. Who opens the screen again meanwhile sees it go on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot

from db.problems import Cause, Problem, StorageUnavailable
from desktop.background.tasks import Changes
from desktop.exchange import bundles as bundles
from desktop.exchange import enrolment as enrolment
from desktop.exchange.results import STOPPABLE, Compare, ExchangeState, Job, Result, Saved, Work
from desktop.exchange.standing import ExchangeStanding, StandingState
from desktop.exchange.sticks import Place, folder_of, place_of
from desktop.kiosk.operator.exchange.counters import OperatorCounters
from desktop.kiosk.operator.intents import (
    Differ,
    ExchangeIntent,
    ReadPile,
    SearchAgain,
    StopWork,
    TakePaper,
    TrustCity,
    TypeCarrier,
    UseCarrier,
    WriteAfresh,
    WriteTo,
)
from desktop.kiosk.operator.state import At
from desktop.kiosk.shell.screen import Services

if TYPE_CHECKING:
    from db.store.store import Store

Done = Callable[[Result | Compare], None]
Failed = Callable[[Exception], None]
Sticks = Callable[[], tuple[Place, ...]]

#: Pages whose list of sticks or files is looked for when they open.
SEARCHING = frozenset((At.REQUEST, At.PAPERS, At.WRITE, At.READ, At.RESCUE))


class OperatorExchange(OperatorCounters):
    """`open` and `wipe` follow the operator's presenter, which hands on the intents of these
    pages."""

    _told = Signal(int, int)

    def __init__(self, services: Services, standing: ExchangeStanding, sticks: Sticks) -> None:
        super().__init__(services)
        self._standing, self.find_sticks = standing, sticks
        self._stop = Event()
        self._told.connect(self._on_told)
        standing.changed.connect(self._on_standing)

    def do(self, intent: ExchangeIntent) -> None:
        match intent:
            case SearchAgain():
                self._look()
            case TypeCarrier(text):
                self._state = replace(self._state, folder=text)
            case UseCarrier():
                self._use_folder()
            case WriteTo(index):
                self._write_to(index)
            case StopWork():
                self._stop_work()
            case WriteAfresh(afresh):
                self._show(replace(self._state, afresh=afresh))
            case ReadPile(index):
                self._read(index)
            case TakePaper(index):
                self._take(index)
            case TrustCity():
                self._trust()
            case Differ():
                self._show(replace(self._state, compare=None, refused=True))
                self.page_asked.emit(At.PAPERS)
            case _:
                self.do_counters(intent)

    def open(self, at: At) -> None:
        """One of the pages of exchange opens."""
        came_from, self._at = self._at, at
        keep = self._state if came_from is not None else ExchangeState()
        self._state = ExchangeState(
            enrolment=keep.enrolment,
            status=keep.status,
            compare=keep.compare if at is At.COMPARE else None,
            rows=keep.rows if at is At.ROWS else None,
            result=keep.result if at is At.ENROL else None,
            refused=keep.refused and at is At.PAPERS,
            folder=keep.folder,
        )
        self._on_standing(self._standing.state)
        self._standing.refresh()
        if at in SEARCHING:
            self._look()

    def _on_standing(self, standing: StandingState) -> None:
        if self._at is None:
            return
        # A damaged store must not hide the rescue: who this device is stays as it was known.
        enrolled = standing.enrolment or self._state.enrolment
        problem = standing.problem if self._at in (At.SYNC, At.ENROL) else self._state.problem
        self._show(
            replace(self._state, enrolment=enrolled, status=standing.status, problem=problem)
        )

    # -- looking -------------------------------------------------------------------------------

    def _look(self) -> None:
        sticks = self.find_sticks
        if self._at is At.PAPERS:
            self._ask(
                lambda store: (found := sticks(), enrolment.find_papers(store, found)),
                lambda found: self._show(replace(self._state, sticks=found[0], papers=found[1])),
            )
        elif self._at is At.READ:
            self._ask(
                lambda store: (found := sticks(), bundles.find_piles(store, found)),
                lambda found: self._show(replace(self._state, sticks=found[0], piles=found[1])),
            )
        elif self._at is At.WRITE:
            self._ask(
                lambda store: (sticks(), bundles.outbox_of(store)),
                lambda found: self._show(replace(self._state, sticks=found[0], outbox=found[1])),
            )
        else:
            # Without the store: a rescue is for when it is broken.
            self._show(replace(self._state, sticks=sticks(), problem=None))

    def _use_folder(self) -> None:
        to_read = self._at in (At.PAPERS, At.READ)
        try:
            place = place_of(folder_of(self._state.folder, to_read=to_read))
        except Problem as problem:
            self._show(replace(self._state, problem=problem))
            return
        if self._at is At.PAPERS:
            self._ask(
                lambda store: enrolment.find_papers(store, (place,)),
                lambda found: self._show(replace(self._state, papers=found)),
            )
        elif self._at is At.READ:
            self._ask(
                lambda store: bundles.find_piles(store, (place,)),
                lambda found: self._show(replace(self._state, piles=found)),
            )
        else:
            self._put(place.path)

    def _write_to(self, index: int) -> None:
        path = (self._state.sticks or ())[index].path
        if path in [each.path for each in self.find_sticks()]:
            self._put(path)
        else:
            # Its folder may stand there still, and would fill the device's own disk.
            gone = StorageUnavailable(Cause.INPUT_OUTPUT, str(path))
            kept = self._state.result if self._at is At.RESCUE else None
            self._show(replace(self._state, problem=gone, sticks=self.find_sticks(), result=kept))

    def _put(self, to: Path) -> None:
        if self._at is At.REQUEST:
            name = self._services.settings.name or self._site_name()
            request = partial(enrolment.write_request, to=to, name=name)
            self._begin(Work.REQUEST, request, Changes.NOTHING)
        elif self._at is At.WRITE:
            outbox = self._state.outbox
            go_on = outbox is not None and outbox.unfinished and not self._state.afresh
            write = partial(bundles.write, to=to, go_on=go_on, tell=self._tell)
            self._begin(Work.WRITE, write, Changes.EXCHANGE)
        elif self._at is At.RESCUE:
            data_dir, clock = self._services.data_dir, self._services.clock
            result = self._state.result
            after = result.after if isinstance(result, Saved) else None
            save = partial(bundles.save_all, data_dir, to, clock, after)
            self._start(
                Work.RESCUE, lambda done, failed: self._services.tasks.load(save, done, failed)
            )

    def _site_name(self) -> str:
        site = self._services.settings.site
        library = self._services.catalogue.landmark_by_id.get(site)
        return library.name_ko if library is not None else ""

    # -- work on a stick -----------------------------------------------------------------------

    def _begin(self, work: Work, op: Callable[[Store], Result | Compare], changes: Changes) -> None:
        change = self._services.tasks.change
        self._start(work, lambda done, failed: change(op, done, failed, changes=changes))

    def _start(self, work: Work, begin: Callable[[Done, Failed], None]) -> None:
        """Begin one work; a second press while it goes on does nothing."""
        if self._job is not None:
            return
        hears = self._turn.hears
        self._job = Job(work)
        self._stop.clear()
        self._show(replace(self._state, result=None, problem=None, refused=False))

        finished = hears(self._finished, self._look_again)
        failed = hears(self._failed, self._look_again)

        def on_done(result: Result | Compare) -> None:
            self._job = None
            finished(result)

        def on_error(error: Exception) -> None:
            self._job = None
            if not isinstance(error, Problem):
                raise error
            failed(error)

        begin(on_done, on_error)

    def _failed(self, problem: Problem) -> None:
        self._show(replace(self._state, problem=self._blamed(problem)))

    def _finished(self, result: Result | Compare) -> None:
        if isinstance(result, Compare):
            self._show(replace(self._state, compare=result))
            self.page_asked.emit(At.COMPARE)
            return
        accepted = self._at in (At.PAPERS, At.COMPARE)
        self._show(replace(self._state, result=result, afresh=False))
        if accepted:
            self.page_asked.emit(At.ENROL)
        else:
            self._look_again()

    def _look_again(self) -> None:
        if self._at in SEARCHING:
            kept = self._state.result
            self._look()
            self._show(replace(self._state, result=kept))
        elif self._at is not None:
            self._show(self._state)

    def _tell(self, done: int, total: int) -> None:
        """On the store's thread, where the work may stop: residents' wishes go first."""
        self._told.emit(done, total)
        self._services.tasks.give_way()
        if self._stop.is_set() or self._services.tasks.closing:
            raise bundles.Stopped

    @Slot(int, int)
    def _on_told(self, done: int, total: int) -> None:
        if self._job is not None:
            self._job = replace(self._job, done=done, total=total)
            if self._at is not None:
                self._show(self._state)

    def _stop_work(self) -> None:
        if self._job is not None and self._job.work in STOPPABLE:
            self._stop.set()
            self._job = replace(self._job, stopping=True)
            self._show(self._state)

    # -- bundles -------------------------------------------------------------------------------

    def _read(self, index: int) -> None:
        files = (self._state.piles or ())[index].files
        if files:
            self._begin(
                Work.READ, lambda store: bundles.read(store, files, self._tell), bundles.BROUGHT
            )

    # -- enrolment -----------------------------------------------------------------------------

    def _take(self, index: int) -> None:
        file = (self._state.papers or ())[index]
        self._begin(
            Work.ACCEPT,
            lambda store: enrolment.accept_or_compare(store, file),
            enrolment.TOUCHED,
        )

    def _trust(self) -> None:
        compare = self._state.compare
        if compare is not None:
            self._begin(
                Work.ACCEPT,
                lambda store: enrolment.accept(store, compare.file),
                enrolment.TOUCHED,
            )

"""The desk's inbox over a million made-up feedback and 300,000 reviews, as an officer works it.

`CHEONMAN_BENCH_INBOX=10000,100000` measures other sizes; the last one is held against the limits.
Stores are made once and stay in `build/demonstration`. The peer is what a page over the same rows
asks of SQL each time: the rows in order, how many match, and a count for every facet.
"""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication

from db.demonstration.making import make_demonstration
from db.inbox.filters import DueIn, Facet, Sort
from db.store.store import Store
from desktop.desk.app import Desk
from desktop.desk.event_loop import make_application
from desktop.desk.inbox.intents import ChooseGlance, InboxIntent, Narrow, Search, SortBy
from desktop.desk.inbox.list_view import InboxList
from desktop.desk.inbox.presenter import InboxPresenter
from desktop.desk.inbox.state import Glance
from desktop.desk.sign_in.intents import LookAround
from desktop.settings import load_settings
from desktop.settings_file import change_settings
from tests.bench.bench_start import BARE, until
from tests.bench.figure import Figure, at_95, middle

ROOT = Path(__file__).resolve().parents[2]
SIZES = (10_000, 100_000, 1_000_000)
STARTS = 5
WORDS = ("나무", "벤치", "조명", "낙엽", "광장", "휠체", "연못", "송충")
ANSWERED = 1_000
LONGEST_S = 120


def made(feedback: int) -> Path:
    folder = ROOT / "build" / "demonstration" / str(feedback)
    if not (folder / "cheonman.toml").exists():
        make_demonstration(folder, feedback)
        change_settings(folder, role="desk", name="시연 검토대")
    return folder


class _Paints(QObject):
    """Counts how often the list was painted."""

    def __init__(self, seen: InboxList) -> None:
        super().__init__()
        self.count = 0
        self._seen = seen.viewport()
        self._seen.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._seen and event.type() == QEvent.Type.Paint:
            self.count += 1
        return False


def wait(ready: Callable[[], bool]) -> None:
    ends = perf_counter() + LONGEST_S
    while not ready():
        # Asked without a pause it would keep the store's thread from the interpreter.
        turn = QEventLoop()
        QTimer.singleShot(1, turn.quit)
        turn.exec()
        if perf_counter() > ends:
            raise RuntimeError("the desk does not answer")


class Officer:
    """Drives a real desk, and takes the time of what an officer waits for."""

    def __init__(self, folder: Path) -> None:
        self.desk = Desk(load_settings(folder), folder)
        entered: list[bool] = []
        self.desk.inbox_painted.connect(lambda: entered.append(True))
        self.desk.ready.connect(lambda: self.desk.entrance.do(LookAround()))
        self.desk.start()
        wait(lambda: bool(entered))
        assert self.desk.screens is not None
        self.inbox: InboxPresenter = self.desk.screens.inbox
        (self.list,) = self.desk.window.findChildren(InboxList)
        self.paints = _Paints(self.list)
        wait(lambda: self.inbox.state.counts is not None)

    def ask(self, intent: InboxIntent) -> tuple[float, float]:
        """Milliseconds until the first rows stand there, and until every count does."""
        before, painted = self.inbox.state.found, self.paints.count
        began = perf_counter()
        self.inbox.do(intent)

        def answered() -> bool:
            if self.inbox.state.found is before:
                nonlocal painted
                painted = self.paints.count
                return False
            return self.paints.count > painted

        wait(answered)
        rows = (perf_counter() - began) * 1000
        wait(lambda: self.inbox.state.counts is not None)
        return rows, (perf_counter() - began) * 1000

    def scroll(self) -> list[float]:
        """Milliseconds of every frame: page after page, and anywhere."""
        bar, frames = self.list.verticalScrollBar(), []
        drawn = random.Random(0)
        for step in range(160):
            at = bar.value() + bar.pageStep() if step % 2 else drawn.randrange(bar.maximum() + 1)
            began = perf_counter()
            bar.setValue(at)
            self.list.viewport().repaint()
            frames.append((perf_counter() - began) * 1000)
            # The words come from the store's thread; the frame that shows them counts as well.
            found, (first, _last) = self.inbox.state, self.list.places_in_view()
            wait(partial(self._has_words, first))
            if self.inbox.state is not found:
                began = perf_counter()
                self.list.viewport().repaint()
                frames.append((perf_counter() - began) * 1000)
        return frames

    def _has_words(self, place: int) -> bool:
        return self.inbox.state.position(place) in self.inbox.state.rows

    def lend(self, op: Callable[[Store], float]) -> float:
        future = self.desk.tasks.lend(op)
        wait(future.done)
        return future.result()

    def bulk(self) -> tuple[float, float]:
        """Seconds for answering a thousand, and for taking it back whole."""
        officer = self.desk.officer
        assert officer is not None

        def answer(store: Store) -> float:
            ids = [id.hex() for (id,) in store.rows("SELECT id FROM feedback LIMIT ?", (ANSWERED,))]
            at_work = self.desk.office.at(store).at_work(officer)
            began = perf_counter()
            at_work.reply(ids, "살펴보았습니다. (시연 답변)", public=True)
            return perf_counter() - began

        def take_back(store: Store) -> float:
            at_work = self.desk.office.at(store).at_work(officer)
            act = at_work.last_act()
            assert act is not None and act.of == ANSWERED
            began = perf_counter()
            at_work.undo(act.ref)
            return perf_counter() - began

        return self.lend(answer), self.lend(take_back)

    def peer(self) -> float:
        """Milliseconds of one page over the same rows in SQL, with its counts."""

        def page(store: Store) -> float:
            began = perf_counter()
            store.rows("SELECT * FROM feedback WHERE kind = 'problem' ORDER BY at_us LIMIT 50")
            store.rows("SELECT count(*) FROM feedback WHERE kind = 'problem'")
            for column in ("kind", "project", "dong", "site", "has_contact"):
                store.rows(
                    f"SELECT {column}, count(*) FROM feedback WHERE kind = 'problem' GROUP BY 1"
                )
            return (perf_counter() - began) * 1000

        return median(self.lend(page) for _ in range(3))

    def leave(self) -> None:
        self.desk.stop()
        QApplication.processEvents()


def questions() -> list[InboxIntent]:
    """What an officer asks, one after another; every second one begins anew."""
    asked: list[InboxIntent] = []
    for facet, value in (
        (Facet.KIND, "problem"),
        (Facet.THEME, "garden"),
        (Facet.STATE, "received"),
        (Facet.DUE, DueIn.OVERDUE.value),
        (Facet.CONTACT, "yes"),
        (Facet.DONG, "덕진동1가"),
    ):
        asked += [Narrow(facet, value, True), Narrow(facet, value, False)]
    asked += [SortBy(Sort.NEWEST), SortBy(Sort.OLDEST), SortBy(Sort.DUE)]
    asked += [ChooseGlance(Glance.OVERDUE), ChooseGlance(Glance.ALL)]
    asked += [Search(word) for word in WORDS]
    return [*asked, ChooseGlance(Glance.ALL)]


def resident_mb() -> float:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    (line,) = (each for each in status.splitlines() if each.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024


def measure() -> dict[str, Figure]:
    make_application()
    named = os.environ.get("CHEONMAN_BENCH_INBOX", "")
    sizes = tuple(int(each) for each in named.split(",") if each) or SIZES
    figures: dict[str, Figure] = {}
    for size in sizes:
        figures |= measured(size, strict=size == sizes[-1])
    return figures


def measured(size: int, *, strict: bool) -> dict[str, Figure]:
    folder, name = made(size), f"{size:,}"

    def limit(most: float) -> float | None:
        return most if strict else None

    desk = [sys.executable, "-P", "-m", "desktop", "desk", "--until", "inbox"]
    command = [*desk, "--data-dir", str(folder)]
    until(command)  # makes the officer, and warms the files
    rounds = [(until(command), until(BARE)) for _ in range(STARTS)]
    bare = median(other for _mine, other in rounds)
    officer = Officer(folder)
    asked = [officer.ask(each) for _round in range(2) for each in questions()]
    rows, counts = zip(*asked, strict=True)
    peer = officer.peer()
    frames = officer.scroll()
    memory = resident_mb()
    answered, taken_back = officer.bulk()
    officer.leave()
    faster = f"{peer:.0f} ms for one page with counts in SQL, {peer / median(rows):.0f} times"
    return {
        f"{name}: open to a painted inbox": middle(
            [mine for mine, _other in rounds], "ms", limit(1200), f"{bare:.0f} ms a bare window"
        ),
        f"{name}: filter, sort, search to painted rows": at_95(rows, "ms", limit(60), faster),
        f"{name}: every count after it": at_95(
            counts, "ms", limit(150), "the list is there before"
        ),
        f"{name}: a frame while scrolling": at_95(frames, "ms", limit(12), "any place, any page"),
        f"{name}: memory": Figure(memory, "MB", limit(400), 1, None, "resident, after all of it"),
        f"{name}: answer 1,000": Figure(answered, "s", limit(2), 1, None, "signed, undoable"),
        f"{name}: take it back": Figure(taken_back, "s", None, 1, None, "whole"),
    }

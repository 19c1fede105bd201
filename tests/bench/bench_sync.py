"""A hand on the map while 100,000 events come from a hub in the background, and what it costs.

The hub is a real one in a process of its own. A finger moves sixty times a second; a frame counts
from the moment it was due until it is painted, so that waiting for Python counts too.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TypeVar

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from db.exchange.carriers.hub_client import sync_hub
from db.exchange.enrolment.accepting import accept_papers
from db.exchange.enrolment.authority import Authority, make_authority
from db.exchange.pages.store_shelf import StoreShelf
from db.exchange.status.store_hash import StoreHash, store_hash
from db.exchange.trust.papers import DeviceRole, Papers, Request
from db.records import Kind
from db.records.event_kinds import FEEDBACK
from db.records.feedback import FeedbackBody
from db.store.journal import append
from db.store.opening import open_store
from db.store.store import Store
from desktop.access.input import InputGate
from desktop.background.hub_sync import HubSync
from desktop.background.tasks import Tasks
from desktop.background.throttle import Throttle
from desktop.map.canvas import MapCanvas
from desktop.map.features import Here
from desktop.map.projection import to_world
from desktop.map.viewport import MapPosition
from desktop.theme.look import Look
from desktop.theme.metrics import Metrics
from desktop.theme.palette import LIGHT
from tests.bench.bench_map import HERE, PINS, application, mouse, some_pins, wheel
from tests.bench.figure import Figure, spread_of
from tests.db.exchange.words import long_feedback
from tests.desktop.kiosk.map_stage_kit import the_city

EVENTS, TEXTS, AT_ONCE = 100_000, 4_000, 5_000
WIDTH, HEIGHT, STEPS = 1920, 1080, 90
FRAME_S = 1 / 60
FRAMES = 1_080
"""Eighteen seconds of a hand that never rests."""
MOST = 1.3
T = TypeVar("T")


def fill(store: Store) -> None:
    texts = long_feedback(TEXTS)
    for begin in range(0, EVENTS, AT_ONCE):
        with store.change() as connection:
            for number in range(begin, begin + AT_ONCE):
                body = FeedbackBody(
                    kind=list(Kind)[number % 4], rating=number % 3 + 1, text=texts[number % TEXTS]
                )
                subject = f"project/project-{number % 40}"
                append(store, connection, FEEDBACK, subject, body, receipt=os.urandom(16))


def enrol(authority: Authority, data_dir: Path, role: DeviceRole) -> None:
    with open_store(data_dir) as store:
        age, key = store.keys.age_recipient, store.keys.public.hex()
    authority.sign(Request(public_key=key, age=age, name="", at_us=0), role, data_dir.name)


def tell(papers: Papers, data_dir: Path) -> None:
    with open_store(data_dir) as store:
        accept_papers(StoreShelf(store), papers, "papers")


@contextmanager
def a_hub(data_dir: Path) -> Iterator[str]:
    words = ("hub", "--data-dir", str(data_dir), "--listen", "127.0.0.1:0")
    database = f"sqlite:///{data_dir / 'hub.db'}"
    command = [sys.executable, "-m", "desktop", *words, "--database", database]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as hub:
        assert hub.stdout is not None
        try:
            yield hub.stdout.readline().strip()
        finally:
            hub.terminate()
            hub.wait(60)


def give(data_dir: Path, url: str) -> StoreHash:
    """Everything of a store to the hub; the hash both have then."""
    with open_store(data_dir) as store:
        shelf = StoreShelf(store)

        async def here(act: Callable[[StoreShelf], T]) -> T:
            return act(shelf)

        done = asyncio.run(sync_hub(here, url))
        assert done.sent == EVENTS
        return store_hash(store)


class Hand:
    """A finger on the real map, sixty times a second."""

    def __init__(self) -> None:
        look = Look(Metrics.for_panel(WIDTH, HEIGHT, 24), LIGHT, "ko")
        self.canvas = MapCanvas(look, the_city(), position=MapPosition(*to_world(*HERE)))
        self.canvas.resize(WIDTH, HEIGHT)
        self.canvas.show_pins(some_pins(PINS))
        self.canvas.show_here(Here(*HERE, "여기"))
        self.canvas.show()
        self.canvas.settle()
        self._resting = threading.Event()

    def move(self, count: int, stop: Callable[[], bool] = lambda: False) -> list[float]:
        """Milliseconds from the moment each of `count` frames was due until it was painted."""
        took: list[float] = []
        gesture = self._gesture()
        due = perf_counter() + FRAME_S
        while len(took) < count and not stop():
            event = next(gesture)
            self._resting.wait(max(0.0, due - perf_counter()))
            QApplication.sendEvent(self.canvas, event)
            self.canvas.repaint()
            QApplication.processEvents()
            took.append((perf_counter() - due) * 1_000)
            # A late frame does not make the next one late: a panel shows it at its next beat.
            due += FRAME_S * max(1, -(-(perf_counter() - due) // FRAME_S))
        return took

    def _gesture(self) -> Iterator[QEvent]:
        """The drags and wheel steps of the map's own bench, over and over."""
        middle_x, middle_y = WIDTH / 2, HEIGHT / 2
        while True:
            for direction in (1, -1):
                yield mouse(self.canvas, QEvent.Type.MouseButtonPress, middle_x, middle_y)
                for i in range(STEPS):
                    x = middle_x + direction * i * WIDTH / STEPS * 0.45
                    yield mouse(self.canvas, QEvent.Type.MouseMove, x, middle_y + i)
                yield mouse(self.canvas, QEvent.Type.MouseButtonRelease, x, middle_y + STEPS)
            for i in range(STEPS):
                yield wheel(self.canvas, 12 if i % 30 < 15 else -12)

    def close(self) -> None:
        self.canvas.hide()
        self.canvas.deleteLater()


def _events(tasks: Tasks) -> int:
    return int(tasks.lend(lambda store: store.rows("SELECT count(*) FROM event")[0][0]).result())


def measure() -> dict[str, Figure]:
    app = application()
    with tempfile.TemporaryDirectory(prefix="cheonman-bench-") as folder:
        root = Path(folder)
        authority = make_authority(root / "authority")
        for name, role in (
            ("hub", DeviceRole.HUB),
            ("giver", DeviceRole.KIOSK),
            ("kiosk", DeviceRole.KIOSK),
        ):
            enrol(authority, root / name, role)
        for name in ("hub", "giver", "kiosk"):
            tell(authority.papers, root / name)
        with open_store(root / "giver") as store:
            fill(store)
        with a_hub(root / "hub") as url:
            whole = give(root / "giver", url)
            return _measure(app, root / "kiosk", url, whole)


def _measure(app: QApplication, data_dir: Path, url: str, whole: object) -> dict[str, Figure]:
    pace = Throttle()
    gate = InputGate([pace])
    gate.install()
    tasks = Tasks(lambda: open_store(data_dir))
    hand = Hand()
    ended: list[Exception | None] = []
    syncing = HubSync(tasks, data_dir, url, pace)
    syncing.ended.connect(ended.append)
    try:
        hand.move(STEPS)
        alone = hand.move(FRAMES)
        assert _events(tasks) == 0
        syncing.visit()
        began = perf_counter()
        beside = hand.move(FRAMES, lambda: bool(ended))
        held = _events(tasks)
        touched_s = perf_counter() - began
        began = perf_counter()
        while not ended:
            app.processEvents()
            hand._resting.wait(0.01)
        rested_s = perf_counter() - began
        assert ended == [None]
        assert tasks.lend(store_hash).result() == whole
    finally:
        syncing.close()
        tasks.close()
        gate.remove()
        hand.close()
    return _figures(alone, beside, held, touched_s, rested_s)


def _figures(
    alone: list[float], beside: list[float], held: int, touched_s: float, rested_s: float
) -> dict[str, Figure]:
    without, with_sync = spread_of(alone), spread_of(beside)
    frames = (
        f"p95 {without[1]:.2f} ms without, {with_sync[1]:.2f} with; middle {median(alone):.2f}"
        f" and {median(beside):.2f}, longest {max(alone):.0f} and {max(beside):.0f}"
    )
    return {
        "frame p95 while syncing / without": Figure(
            with_sync[1] / without[1], "x", MOST, len(beside), None, frames
        ),
        "events under a moving finger, a second": Figure(
            held / touched_s, "/s", None, held, None, f"{touched_s:.0f} s of touching"
        ),
        "events while nobody touches, a second": Figure(
            (EVENTS - held) / rested_s, "/s", None, EVENTS - held, None, f"{rested_s:.1f} s"
        ),
    }

"""Pages out of a store and into another, each promise against its limit, and bytes a feedback."""

from __future__ import annotations

import os
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, process_time
from typing import Any, TypeVar

from db.exchange.carriers.bundle import write_bundles
from db.exchange.carriers.bundle_reading import PAGES_AT_ONCE, read_bundle, roomy
from db.exchange.enrolment.accepting import accept_papers
from db.exchange.enrolment.authority import Authority, make_authority
from db.exchange.pages.exporting import WrittenPage, export_pages
from db.exchange.pages.importing import take_page
from db.exchange.pages.store_shelf import StoreShelf
from db.exchange.status.store_hash import store_hash
from db.exchange.trust.papers import DeviceRole, Request
from db.exchange.trust.sealing import read_identities
from db.keys.age_files import Identity, seal, unseal
from db.records import Kind
from db.records.event_kinds import FEEDBACK
from db.records.feedback import FeedbackBody
from db.store.journal import append
from db.store.opening import open_store
from db.store.page import MOST_EVENTS, read_page
from db.store.store import Store
from tests.bench.figure import Figure, middle
from tests.db.exchange.words import CHARACTERS, long_feedback

EVENTS = 20_000
ROUNDS = 5
SLOWEST_US = 1e6 / 60_000
"""Microseconds an event may take: 60,000 events in a second."""

_Answer = TypeVar("_Answer")


def _fill(store: Store) -> None:
    with store.change() as connection:
        for number, text in enumerate(long_feedback(EVENTS)):
            append(
                store,
                connection,
                FEEDBACK,
                f"project/project-{number % 40}",
                FeedbackBody(
                    kind=list(Kind)[number % 4],
                    rating=number % 3 + 1,
                    text=text,
                    site=f"lib-{number % 25}",
                ),
                receipt=os.urandom(16),
            )


def _take(shelf: StoreShelf, pages: list[WrittenPage]) -> None:
    with roomy(shelf.store):
        for at in range(0, len(pages), PAGES_AT_ONCE):
            with shelf.change():
                for page in pages[at : at + PAGES_AT_ONCE]:
                    assert take_page(shelf, page.data).reason is None


def _full_columns(store: Store, table: str) -> tuple[str, list[tuple[Any, ...]]]:
    """An insert of the columns that every row fills, and the rows: a column left out costs nothing,
    and the binding takes byte arrays at once, but asks bytes and None how to store them.
    """
    names = [name for _at, name, *_rest in store.rows(f"PRAGMA table_info({table})")]
    counts = store.rows(f"SELECT {','.join(f'count({name})' for name in names)} FROM {table}")[0]
    full = [name for name, count in zip(names, counts, strict=True) if count == EVENTS]
    rows = [
        tuple(bytearray(value) if isinstance(value, bytes) else value for value in row)
        for row in store.rows(f"SELECT {','.join(full)} FROM {table} ORDER BY rowid")
    ]
    return f"INSERT INTO {table}({','.join(full)}) VALUES({','.join('?' * len(full))})", rows


def _insert(store: Store, inserts: list[tuple[str, list[tuple[Any, ...]]]]) -> None:
    """The floor of an import: its rows into its tables, without a page, a check or a body read."""
    at_once = PAGES_AT_ONCE * MOST_EVENTS
    with roomy(store):
        for at in range(0, EVENTS, at_once):
            with store.change() as connection:
                for insert, rows in inserts:
                    connection.executemany(insert, rows[at : at + at_once])


def _each_us(seconds: float) -> float:
    return seconds / EVENTS * 1e6


class _Times:
    """Microseconds for each event, one value a round."""

    def __init__(self) -> None:
        self.out: list[float] = []
        self.checked: list[float] = []
        self.taken: list[float] = []
        self.taken_cpu: list[float] = []
        self.floor: list[float] = []
        self.floor_cpu: list[float] = []
        self.again: list[float] = []
        self.written: list[float] = []
        self.read: list[float] = []


def _timed(
    into: list[float], act: Callable[[], _Answer], cpu: list[float] | None = None
) -> _Answer:
    began, worked = perf_counter(), process_time()
    answer = act()
    into.append(_each_us(perf_counter() - began))
    if cpu is not None:
        cpu.append(_each_us(process_time() - worked))
    return answer


def _round(kiosk: StoreShelf, authority: Authority, root: Path, times: _Times) -> tuple[float, int]:
    """One round of everything; bytes of a feedback in its page, and bytes of the bundle."""
    pages = _timed(times.out, lambda: list(export_pages(kiosk.store)))
    _timed(times.checked, lambda: [read_page(page.data) for page in pages])
    root.mkdir()
    made = _timed(times.written, lambda: write_bundles(kiosk, root, everything=True))
    keys = read_identities(authority.path / "city.age")
    with open_store(root / "desk") as store, open_store(root / "second") as second:
        desk, by_stick = StoreShelf(store), StoreShelf(second)
        for shelf in (desk, by_stick):
            accept_papers(shelf, authority.papers, "papers")
        _timed(times.taken, lambda: _take(desk, pages), times.taken_cpu)
        _timed(times.again, lambda: _take(desk, pages))
        _timed(times.read, lambda: [read_bundle(by_stick, Path(b.file), keys=keys) for b in made])
        hashes = {store_hash(each) for each in (kiosk.store, store, second)}
        inserts = [_full_columns(store, table) for table in ("event", "feedback")]
    with open_store(root / "floor") as store:
        _timed(times.floor, lambda: _insert(store, inserts), times.floor_cpu)
    assert len(hashes) == 1
    return sum(len(page.data) for page in pages) / EVENTS, sum(bundle.bytes for bundle in made)


READERS = 5_000
"""Kiosks of a large city; each file of a desk is sealed to all of them."""


def _opening() -> tuple[list[float], list[float]]:
    """Milliseconds to open a file for a city of kiosks, and the longest that another thread which
    asks for the interpreter every millisecond had to wait meanwhile.
    """
    readers = [Identity.generate() for _ in range(READERS)]
    sealed = seal(os.urandom(1024 * 1024), [each.recipient for each in readers])
    took: list[float] = []
    waited: list[float] = []
    for reader in readers[:: READERS // ROUNDS]:
        at_work, gaps = threading.Event(), [0.0]

        def tick(at_work: threading.Event = at_work, gaps: list[float] = gaps) -> None:
            before = perf_counter()
            while not at_work.wait(0.001):
                now = perf_counter()
                gaps.append(now - before)
                before = now

        other = threading.Thread(target=tick)
        other.start()
        began = perf_counter()
        unseal(sealed, [Identity.generate(), reader])
        took.append((perf_counter() - began) * 1000)
        at_work.set()
        other.join()
        waited.append(max(gaps) * 1000)
    return took, waited


def measure() -> dict[str, Figure]:
    times = _Times()
    with tempfile.TemporaryDirectory(prefix="cheonman-bench-") as folder:
        root = Path(folder)
        authority = make_authority(root / "authority")
        with open_store(root / "kiosk") as store:
            _fill(store)
            age, key = store.keys.age_recipient, store.keys.public.hex()
            authority.sign(
                Request(public_key=key, age=age, name="", at_us=0), DeviceRole.KIOSK, "kiosk"
            )
            kiosk = StoreShelf(store)
            accept_papers(kiosk, authority.papers, "papers")
            for number in range(ROUNDS):
                page_bytes, stick = _round(kiosk, authority, root / str(number), times)
    goal = "60,000 a second are asked for"
    took, waited = _opening()
    return {
        "page export, an event": middle(times.out, "us", SLOWEST_US, goal),
        "page import, an event": middle(times.taken, "us", SLOWEST_US, f"{goal}, projections too"),
        "page import, processor time": middle(times.taken_cpu, "us", None, "of the row above"),
        "its rows alone, an event": middle(
            times.floor, "us", None, "bare executemany, same tables"
        ),
        "its rows, processor time": middle(times.floor_cpu, "us", None, "of the row above"),
        "page check alone, an event": middle(times.checked, "us"),
        "page known already, an event": middle(times.again, "us"),
        "bundle write, an event": middle(times.written, "us", None, "sealed, flushed, read back"),
        "bundle read, an event": middle(times.read, "us", None, "opened, checked, stored"),
        "a file for 5,000 readers, opened": middle(took, "ms", 200, "its own stanza among all"),
        "the longest wait beside it": middle(waited, "ms", 50, "a thread asking every millisecond"),
        "a feedback in a page": Figure(page_bytes, "B", 300, EVENTS, None, f"{CHARACTERS} letters"),
        "a feedback on the stick": Figure(stick / EVENTS, "B", 300, EVENTS, None, "whole bundle"),
    }

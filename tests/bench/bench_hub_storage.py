"""A hub's databases: pages stored through the shelf beside the same rows put straight into the
same tables, each database against its own floor. No HTTP here.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from time import perf_counter

import psycopg

from db.exchange.enrolment.authority import make_authority
from db.exchange.pages.exporting import export_pages
from db.exchange.pages.importing import take_page, take_read_page
from db.exchange.trust.papers import DeviceRole, Request
from db.exchange.trust.trust import Trust
from db.hub.database.copy_rows import COPY, copied
from db.hub.database.erasure import Addition
from db.hub.database.opening import open_shelf
from db.hub.database.shelf import HubShelf
from db.hub.database.sqlite import SqliteShelf
from db.records import Kind
from db.records.event_kinds import FEEDBACK
from db.records.feedback import FeedbackBody
from db.store.event_rows import INSERT, bound
from db.store.journal import append
from db.store.opening import open_store
from db.store.page import MOST_EVENTS, Page, read_page
from tests.bench.figure import Figure, middle
from tests.db.exchange.words import long_feedback
from tests.postgresql import Server, running_server

EVENTS = 20_000
ROUNDS = 5
FLOOR = 1 / 0.5
"""Times the floor that the whole way through HTTP may take; storing is a part of it."""

Pages = list[tuple[bytes, Page]]


def _written(root: Path, trust: Trust) -> Pages:
    """The pages of one kiosk, as long as people write, and what the city signed about it."""
    authority = make_authority(root / "authority")
    with open_store(root / "kiosk") as store:
        with store.change() as connection:
            for number, text in enumerate(long_feedback(EVENTS)):
                body = FeedbackBody(
                    kind=list(Kind)[number % 4],
                    rating=number % 3 + 1,
                    text=text,
                    site=f"lib-{number % 25}",
                )
                subject = f"project/project-{number % 40}"
                append(store, connection, FEEDBACK, subject, body, receipt=os.urandom(16))
        age, key = store.keys.age_recipient, store.keys.public.hex()
        authority.sign(
            Request(public_key=key, age=age, name="", at_us=0), DeviceRole.KIOSK, "kiosk"
        )
        trust.accept(authority.papers, "papers")
        return [(page.data, read_page(page.data)) for page in export_pages(store)]


def _sqlite_floor(url: str, pages: Pages) -> float:
    """executemany of rows that are bound already, as cheaply as we know, 500 a commit."""
    chunks = [list(map(bound, page.events, page.contents)) for _data, page in pages]
    shelf = open_shelf(url, Trust())
    assert isinstance(shelf, SqliteShelf)
    connection = shelf.connection
    began = perf_counter()
    for rows in chunks:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(INSERT, rows)
        connection.execute("COMMIT")
    seconds = perf_counter() - began
    shelf.close()
    return seconds


def _postgresql_floor(url: str, pages: Pages) -> float:
    """COPY of binary rows that are written already, 500 a commit."""
    chunks = [b"".join(copied([Addition(page.events, page.contents)])) for _data, page in pages]
    open_shelf(url, Trust()).close()
    with psycopg.connect(url) as connection:
        began = perf_counter()
        for rows in chunks:
            with connection.cursor() as cursor, cursor.copy(COPY) as copy:
                copy.write(rows)
            connection.commit()
        return perf_counter() - began


def _stored(shelf: HubShelf, pages: Pages) -> None:
    for data, page in pages:
        outcome = shelf.run(partial(take_read_page, shelf, page, data))
        assert outcome.new == len(page.events)


def _together(shelf: HubShelf, pages: Pages) -> None:
    for at in range(0, len(pages), 8):
        shelf.run(partial(_take_all, shelf, pages[at : at + 8]))


def _take_all(shelf: HubShelf, part: Pages) -> None:
    for data, page in part:
        take_read_page(shelf, page, data)


def _taken(shelf: HubShelf, pages: Pages) -> None:
    for data, _page in pages:
        assert shelf.run(partial(take_page, shelf, data)).reason is None


def _timed(url: str, trust: Trust, act: Callable[[HubShelf, Pages], None], pages: Pages) -> float:
    shelf = open_shelf(url, trust)
    try:
        began = perf_counter()
        act(shelf, pages)
        seconds = perf_counter() - began
        assert shelf.census().events == EVENTS
        return seconds
    finally:
        shelf.close()


def _of(
    name: str,
    floor: Callable[[str, Pages], float],
    fresh: Callable[[], str],
    trust: Trust,
    pages: Pages,
) -> dict[str, Figure]:
    bare: list[float] = []
    shares: dict[str, list[float]] = {"stored": [], "stored, 8 together": [], "taken whole": []}
    acts = (_stored, _together, _taken)
    for _ in range(ROUNDS):
        bare.append(floor(fresh(), pages) / EVENTS * 1e6)
        for times, act in zip(shares.values(), acts, strict=True):
            took = _timed(fresh(), trust, act, pages) / EVENTS * 1e6
            times.append(took / bare[-1])
    rate = f"{1e6 / sorted(bare)[ROUNDS // 2]:,.0f} a second"
    return {
        f"{name}, bare, an event": middle(bare, "us", None, f"{MOST_EVENTS} a commit, {rate}"),
        **{
            f"{name}, {each}": middle(
                times,
                "x",
                None if each == "taken whole" else FLOOR,
                "bare rows, same table, same round",
            )
            for each, times in shares.items()
        },
    }


def measure() -> dict[str, Figure]:
    trust = Trust()
    with tempfile.TemporaryDirectory(prefix="cheonman-bench-") as folder:
        root = Path(folder)
        pages = _written(root, trust)
        numbers = iter(range(1_000))
        figures = _of(
            "SQLite",
            _sqlite_floor,
            lambda: f"sqlite:///{root / f'hub{next(numbers)}.db'}",
            trust,
            pages,
        )
        with running_server(durable=True) as server:
            figures |= _of(
                "PostgreSQL", _postgresql_floor, lambda: _new(server, numbers), trust, pages
            )
    reads = []
    for _ in range(ROUNDS):
        began = perf_counter()
        for data, _page in pages:
            read_page(data)
        reads.append((perf_counter() - began) / EVENTS * 1e6)
    return figures | {"page check alone, an event": middle(reads, "us")}


def _new(server: Server, numbers: Iterator[int]) -> str:
    name = f"bench_{next(numbers)}"
    server.say(f"CREATE DATABASE {name} TEMPLATE template0")
    return server.url(name)

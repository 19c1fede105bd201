"""A hub as it really runs, over HTTP: eight clients send signed pages, beside the same rows put
straight into the same tables of the same database in the same round.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any

import httpx
import msgspec
import psycopg

from db.directory import DataDirectory
from db.exchange.enrolment.accepting import accept_papers
from db.exchange.enrolment.authority import Authority, make_authority
from db.exchange.hub_messages import Greeting
from db.exchange.pages.exporting import export_pages
from db.exchange.pages.store_shelf import StoreShelf
from db.exchange.trust.call_signature import sign_call
from db.exchange.trust.papers import DeviceRole, Request, Signed
from db.exchange.trust.trust import Trust, save_trust
from db.hub.database.copy_rows import COPY
from db.hub.database.opening import open_shelf
from db.hub.database.sqlite import SqliteShelf
from db.keys.device import DeviceKeys, make_keys
from db.records import Kind
from db.records.event_kinds import FEEDBACK
from db.records.feedback import FeedbackBody
from db.store.event_rows import INSERT, bound
from db.store.events import Contents, Event, genesis
from db.store.journal import append
from db.store.opening import open_store
from db.store.page import MOST_EVENTS, read_page, write_page
from tests.bench.figure import Figure, middle
from tests.db.exchange.words import long_feedback
from tests.postgresql import running_server

ROOT = Path(__file__).resolve().parents[2]
CLIENTS = 8
PAGES = 10
"""Pages of each client in the large load: forty thousand events in all."""
SINGLES = 500
"""Calls of each client with one event a page."""
ROUNDS = 5
FLOOR = 1 / 0.5
SLOWEST_US = 1e6 / 1_000

_SIGNATURES = "SELECT signature FROM event ORDER BY seq LIMIT ?"

Row = tuple[Any, ...]


class Kiosk:
    """One client: its keys, its pages of five hundred, and the first events one by one."""

    def __init__(self, keys: DeviceKeys, pages: list[bytes], singles: list[bytes]) -> None:
        self.keys, self.pages, self.singles = keys, pages, singles


def _kiosk(root: Path, authority: Authority, number: int) -> Kiosk:
    with open_store(root / f"kiosk{number}") as store:
        with store.change() as connection:
            for at, text in enumerate(long_feedback(PAGES * MOST_EVENTS, seed=number)):
                body = FeedbackBody(
                    kind=list(Kind)[at % 4], rating=at % 3 + 1, text=text, site=f"lib-{number}"
                )
                subject = f"project/project-{at % 40}"
                append(store, connection, FEEDBACK, subject, body, receipt=os.urandom(16))
        age, key = store.keys.age_recipient, store.keys.public.hex()
        authority.sign(
            Request(public_key=key, age=age, name="", at_us=0), DeviceRole.KIOSK, "kiosk"
        )
        pages = [page.data for page in export_pages(store)]
        singles, previous = [], genesis(store.keys.public)
        first = read_page(pages[0])
        for at, (signature,) in enumerate(store.rows(_SIGNATURES, (SINGLES,))):
            signed = msgspec.structs.replace(first.events[at], signature=bytes(signature))
            singles.append(write_page(previous, [signed], [first.contents[at]]))
            previous = signed.chain
        accept_papers(StoreShelf(store), authority.papers, "papers")
        return Kiosk(store.keys, pages, singles)


def _call(keys: DeviceKeys, challenge: Signed, page: bytes) -> bytes:
    headers = {"Host": "hub", "Content-Length": str(len(page))}
    headers |= sign_call(keys, challenge, "POST", "/v1/pages", page)
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"POST /v1/pages HTTP/1.1\r\n{lines}\r\n".encode() + page


@contextmanager
def running(data_dir: Path, database: str, workers: int) -> Iterator[str]:
    """The address of `cheonman hub` in processes of its own."""
    words = ("hub", "--data-dir", data_dir, "--database", database, "--listen", "127.0.0.1:0")
    hub = subprocess.Popen(
        [sys.executable, "-P", "-m", "desktop", *words, "--workers", str(workers)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert hub.stdout is not None
    try:
        yield hub.stdout.readline().split()[-1]
    finally:
        hub.terminate()
        hub.wait(30)
        hub.stdout.close()


def _sent(data_dir: Path, database: str, workers: int, of: Callable[[Challenge], Plan]) -> float:
    """Seconds until the hub has answered everything."""
    with (
        running(data_dir, database, workers) as address,
        tempfile.NamedTemporaryFile() as file,
    ):
        greeting = msgspec.json.decode(httpx.get(f"{address}/v1/hub").content, type=Greeting)
        file.write(msgspec.msgpack.encode(of(greeting.challenge)))
        file.flush()
        port = address.rpartition(":")[2].strip("/")
        load = [sys.executable, "-m", "tests.bench.hub_load", port, file.name]
        return float(subprocess.run(load, cwd=ROOT, capture_output=True, check=True).stdout)


Challenge = Signed
Plan = list[list[bytes]]


def _rows(kiosks: list[Kiosk]) -> list[list[Row]]:
    """The values of every row as they are, in the order in which the clients' pages would come."""
    chunks = []
    for at in range(PAGES):
        for kiosk in kiosks:
            page = read_page(kiosk.pages[at])
            chunks.append(
                [
                    (*msgspec.structs.astuple(event), *msgspec.structs.astuple(contents))
                    for event, contents in zip(page.events, page.contents, strict=True)
                ]
            )
    return chunks


def _sqlite_floor(url: str, chunks: list[list[Row]]) -> float:
    shelf = open_shelf(url, Trust())
    assert isinstance(shelf, SqliteShelf)
    chunks = [[bound(Event(*row[:11]), Contents(*row[11:])) for row in rows] for rows in chunks]
    began = perf_counter()
    for rows in chunks:
        shelf.connection.execute("BEGIN IMMEDIATE")
        shelf.connection.executemany(INSERT, rows)
        shelf.connection.execute("COMMIT")
    seconds = perf_counter() - began
    shelf.close()
    return seconds


def _postgresql_floor(url: str, chunks: list[list[Row]]) -> float:
    open_shelf(url, Trust()).close()
    with psycopg.connect(url) as connection:
        began = perf_counter()
        for rows in chunks:
            with connection.cursor() as cursor, cursor.copy(COPY) as copy:
                copy.set_types(_TYPES)
                for row in rows:
                    copy.write_row(row)
            connection.commit()
        return perf_counter() - began


_TYPES = (
    *("text", "int8", "bytea", "text", "text", "int8", "bytea", "bytea", "bytea", "bytea"),
    *("bytea", "bytea", "text", "text", "bytea"),
)


def _of(
    name: str,
    floor: Callable[[str, list[list[Row]]], float],
    fresh: Callable[[], str],
    hub: Path,
    kiosks: list[Kiosk],
    workers: int,
) -> dict[str, Figure]:
    chunks = _rows(kiosks)
    events = CLIENTS * PAGES * MOST_EVENTS
    bare, shares, rates, singles = [], [], [], []
    for _ in range(ROUNDS):
        bare.append(floor(fresh(), chunks) / events * 1e6)
        took = _sent(
            hub,
            fresh(),
            workers,
            lambda given: [[_call(k.keys, given, page) for page in k.pages] for k in kiosks],
        )
        rates.append(took / events * 1e6)
        shares.append(rates[-1] / bare[-1])
    for _ in range(3):
        took = _sent(
            hub,
            fresh(),
            workers,
            lambda given: [[_call(k.keys, given, page) for page in k.singles] for k in kiosks],
        )
        singles.append(took / (CLIENTS * SINGLES) * 1e6)
    rate = f"{1e6 / sorted(rates)[ROUNDS // 2]:,.0f} a second through HTTP"
    floor_rate = f"{1e6 / sorted(bare)[ROUNDS // 2]:,.0f} a second"
    return {
        f"{name}, bare, an event": middle(bare, "us", None, floor_rate),
        f"{name}, ingest by 8 clients": middle(shares, "x", FLOOR, f"the bare rows; {rate}"),
        f"{name}, one event a page": middle(singles, "us", SLOWEST_US, "8 clients, by the event"),
    }


def measure() -> dict[str, Figure]:
    workers = int(os.environ.get("HUB_WORKERS", "1"))
    with tempfile.TemporaryDirectory(prefix="cheonman-bench-") as folder:
        root = Path(folder)
        authority = make_authority(root / "authority")
        kiosks = [_kiosk(root, authority, number) for number in range(CLIENTS)]
        hub = DataDirectory(root / "hub")
        hub.prepare()
        keys = make_keys(hub)
        request = Request(public_key=keys.public.hex(), age=keys.age_recipient, name="", at_us=0)
        authority.sign(request, DeviceRole.HUB, "hub")
        trust = Trust()
        trust.accept(authority.papers, "papers")
        save_trust(hub, trust)
        numbers = iter(range(1_000))
        figures = _of(
            "SQLite",
            _sqlite_floor,
            lambda: f"sqlite:///{root / f'hub{next(numbers)}.db'}",
            hub.path,
            kiosks,
            workers,
        )
        with running_server(durable=True) as server:

            def fresh() -> str:
                name = f"bench_{next(numbers)}"
                server.say(f"CREATE DATABASE {name} TEMPLATE template0")
                return server.url(name)

            return figures | _of("PostgreSQL", _postgresql_floor, fresh, hub.path, kiosks, workers)

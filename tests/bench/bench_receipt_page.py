"""The receipt page of a running hub that holds a hundred thousand feedback, opened two hundred
times a second: from the moment a page was due to its last byte.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from statistics import quantiles

from db.directory import DataDirectory
from db.exchange.enrolment.authority import Authority, make_authority
from db.exchange.pages.exporting import export_pages
from db.exchange.pages.importing import take_page
from db.exchange.trust.papers import DeviceRole, Request
from db.exchange.trust.trust import Trust, save_trust
from db.hub.database.opening import open_shelf
from db.keys.device import make_keys
from db.receipts.code import receipt_key, token_text
from db.records import Kind
from db.records.event_kinds import FEEDBACK, REPLY
from db.records.feedback import FeedbackBody, ReplyBody
from db.store.journal import append
from db.store.opening import open_store
from db.store.store import Store
from tests.bench.bench_hub import running
from tests.bench.figure import Figure
from tests.db.exchange.words import long_feedback
from tests.postgresql import running_server

ROOT = Path(__file__).resolve().parents[2]
KIOSKS, EACH = 5, 20_000
A_SECOND, SECONDS = 200, 10
SLOWEST_MS = 50.0


def _enrolled(store: Store, authority: Authority, role: DeviceRole) -> None:
    age, key = store.keys.age_recipient, store.keys.public.hex()
    authority.sign(Request(public_key=key, age=age, name="", at_us=0), role, role.value)


def _feedback(root: Path, authority: Authority) -> Iterator[tuple[bytes, str, str]]:
    """Everything people wrote: (page, "", "") for each page, ("", id, token) for each receipt."""
    for number in range(KIOSKS):
        with open_store(root / f"kiosk{number}") as store:
            _enrolled(store, authority, DeviceRole.KIOSK)
            with store.change() as connection:
                for text in long_feedback(EACH, seed=number):
                    token = os.urandom(16)
                    body = FeedbackBody(kind=Kind.PRAISE, rating=3, text=text, site="lib-geumam")
                    event = append(
                        store, connection, FEEDBACK, "general", body, receipt=receipt_key(token)
                    )
                    yield b"", event.id.hex(), token_text(token)
            for page in export_pages(store):
                yield page.data, "", ""


def _replies(root: Path, authority: Authority, ids: list[str]) -> list[bytes]:
    """The pages of a desk that answers every fifth of them."""
    with open_store(root / "desk") as store:
        _enrolled(store, authority, DeviceRole.DESK)
        with store.change() as connection:
            for id in ids[::5]:
                body = ReplyBody(feedback=id, text="나무 그늘을 더 만들겠습니다. " * 6, public=True)
                append(store, connection, REPLY, f"feedback/{id}", body)
        return [page.data for page in export_pages(store)]


def _opened(hub: Path, database: str, tokens: list[str]) -> list[float]:
    targets = [f"/r/{token}" for token in random.sample(tokens, A_SECOND * SECONDS)]
    with running(hub, database, 1) as address, tempfile.NamedTemporaryFile("w") as file:
        port = address.rpartition(":")[2].strip("/")
        # Nobody's first page, which loads what all later ones use, is in the figure.
        for part in (targets[:50], targets):
            file.seek(0)
            file.truncate()
            json.dump({"targets": part, "a_second": A_SECOND}, file)
            file.flush()
            load = [sys.executable, "-m", "tests.bench.page_load", port, file.name]
            said = subprocess.run(load, cwd=ROOT, capture_output=True, check=True).stdout
        took: list[float] = json.loads(said)
        return took


def measure() -> dict[str, Figure]:
    with tempfile.TemporaryDirectory(prefix="cheonman-bench-") as folder:
        root = Path(folder)
        authority = make_authority(root / "authority")
        made = list(_feedback(root, authority))
        ids, tokens = [id for _, id, _ in made if id], [token for _, _, token in made if token]
        pages = [page for page, _, _ in made if page] + _replies(root, authority, ids)
        hub = DataDirectory(root / "hub")
        hub.prepare()
        keys = make_keys(hub)
        key, age = keys.public.hex(), keys.age_recipient
        authority.sign(Request(public_key=key, age=age, name="", at_us=0), DeviceRole.HUB, "hub")
        trust = Trust()
        trust.accept(authority.papers, "papers")
        save_trust(hub, trust)
        figures = _of("SQLite", f"sqlite:///{root / 'hub.db'}", trust, pages, hub.path, tokens)
        with running_server(durable=True) as server:
            server.say("CREATE DATABASE bench TEMPLATE template0")
            return figures | _of("PostgreSQL", server.url("bench"), trust, pages, hub.path, tokens)


def _of(
    name: str, database: str, trust: Trust, pages: list[bytes], hub: Path, tokens: list[str]
) -> dict[str, Figure]:
    shelf = open_shelf(database, trust)
    for page in pages:
        shelf.run(partial(take_page, shelf, page))
    assert shelf.census().events > KIOSKS * EACH
    shelf.close()
    took = _opened(hub, database, tokens)
    points = quantiles(took, n=100, method="inclusive")
    beside = f"{A_SECOND} a second for {SECONDS} s, half of them within {points[49]:.1f} ms"
    return {
        f"{name}, slowest but one in a hundred": Figure(
            points[98], "ms", SLOWEST_MS, len(took), (points[4], points[94]), beside
        )
    }

"""A hub in a process of its own, a kiosk that attacks it, and a desk that behaves."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TypeVar

import httpx
import pytest

from db.directory import DataDirectory
from db.exchange.pages.store_shelf import StoreShelf
from db.exchange.trust.papers import Papers, Signed
from db.exchange.trust.trust import load_trust
from db.hub.database.opening import open_shelf
from db.hub.database.shelf import Census, HubShelf, QuarantinedPage
from tests.db.hub_web.conftest import city, clock, database, desk, fresh, hub_dir, kiosk
from tests.db.hub_web.running import Caller

__all__ = ["city", "clock", "database", "desk", "fresh", "hub_dir", "kiosk"]

ROOT = Path(__file__).resolve().parents[3]
STRANGERS = 1_000_000
"""Calls an attacker may make here: otherwise it would be turned away before it was looked at."""

T = TypeVar("T")


class Attacked:
    """A hub under attack, seen from outside."""

    def __init__(self, address: str, process: int, log: Path, hub_dir: Path, url: str) -> None:
        self.address, self.log = address, log
        self._process, self._dir, self._url = process, hub_dir, url

    def memory(self) -> int:
        """Bytes of its process that lie in memory now."""
        pages = Path(f"/proc/{self._process}/statm").read_text(encoding="ascii").split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")

    def holds(self) -> dict[str, tuple[int, bytes]]:
        return self._looked(lambda shelf: shelf.links())

    def words(self) -> set[tuple[str, Signed]]:
        return set(self._looked(lambda shelf: shelf.words()))

    def papers(self) -> Papers | None:
        return self._looked(lambda shelf: shelf.papers())

    def quarantined(self) -> list[QuarantinedPage]:
        return self._looked(lambda shelf: shelf.quarantined())

    def census(self) -> Census:
        return self._looked(lambda shelf: shelf.census())

    def _looked(self, look: Callable[[HubShelf], T]) -> T:
        shelf = open_shelf(self._url, load_trust(DataDirectory(self._dir)))
        try:
            return look(shelf)
        finally:
            shelf.close()


@contextmanager
def a_hub(hub_dir: Path, url: str, log: Path, **limits: float) -> Iterator[Attacked]:
    """Runs until the end of the block, and must end well then: it has outlived everything."""
    order = {"data_dir": str(hub_dir), "database": url, "limits": limits}
    with log.open("wb") as stderr:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.db.hub_attack.hub_process", json.dumps(order)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
        )
        assert process.stdout is not None
        with process:
            try:
                address = process.stdout.readline().strip()
                assert address, log.read_text(encoding="utf-8")
                yield Attacked(address, process.pid, log, hub_dir, url)
                assert process.poll() is None
            finally:
                process.terminate()
        assert process.returncode == 0


@pytest.fixture
def hub(hub_dir: Path, database: str, tmp_path: Path) -> Iterator[Attacked]:
    with a_hub(hub_dir, database, tmp_path / "log", stranger_misses=STRANGERS) as running:
        yield running


@pytest.fixture
def caller(hub: Attacked) -> Iterator[Callable[[StoreShelf], Caller]]:
    with ExitStack() as stack:
        http = stack.enter_context(httpx.Client(timeout=20, trust_env=False))
        yield lambda shelf: Caller(hub.address, shelf, http)


@pytest.fixture
def at_kiosk(caller: Callable[[StoreShelf], Caller], kiosk: StoreShelf) -> Caller:
    return caller(kiosk)


@pytest.fixture
def at_desk(caller: Callable[[StoreShelf], Caller], desk: StoreShelf) -> Caller:
    return caller(desk)

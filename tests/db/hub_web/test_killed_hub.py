"""Killed or told to end while pages come in: what was acknowledged is there, once, always."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import httpx
import msgspec
import pytest

from db.directory import DataDirectory
from db.exchange.hub_messages import Greeting
from db.exchange.pages.store_shelf import StoreShelf
from db.exchange.trust.call_signature import sign_call
from db.exchange.trust.papers import DeviceRole
from db.exchange.trust.trust import load_trust
from db.hub.database.opening import open_shelf
from db.participation.feedback import add_feedback
from db.store.events import genesis
from db.store.journal import events
from db.store.page import write_page
from tests.db.exchange.city import City
from tests.db.hub_web.running import make_hub
from tests.db.in_memory import praise

ROOT = Path(__file__).resolve().parents[3]
KILLS, SOAK = 8, 1_000
KIOSKS, PAGES = 3, 250
MOST_ANSWERS = 16
"""Answers of one hub before it is killed; the first three are its greetings."""


@pytest.fixture
def fresh(fresh_of_each_kind: Callable[[], str]) -> Callable[[], str]:
    return fresh_of_each_kind


class Mortal:
    """A hub that can be killed."""

    def __init__(self, data_dir: Path, database: str) -> None:
        self._order = json.dumps({"data_dir": str(data_dir), "database": database}) + "\n"
        self._keeper = subprocess.Popen(
            [sys.executable, "-m", "tests.db.hub_web.mortal_hub"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def start(self) -> tuple[int, str]:
        assert self._keeper.stdin is not None
        self._keeper.stdin.write(self._order)
        self._keeper.stdin.flush()
        process, address = self._line().split()
        return int(process), address

    def ended(self) -> int:
        """The exit status of the hub that was started last."""
        return int(self._line().removeprefix("ended "))

    def close(self) -> None:
        self._keeper.communicate(timeout=30)

    def _line(self) -> str:
        assert self._keeper.stdout is not None
        return self._keeper.stdout.readline().strip()


class Sender:
    """A kiosk that sends one page after the other and remembers what was acknowledged."""

    def __init__(self, shelf: StoreShelf) -> None:
        self.device = shelf.store.device
        self._keys = shelf.store.keys
        for number in range(PAGES):
            add_feedback(shelf.store, praise(f"의견 {number}"))
        self.pages = []
        previous = genesis(self._keys.public)
        for event, contents in events(shelf.store.connection, self.device, 0):
            self.pages.append(write_page(previous, [event], [contents]))
            previous = event.chain
        self.acknowledged = 0

    def send(self, address: str, heard: Callable[[], None] = lambda: None) -> None:
        """Sends until the hub is gone, or all is there; `heard` is called at every answer."""
        with httpx.Client(timeout=20, trust_env=False) as http:
            try:
                greeted = http.get(f"{address}/v1/hub").content
                challenge = msgspec.json.decode(greeted, type=Greeting).challenge
                heard()
                while self.acknowledged < len(self.pages):
                    page = self.pages[self.acknowledged]
                    headers = sign_call(self._keys, challenge, "POST", "/v1/pages", page)
                    answered = http.post(f"{address}/v1/pages", content=page, headers=headers)
                    if answered.status_code == 200:
                        self.acknowledged += 1
                        heard()
                    else:
                        assert answered.status_code == 503, answered.text
            except httpx.TransportError:
                return


class End:
    """Sends a signal to a hub as soon as so many of its answers were heard: a machine that is busy
    with other things only takes longer to come there. At once, so that an answer which was given
    before its commit is found out.
    """

    def __init__(self, process: int, sign: int, answers: int) -> None:
        self._send = partial(os.kill, process, sign)
        self._left, self._lock = answers, threading.Lock()

    def heard(self) -> None:
        with self._lock:
            self._left -= 1
            if self._left == 0:
                self._send()

    def meet(self, senders: list[Sender], address: str) -> None:
        """Lets all of them send until it has come."""
        with ThreadPoolExecutor(KIOSKS) as pool:
            list(pool.map(lambda sender: sender.send(address, self.heard), senders))
        if self._left > 0:
            # Everything was there before.
            self._send()


@pytest.fixture
def senders(city: City) -> list[Sender]:
    return [Sender(city.enrol(DeviceRole.KIOSK, f"도서관 {number}")) for number in range(KIOSKS)]


@pytest.fixture
def mortal(senders: list[Sender], city: City, tmp_path: Path, database: str) -> Iterator[Mortal]:
    make_hub(tmp_path / "hub", city)
    made = Mortal(tmp_path / "hub", database)
    yield made
    made.close()


def held(hub_dir: Path, database: str) -> dict[str, int]:
    """What the database holds, opened as after any other end; each journal without a hole."""
    shelf = open_shelf(database, load_trust(DataDirectory(hub_dir)))
    try:
        found = {device: seq for device, (seq, _link) in shelf.links().items()}
        for device, last in found.items():
            after = 0
            while (page := shelf.page(device, after)) is not None:
                assert page.first == after + 1
                after = page.last
            assert after == last
        assert shelf.census().events == sum(found.values())
        return found
    finally:
        shelf.close()


def check_kills(mortal: Mortal, senders: list[Sender], hub_dir: Path, url: str, kills: int) -> None:
    chance, new = random.Random(random.getrandbits(64)), 0
    for _ in range(kills):
        process, address = mortal.start()
        End(process, signal.SIGKILL, chance.randint(1, MOST_ANSWERS)).meet(senders, address)
        assert mortal.ended() == -signal.SIGKILL
        there = held(hub_dir, url)
        for sender in senders:
            assert there.get(sender.device, 0) >= sender.acknowledged
            new += sender.acknowledged
            if sender.acknowledged == PAGES:
                # From the beginning: what was there already is known, and nothing is doubled.
                sender.acknowledged = 0
    assert new > 0


def test_a_kill_at_any_moment_loses_no_acknowledged_page_and_doubles_none(
    mortal: Mortal, senders: list[Sender], tmp_path: Path, database: str
) -> None:
    check_kills(mortal, senders, tmp_path / "hub", database, KILLS)


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_a_thousand_kills_lose_no_acknowledged_page_and_double_none(
    mortal: Mortal, senders: list[Sender], tmp_path: Path, database: str
) -> None:
    check_kills(mortal, senders, tmp_path / "hub", database, SOAK)


def test_a_hub_that_is_told_to_end_answers_what_it_took_and_ends_well(
    mortal: Mortal, senders: list[Sender], tmp_path: Path, database: str
) -> None:
    for answers in (1, 8, 40):
        process, address = mortal.start()
        End(process, signal.SIGTERM, answers).meet(senders, address)
        assert mortal.ended() == 0
        there = held(tmp_path / "hub", database)
        # Nobody was killed, so nothing was written that nobody heard of.
        assert [there.get(each.device, 0) for each in senders] == [
            each.acknowledged for each in senders
        ]

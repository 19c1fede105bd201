"""The power goes while a store works, and the disk forgets what it was not told to sync."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from db.clock import system_clock
from db.directory import DataDirectory
from db.exchange.enrolment.accepting import accept_papers
from db.exchange.enrolment.authority import make_authority
from db.exchange.pages.exporting import export_pages
from db.exchange.pages.importing import import_page
from db.exchange.pages.store_shelf import StoreShelf
from db.exchange.status.store_hash import store_hash
from db.exchange.trust.papers import DeviceRole, Request
from db.exchange.trust.trust import load_trust
from db.hub.database.sqlite import SqliteShelf
from db.participation.feedback import add_feedback
from db.store.journal import events
from db.store.notices import notices
from db.store.opening import open_store
from db.store.store import Store
from db.store.verification import verify
from tests.db.in_memory import PHONE, praise

ROOT = Path(__file__).resolve().parents[3]
CUTS, HUB_CUTS, SOAK = 36, 24, 3_000
MOST_STEPS = 150
"""Within so many writes and syncs the power goes; an act of ours takes a few hundred."""

Unplug = Callable[..., dict[str, Any]]


@contextmanager
def unplugging(*words: str) -> Iterator[Unplug]:
    """Lets a process do one act on its disk; how it ended and what it said before."""
    chance = random.Random(random.getrandbits(64))
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.db.power.unplugged", *words],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None and process.stdout is not None
    given, told = process.stdin, process.stdout

    def unplug(act: str, data_dir: Path, **more: Any) -> dict[str, Any]:
        order: dict[str, Any] = {
            "act": act,
            "data_dir": str(data_dir),
            "pages": [],
            "cut_at": chance.randint(1, MOST_STEPS),
            "fail_from": None,
            "seed": chance.getrandbits(32),
        }
        given.write(json.dumps(order | more) + "\n")
        given.flush()
        answer: dict[str, Any] = json.loads(told.readline())
        # Anything else is a fault of the test's own.
        assert answer["ended"] in (0, 3, 9), answer
        return answer

    with process:
        yield unplug
        given.close()


@pytest.fixture
def unplug() -> Iterator[Unplug]:
    with unplugging() as order:
        yield order


@pytest.fixture
def prepared(tmp_path: Path) -> tuple[Path, list[str]]:
    """A store of an enrolled device with twenty feedback, and pages of another device."""
    authority = make_authority(tmp_path / "authority")
    pages: list[str] = []
    for name in ("other", "prepared"):
        with open_store(tmp_path / name) as store:
            public_key, age = store.keys.public.hex(), store.keys.age_recipient
            authority.sign(
                Request(public_key=public_key, age=age, name="", at_us=0), DeviceRole.KIOSK, name
            )
            shelf = StoreShelf(store)
            accept_papers(shelf, authority.papers, "papers")
            known: dict[str, int] = {}
            for number in range(20):
                receipt = add_feedback(store, praise(f"먼저 {number}", contact=PHONE))
                if name == "other":
                    pages += [page.data.hex() for page in export_pages(store, known)]
                    known = {store.device: receipt.seq}
    return tmp_path / "prepared", pages


def sound(store: Store) -> bool:
    """Opened as it lay there, without salvage, and true to its journal."""
    return notices(store) == () and verify(store) == ()


def check_saves(unplug: Unplug, data_dir: Path, cuts: int) -> list[str]:
    """What was lost of all that was confirmed to residents."""
    confirmed: list[str] = []
    died = said = 0
    lost: list[str] = []
    for _ in range(cuts):
        answer = unplug("save", data_dir)
        died += answer["ended"] == 9
        said += len(answer["said"])
        confirmed += answer["said"]
        with open_store(data_dir) as store:
            assert sound(store)
            rows = store.rows("SELECT id FROM feedback")
        held = [bytes(id).hex() for (id,) in rows]
        assert len(held) == len(set(held))
        lost += set(confirmed) - set(held)
        confirmed = [id for id in confirmed if id in held]
    assert died > cuts // 2 and said
    return lost


def check_words(unplug: Unplug, prepared: tuple[Path, list[str]], cuts: int) -> None:
    """A word on what a store holds is never more than what it holds after the power went."""
    template, pages = prepared
    copy, died = template.with_name("copy"), 0
    for _ in range(cuts):
        shutil.copytree(template, copy)
        answer = unplug("take", copy, pages=pages)
        died += answer["ended"] == 9
        with open_store(copy) as store:
            assert sound(store)
            shelf = StoreShelf(store)
            for text in answer["said"]:
                for device, (seq, link) in json.loads(text)["holds"].items():
                    found = shelf.link(device, seq)
                    assert found is not None and found.hex() == link
            for page in pages:
                assert import_page(shelf, bytes.fromhex(page)).rejected == 0
            assert store.row("SELECT count(*) FROM event") == (40,)
        shutil.rmtree(copy)
    assert died > cuts // 2


def a_hub(data_dir: Path) -> SqliteShelf:
    return SqliteShelf(data_dir / "hub.db", load_trust(DataDirectory(data_dir)), system_clock)


def check_hub(unplug: Unplug, prepared: tuple[Path, list[str]], cuts: int) -> int:
    """How many pages were lost that a hub had acknowledged; what it holds has no hole."""
    template, pages = prepared
    copy, died, said, lost = template.with_name("copy"), 0, 0, 0
    for _ in range(cuts):
        shutil.copytree(template, copy)
        answer = unplug("ingest", copy, pages=pages)
        died += answer["ended"] == 9
        said += len(answer["said"])
        with closing(a_hub(copy)) as hub:
            ((found,),) = hub.connection.execute("PRAGMA integrity_check")
            assert found == "ok"
            held = 0
            for device in hub.links():
                while (page := hub.page(device, held)) is not None:
                    assert page.first == held + 1
                    held = page.last
            assert hub.census().events == held
            lost += max(0, len(answer["said"]) - held)
            for data in pages:
                assert import_page(hub, bytes.fromhex(data)).reason is None
            assert hub.census().events == len(pages)
        shutil.rmtree(copy)
    assert died > cuts // 2 and said
    return lost


def check_erasures(unplug: Unplug, prepared: tuple[Path, list[str]], cuts: int) -> None:
    """What was said to be erased stays erased; an erasure is whole or not at all."""
    template, died = prepared[0], 0
    copy = template.with_name("copy")
    for _ in range(cuts):
        shutil.copytree(template, copy)
        answer = unplug("erase", copy)
        died += answer["ended"] == 9
        with open_store(copy) as store:
            assert sound(store)
            left = {
                event.seq
                for event, contents in events(store.connection, store.device)
                if contents.body is not None and event.kind.startswith("feedback")
            }
            assert left.isdisjoint(map(int, answer["said"]))
            before = store_hash(store)
        with open_store(copy) as store:
            assert store_hash(store) == before
        shutil.rmtree(copy)
    assert died > cuts // 2


def test_no_confirmed_feedback_is_lost_when_the_power_goes(
    unplug: Unplug, prepared: tuple[Path, list[str]]
) -> None:
    assert check_saves(unplug, prepared[0], CUTS) == []


def test_no_page_that_a_hub_acknowledged_is_lost_when_the_power_goes(
    unplug: Unplug, prepared: tuple[Path, list[str]]
) -> None:
    assert check_hub(unplug, prepared, HUB_CUTS) == 0


def test_a_hub_that_did_not_wait_for_the_disk_would_lose_what_it_acknowledged(
    prepared: tuple[Path, list[str]],
) -> None:
    with unplugging("careless") as unplug:
        assert check_hub(unplug, prepared, 12) > 0


def test_a_store_that_did_not_wait_for_the_disk_would_lose_what_it_confirmed(
    prepared: tuple[Path, list[str]],
) -> None:
    with unplugging("careless") as unplug:
        assert check_saves(unplug, prepared[0], 12) != []


def test_a_word_given_before_the_power_went_holds_afterwards(
    unplug: Unplug, prepared: tuple[Path, list[str]]
) -> None:
    check_words(unplug, prepared, CUTS // 2)


def test_what_was_erased_before_the_power_went_stays_erased(
    unplug: Unplug, prepared: tuple[Path, list[str]]
) -> None:
    check_erasures(unplug, prepared, CUTS // 2)


def test_a_disk_that_gives_way_under_a_hub_loses_no_acknowledged_page(
    unplug: Unplug, prepared: tuple[Path, list[str]]
) -> None:
    data_dir, pages = prepared
    for step in (1, 2, 5, 17, 40):
        answer = unplug("ingest", data_dir, pages=pages, cut_at=None, fail_from=step)
        assert answer["ended"] == 3
        with closing(a_hub(data_dir)) as hub:
            assert hub.census().events >= len(answer["said"])
    with closing(a_hub(data_dir)) as hub:
        for data in pages:
            assert import_page(hub, bytes.fromhex(data)).reason is None


@pytest.mark.parametrize("act", ["save", "take", "erase"])
def test_a_disk_that_gives_way_is_named_and_nothing_is_half_done(
    unplug: Unplug, prepared: tuple[Path, list[str]], act: str
) -> None:
    data_dir, pages = prepared
    for step in (1, 2, 5, 17, 40):
        answer = unplug(act, data_dir, pages=pages, cut_at=None, fail_from=step)
        assert answer["ended"] == 3
        with open_store(data_dir) as store:
            assert sound(store)


@pytest.mark.soak
@pytest.mark.timeout(7200)
def test_thousands_of_power_cuts_lose_nothing_that_was_promised(
    unplug: Unplug, prepared: tuple[Path, list[str]]
) -> None:
    check_words(unplug, prepared, SOAK // 3)
    check_erasures(unplug, prepared, SOAK // 3)
    assert check_hub(unplug, prepared, SOAK // 3) == 0
    assert check_saves(unplug, prepared[0], SOAK // 3) == []

"""A hub whose disk is full or may not be written: it says so, keeps its word, and goes on."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.exchange.pages.importing import take_page
from db.exchange.pages.store_shelf import StoreShelf
from db.exchange.trust.trust import Trust
from db.hub.database.sqlite import SqliteShelf
from db.problems import Cause, StorageUnavailable
from db.records import Kind
from db.records.event_kinds import FEEDBACK
from db.records.feedback import FeedbackBody
from db.store.journal import append
from tests.db.exchange.city import City, pages
from tests.db.exchange.test_refusing_disk import fill, read_only, small_disk
from tests.db.exchange.words import long_feedback
from tests.db.hub_attack.conftest import Attacked
from tests.db.hub_web.running import Caller
from tests.db.in_memory import NOON

__all__ = ["small_disk"]

EVENTS = 3_000


@pytest.fixture
def database(small_disk: Path) -> str:
    return f"sqlite:///{small_disk / 'hub.db'}"


@pytest.fixture
def long_pages(kiosk: StoreShelf) -> list[bytes]:
    with kiosk.store.change() as connection:
        for text in long_feedback(EVENTS):
            body = FeedbackBody(kind=Kind.PRAISE, text=text)
            append(kiosk.store, connection, FEEDBACK, "general", body)
    return pages(kiosk.store)


def test_a_hub_whose_disk_fills_holds_what_it_acknowledged_and_goes_on_once_there_is_room(
    hub: Attacked, at_kiosk: Caller, long_pages: list[bytes], small_disk: Path
) -> None:
    assert at_kiosk.post("/v1/pages", long_pages[0]).status_code == 200
    filler = fill(small_disk)
    taken = 1
    while (answered := at_kiosk.post("/v1/pages", long_pages[taken])).status_code == 200:
        taken += 1
    assert answered.status_code == 503 and "Retry-After" in answered.headers
    assert answered.json()["reason"] in (Cause.FULL.value, Cause.INPUT_OUTPUT.value)
    assert "whoever runs it" in answered.json()["en"] and "담당자" in answered.json()["ko"]
    # It says so to whoever keeps it running, too, while it still reads.
    health = at_kiosk.http.get(f"{hub.address}/health")
    assert (health.status_code, health.json()["well"]) == (503, False)
    assert health.json()["cause"] in (Cause.FULL.value, Cause.INPUT_OUTPUT.value)
    assert str(small_disk) not in answered.text
    # What it holds can still be fetched, and its word says no more.
    device = at_kiosk.keys.device
    assert at_kiosk.get(f"/v1/pages?device={device}&after=0").status_code == 200
    assert hub.holds()[device][0] == taken * (EVENTS // len(long_pages))
    filler.unlink()
    for page in long_pages:
        assert at_kiosk.post("/v1/pages", page).status_code == 200
    assert hub.census().events == EVENTS


def test_a_hub_whose_file_may_not_be_written_says_so_and_takes_nothing(
    small_disk: Path, city: City, kiosk: StoreShelf, long_pages: list[bytes]
) -> None:
    file = small_disk / "hub.db"
    shelf = SqliteShelf(file, Trust(), lambda: NOON)
    shelf.trust.accept(city.authority.papers, "papers")
    shelf.connection.execute("PRAGMA query_only = ON")
    with pytest.raises(StorageUnavailable) as refused:
        shelf.run(lambda: take_page(shelf, long_pages[0]))
    assert refused.value.cause is Cause.READ_ONLY
    assert shelf.census().events == 0
    shelf.connection.execute("PRAGMA query_only = OFF")
    assert shelf.run(lambda: take_page(shelf, long_pages[0])).new
    shelf.close()
    read_only(small_disk)
    try:
        with pytest.raises(StorageUnavailable, match=str(file)):
            SqliteShelf(file, Trust(), lambda: NOON)
    finally:
        read_only(small_disk, again=True)

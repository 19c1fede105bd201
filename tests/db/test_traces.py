"""Traces: what was erased is in no file of a store any more, or a notice says where it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from db.exchange.pages.store_shelf import StoreShelf
from db.exchange.trust.papers import DeviceRole
from db.exchange.trust.trust import Trust, save_trust
from db.participation.feedback import add_feedback, list_feedback
from db.records import Erased
from db.refusals import Reason, Refused
from db.retention.erasure import erase_named
from db.store.backup import backup, restore
from db.store.notices import notices
from db.store.opening import open_reader, open_store
from db.store.page import read_page
from db.store.quarantine import open_quarantined
from db.store.store import Store
from desktop.__main__ import main
from tests.db.exchange.city import City, a_city, pages, take_all
from tests.db.in_memory import NOON, PHONE, praise

WORDS, KEPT = "지워야 하는 아주 드문 낱말", "남는 말"


@pytest.fixture
def city(tmp_path: Path) -> Iterator[City]:
    with a_city(tmp_path / "authority", lambda: NOON) as made:
        yield made


def enrolled(city: City, store: Store, role: DeviceRole) -> StoreShelf:
    name = f"{role} {store.device}"
    city.certify(store, role, name)
    shelf = StoreShelf(store, Trust(lambda: NOON))
    city.shelves[name] = shelf
    city.tell_all()
    save_trust(store.directory, shelf.trust)
    return shelf


def traces(folder: Path, *what: bytes) -> list[str]:
    """Every file below a folder with any of these bytes in it."""
    files = (file for file in sorted(folder.rglob("*")) if file.is_file())
    return [
        str(file.relative_to(folder))
        for file in files
        if any(each in file.read_bytes() for each in what)
    ]


def said(store: Store) -> tuple[bytes, bytes]:
    """The words as bytes, and the sealed contact that goes with them."""
    add_feedback(store, praise(WORDS, contact=PHONE))
    add_feedback(store, praise(KEPT))
    ((sealed,),) = store.rows("SELECT sealed FROM event WHERE sealed IS NOT NULL")
    return WORDS.encode(), bytes(sealed)


def test_nothing_is_left_in_any_file_of_an_open_store_once_the_erasure_came(
    city: City, tmp_path: Path
) -> None:
    here, there = tmp_path / "kiosk", tmp_path / "desk"
    with open_store(here, lambda: NOON) as store, open_store(there, lambda: NOON) as other:
        kiosk, desk = (
            enrolled(city, store, DeviceRole.KIOSK),
            enrolled(city, other, DeviceRole.DESK),
        )
        what = said(store)
        take_all(desk, pages(store))
        assert traces(here, *what) and traces(there, *what)
        erase_named(desk, f"{store.device}/1", Erased.BOTH, "본인 요청")
        assert traces(there, *what) == []
        take_all(kiosk, pages(other))
        assert traces(here, *what) == []
        assert traces(here, KEPT.encode()) and traces(there, KEPT.encode())


def test_a_reader_keeps_erased_words_in_the_log_only_until_the_next_change(
    city: City, tmp_path: Path
) -> None:
    here = tmp_path / "kiosk"
    with open_store(here, lambda: NOON) as store:
        kiosk = enrolled(city, store, DeviceRole.KIOSK)
        what = said(store)
        store.rows("PRAGMA busy_timeout = 0")
        with open_reader(here, lambda: NOON) as reader:
            reader.connection.execute("BEGIN")
            reader.rows("SELECT count(*) FROM event")
            done = erase_named(kiosk, f"{store.device}/1", Erased.BOTH, "본인 요청")
            assert (done.log_emptied, store.log_is_empty) == (False, False)
        store.set_meta("x", "y")
        assert traces(here, *what) == []


@pytest.mark.parametrize("first", ["page", "erasure"])
def test_a_page_kept_apart_loses_it_at_once(city: City, tmp_path: Path, first: str) -> None:
    home = tmp_path / "desk"
    with open_store(tmp_path / "kiosk", lambda: NOON) as other, open_store(home) as store:
        enrolled(city, other, DeviceRole.KIOSK)
        desk = enrolled(city, store, DeviceRole.DESK)
        said(other)
        (data,) = pages(other)
        take_all(desk, [data])

        def quarantine() -> None:
            with store.change():
                desk.put_in_quarantine(read_page(data), data, Refused(Reason.FORK, "stick"))

        if first == "page":
            quarantine()
        erase_named(desk, f"{other.device}/1", Erased.BODY, "본인 요청")
        if first == "erasure":
            quarantine()
        opened = open_quarantined(store, 1)
        assert (opened.bodies, opened.contacts) == (1, 1)


def test_a_store_that_a_restore_moved_aside_is_erased_from_as_well(
    city: City, tmp_path: Path
) -> None:
    home = tmp_path / "desk"
    with open_store(home, lambda: NOON) as store:
        what, first = said(store), store.device
        backup(store, tmp_path / "backup.db")
        add_feedback(store, praise("백업 뒤의 말"))
    restore(home, tmp_path / "backup.db", lambda: NOON)
    with open_store(home, lambda: NOON) as store:
        desk = enrolled(city, store, DeviceRole.DESK)
        assert traces(home / "damaged", *what)
        erase_named(desk, f"{first}/1", Erased.BOTH, "본인 요청")
        assert traces(home, *what) == []
        # What was said after the backup is still there for whoever looks.
        assert traces(home / "damaged", "백업 뒤의 말".encode())


def test_a_damaged_store_goes_whole_once_something_in_it_is_erased(
    city: City, tmp_path: Path
) -> None:
    home = tmp_path / "desk"
    with open_store(home, lambda: NOON) as store:
        what = said(store)
    spoil(home / "cheonman.db")
    with open_store(home, lambda: NOON) as store:
        desk = enrolled(city, store, DeviceRole.DESK)
        assert traces(home / "damaged", *what)
        id = next(row.id for row in list_feedback(store)[0] if row.text == WORDS)
        erase_named(desk, id, Erased.BOTH, "본인 요청")
        assert traces(home, *what) == []
        assert {"traces-gone", "salvage"} <= {notice.kind for notice in notices(store)}


def spoil(file: Path) -> None:
    with file.open("r+b") as stream:
        stream.write(b"\0" * 100)


def test_what_can_only_go_by_hand_is_named_with_a_way_to_do_it(city: City, tmp_path: Path) -> None:
    home = tmp_path / "desk"
    with open_store(home, lambda: NOON) as store:
        what, first = said(store), store.device
        backup(store, tmp_path / "backup.db")
    spoil(home / "cheonman.db")
    restore(home, tmp_path / "backup.db", lambda: NOON)
    (aside,) = (home / "damaged").iterdir()
    with open_store(home, lambda: NOON) as store:
        desk = enrolled(city, store, DeviceRole.DESK)
        erase_named(desk, f"{first}/1", Erased.BOTH, "본인 요청")
        assert traces(home, *what) == [f"damaged/{aside.name}/cheonman.db"]
        told = next(each for each in notices(store) if each.kind == "traces")
        assert f"cheonman purge --damaged {aside.name}" in told.en
    assert main(["purge", "--data-dir", str(home), "--damaged", "../keys"]) == 2
    assert main(["purge", "--data-dir", str(home), "--damaged", aside.name]) == 0
    assert traces(home, *what) == []

"""Rows beside the journal that rot are found, named, and mended from what is sound."""

from __future__ import annotations

import random
from pathlib import Path

import pysqlite3.dbapi2 as sqlite
import pytest

from db.doctor.beside import LOOKS, mend_rows, rotten_rows
from db.doctor.checks import examine
from db.doctor.healing import heal
from db.exchange.pages.importing import import_page
from db.exchange.pages.store_shelf import StoreShelf, vouch
from db.exchange.status.acknowledgements import (
    EARLIER,
    NUMBER,
    own_acknowledgement,
    take_acknowledgement,
    words,
)
from db.exchange.status.log import LAST_EXCHANGE, last_exchange, note
from db.exchange.status.outbox import mark_sent, pending
from db.exchange.status.status import Alarm, Counter, exchange_status, rows_of
from db.participation.feedback import add_feedback
from db.store.inbox_shape import INBOX
from db.store.lacking import LACKS, lacking
from db.store.migrations import PROJECTIONS
from db.store.opening import open_store
from db.store.quarantine import discard_quarantined
from db.store.shape import _shape
from tests.db.exchange.city import City, pages, take_all
from tests.db.in_memory import memory_store, praise

OTHER = "k" * 26


@pytest.fixture
def busy(kiosk: StoreShelf, desk: StoreShelf) -> StoreShelf:
    """A desk with a row in every table: others' words, a page kept apart, files in a folder."""
    desk.store.connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
    for number in range(3):
        add_feedback(kiosk.store, praise(f"의견 {number}"))
    taken = pages(kiosk.store)
    take_all(desk, taken)
    take_acknowledgement(desk, own_acknowledgement(kiosk), "stick")
    own_acknowledgement(desk)
    with memory_store(1) as clone:
        add_feedback(clone, praise("복제"))
        import_page(desk, pages(clone)[0], "stick")
    note(desk.store, "folder", "sync", "/공유", ko="가", en="a", cause="unreadable")
    with desk.store.change() as connection:
        mark_sent(desk, connection, {kiosk.store.device: 2})
        connection.execute("UPDATE event SET body = NULL, salt = NULL WHERE seq = 2")
        for key, value in (
            (f"{LACKS}{kiosk.store.device}/2", "body"),
            (f"{EARLIER}{kiosk.store.device}", f'{{"{OTHER}":[1,"{"a" * 64}"]}}'),
            (LAST_EXCHANGE, "1796093200000000"),
        ):
            connection.execute("INSERT INTO meta VALUES(?, ?)", (key, value))
        connection.executemany(
            "INSERT INTO folder_file VALUES(?, ?, 0, 9, ?)",
            [
                (f"{desk.store.device}-1.age", 1, '{"ranges":{},"word":"","papers":1}'),
                (f"{kiosk.store.device}-1.age", 0, "refused 12/13 papers 4"),
                (f"{kiosk.store.device}-2.age", 0, ""),
            ],
        )
    return desk


def places(shelf: StoreShelf) -> list[str]:
    return [each.where.partition("/")[0] for each in rotten_rows(shelf.store, shelf.trust)]


def test_every_table_of_a_store_is_looked_at() -> None:
    tables = {table for table, _columns in _shape()} - {"sqlite_schema"}
    # What follows from projections goes and comes with them.
    looked = {*LOOKS, "event", *PROJECTIONS, *INBOX, "inbox_stale"} - {"_sqlite_migrations"}
    assert tables == looked, "db/doctor/beside.py names who looks at a table"


def test_a_sound_store_is_well(busy: StoreShelf) -> None:
    assert places(busy) == []
    assert not mend_rows(busy.store, busy.trust)


@pytest.mark.parametrize(
    ("damage", "table"),
    [
        ("UPDATE acknowledgement SET text = '{'", "acknowledgement"),
        ("UPDATE acknowledgement SET text = replace(text, 'holds', 'iolds')", "acknowledgement"),
        ("UPDATE acknowledgement SET text = replace(text, '3,', '7,')", "acknowledgement"),
        ("UPDATE acknowledgement SET signature = 'f' || substr(signature, 2)", "acknowledgement"),
        ("UPDATE acknowledgement SET number = number + 64", "acknowledgement"),
        ("UPDATE acknowledgement SET device = 'b' || substr(device, 2)", "acknowledgement"),
        ("UPDATE device SET own = 1", "device"),
        ("UPDATE device SET own = 0", "device"),
        ("UPDATE device SET public_key = zeroblob(32)", "device"),
        ("UPDATE device SET device = 'b' || substr(device, 2)", "device"),
        (f"UPDATE meta SET value = '0x' WHERE key = '{NUMBER}'", "meta"),
        (f"UPDATE meta SET value = '0' WHERE key = '{NUMBER}'", "meta"),
        (f"UPDATE meta SET value = '9' || value || value WHERE key = '{LAST_EXCHANGE}'", "meta"),
        (f"UPDATE meta SET value = '' WHERE key = '{LAST_EXCHANGE}'", "meta"),
        ("UPDATE meta SET key = 'lqcks:' || substr(key, 7) WHERE key LIKE 'lacks:%'", "meta"),
        ("UPDATE meta SET key = key || '0' WHERE key LIKE 'lacks:%'", "meta"),
        ("UPDATE meta SET value = '[' WHERE key LIKE 'agreed/%'", "meta"),
        ("INSERT INTO meta VALUES('broken:x', 'y')", "meta"),
        (f"INSERT INTO meta VALUES('vouched:{OTHER}', '1:{'a' * 64}')", "meta"),
        ("INSERT INTO meta VALUES('vouched:', '')", "meta"),
        ("UPDATE notice SET seen = 65", "notice"),
        ("UPDATE notice SET ko = CAST(x'ec00' AS TEXT)", "notice"),
        ("UPDATE sent SET seq = seq + 1024", "sent"),
        ("UPDATE sent SET seq = -1", "sent"),
        ("UPDATE sent SET device = '?' || substr(device, 2)", "sent"),
        ("UPDATE set_aside SET first = first + 1", "set_aside"),
        ("UPDATE set_aside SET device = 'b' || substr(device, 2)", "set_aside"),
        ("UPDATE set_aside SET reason = 'fosk'", "set_aside"),
        ("UPDATE exchange SET act = 'svnc'", "exchange"),
        ("UPDATE exchange SET new = -1", "exchange"),
        ("UPDATE exchange SET en = CAST(x'ff' AS TEXT)", "exchange"),
        ("UPDATE folder_file SET vector = '{' WHERE own = 1", "folder_file"),
        ("UPDATE folder_file SET vector = 'revused 1' WHERE own = 0", "folder_file"),
        ("UPDATE folder_file SET own = 1 - own", "folder_file"),
        ("DELETE FROM _sqlite_migrations WHERE id = 2", "_sqlite_migrations"),
    ],
)
def test_a_rotten_row_is_named_and_mended(busy: StoreShelf, damage: str, table: str) -> None:
    store = busy.store
    with store.change() as connection:
        assert connection.execute(damage).rowcount > 0
    assert set(places(busy)) == {table}
    assert mend_rows(store, busy.trust)
    assert places(busy) == []
    (told,) = store.rows("SELECT ko, en FROM notice ORDER BY number DESC LIMIT 1")
    assert all(f"{table}" in sentence for sentence in told)
    # Nothing that was asked for is forgotten, and exchange goes on.
    assert [seq for _device, seq in lacking(store)] == [2]
    assert exchange_status(busy).kept_apart == 1
    assert own_acknowledgement(busy)
    assert last_exchange(store) in (None, 1_796_093_200_000_000)


def test_a_word_comes_back_when_it_is_said_again(busy: StoreShelf, kiosk: StoreShelf) -> None:
    with busy.store.change() as connection:
        connection.execute("UPDATE acknowledgement SET signature = ''")
    mend_rows(busy.store, busy.trust)
    assert words(busy) == []
    take_acknowledgement(busy, own_acknowledgement(kiosk), "stick")
    assert [word.device for word in words(busy)] == [kiosk.store.device]
    ours = own_acknowledgement(busy)
    assert take_acknowledgement(kiosk, ours, "stick"), "its number rose although its row was gone"


def test_an_end_that_the_city_stands_for_is_marked_again(
    city: City, busy: StoreShelf, kiosk: StoreShelf
) -> None:
    device = kiosk.store.device
    link = busy.link(device, 2)
    assert link is not None
    city.authority.revoke(device, after=2, link=link)
    city.tell_all()
    with busy.store.change() as connection:
        connection.execute("DELETE FROM event WHERE device = ? AND seq > 2", (device,))
        connection.execute("UPDATE event SET signature = NULL WHERE device = ?", (device,))
        vouch(connection, device, 2, link)
    assert places(busy) == []
    for damage in ("UPDATE meta SET value = '2:'", "UPDATE meta SET key = 'v' || key"):
        with busy.store.change() as connection:
            connection.execute(f"{damage} WHERE key LIKE 'vouched:%'")
        assert "meta" in places(busy)
        mend_rows(busy.store, busy.trust)
        assert places(busy) == []
        assert busy.store.meta(f"vouched:{device}") == f"2:{link.hex()}"


def test_a_page_kept_apart_that_cannot_be_read_is_left_to_a_person(busy: StoreShelf) -> None:
    with busy.store.change() as connection:
        connection.execute("UPDATE set_aside SET page = CAST(x'00' || page AS BLOB)")
    (rotten,) = rotten_rows(busy.store, busy.trust)
    assert "discard" in rotten.en and "버리" in rotten.ko
    assert not mend_rows(busy.store, busy.trust)


@pytest.mark.parametrize("reason", ["fosk", "f\x00rk", "", "xxxxxxxx"])
def test_a_fork_alarm_rings_on_where_its_reason_rotted(busy: StoreShelf, reason: str) -> None:
    assert exchange_status(busy).forks == 1
    with busy.store.change() as connection:
        connection.execute("UPDATE set_aside SET reason = ?", (reason,))
    (alarm,) = rows_of(busy, Counter.FORKS)
    assert isinstance(alarm, Alarm) and alarm.reason == "fork" and alarm.number == 1
    assert mend_rows(busy.store, busy.trust)
    assert busy.store.rows("SELECT reason FROM set_aside") == [("fork",)]
    assert exchange_status(busy).forks == 1


def test_a_discarded_page_stays_discarded_where_that_word_rotted(busy: StoreShelf) -> None:
    discard_quarantined(busy.store, 1, "복제")
    with busy.store.change() as connection:
        connection.execute("UPDATE set_aside SET reason = 'difcarded'")
    assert (exchange_status(busy).forks, exchange_status(busy).kept_apart) == (0, 0)
    assert mend_rows(busy.store, busy.trust)
    assert busy.store.rows("SELECT reason FROM set_aside") == [("discarded",)]


def test_two_marks_of_the_own_device_make_no_other_device(data_dir: Path) -> None:
    with open_store(data_dir) as store:
        device = store.device
        with store.change() as connection:
            connection.execute("INSERT INTO device VALUES('a', zeroblob(32), 1, 0)")
    with open_store(data_dir) as store:
        assert store.device == device


def test_the_doctor_names_it_and_the_daily_look_mends_it(data_dir: Path) -> None:
    with open_store(data_dir) as store:
        with store.change() as connection:
            connection.execute("INSERT INTO meta VALUES('last_exchange_us', '?')")
        report = examine(data_dir)
        assert [each.part for each in report.troubles] == ["store"]
        assert "meta/last_exchange_us" in report.troubles[0].ko
        assert report.store.last_exchange_us is None
        assert heal(store)
        assert examine(data_dir).ok


@pytest.mark.parametrize("seed", range(4))
def test_bits_that_flip_anywhere_beside_the_journal_stop_nothing(
    busy: StoreShelf, seed: int
) -> None:
    chance = random.Random(seed)
    store = busy.store
    cells = [
        (table, column, rowid, kind)
        for table in sorted(LOOKS)
        for _n, column, kind, *_ in store.rows(f"PRAGMA table_info({table})")
        for (rowid,) in store.rows(f"SELECT rowid FROM {table}")
        if column not in ("id", "applied_at")
    ]
    for _round in range(40):
        table, column, rowid, kind = chance.choice(cells)
        found = store.row(f"SELECT CAST({column} AS BLOB) FROM {table} WHERE rowid = ?", (rowid,))
        if found is None or not found[0]:
            continue
        raw = bytearray(found[0])
        raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
        try:
            store.rows(
                f"UPDATE {table} SET {column} = CAST(? AS {kind}) WHERE rowid = ?",
                (bytes(raw), rowid),
            )
        except sqlite.Error:  # SQLite itself does not take it
            continue
        exchange_status(busy)
        own_acknowledgement(busy)
        mend_rows(store, busy.trust)
        exchange_status(busy)
        left = [each for each in rotten_rows(store, busy.trust) if each.statements]
        assert left == [], (table, column, bytes(raw))
        pending(busy)

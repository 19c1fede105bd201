"""Older stores come forward: whole or not at all, with the same journal and nothing left behind."""

from __future__ import annotations

import shutil
from pathlib import Path

import pysqlite3.dbapi2 as sqlite
import pytest

from db.exchange.status.store_hash import store_hash
from db.participation.feedback import add_feedback, list_feedback
from db.participation.plantings import NewPlanting, register_planting
from db.participation.replies import add_reply, look_up, look_up_token
from db.participation.reviews import set_review
from db.records import About, Erased, ReviewState
from db.store.journal import redact
from db.store.migrations import COUNT, migrate
from db.store.notices import notices
from db.store.opening import open_reader, open_store
from db.store.shape import unexpected_shape
from db.store.store import Store, connect
from db.store.verification import verify
from tests.db.in_memory import PHONE, praise

SECRET = "다시는 보이면 안 되는 글"
_HEADER = "device, seq, id, kind, subject, at_us, receipt, body_hash, sealed_hash, chain, signature"
_SAME = ("meta", "device", "review", "review_saw", "reply", "redaction", "notice", "set_aside")
_AS_IT_WAS = (
    f"INSERT INTO event SELECT {_HEADER} FROM new.event",
    "INSERT INTO content SELECT device, seq, salt, body, key_id, sealed FROM new.event"
    " WHERE body IS NOT NULL OR sealed IS NOT NULL",
    "INSERT INTO feedback SELECT f.device, f.seq, f.id, about, project, dong, lat, lon, f.kind,"
    " rating, '[]', coalesce(json_extract(e.body, '$.text'), ''), NULL, site, NULL, f.at_us,"
    " e.receipt, randomblob(16), has_contact, erased, salvaged_from"
    " FROM new.feedback f JOIN new.event e USING(device, seq)",
    "INSERT INTO planting SELECT device, seq, id, species, trees, planted_on, dong, lat, lon, site,"
    " at_us, receipt, randomblob(16), erased, salvaged_from FROM new.planting",
)


def fill(store: Store) -> list[str]:
    """Some of everything; the codes of all receipts."""
    receipts = [
        add_feedback(store, praise(f"의견 {n}", contact=PHONE if n % 3 else None))
        for n in range(30)
    ]
    receipts.append(add_feedback(store, praise(SECRET, contact=PHONE)))
    receipts.append(add_feedback(store, praise(about=About.POINT, lat=35.84, lon=127.12)))
    receipts.append(register_planting(store, NewPlanting(species="느티나무", trees=3)))
    set_review(store, receipts[0].id, ReviewState.ADOPTED)
    add_reply(store, receipts[0].id, "답" * 4000, public=True)
    redact(store, store.device, 2, Erased.BODY, "요청")
    redact(store, store.device, 3, Erased.BOTH, "요청")
    return [receipt.code for receipt in receipts]


def make_old(file: Path) -> None:
    """Puts the rows of a store into the shape of step 2, the last one that was installed."""
    old = file.with_suffix(".old")
    connection = connect(old)
    migrate(connection, stop_after=2)
    connection.execute("ATTACH ? AS new", (str(file),))
    connection.execute("DELETE FROM meta")
    for statement in (
        *_AS_IT_WAS,
        *(f"INSERT INTO {each} SELECT * FROM new.{each}" for each in _SAME),
    ):
        connection.execute(statement)
    connection.execute("DETACH new")
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()
    old.replace(file)


@pytest.fixture
def old(data_dir: Path) -> tuple[Path, list[str], object]:
    """A data directory with a store of step 2, the codes given there, and the journal's hash."""
    with open_store(data_dir) as store:
        codes, hashed = fill(store), store_hash(store)
    make_old(data_dir / "cheonman.db")
    return data_dir, codes, hashed


def test_an_old_store_comes_forward_with_everything_in_it(
    old: tuple[Path, list[str], object],
) -> None:
    data_dir, codes, hashed = old
    with open_store(data_dir) as store:
        assert unexpected_shape(store.connection) is None
        assert store_hash(store) == hashed
        assert verify(store) == ()
        assert all(look_up(store, code) is not None for code in codes)
        receipt = add_feedback(store, praise("새 글"))
        status = look_up_token(store, receipt.token)
        assert status is not None and status.text == "새 글"
        assert notices(store) == ()


def test_what_is_erased_after_coming_forward_is_in_no_file_any_more(
    old: tuple[Path, list[str], object],
) -> None:
    data_dir, _codes, _hashed = old
    assert SECRET.encode() in (data_dir / "cheonman.db").read_bytes()
    with open_store(data_dir) as store:
        redact(store, store.device, 31, Erased.BOTH, "본인 요청")
        files = [path for path in data_dir.rglob("*") if path.is_file()]
        assert not [path for path in files if SECRET.encode() in path.read_bytes()]


@pytest.mark.parametrize("permille", [1, 50, 200, 400, 600, 800, 950])
def test_a_step_stopped_anywhere_leaves_the_store_before_it_whole(
    old: tuple[Path, list[str], object], permille: int
) -> None:
    data_dir, codes, hashed = old
    file = data_dir / "cheonman.db"
    left = _ticks(file) * permille // 1000

    def stop() -> bool:
        nonlocal left
        left -= 1
        return left < 0

    connection = connect(file)
    connection.set_progress_handler(stop, 1)
    with pytest.raises(sqlite.OperationalError, match="interrupted"):
        migrate(connection)
    connection.set_progress_handler(None, 0)
    ((version,),) = connection.execute("PRAGMA user_version")
    assert version < COUNT
    if version == 2:
        assert connection.execute("SELECT count(*) FROM content").fetchone() == (36,)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
    with open_store(data_dir) as store:
        assert store_hash(store) == hashed
        assert all(look_up(store, code) is not None for code in codes)


def _ticks(file: Path) -> int:
    """How many instructions the whole step takes, counted on a copy."""
    copy = shutil.copy(file, file.with_suffix(".copy"))
    ticks = 0

    def count() -> bool:
        nonlocal ticks
        ticks += 1
        return False

    connection = connect(Path(copy))
    connection.set_progress_handler(count, 1)
    migrate(connection)
    connection.close()
    return ticks


def test_a_disk_that_is_full_leaves_the_old_store_as_it_was(
    old: tuple[Path, list[str], object],
) -> None:
    data_dir, _codes, hashed = old
    connection = connect(data_dir / "cheonman.db")
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(sqlite.OperationalError, match="full"):
        migrate(connection)
    assert connection.execute("PRAGMA user_version").fetchone() == (2,)
    connection.close()
    with open_store(data_dir) as store:
        assert store_hash(store) == hashed


def test_a_reader_of_an_old_store_brings_it_forward_too(
    old: tuple[Path, list[str], object],
) -> None:
    data_dir, _codes, hashed = old
    with open_reader(data_dir) as store:
        assert store_hash(store) == hashed
        assert store.row("PRAGMA user_version") == (COUNT,)


def test_a_damaged_old_store_is_salvaged_into_the_new_shape(
    old: tuple[Path, list[str], object],
) -> None:
    data_dir, codes, _hashed = old
    file = data_dir / "cheonman.db"
    content = bytearray(file.read_bytes())
    content[:4096] = bytes(4096)
    file.write_bytes(content)
    with open_store(data_dir) as store:
        assert notices(store)[0].kind == "salvage"
        assert verify(store) == ()
        assert all(look_up(store, code) is not None for code in codes)
        assert len(list_feedback(store)[0]) == 32

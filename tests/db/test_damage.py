"""Real damage: moved aside, never overwritten, salvaged as far as hashes and signatures reach."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from db.exchange.pages.store_shelf import StoreShelf
from db.keys.contact_key import read_key_file
from db.participation.csv_export import export_feedback
from db.participation.feedback import add_feedback, count_feedback, list_feedback
from db.participation.replies import add_reply, look_up
from db.privacy.contact import open_sealed
from db.problems import InputRefused, StorageUnavailable
from db.records import Erased
from db.records.event_kinds import FEEDBACK
from db.refusals import Reason, Refused
from db.store.journal import events, keep, redact
from db.store.notices import notices
from db.store.opening import open_reader, open_store
from db.store.page import Page
from db.store.quarantine import discard_quarantined, newest_quarantined, open_quarantined
from db.store.recovery import write_again
from db.store.salvage import FRESH
from db.store.store import Store, connect
from db.store.verification import verify
from tests.db.in_memory import PHONE, memory_store, praise

COUNT = 150
APART = "at_us, device, first, last, reason, place, digest, page"


def fill(data_dir: Path, *, checkpoint: bool = True) -> tuple[list[str], list[str], str]:
    """A store with feedback on it, closed; its texts, its receipt codes and its device."""
    with open_store(data_dir) as store:
        # What is damaged here is done on purpose; waiting for the disk proves nothing.
        store.rows("PRAGMA synchronous = OFF")
        codes = []
        texts = []
        for number in range(COUNT):
            texts.append(f"의견 {number} " + "나무" * (number % 40 + 1))
            codes.append(
                add_feedback(store, praise(texts[-1], contact=PHONE if number % 5 == 0 else None))
            )
        device = store.device
        if not checkpoint:
            # Leaves the log beside the file, as a power cut does.
            copy = {
                name: (data_dir / name).read_bytes() for name in ("cheonman.db", "cheonman.db-wal")
            }
    if not checkpoint:
        for name, content in copy.items():
            (data_dir / name).write_bytes(content)
    return texts, [receipt.code for receipt in codes], device


def zero_header(file: Path) -> None:
    with file.open("r+b") as stream:
        stream.write(b"\0" * 100)


def zero_first_page(file: Path) -> None:
    with file.open("r+b") as stream:
        stream.write(b"\0" * 4096)


def cut_short(file: Path) -> None:
    with file.open("r+b") as stream:
        stream.truncate(file.stat().st_size * 2 // 3 // 4096 * 4096)


def cut_crooked(file: Path) -> None:
    with file.open("r+b") as stream:
        stream.truncate(file.stat().st_size // 2 + 1234)


def garbage_in_the_middle(file: Path) -> None:
    with file.open("r+b") as stream:
        stream.seek(file.stat().st_size // 2 // 4096 * 4096)
        stream.write(random.Random(7).randbytes(4096 * 3))


def empty(file: Path) -> None:
    file.write_bytes(b"")


DAMAGES = [zero_header, zero_first_page, cut_short, cut_crooked, garbage_in_the_middle, empty]


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_a_damaged_database_is_moved_aside_and_never_overwritten(
    data_dir: Path, damage: Callable[[Path], None]
) -> None:
    texts, _codes, device = fill(data_dir)
    damage(data_dir / "cheonman.db")
    damaged = (data_dir / "cheonman.db").read_bytes()
    with open_store(data_dir) as store:
        assert store.device != device
        assert verify(store) == ()
        rows = list_feedback(store, limit=10_000)[0]
        assert {row.text for row in rows if not row.erased} <= set(texts)
        (notice,) = notices(store, unseen=True)
        assert notice.kind == "salvage"
        add_feedback(store, praise("그래도 계속됩니다"))
    (aside,) = (data_dir / "damaged").iterdir()
    assert (aside / "cheonman.db").read_bytes() == damaged
    assert not (data_dir / FRESH).exists()
    with open_store(data_dir) as store:
        assert list_feedback(store, limit=10_000)[0][-1].text == "그래도 계속됩니다"


@pytest.mark.parametrize("damage", [zero_header, zero_first_page], ids=lambda d: d.__name__)
def test_a_lost_header_loses_nothing(data_dir: Path, damage: Callable[[Path], None]) -> None:
    texts, codes, _device = fill(data_dir)
    damage(data_dir / "cheonman.db")
    with open_store(data_dir) as store:
        assert sorted(row.text for row in list_feedback(store, limit=10_000)[0]) == sorted(texts)
        for code, text in zip(codes, texts, strict=True):
            status = look_up(store, code)
            assert status is not None and status.text == text


def test_a_table_whose_words_are_no_text_any_more_loses_nothing(data_dir: Path) -> None:
    with open_store(data_dir) as store:
        add_feedback(store, praise("남은 말"))
    with closing(connect(data_dir / "cheonman.db")) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(
            "UPDATE sqlite_schema SET sql = replace(sql, 'CREATE', 'CRE' || CAST(x'f4' AS TEXT))"
            " WHERE name = 'event'"
        )
    with open_store(data_dir) as store:
        assert [row.text for row in list_feedback(store)[0]] == ["남은 말"]
        assert "salvage" in {notice.kind for notice in notices(store)}


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE feedback RENAME COLUMN about TO abouu",
        "ALTER TABLE event RENAME COLUMN body_hash TO bodyYhash",
        "ALTER TABLE notice RENAME TO notife",
        "DROP TABLE review_saw",
    ],
)
def test_a_store_whose_columns_have_other_names_loses_nothing(
    data_dir: Path, statement: str
) -> None:
    with open_store(data_dir) as store:
        add_feedback(store, praise("남은 말"))
    with closing(connect(data_dir / "cheonman.db")) as connection:
        connection.execute(statement)

    with pytest.raises(StorageUnavailable, match="damaged"):
        open_reader(data_dir)
    with open_store(data_dir) as store:
        assert [row.text for row in list_feedback(store)[0]] == ["남은 말"]
        assert "salvage" in {notice.kind for notice in notices(store)}
    with open_reader(data_dir) as reader:
        assert count_feedback(reader) == 1


def test_a_reply_longer_than_a_page_is_salvaged_whole(data_dir: Path) -> None:
    _texts, codes, _device = fill(data_dir)
    answer = "답" * 4000
    with open_store(data_dir) as store:
        status = look_up(store, codes[3])
        assert status is not None
        add_reply(store, status.id, answer)
    zero_first_page(data_dir / "cheonman.db")
    with open_store(data_dir) as store:
        status = look_up(store, codes[3])
        assert status is not None and [reply.text for reply in status.replies] == [answer]


def test_what_only_the_log_holds_is_salvaged_too(data_dir: Path) -> None:
    texts, _codes, _device = fill(data_dir, checkpoint=False)
    zero_first_page(data_dir / "cheonman.db")
    with (data_dir / "cheonman.db-wal").open("r+b") as stream:
        # The log's own header is gone, so SQLite itself would drop everything in it.
        stream.write(b"\0" * 16)
    with open_store(data_dir) as store:
        found = {row.text for row in list_feedback(store, limit=10_000)[0]}
        assert len(found & set(texts)) >= COUNT // 2


def test_events_behind_a_gap_are_written_again_with_their_receipts_and_contacts(
    data_dir: Path,
) -> None:
    texts, codes, device = fill(data_dir)
    private = read_key_file(data_dir / "keys" / "demo-contact.key")
    with open_store(data_dir) as store:
        store.rows("DELETE FROM event WHERE seq IN (40, 41)")
    with open_store(data_dir) as store:
        assert verify(store) == ()
        rows = list_feedback(store, limit=10_000)[0]
        assert sorted(row.text for row in rows) == sorted(texts[:39] + texts[41:])
        assert {row.device for row in rows} == {device, store.device}
        status = look_up(store, codes[120])
        assert status is not None and status.text == texts[120]
        sealed = store.rows(
            "SELECT sealed FROM event WHERE instr(body, ?) AND device = ?",
            (f'"{texts[120]}"', store.device),
        )
        assert open_sealed(sealed[0][0], private)[1] == "01012345678"


def test_what_was_erased_does_not_come_back(data_dir: Path) -> None:
    secret = "지워야 하는 글 하나"
    fill(data_dir)
    with open_store(data_dir) as store:
        receipt = add_feedback(store, praise(secret))
        redact(store, receipt.device, receipt.seq, Erased.BOTH, "시험")
    assert secret.encode() not in (data_dir / "cheonman.db").read_bytes()
    zero_first_page(data_dir / "cheonman.db")
    with open_store(data_dir) as store:
        assert secret not in [row.text for row in list_feedback(store, limit=10_000)[0]]
        status = look_up(store, receipt.code)
        assert status is not None and status.erased


@pytest.mark.parametrize("size", [9, 5_000, 300_000])
def test_pages_kept_apart_come_over_to_the_bit(data_dir: Path, size: int) -> None:
    fill(data_dir)
    data = random.Random(size).randbytes(size)
    with open_store(data_dir) as store:
        page = Page(store.device, 1, b"", (), ())
        StoreShelf(store).put_in_quarantine(page, data, Refused(Reason.FORK, "막대기"))
        kept = store.rows(f"SELECT {APART} FROM set_aside")
    zero_first_page(data_dir / "cheonman.db")
    with open_store(data_dir) as store:
        assert store.rows(f"SELECT {APART} FROM set_aside") == kept
        assert kept[0][-1] == data
        assert "1개를 옮겼" in notices(store)[0].ko


def test_a_page_that_was_discarded_stays_discarded(data_dir: Path) -> None:
    fill(data_dir)
    refused = Refused(Reason.FORK, "막대기")
    data = bytes(5_000)
    with open_store(data_dir) as store:
        page = Page(store.device, 1, b"", (), ())
        StoreShelf(store).put_in_quarantine(page, data, refused)
        discard_quarantined(store, 1, "복제")
    zero_first_page(data_dir / "cheonman.db")
    with open_store(data_dir) as store:
        assert "0개를 옮겼" in notices(store)[0].ko
        StoreShelf(store).quarantine(page, data, refused)
        assert newest_quarantined(store) == 1
        with pytest.raises(InputRefused, match="no page kept apart"):
            open_quarantined(store, 1)


def test_a_page_kept_apart_that_is_not_whole_any_more_is_left_behind(data_dir: Path) -> None:
    fill(data_dir)
    with open_store(data_dir) as store:
        page = Page(store.device, 1, b"", (), ())
        StoreShelf(store).put_in_quarantine(page, bytes(3000), Refused(Reason.FORK, "막대기"))
        store.rows("UPDATE set_aside SET page = zeroblob(2999)")
    zero_first_page(data_dir / "cheonman.db")
    with open_store(data_dir) as store:
        assert store.rows("SELECT * FROM set_aside") == []


def test_a_header_outlives_contents_that_cannot_be_read(data_dir: Path) -> None:
    _texts, codes, device = fill(data_dir)
    file = data_dir / "cheonman.db"
    content = bytearray(file.read_bytes())
    at = content.index("의견 70 ".encode())
    content[at] = 0xFF
    content[:4096] = bytes(4096)
    file.write_bytes(content)
    with open_store(data_dir) as store:
        assert store.row("SELECT count(*) FROM event WHERE device = ?", (device,)) == (COUNT,)
        status = look_up(store, codes[70])
        assert status is not None and status.erased
        assert verify(store) == ()


def test_an_altered_last_event_is_noticed_at_the_next_start(data_dir: Path) -> None:
    fill(data_dir)
    with open_store(data_dir) as store:
        store.rows("UPDATE event SET at_us = at_us + 1 WHERE seq = ?", (COUNT,))
    with open_store(data_dir) as store:
        assert notices(store)[0].kind == "salvage"


def test_a_sound_store_is_left_alone(data_dir: Path) -> None:
    _texts, _codes, device = fill(data_dir, checkpoint=False)
    with open_store(data_dir) as store:
        assert store.device == device
        assert notices(store) == ()
    assert not (data_dir / "damaged").exists()


class PowerCut(BaseException):
    pass


def cut(*_: object) -> None:
    raise PowerCut


RENAMES = [
    ("before the log moves", "cheonman.db-wal"),
    ("between the log and the file", "cheonman.db"),
    ("before the fresh one takes its place", FRESH),
]


@pytest.mark.parametrize(("step", "renamed"), [("while it is filled", None), *RENAMES])
def test_a_power_cut_during_salvage_loses_nothing(
    data_dir: Path, step: str, renamed: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts, _codes, device = fill(data_dir, checkpoint=False)
    zero_header(data_dir / "cheonman.db")
    real, moved = os.replace, list[str]()

    def replace(source: Path, target: Path) -> None:
        if source.name == renamed:
            raise PowerCut
        if source.parent == data_dir:
            moved.append(source.name)
        real(source, target)

    with monkeypatch.context() as patched, pytest.raises(PowerCut):
        if renamed is None:
            patched.setattr("db.store.recovery.put_meta", cut)
        else:
            patched.setattr("db.store.salvage.os.replace", replace)
        open_store(data_dir)
    # The log first: beside a fresh store it would be taken for that store's own.
    assert (data_dir / "cheonman.db").exists() == (renamed != FRESH)
    assert "cheonman.db" not in moved or moved.index("cheonman.db-wal") == 0
    with open_store(data_dir) as store:
        assert store.device != device
        rows = list_feedback(store, limit=10_000)[0]
        assert sorted(row.text for row in rows) == sorted(texts)
        assert verify(store) == ()
        # Once each, in the table for an office too.
        assert count_feedback(store) == len(texts)
    (aside,) = (data_dir / "damaged").glob("*/cheonman.db")
    assert (aside.parent / "cheonman.db-wal").exists() or renamed == "cheonman.db-wal"
    assert not (data_dir / FRESH).exists()


def test_what_was_written_again_stands_once_when_the_original_turns_up(
    store: Store, tmp_path: Path
) -> None:
    receipt = add_feedback(store, praise("하나"))
    (pair,) = events(store.connection)
    with memory_store(2) as other:
        with other.change():
            assert write_again(other, *pair)
        assert [row.text for row in list_feedback(other)[0]] == ["하나"]
        with other.change() as connection:
            connection.execute(
                "INSERT INTO device(device, public_key, own, since_us) VALUES(?, ?, 0, 0)",
                (store.device, store.keys.public),
            )
            keep(connection, *pair)
        assert [row.seq for row in list_feedback(other)[0]] == [receipt.seq]
        assert count_feedback(other) == 1
        assert export_feedback(other, tmp_path / "out.csv") == 1


def test_what_an_earlier_redaction_named_is_dropped_before_it_touches_the_disk(
    store: Store,
) -> None:
    add_feedback(store, praise("지운 말", contact=PHONE))
    (pair,) = events(store.connection)
    with memory_store(2) as other:
        redact(other, store.device, 1, Erased.BOTH, "본인 요청")
        with other.change() as connection:
            connection.execute(
                "INSERT INTO device(device, public_key, own, since_us) VALUES(?, ?, 0, 0)",
                (store.device, store.keys.public),
            )
            keep(connection, *pair)
        kept = other.rows(
            "SELECT salt, body, key_id, sealed FROM event WHERE kind = ?", (FEEDBACK,)
        )
        assert kept == [(None, None, None, None)]
        ((row,), _) = list_feedback(other)
        assert row.erased and not row.has_contact


def test_a_damage_met_while_running_is_told_calmly(store: Store) -> None:
    for number in range(COUNT):
        add_feedback(store, praise(f"의견 {number} " + "가" * 200))
    store.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    size = store.directory.store.stat().st_size
    with store.directory.store.open("r+b") as stream:
        stream.seek(4096)
        stream.write(b"\xff" * (size - 4096))
    store.rows("PRAGMA shrink_memory")
    with pytest.raises(StorageUnavailable) as refused:
        list_feedback(store, limit=10_000)
    assert refused.value.cause == "corrupt"


@pytest.mark.parametrize("seed", range(12))
def test_random_bit_flips_never_lose_a_feedback_unseen(data_dir: Path, seed: int) -> None:
    texts, _codes, _device = fill(data_dir)
    file = data_dir / "cheonman.db"
    content = bytearray(file.read_bytes())
    chance = random.Random(seed)
    for _ in range(6):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    file.write_bytes(content)
    with open_store(data_dir) as store:
        rows = list_feedback(store, limit=10_000)[0]
        found = [row.text for row in rows if not row.erased]
        missing = set(texts) - set(found)
        assert not missing or notices(store) or verify(store)
        assert len(missing) <= 12
        assert len(found) == len(set(found))

"""The inbox in pieces: kept, searched and forgotten as the tables beside it say."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from db.demonstration.making import make_demonstration
from db.inbox.acts import OfficerAtWork
from db.inbox.columns import Inbox
from db.inbox.filters import Facet, Filter, Sort
from db.inbox.named import Names
from db.inbox.word_index import ROWS, grams_of
from db.officers.accounts import Officers
from db.officers.desk_records import DeskRecords
from db.records.feedback import Erased, ReviewState
from db.records.officers import OfficerRole
from db.store.journal import rebuild, redact
from db.store.opening import open_store
from db.store.store import Store

MADE = ROWS + 40


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "d"
    make_demonstration(folder, MADE, seed=3)
    return folder


@pytest.fixture
def store(made: Path, tmp_path: Path) -> Iterator[Store]:
    shutil.copytree(made, tmp_path / "d")
    with open_store(tmp_path / "d") as opened:
        yield opened


def found(inbox: Inbox, text: str) -> list[int]:
    return sorted(inbox.find(Filter(text=text)).positions.tolist())


def columns(store: Store, *names: str) -> list[tuple[str | None, ...]]:
    """Of every feedback in the order of its row."""
    return store.rows(
        f"SELECT {', '.join(names)} FROM feedback f"
        " JOIN event e ON e.device = f.device AND e.seq = f.seq ORDER BY f.rowid"
    )


def forget_pieces(store: Store) -> None:
    with store.change() as connection:
        for table in ("inbox_piece", "inbox_column", "inbox_word"):
            connection.execute(f"DELETE FROM {table}")


def piece_rows(store: Store) -> tuple[int, ...]:
    return tuple(
        int((store.row(f"SELECT count(*) FROM {table}") or (0,))[0])
        for table in ("inbox_piece", "inbox_column", "inbox_word")
    )


def test_an_index_finds_what_reading_finds_of_one_two_and_three_letters(store: Store) -> None:
    inbox = Inbox(store, {})
    assert not inbox.may_keep and piece_rows(store)[:2] == (1, 1)
    said = [text or "" for (text,) in columns(store, "e.body ->> '$.text'")]
    for text in (
        "길",
        "나무",
        "가로등",
        "나무 그늘",
        "ENGLISH",
        "pond",
        "없는낱말",
        "수국도 함께",
        "7월",
    ):
        words = [word.lower() for word in text.split()]
        expected = [n for n, each in enumerate(said) if all(w in each.lower() for w in words)]
        assert found(inbox, text) == expected, text


def test_a_kept_piece_says_what_the_tables_say(store: Store) -> None:
    kept = Inbox(store, {})
    forget_pieces(store)
    read = Inbox(store, {})
    for sort in Sort:
        assert np.array_equal(
            kept.find(Filter(), sort).positions, read.find(Filter(), sort).positions
        )
    assert kept.counts(Filter()) == read.counts(Filter())
    assert kept.find(Filter()).sections == read.find(Filter()).sections
    assert read.may_keep and read.keep_one() and not read.keep_one()


def test_what_is_erased_takes_its_letters_along_and_is_found_no_more(store: Store) -> None:
    inbox = Inbox(store, {})
    place = found(inbox, "나무")[0]
    (row,) = inbox.rows([place])
    assert row and place < ROWS
    redact(store, row.feedback.device, row.feedback.seq, Erased.BODY, "본인 요청")
    assert piece_rows(store) == (0, 0, 0)
    inbox.refresh()
    assert place not in found(inbox, "나무") and found(inbox, "나무")
    while inbox.keep_one():
        pass
    assert piece_rows(store)[:2] == (1, 1) and place not in found(inbox, "나무")


def test_a_rotten_piece_is_read_anew_and_a_rebuilt_store_has_none(store: Store) -> None:
    counts = Inbox(store, {}).counts(Filter())
    with store.change() as connection:
        connection.execute("UPDATE inbox_column SET data = zeroblob(length(data))")
    inbox = Inbox(store, {})
    assert inbox.counts(Filter()) == counts
    rebuild(store)
    assert piece_rows(store) == (0, 0, 0)
    inbox.refresh()
    assert inbox.counts(Filter()) == counts


def test_a_decision_in_the_place_of_one_taken_back_is_taken_up(store: Store) -> None:
    officers = Officers(DeskRecords(store))
    officer = officers.add("한 사람", "a long password", OfficerRole.ADMINISTRATOR, by=None)
    at_work = OfficerAtWork(officers, officer)
    inbox = Inbox(store, {})
    waiting = Filter().only(Facet.STATE, ReviewState.RECEIVED)
    first, second = inbox.find(waiting, Sort.OLDEST).positions[[0, -1]].tolist()
    ids = [row.feedback.id for row in inbox.rows([first, second]) if row]
    done = at_work.set_state(ids[:1], ReviewState.IN_REVIEW)
    inbox.refresh()
    at_work.undo(done.ref)
    at_work.assign(ids[1:], "공원 담당")
    inbox.refresh()
    one, other = inbox.rows([first, second])
    assert one and one.state is ReviewState.RECEIVED
    assert other and other.state is ReviewState.ASSIGNED
    fresh = Inbox(store, {})
    assert fresh.counts(Filter()) == inbox.counts(Filter())


def test_first_sounds_find_what_is_about_a_project_or_a_dong_of_that_name(store: Store) -> None:
    rows = columns(store, "f.project", "f.dong")
    project = next(each for each, _dong in rows if each)
    inbox = Inbox(store, {}, names=Names({project: "덕진공원 연못"}))
    assert found(inbox, "ㄷㅈㄱㅇ") == [n for n, row in enumerate(rows) if row[0] == project]
    dongs = found(inbox, "ㄱㅇㄷ")
    assert dongs and all("동" in (rows[n][1] or "") for n in dongs)


def test_a_word_of_one_letter_is_a_letter_and_longer_ones_are_pairs() -> None:
    assert grams_of("길") == [ord("길") << 16]
    assert len(grams_of("가로등")) == 2

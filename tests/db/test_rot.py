"""Rot: what no longer fits its hashes is shown to nobody, and everything else goes on."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import msgspec
import pytest

from db.doctor.healing import heal
from db.exchange.pages.exporting import export_pages
from db.exchange.pages.importing import import_page
from db.exchange.pages.store_shelf import StoreShelf
from db.exchange.pages.version_vector import vector
from db.exchange.status.acknowledgements import (
    Acknowledgement,
    can_give,
    own_acknowledgement,
    take_acknowledgement,
)
from db.exchange.status.store_hash import store_hash
from db.exchange.trust.papers import DeviceRole
from db.exchange.trust.trust import Trust, save_trust
from db.participation.feedback import add_feedback, list_feedback
from db.participation.plantings import NewPlanting, count_planted, list_plantings, register_planting
from db.participation.public_opinions import published_about
from db.participation.replies import Status, add_reply, look_up, replies_to
from db.participation.reviews import decisions, set_review
from db.records import About, Erased, FeedbackRow, ReviewState
from db.store.backup import backup, restore
from db.store.journal import event_at, redact
from db.store.lacking import lacking
from db.store.notices import notices
from db.store.opening import open_store
from db.store.page import read_page
from db.store.rot import mend
from db.store.store import Store
from db.store.verification import verify
from tests.db.exchange.city import City, a_city, pages, take_all
from tests.db.in_memory import NOON, PHONE, praise

PROJECT = "deokjin-park"


class Town:
    """A kiosk on disk with what residents said and the city answered, closed; and a desk."""

    def __init__(self, path: Path, city: City) -> None:
        self.city, self.home = city, path / "kiosk"
        self.desk = city.enrol(DeviceRole.DESK, "책의도시과")
        with open_store(self.home, lambda: NOON) as store:
            # What rots here does so on purpose; waiting for the disk proves nothing.
            store.rows("PRAGMA synchronous = OFF")
            shelf = self.shelf(store)
            self.codes = [self._say(store, number) for number in range(24)]
            planted = [NewPlanting(species=f"느티나무 {n}", trees=n + 1) for n in range(6)]
            self.codes += [register_planting(store, each).code for each in planted]
            take_all(self.desk, pages(store))
            for number, row in enumerate(list_feedback(store)[0][::3]):
                add_reply(self.desk.store, row.id, f"답변 {number}", public=number % 2 == 0)
                set_review(self.desk.store, row.id, ReviewState.ADOPTED, reason=f"까닭 {number}")
            take_all(shelf, pages(self.desk.store))
            self.right = Shown(self, store)

    def _say(self, store: Store, number: int) -> str:
        about = {"about": About.PROJECT, "project": PROJECT} if number % 3 == 0 else {}
        contact = PHONE if number % 5 == 0 else None
        words = f"의견 {number} " + "나무를 더 심어 주세요. " * (number % 9)
        return add_feedback(store, praise(words, contact=contact, **about)).code

    def shelf(self, store: Store) -> StoreShelf:
        """Certified, under whatever name it goes on."""
        name = f"기기 {store.device}"
        self.city.certify(store, DeviceRole.KIOSK, name)
        shelf = StoreShelf(store, Trust(lambda: NOON))
        self.city.shelves[name] = shelf
        self.city.tell_all()
        save_trust(store.directory, shelf.trust)
        return shelf

    def reader(self, number: int) -> StoreShelf:
        return self.city.enrol(DeviceRole.DESK, f"읽는 검토대 {number}")


class Shown:
    """Everything that a store shows to anybody."""

    def __init__(self, town: Town, store: Store) -> None:
        self.rows = {row.id: row for row in list_feedback(store)[0]}
        self.plantings = {row.id: (row.species, row.trees) for row in list_plantings(store)}
        self.planted = count_planted(store)
        self.statuses = {code: look_up(store, code) for code in town.codes}
        self.published = set(published_about(store, PROJECT))

    def assert_nothing_wrong(self, right: Shown) -> None:
        """Less may be shown, as lost or not at all, but nothing else."""
        for id, row in self.rows.items():
            assert _without_lost(row) in (right.rows[id], _lost(right.rows[id], row))
        assert self.plantings.items() <= right.plantings.items()
        assert self.planted == sum(trees for _species, trees in self.plantings.values())
        assert self.published <= right.published
        for code, status in self.statuses.items():
            true = right.statuses[code]
            if status is not None and true is not None:
                assert _telling(status) <= _telling(true)


def _without_lost(row: FeedbackRow) -> FeedbackRow:
    """Where it stands is another device's matter after a loss."""
    return msgspec.structs.replace(row, device="", seq=0)


def _lost(true: FeedbackRow, row: FeedbackRow) -> FeedbackRow:
    """The true row with the same things lost."""
    changes: dict[str, object] = {} if row.has_contact else {"has_contact": False}
    if row.state is ReviewState.RECEIVED:
        changes["state"] = row.state
    if row.erased:
        empty = ("kind", "lat", "lon", "rating", "language", "site", "origin")
        changes |= {name: None for name in empty} | {"phrases": (), "text": "", "erased": True}
    return msgspec.structs.replace(true, **changes)


def _telling(status: Status) -> set[object]:
    told: set[object] = {status.id, status.project, status.at_us}
    told |= {(reply.text, reply.public) for reply in status.replies}
    told |= {status.text, status.kind} if not status.erased else set()
    told |= {status.planting and status.planting.species} if not status.erased else set()
    return told | ({status.reason} if status.reason else set())


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    path = tmp_path_factory.mktemp("town")
    with ExitStack() as stack:
        made = Town(path, stack.enter_context(a_city(path / "authority", lambda: NOON)))
        # A reading shows no device twice: what is lost is compared without its place.
        made.right.rows = {id: _without_lost(row) for id, row in made.right.rows.items()}
        yield made


def _flip(raw: bytearray, by: random.Random, times: int) -> None:
    for _ in range(times):
        raw[by.randrange(len(raw))] ^= 1 << by.randrange(8)


def _block(raw: bytearray, by: random.Random) -> None:
    at = by.randrange(len(raw) // 4096) * 4096
    raw[at : at + 4096] = by.randbytes(4096)


CASES = [("bit", 1), ("bit", 2), ("bits", 3), ("bits", 4), ("block", 5), ("block", 6)]
MANY = [(how, seed) for how in ("bit", "bits", "block") for seed in range(100, 130)]


@pytest.mark.parametrize(
    ("how", "seed"), [*CASES, *(pytest.param(*case, marks=pytest.mark.soak) for case in MANY)]
)
def test_whatever_rots_nothing_wrong_is_shown_and_everything_goes_on(
    how: str, seed: int, town: Town, tmp_path: Path
) -> None:
    home = tmp_path / "kiosk"
    shutil.copytree(town.home, home)
    by, file = random.Random(f"{how} {seed}"), home / "cheonman.db"
    raw = bytearray(file.read_bytes())
    if how == "block":
        _block(raw, by)
    else:
        _flip(raw, by, 1 if how == "bit" else 30)
    file.write_bytes(raw)
    with open_store(home, lambda: NOON) as store:
        store.rows("PRAGMA synchronous = OFF")
        Shown(town, store).assert_nothing_wrong(town.right)
        shelf, reader = town.shelf(store), town.reader(seed)
        assert {outcome.reason for outcome in take_all(reader, pages(store))} <= {None}
        Shown(town, reader.store).assert_nothing_wrong(town.right)
        heal(store)
        assert verify(store) == ()
        take_all(shelf, pages(town.desk.store))
        whole = Shown(town, store)
        whole.assert_nothing_wrong(town.right)
        # The desk held all of it, so all of it is back.
        assert [row.text for row in whole.rows.values() if row.erased] == []
        assert backup(store, tmp_path / "backup.db").lost == ()
    restore(tmp_path / "restored", tmp_path / "backup.db", lambda: NOON)
    with open_store(tmp_path / "restored", lambda: NOON) as store:
        assert _ids(Shown(town, store)) == _ids(town.right)


def _ids(shown: Shown) -> set[str]:
    return {id for id, row in shown.rows.items() if not row.erased}


# -- one thing at a time ---------------------------------------------------------------------------


def spoil(store: Store, column: str, value: object, seq: int = 1, table: str = "event") -> None:
    """As a disk does it: below everything that checks."""
    with store.change() as connection:
        connection.execute(f"UPDATE {table} SET {column} = ? WHERE seq = ?", (value, seq))


def body_of(store: Store, seq: int = 1) -> str:
    ((body,),) = store.rows("SELECT body FROM event WHERE seq = ?", (seq,))
    return str(body)


def test_a_flipped_bit_is_never_shown_and_goes_out_as_it_was_written(
    store: Store, town: Town
) -> None:
    add_feedback(store, praise("100만원"))
    spoil(store, "body", body_of(store).replace("100", "900"))
    ((row,), _) = list_feedback(store)
    assert (row.text, row.erased) == ("", True)
    town.shelf(store)
    (page,) = export_pages(store)
    ((contents),) = read_page(page.data).contents
    assert contents.body is not None and "100만원" in contents.body
    ((row,), _) = list_feedback(store)
    assert row.text == "100만원"
    assert [each.kind for each in notices(store)] == ["rot"]


def test_the_daily_look_takes_no_body_that_does_not_fit(store: Store) -> None:
    add_feedback(store, praise("100만원", rating=1))
    spoil(store, "body", '{"kind":"praise","rating":3,"text":"900만원"}')
    assert heal(store)
    assert store.rows("SELECT rating, erased FROM feedback") == [(None, 1)]
    ((row,), _) = list_feedback(store)
    assert row.text == "" and row.rating is None
    assert lacking(store) == [(store.device, 1)]
    assert verify(store) == ()


def test_what_is_lost_is_asked_for_and_filled_by_whoever_has_it(store: Store, town: Town) -> None:
    for number in range(3):
        add_feedback(store, praise(f"의견 {number}", contact=PHONE))
    # A desk of its own: what the town's desk holds is compared by others.
    shelf, desk = town.shelf(store), town.reader(8)
    whole = store_hash(store)
    take_all(desk, pages(store))
    spoil(store, "body", "{}", 2)
    spoil(store, "sealed", b"nonsense", 3)
    assert store_hash(store).journal != whole.journal
    mend(store)
    word = msgspec.json.decode(own_acknowledgement(shelf).text, type=Acknowledgement)
    assert word.lacks == {store.device: (2, 3)}
    given = can_give(desk, [word])
    assert sum(import_page(shelf, page.data).filled for page in given) == 2
    assert lacking(store) == []
    assert store_hash(store) == whole
    word = msgspec.json.decode(own_acknowledgement(shelf).text, type=Acknowledgement)
    assert word.lacks == {}


def test_what_was_erased_is_not_asked_for(store: Store, town: Town) -> None:
    add_feedback(store, praise())
    spoil(store, "body", "{}")
    mend(store)
    redact(store, store.device, 1, Erased.BODY, "본인 요청")
    assert lacking(store) == []


def test_a_journal_whose_header_nobody_else_has_goes_on_under_a_new_name(
    store: Store, town: Town
) -> None:
    codes = [add_feedback(store, praise(f"의견 {number}")).code for number in range(4)]
    town.shelf(store)
    spoil(store, "subject", "project/somewhere-else", 2)
    first = store.device
    assert look_up(store, codes[1]) is None
    heal(store)
    assert store.device != first
    assert vector(store) == {first: 1, store.device: 2}
    texts = [status and status.text for status in (look_up(store, code) for code in codes)]
    assert texts == ["의견 0", None, "의견 2", "의견 3"]
    assert verify(store) == ()
    town.shelf(store)
    assert {each.reason for each in take_all(town.reader(7), pages(store))} == {None}


def test_a_header_that_others_hold_is_filled_by_them(store: Store, town: Town) -> None:
    for number in range(4):
        add_feedback(store, praise(f"의견 {number}"))
    desk = town.reader(9)
    shelf = town.shelf(store)
    take_all(desk, pages(store))
    take_word(shelf, desk)
    first = store.device
    spoil(store, "subject", "project/somewhere-else", 2)
    heal(store)
    assert store.device == first
    assert vector(store)[first] == 1
    outcomes = take_all(shelf, pages(desk.store, vector(store)))
    assert sum(outcome.filled for outcome in outcomes) == 1
    assert vector(store)[first] == 4
    assert verify(store) == ()


def take_word(shelf: StoreShelf, other: StoreShelf) -> None:
    take_acknowledgement(shelf, own_acknowledgement(other), "word")


def test_what_screens_show_is_read_from_the_events(store: Store) -> None:
    one = add_feedback(store, praise("하나", about=About.PROJECT, project=PROJECT))
    two = add_feedback(store, praise("둘"))
    reply = add_reply(store, one.id, "비밀 답변")
    set_review(store, one.id, ReviewState.DECLINED, reason="까닭")
    spoil(store, "public", 1, reply_seq := 3, table="reply")
    spoil(store, "text", "아무도 하지 않은 답변", reply_seq, table="reply")
    spoil(store, "reason", "아무도 대지 않은 까닭", 4, table="review")
    assert [each.text for each in replies_to(store, one.id)] == [reply.text]
    assert replies_to(store, one.id, public_only=True) == ()
    assert published_about(store, PROJECT) == ()
    assert [each.reason for each in decisions(store, one.id)] == ["까닭"]
    # A code that rotted into another's opens neither.
    (code,) = store.rows("SELECT code FROM feedback WHERE seq = 2")[0]
    spoil(store, "code", code, 1, table="feedback")
    found = look_up(store, two.code)
    assert found is not None and found.text == "둘"
    assert look_up(store, one.code) is None
    assert heal(store)
    found = look_up(store, one.code)
    assert found is not None and found.text == "하나"


@pytest.mark.parametrize(
    ("column", "value"),
    [("kind", "praisf"), ("about", "x"), ("at_us", 5), ("code", 7), ("device", "a"), ("seq", 99)],
)
def test_a_row_that_does_not_follow_from_its_event_is_noticed(
    store: Store, column: str, value: object
) -> None:
    add_feedback(store, praise("하나"))
    add_feedback(store, praise("둘"))
    spoil(store, column, value, table="feedback")
    texts = [row.text for row in list_feedback(store)[0]]
    assert texts == (["둘"] if column in ("device", "seq") else ["하나", "둘"])
    assert len(store.doubts) == 1
    heal(store)
    assert sorted(row.text for row in list_feedback(store)[0]) == ["둘", "하나"]
    assert store.doubts == {}


def test_a_backup_of_what_rotted_says_so_and_can_be_restored(store: Store, tmp_path: Path) -> None:
    for number in range(5):
        add_feedback(store, praise(f"의견 {number}"))
    spoil(store, "body", "{}", 2)
    spoil(store, "kind", "nonsense", 4)
    device = store.device
    done = backup(store, tmp_path / "backup.db")
    assert done.lost == (f"{device}/2", f"{device}/4")
    restored = restore(tmp_path / "restored", tmp_path / "backup.db")
    # What says nothing that can be read is not written again.
    assert restored.events == 4
    with open_store(tmp_path / "restored") as other:
        assert verify(other) == ()
        texts = {row.text for row in list_feedback(other)[0]}
        assert texts == {"의견 0", "", "의견 2", "의견 4"}
    # The store itself is as it was: only its own look mends it.
    assert event_at(store.connection, device, 2) is not None and lacking(store) == []

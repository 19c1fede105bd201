"""Laws of the journal: whatever was written verifies, and nothing can be altered unseen."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from db.participation.feedback import add_feedback
from db.participation.plantings import NewPlanting, register_planting
from db.participation.replies import add_reply
from db.participation.reviews import set_review
from db.records import Erased, Kind, ReviewState
from db.records.feedback import FeedbackBody
from db.store.events import Event, header_bytes
from db.store.journal import append, events, keep, rebuild, redact
from db.store.store import Store
from db.store.verification import projection_hash, verify
from tests.db.in_memory import PHONE, keys, memory_store, praise

ACTS = ("feedback", "contact", "planting", "review", "reply", "redact body", "redact contact")
acts = st.lists(
    st.tuples(st.sampled_from(ACTS), st.integers(0, 1_000_000)), min_size=1, max_size=14
)


def do(store: Store, act: str, choice: int) -> None:
    """One act on the store; what needs a feedback finds one or makes it first."""
    ids = store.rows("SELECT id, device, seq FROM feedback WHERE erased = 0 ORDER BY device, seq")
    if act in ("feedback", "contact") or not ids:
        add_feedback(store, praise(f"의견 {choice}", contact=PHONE if act == "contact" else None))
        return
    id, device, seq = ids[choice % len(ids)]
    if act == "planting":
        register_planting(store, NewPlanting(species="느티나무", trees=choice % 9 + 1))
    elif act == "review":
        state = (ReviewState.IN_REVIEW, ReviewState.ADOPTED, ReviewState.WITHHELD)[choice % 3]
        reason = "이름이 적혀 있음" if state is ReviewState.WITHHELD else None
        set_review(store, id.hex(), state, reason=reason)
    elif act == "reply":
        add_reply(store, id.hex(), f"답변 {choice}", public=bool(choice % 2))
    else:
        what = Erased.BODY if act == "redact body" else Erased.CONTACT
        redact(store, device, seq, what, "시험")


@given(acts)
def test_whatever_is_done_the_journal_verifies_and_gives_the_same_projections(
    done: list[tuple[str, int]],
) -> None:
    with memory_store() as store:
        for act, choice in done:
            do(store, act, choice)
        assert verify(store) == ()
        before = projection_hash(store.connection)
        rebuild(store)
        assert projection_hash(store.connection) == before


@given(acts)
def test_numbers_are_contiguous_from_one(done: list[tuple[str, int]]) -> None:
    with memory_store() as store:
        for act, choice in done:
            do(store, act, choice)
        numbers = [event.seq for event, _ in events(store.connection)]
        assert numbers == list(range(1, len(numbers) + 1))


COLUMNS = (
    "device seq id kind subject at_us receipt body_hash sealed_hash chain signature"
    " salt body key_id sealed"
)


@given(acts, st.sampled_from(COLUMNS.split()), st.integers(0, 1_000_000), st.integers(0, 1_000_000))
def test_any_single_flipped_bit_is_found(
    done: list[tuple[str, int]], column: str, row: int, bit: int
) -> None:
    with memory_store() as store:
        for act, choice in [*done, ("contact", 1)]:
            do(store, act, choice)
        rows = store.rows(
            f"SELECT rowid, {column} FROM event WHERE {column} IS NOT NULL"
            f" AND (typeof({column}) = 'integer' OR length({column}) > 0) ORDER BY rowid"
        )
        rowid, value = rows[row % len(rows)]
        flipped = flip(value, bit)
        assume(flipped is not None)
        taken = store.rows(
            "SELECT 1 FROM event WHERE device = ? AND seq = ?", (store.device, flipped)
        )
        assume(column != "seq" or (not taken and isinstance(flipped, int) and flipped > 0))
        store.rows(f"UPDATE event SET {column} = ? WHERE rowid = ?", (flipped, rowid))
        assert verify(store) != ()


def flip(value: int | str | bytes, bit: int) -> object:
    """The value with one bit of it turned over, or None where that is no text any more."""
    if isinstance(value, int):
        return value ^ 1 << bit % 40
    raw = bytearray(value.encode() if isinstance(value, str) else value)
    raw[bit // 8 % len(raw)] ^= 1 << bit % 8
    if not isinstance(value, str):
        return bytes(raw)
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return None


@pytest.mark.parametrize(
    "taking",
    [
        "DELETE FROM event WHERE seq = 2",
        "UPDATE event SET salt = NULL, body = NULL WHERE seq = 2",
    ],
)
def test_what_was_taken_out_is_found(taking: str) -> None:
    with memory_store() as store:
        for number in range(4):
            add_feedback(store, praise(f"의견 {number}"))
        store.rows(taking)
        assert verify(store) != ()


def test_events_that_were_cut_off_at_the_end_are_found_by_the_projections() -> None:
    with memory_store() as store:
        for number in range(4):
            add_feedback(store, praise(f"의견 {number}"))
        store.rows("DELETE FROM event WHERE seq = 4")
        assert [fault.where for fault in verify(store)] == ["feedback"]


def test_a_signature_of_another_device_is_found() -> None:
    with memory_store(1) as store:
        add_feedback(store, praise())
        chain = store.rows("SELECT chain FROM event")[0][0]
        store.rows("UPDATE event SET signature = ?", (keys(2).sign(chain),))
        assert any("signature" in fault.what for fault in verify(store))


def test_the_last_events_need_a_signature_but_those_before_are_covered_by_it() -> None:
    with memory_store() as store:
        for number in range(3):
            add_feedback(store, praise(f"의견 {number}"))
        store.rows("UPDATE event SET signature = NULL WHERE seq < 3")
        assert verify(store) == ()
        store.rows("UPDATE event SET signature = NULL WHERE seq = 3")
        assert verify(store) != ()


@given(acts, acts, st.randoms(use_true_random=False))
def test_events_of_two_devices_give_the_same_projections_in_any_order(
    first: list[tuple[str, int]], second: list[tuple[str, int]], order: random.Random
) -> None:
    with (
        memory_store(1) as one,
        memory_store(2) as two,
        memory_store(3) as left,
        memory_store(4) as right,
    ):
        for act, choice in first:
            do(one, act, choice)
        # The second device knows the first one's feedback and reviews or erases that too.
        copy_into(two, one)
        for act, choice in second:
            do(two, act, choice)
        streams = {
            device: [pair for pair in events(two.connection, device)]
            for device in (one.device, two.device)
        }
        for into in (left, right):
            queue = {device: list(pairs) for device, pairs in streams.items()}
            while any(queue.values()):
                device = order.choice([each for each, pairs in queue.items() if pairs])
                event, contents = queue[device].pop(0)
                with into.change() as connection:
                    keep(connection, event, contents)
        assert projection_hash(left.connection) == projection_hash(right.connection)
        assert projection_hash(left.connection) == projection_hash(two.connection)


def copy_into(target: Store, source: Store) -> None:
    with target.change() as connection:
        connection.execute(
            "INSERT INTO device(device, public_key, own, since_us) VALUES(?, ?, 0, 0)",
            (source.device, source.keys.public),
        )
        for event, contents in events(source.connection):
            keep(connection, event, contents)


@pytest.mark.parametrize(
    "change",
    [{"seq": 0}, {"kind": ""}, {"kind": "k" * 41}, {"subject": "s" * 201}, {"id": b"1"},
     {"body_hash": b""}, {"receipt": b"short"}, {"sealed_hash": b"short"}],
)  # fmt: skip
def test_a_header_outside_its_bounds_is_refused(change: dict[str, Any]) -> None:
    sound: dict[str, Any] = {
        "device": keys().device, "seq": 1, "id": b"i" * 16, "kind": "k", "subject": "",
        "at_us": 0, "receipt": None, "body_hash": b"h" * 32, "sealed_hash": None,
    }  # fmt: skip
    header_bytes(Event(**sound))
    with pytest.raises(ValueError, match=r"."):
        header_bytes(Event(**(sound | change)))


def test_a_refused_event_uses_no_number(store: Store) -> None:
    add_feedback(store, praise("하나"))
    with pytest.raises(RuntimeError), store.change():
        add_feedback_inside(store)
        raise RuntimeError
    assert add_feedback(store, praise("둘")).seq == 2
    assert verify(store) == ()


def add_feedback_inside(store: Store) -> None:
    append(store, store.connection, "feedback.submitted", "general", FeedbackBody(kind=Kind.PRAISE))

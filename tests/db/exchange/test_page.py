"""Pages: the same events out as in, small, and worthless once anything is altered."""

from __future__ import annotations

import random
import tracemalloc
from itertools import pairwise

import msgspec
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from db.exchange.pages.exporting import export_pages
from db.participation.feedback import add_feedback
from db.records import Erased, Kind
from db.records.event_kinds import FEEDBACK
from db.records.feedback import FeedbackBody
from db.refusals import Reason, Refused
from db.store.events import Contents, Event, genesis, next_link
from db.store.journal import append, events, redact
from db.store.page import LARGEST_PLAIN, MAGIC, MOST_EVENTS, read_page, write_page
from tests.db.exchange.words import long_feedback
from tests.db.in_memory import PHONE, memory_store, praise

CONTACTS = st.lists(st.tuples(st.booleans(), st.sampled_from([None, *Erased])), max_size=12)


@given(CONTACTS)
def test_a_page_gives_back_the_events_it_was_made_of(
    acts: list[tuple[bool, Erased | None]],
) -> None:
    with memory_store() as store:
        for with_contact, erased in acts:
            receipt = add_feedback(store, praise(contact=PHONE if with_contact else None))
            if erased:
                redact(store, receipt.device, receipt.seq, erased, "시험")
        out = list(export_pages(store))
        again = [pair for page in out for pair in _pairs(page.data)]
        kept = list(events(store.connection))
        assert [contents for _event, contents in again] == [contents for _event, contents in kept]
        assert [event.chain for event, _contents in again] == [event.chain for event, _ in kept]


def _pairs(data: bytes) -> list[tuple[Event, Contents]]:
    page = read_page(data)
    return list(zip(page.events, page.contents, strict=True))


def test_links_computed_for_a_page_are_those_of_the_journal() -> None:
    with memory_store() as store:
        for number in range(7):
            add_feedback(store, praise(f"의견 {number}"))
        page = read_page(next(export_pages(store)).data)
        link = genesis(store.keys.public)
        assert page.previous == link
        for event in page.events:
            link = next_link(link, event)
            assert link == event.chain
        assert page.is_signed_by(store.keys.public)
        assert not page.is_signed_by(bytes(32))


def test_pages_hold_at_most_five_hundred_events_and_follow_on_each_other() -> None:
    with memory_store() as store:
        with store.change() as connection:
            for number in range(1_203):
                body = FeedbackBody(kind=Kind.PRAISE, text=f"의견 {number}")
                append(store, connection, FEEDBACK, "general", body)
        read = [read_page(page.data) for page in export_pages(store, {store.device: 100})]
        assert [(page.first, page.last) for page in read] == [(101, 600), (601, 1100), (1101, 1203)]
        for before, after in pairwise(read):
            assert after.previous == before.link


def test_a_page_of_long_bodies_ends_before_it_grows_too_large() -> None:
    with memory_store() as store:
        letters = random.Random(5)
        with store.change() as connection:
            for _ in range(60):
                text = "".join(chr(letters.randrange(0xAC00, 0xD7A4)) for _ in range(4_000))
                body = FeedbackBody(kind=Kind.PRAISE, text=text, phrases=())
                for _ in range(4):
                    append(store, connection, FEEDBACK, "general", body)
        read = [read_page(page.data) for page in export_pages(store)]
        assert len(read) > 1
        assert sum(len(page.events) for page in read) == 240


def test_a_page_of_events_with_a_hole_or_none_at_all_is_never_written() -> None:
    with memory_store() as store:
        for number in range(3):
            add_feedback(store, praise(f"의견 {number}"))
        pairs = list(events(store.connection))
        first, third = pairs[0], pairs[2]
        with pytest.raises(ValueError, match="without a break"):
            write_page(bytes(32), [first[0], third[0]], [first[1], third[1]])


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", Reason.UNREADABLE),
        (b"not a page", Reason.UNREADABLE),
        (MAGIC, Reason.UNREADABLE),
        (MAGIC + b"\x28\xb5\x2f\xfd", Reason.UNREADABLE),
        (MAGIC + zstandard.compress(bytes(LARGEST_PLAIN + 1)), Reason.TOO_LARGE),
        (MAGIC + zstandard.compress(b"\x91" * 1_000_000), Reason.UNREADABLE),
        (MAGIC + zstandard.compress(b"\xdd\xff\xff\xff\xff"), Reason.UNREADABLE),
        (MAGIC + bytes(5_000_000), Reason.TOO_LARGE),
    ],
)
def test_what_is_no_page_is_refused_with_the_name_of_its_place(data: bytes, reason: Reason) -> None:
    with pytest.raises(Refused) as refused:
        read_page(data, "막대기/꾸러미.age")
    assert refused.value.reason is reason
    assert refused.value.place in refused.value.ko and refused.value.place in refused.value.en


def test_counts_that_lie_take_no_memory() -> None:
    """Each column in turn claims four thousand million values."""
    with memory_store() as store:
        add_feedback(store, praise())
        columns = msgspec.msgpack.decode(
            zstandard.decompress(next(export_pages(store)).data[len(MAGIC) :])
        )
    tracemalloc.start()
    for at in range(len(columns)):
        for count in (b"\xdd\xff\xff\xff\xff", b"\xc6\xff\xff\xff\xff", b"\xdf\xff\xff\xff\xff"):
            parts = [msgspec.msgpack.encode(column) for column in columns]
            parts[at] = count
            plain = bytes([0xDC]) + len(parts).to_bytes(2, "big") + b"".join(parts)
            with pytest.raises(Refused):
                read_page(MAGIC + zstandard.compress(plain))
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4 * LARGEST_PLAIN


def test_a_full_page_needs_at_most_three_hundred_bytes_for_a_long_feedback() -> None:
    """220 characters in the words of the catalogue, the common ones more often."""
    with memory_store() as store:
        with store.change() as connection:
            for text in long_feedback(MOST_EVENTS):
                body = FeedbackBody(kind=Kind.SUGGESTION, rating=2, text=text, site="lib-deokjin")
                append(
                    store,
                    connection,
                    FEEDBACK,
                    "project/deokjin-park",
                    body,
                    receipt=random.randbytes(16),
                )
        (page,) = export_pages(store)
        assert len(page.data) / MOST_EVENTS <= 300

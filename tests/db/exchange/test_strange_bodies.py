"""A certified device that signs nonsense: it is kept as it is, and stops nobody."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from db.exchange.status.store_hash import store_hash
from db.exchange.trust.papers import DeviceRole
from db.participation.feedback import list_feedback
from db.participation.plantings import list_plantings
from db.records.event_kinds import FEEDBACK, PLANTING, REDACTION, REPLY, REVIEW
from db.records.feedback import LONGEST_WRITTEN
from db.store.journal import append
from db.store.verification import verify
from tests.db.exchange.city import a_city, pages, take_all

_IDS = st.sampled_from(("0" * 32, "f" * 32 + "\n", "F" * 32, "", "x"))
_REFS = st.sampled_from(("a" * 26 + "/1", "a" * 26 + "/999999999999999999", "a/1", "/", ""))
_ANY = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30)
_VALUES: dict[str, st.SearchStrategy[Any]] = {
    "kind": st.sampled_from(("praise", "question", "none", "")),
    "text": st.text(max_size=60),
    "lat": st.floats(),
    "lon": st.floats(),
    "rating": st.integers(-1, 5),
    "phrases": st.lists(st.text(max_size=12), max_size=4),
    "language": st.text(max_size=3),
    "site": st.text(max_size=12),
    "salvaged_from": _REFS,
    "feedback": _IDS,
    "state": st.sampled_from(("adopted", "declined", "lost")),
    "saw": st.lists(_REFS, max_size=4),
    "duplicate_of": _IDS,
    "replaces": _IDS,
    "public": st.booleans(),
    "species": st.text(max_size=12),
    "trees": st.integers(-1, 10**30),
    "planted_on": st.text(max_size=12),
    "target": _REFS,
    "what": st.sampled_from(("body", "contact", "both", "all")),
    "reason": st.text(max_size=12),
}
_BODIES = st.fixed_dictionaries({}, optional={k: v | _ANY for k, v in _VALUES.items()}) | st.lists(
    _ANY, max_size=3
)
_SUBJECTS = st.sampled_from(
    ("general", "project/", "project/x", "dong/", "dong/ㄱ", "", "point", "/")
)
_KINDS = st.sampled_from((FEEDBACK, PLANTING, REVIEW, REPLY, REDACTION, "new.kind"))
# As they stand in a body: what a writer of JSON would never say twice, too long or in such a way.
_WORDS = (
    '"text":"ㄱ"',
    '"text":""',
    '"text":null',
    '"text":[]',
    '"text": {"text":"ㄱ"}',
    '"text":"\\u0041"',
    '"text":"\\ud800"',
    '"text":"\\q"',
    '"te\\u0078t":null',
    '"text":"' + "ㄱ" * LONGEST_WRITTEN + '"',
    '"text":"' + "ㄱ" * (LONGEST_WRITTEN + 1) + '"',
    '"site":"lib-1"',
    '"site":"-"',
    '"rating":0',
    '"new":{"text":null}',
    '"lat":35.8,"lon":127.1',
    '"text":"ㄱ',
)


@settings(max_examples=40)
@example([['"te\\u0078t":null', '"text":"ㄱ"']])
@given(st.lists(st.lists(st.sampled_from(_WORDS), max_size=3), min_size=1, max_size=12))
def test_feedback_of_a_page_is_read_as_strictly_as_one_by_one(
    tmp_path_factory: pytest.TempPathFactory, said: list[list[str]]
) -> None:
    with a_city(tmp_path_factory.mktemp("city") / "authority") as city:
        strange, desk = (
            city.enrol(DeviceRole.KIOSK, "이상한 키오스크"),
            city.enrol(DeviceRole.DESK, "검토대"),
        )
        with strange.store.change() as connection:
            for words in said:
                text = ",".join(('"kind":"praise"', *words))
                body: Any = msgspec.Raw(f"{{{text}}}".encode())
                append(strange.store, connection, FEEDBACK, "general", body)
        (outcome,) = take_all(desk, pages(strange.store))
        assert outcome.new == len(said)
        assert store_hash(desk.store) == store_hash(strange.store)


@settings(max_examples=40)
@given(st.lists(st.tuples(_KINDS, _SUBJECTS, _BODIES, st.booleans()), min_size=1, max_size=12))
def test_whatever_a_desk_signs_is_stored_verified_and_listed_without_a_stumble(
    tmp_path_factory: pytest.TempPathFactory, signed: list[tuple[str, str, Any, bool]]
) -> None:
    with a_city(tmp_path_factory.mktemp("city") / "authority") as city:
        strange, desk = (
            city.enrol(DeviceRole.DESK, "이상한 검토대"),
            city.enrol(DeviceRole.DESK, "검토대"),
        )
        with strange.store.change() as connection:
            for kind, subject, body, with_receipt in signed:
                receipt = bytes(16) if with_receipt else None
                append(strange.store, connection, kind, subject, body, receipt=receipt)
        (outcome,) = take_all(desk, pages(strange.store))
        assert outcome.new == len(signed)
        assert store_hash(desk.store) == store_hash(strange.store)
        assert verify(desk.store) == ()
        list_feedback(desk.store)
        list_plantings(desk.store)

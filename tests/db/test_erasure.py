"""Erasure: the data goes from every file, the proof that nothing else changed stays."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from db.participation.feedback import add_feedback, list_feedback
from db.participation.plantings import NewPlanting, count_planted, list_plantings, register_planting
from db.participation.replies import add_reply, look_up, look_up_token
from db.problems import InputRefused
from db.records import Erased
from db.store.journal import rebuild, redact
from db.store.opening import open_store
from db.store.store import Store
from db.store.verification import projection_hash, verify
from tests.db.in_memory import PHONE, praise

SECRET = "다시는 보이면 안 되는 글"


def test_an_erased_text_is_in_no_file_any_more_and_the_journal_still_verifies(
    data_dir: Path,
) -> None:
    with open_store(data_dir) as store:
        add_feedback(store, praise("앞"))
        receipt = add_feedback(store, praise(SECRET, contact=PHONE))
        add_feedback(store, praise("뒤"))
        redact(store, receipt.device, receipt.seq, Erased.BODY, "본인 요청")
        assert verify(store) == ()
        files = [path for path in data_dir.rglob("*") if path.is_file()]
        assert not [path for path in files if SECRET.encode() in path.read_bytes()]
        rows = list_feedback(store)[0]
        assert [row.text for row in rows] == ["앞", "", "뒤"]
        assert rows[1].erased and rows[1].has_contact
        status = look_up(store, receipt.code)
        assert status is not None and status.erased and status.text == ""


def test_a_contact_can_go_alone(store: Store) -> None:
    receipt = add_feedback(store, praise("글은 남아요", contact=PHONE))
    redact(store, receipt.device, receipt.seq, Erased.CONTACT, "보관 기간")
    (row,) = list_feedback(store)[0]
    assert row.text == "글은 남아요" and not row.has_contact
    assert store.rows("SELECT sealed, key_id FROM event WHERE seq = 1") == [(None, None)]
    assert verify(store) == ()


def test_who_erased_what_and_why_stays_without_the_data(store: Store) -> None:
    receipt = add_feedback(store, praise(SECRET, contact=PHONE))
    redact(store, receipt.device, receipt.seq, Erased.BOTH, "본인 요청")
    ((device, target, what, reason),) = store.rows(
        "SELECT device, target_seq, what, reason FROM redaction"
    )
    assert (device, target, what, reason) == (store.device, 1, "both", "본인 요청")
    assert store.rows("SELECT salt, body, key_id, sealed FROM event WHERE seq = 1") == [(None,) * 4]


def test_the_log_of_erasures_cannot_itself_be_erased(store: Store) -> None:
    receipt = add_feedback(store, praise(SECRET))
    log = redact(store, receipt.device, receipt.seq, Erased.BODY, "본인 요청")
    redact(store, log.device, log.seq, Erased.BOTH, "덮기")
    assert len(store.rows("SELECT 1 FROM redaction")) == 2
    before = projection_hash(store.connection)
    rebuild(store)
    assert projection_hash(store.connection) == before


def test_an_erased_reply_is_shown_no_more(store: Store) -> None:
    receipt = add_feedback(store, praise())
    add_reply(store, receipt.id, SECRET, public=True)
    redact(store, store.device, 2, Erased.BODY, "잘못된 답변")
    status = look_up(store, receipt.code)
    assert status is not None and status.replies == ()
    assert verify(store) == ()


def test_a_registered_planting_is_counted_until_it_is_erased(store: Store) -> None:
    receipt = register_planting(
        store, NewPlanting(species="느티나무", trees=3, planted_on="2026-03", dong="덕진동1가")
    )
    register_planting(store, NewPlanting(species="소나무", trees=2, lat=35.82, lon=127.14))
    assert count_planted(store) == 5
    for status in (look_up(store, receipt.code), look_up_token(store, receipt.token)):
        assert status is not None and status.planting is not None
        assert (status.planting.species, status.planting.trees) == ("느티나무", 3)
    assert [row.species for row in list_plantings(store)] == ["소나무", "느티나무"]
    redact(store, receipt.device, receipt.seq, Erased.BODY, "본인 요청")
    assert count_planted(store) == 2
    status = look_up(store, receipt.code)
    assert status is not None and status.erased
    assert verify(store) == ()


@pytest.mark.parametrize(
    "fields",
    [{"trees": 0}, {"trees": 1001}, {"species": ""}, {"species": "가" * 41}, {"species": "\x00"},
     {"planted_on": "어제"}, {"lat": 37.5, "lon": 127.0}, {"dong": ""},
     {"species": "900101-1234567"}],
)  # fmt: skip
def test_a_planting_that_cannot_be_is_refused(store: Store, fields: dict[str, Any]) -> None:
    sound = NewPlanting(species="소나무", trees=1)
    with pytest.raises(InputRefused):
        register_planting(store, msgspec.structs.replace(sound, **fields))
    assert count_planted(store) == 0

"""Words, papers and receipts that all hubs before one database share."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from db.exchange.enrolment.authority import make_authority
from db.exchange.pages.store_shelf import StoreShelf
from db.exchange.status.acknowledgements import Acknowledgement, own_acknowledgement
from db.exchange.trust.papers import DeviceRole, Signed
from db.hub.database.shelf import HubShelf
from db.hub.receipt_status import all_shown
from db.participation.feedback import add_feedback
from db.participation.issue_receipt import MOST_FOUND
from db.participation.plantings import NewPlanting, register_planting
from db.participation.replies import add_reply
from db.participation.reviews import set_review
from db.receipts.code import read_token, receipt_key
from db.records import ReviewState
from db.records.event_kinds import FEEDBACK, PLANTING, REPLY, REVIEW
from db.records.feedback import FeedbackBody, Kind
from db.refusals import Reason, Refused
from db.store.journal import append, events
from db.store.recovery import write_again
from tests.db.exchange.city import City, pages, take_all
from tests.db.hub.carrying import bring, some
from tests.db.hub.conftest import Database
from tests.db.in_memory import praise


def say(hub: HubShelf, signed: Signed) -> None:
    word = msgspec.json.decode(signed.text, type=Acknowledgement)
    hub.run(lambda: hub.keep_word(word, signed))


def test_only_a_newer_word_takes_the_place_of_the_one_that_is_held(
    hub: HubShelf, kiosk: StoreShelf, desk: StoreShelf
) -> None:
    device = kiosk.store.device
    assert (hub.word_number(device), hub.words()) == (0, [])
    old = own_acknowledgement(kiosk)
    some(kiosk, 1)
    new = own_acknowledgement(kiosk)
    others = own_acknowledgement(desk)
    for word in (old, new, old, others):
        say(hub, word)
    assert hub.word_number(device) == 2
    assert dict(hub.words()) == {device: new, desk.store.device: others}
    assert [device for device, _ in hub.words()] == sorted([device, desk.store.device])
    assert hub.census().words == 2


def test_what_one_hub_learns_about_devices_every_other_one_knows(
    database: Database, hub: HubShelf, city: City
) -> None:
    assert hub.papers() is None
    older = city.authority.papers
    city.enrol(DeviceRole.KIOSK, "새 키오스크")
    second = database.hub()
    second.run(lambda: second.keep_papers(city.authority.papers))
    hub.run(lambda: hub.keep_papers(older))
    found = hub.papers()
    assert found is not None
    assert set(found.certificates) == set(city.authority.papers.certificates)
    assert found.list == city.authority.papers.list


def test_a_grant_for_one_device_is_never_shared(hub: HubShelf, city: City) -> None:
    papers = msgspec.structs.replace(city.authority.papers, grant=b"for one desk alone")
    hub.run(lambda: hub.keep_papers(papers))
    found = hub.papers()
    assert found is not None and found.grant is None


def test_papers_of_another_city_are_refused_by_a_database_that_serves_one(
    hub: HubShelf, city: City, tmp_path: Path
) -> None:
    hub.run(lambda: hub.keep_papers(city.authority.papers))
    other = make_authority(tmp_path / "other").papers
    with pytest.raises(Refused) as refused:
        hub.run(lambda: hub.keep_papers(other))
    assert refused.value.reason is Reason.OTHER_CITY
    found = hub.papers()
    assert found is not None and found.city == city.authority.papers.city


def test_a_receipt_leads_to_what_was_said_and_to_every_answer(
    hub: HubShelf, kiosk: StoreShelf, desk: StoreShelf
) -> None:
    receipt = add_feedback(kiosk.store, praise("길을 넓혀 주세요"))
    other = add_feedback(kiosk.store, praise("다른 의견"))
    tree = register_planting(kiosk.store, NewPlanting(species="느티나무", trees=2))
    take_all(desk, pages(kiosk.store))
    set_review(desk.store, receipt.id, ReviewState.ADOPTED)
    add_reply(desk.store, other.id, "다른 답변", public=True)
    add_reply(desk.store, receipt.id, "넓히겠습니다", public=True)
    assert hub.about_receipt(key(receipt.token)) == []
    bring(hub, kiosk, desk)
    found = hub.about_receipt(key(receipt.token))
    assert [event.kind for event, _ in found] == [FEEDBACK, REVIEW, REPLY]
    assert "길을 넓혀" in str(found[0][1].body) and "넓히겠습니다" in str(found[2][1].body)
    assert [event.kind for event, _ in hub.about_receipt(key(tree.token))] == [PLANTING]


def test_what_was_written_again_after_a_loss_counts_where_the_original_is_missing(
    database: Database, hub: HubShelf, city: City, kiosk: StoreShelf
) -> None:
    receipt = add_feedback(kiosk.store, praise("다시 쓴 의견"))
    heir = city.enrol(DeviceRole.KIOSK, "새로 시작한 키오스크")
    with heir.store.change():
        for event, contents in list(events(kiosk.store.connection)):
            write_again(heir.store, event, contents)
    hub.trust.accept(city.authority.papers, "papers")
    bring(hub, heir)
    (copy,) = hub.about_receipt(key(receipt.token))
    assert copy[0].device == heir.store.device
    bring(hub, kiosk)
    (original,) = hub.about_receipt(key(receipt.token))
    assert original[0].device == kiosk.store.device


def test_events_that_name_anothers_receipt_never_hide_what_was_answered(
    hub: HubShelf, kiosk: StoreShelf, desk: StoreShelf, city: City
) -> None:
    receipt = add_feedback(kiosk.store, praise("내 의견"))
    raw = read_token(receipt.token)
    assert raw is not None
    forger = city.enrol(DeviceRole.KIOSK, "남의 접수번호를 쓰는 키오스크")
    hub.trust.accept(city.authority.papers, "papers")
    with forger.store.change() as connection:
        for _ in range(MOST_FOUND + 2):
            body = FeedbackBody(kind=Kind.QUESTION, text="가로챈 의견")
            append(forger.store, connection, FEEDBACK, "general", body, receipt=receipt_key(raw))
    bring(hub, forger, kiosk)
    these, more = all_shown(hub, raw)
    assert (len(these), more) == (MOST_FOUND, True)
    take_all(desk, pages(kiosk.store))
    add_reply(desk.store, receipt.id, "시의 답변")
    bring(hub, desk)
    first, *others = all_shown(hub, raw).these
    assert [reply.text for reply in first.replies] == ["시의 답변"]
    assert others and not any(each.replies for each in others)


def test_events_that_claim_to_be_written_again_are_left_out_with_a_word_too(
    hub: HubShelf, kiosk: StoreShelf, city: City
) -> None:
    """They would hide behind one another what they push out of sight."""
    receipt = add_feedback(kiosk.store, praise("내 의견"))
    raw = read_token(receipt.token)
    assert raw is not None
    with kiosk.store.change() as connection:
        for _ in range(5 * MOST_FOUND):
            body = FeedbackBody(
                kind=Kind.QUESTION, text="가로챔", salvaged_from=f"{kiosk.store.device}/1"
            )
            append(kiosk.store, connection, FEEDBACK, "general", body, receipt=receipt_key(raw))
    bring(hub, kiosk)
    assert all_shown(hub, raw).more


def key(token: str) -> bytes:
    found = read_token(token)
    assert found is not None
    return receipt_key(found)

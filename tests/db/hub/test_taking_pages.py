"""Pages at a hub, whichever its database is: judged as at any store, given on as they came."""

from __future__ import annotations

import msgspec
import pytest

from db.exchange.pages.importing import import_page, take_page
from db.exchange.pages.store_shelf import MOST_QUARANTINED_EACH, StoreShelf
from db.exchange.trust.papers import DeviceRole
from db.hub.database.shelf import Census, HubShelf
from db.participation.feedback import add_feedback
from db.participation.plantings import NewPlanting, register_planting
from db.participation.reviews import set_review
from db.records import ReviewState
from db.records.event_kinds import REVIEW
from db.records.feedback import Body, ReviewBody
from db.refusals import Reason
from db.store.events import Contents, Event, genesis, hash_body, hash_sealed, next_link, sign_link
from db.store.journal import Sealed, append
from db.store.page import write_page
from tests.db.exchange.city import City, pages, take_all
from tests.db.hub.carrying import assert_same, bring, carried, some
from tests.db.in_memory import PHONE, memory_store, praise


def test_what_a_kiosk_brought_is_given_on_byte_for_byte(
    hub: HubShelf, city: City, kiosk: StoreShelf
) -> None:
    add_feedback(kiosk.store, praise(contact=PHONE))
    register_planting(kiosk.store, NewPlanting(species="느티나무", trees=2))
    (data,) = pages(kiosk.store)
    assert import_page(hub, data).new == 2
    assert carried(hub) == [data]
    assert hub.census() == Census(events=2, devices=1, apart=0, words=0)
    assert_same(hub, city, kiosk)


def test_a_page_that_is_known_already_changes_nothing(hub: HubShelf, kiosk: StoreShelf) -> None:
    some(kiosk)
    bring(hub, kiosk)
    before = carried(hub), hub.links(), hub.census()
    (data,) = pages(kiosk.store)
    assert import_page(hub, data).known == 3
    assert (carried(hub), hub.links(), hub.census()) == before


def test_a_gap_is_asked_for_and_nothing_behind_it_is_taken(
    hub: HubShelf, kiosk: StoreShelf
) -> None:
    some(kiosk, 2)
    first = pages(kiosk.store)
    some(kiosk, 2)
    later = pages(kiosk.store, {kiosk.store.device: 2})
    assert import_page(hub, later[0]).gap == 0
    assert hub.links() == {}
    assert [import_page(hub, data).new for data in (*first, *later)] == [2, 2]


def test_several_pages_end_in_one_transaction_each_with_its_own_outcome(
    hub: HubShelf, kiosk: StoreShelf, desk: StoreShelf
) -> None:
    (id,) = some(kiosk, 1)
    take_all(desk, pages(kiosk.store))
    set_review(desk.store, id, ReviewState.ADOPTED)
    one = pages(kiosk.store)
    some(kiosk, 1)
    two = pages(kiosk.store, {kiosk.store.device: 1})
    data = [*one, *two, *one, b"nonsense", *pages(desk.store, {kiosk.store.device: 1})]
    outcomes = hub.run(lambda: [take_page(hub, each) for each in data])
    assert [(each.new, each.known, each.rejected) for each in outcomes] == [
        (1, 0, 0),
        (1, 0, 0),
        (0, 1, 0),
        (0, 0, 1),
        (1, 0, 0),
    ]


def test_what_fails_halfway_leaves_nothing_behind(hub: HubShelf, kiosk: StoreShelf) -> None:
    some(kiosk)
    (data,) = pages(kiosk.store)
    with pytest.raises(ZeroDivisionError), hub.change():
        assert take_page(hub, data).new == 3
        assert hub.tail(kiosk.store.device) == 3
        raise ZeroDivisionError
    assert hub.tail(kiosk.store.device) == 0
    assert hub.census().events == 0
    assert import_page(hub, data).new == 3


def test_a_forked_page_is_kept_apart_once_and_never_without_end(
    hub: HubShelf, kiosk: StoreShelf, caplog: pytest.LogCaptureFixture
) -> None:
    some(kiosk)
    bring(hub, kiosk)
    before = carried(hub)
    for number in range(MOST_QUARANTINED_EACH + 2):
        with memory_store(1) as clone:
            add_feedback(clone, praise(f"복제 {number}"))
            for _ in range(2):
                assert import_page(hub, pages(clone)[0]).reason is Reason.FORK
    kept = hub.quarantined()
    assert len(kept) == hub.census().apart == MOST_QUARANTINED_EACH
    assert {(each.device, each.reason) for each in kept} == {(kiosk.store.device, "fork")}
    assert carried(hub) == before
    # What is left with its sender is said to whoever keeps the hub, each time it comes.
    left = [record for record in caplog.records if record.msg == "apart-full"]
    assert len(left) == 2 * 2
    assert all(vars(record)["said"]["device"] == kiosk.store.device for record in left)


def test_a_kiosk_cannot_sign_what_only_a_desk_may(hub: HubShelf, kiosk: StoreShelf) -> None:
    (id,) = some(kiosk, 1)
    with kiosk.store.change() as connection:
        body = ReviewBody(feedback=id, state=ReviewState.DECLINED, reason="몰래")
        append(kiosk.store, connection, REVIEW, f"feedback/{id}", body)
    assert import_page(hub, pages(kiosk.store)[0]).reason is Reason.ROLE
    assert hub.links() == {}
    assert [each.reason for each in hub.quarantined()] == ["role"]


def test_an_unknown_device_is_refused_until_its_certificate_comes(
    hub: HubShelf, city: City
) -> None:
    stranger = city.stranger()
    some(stranger)
    (data,) = pages(stranger.store)
    assert import_page(hub, data).reason is Reason.UNKNOWN_DEVICE
    city.certify(stranger.store, DeviceRole.KIOSK, "새 키오스크")
    hub.trust.accept(city.authority.papers, "papers")
    assert import_page(hub, data).new == 3


@pytest.mark.parametrize("field", ["kind", "subject", "body", "key id"])
def test_a_null_character_is_refused_by_every_store_before_anything_is_stored(
    hub: HubShelf, kiosk: StoreShelf, desk: StoreShelf, field: str
) -> None:
    """Else a journal that one store took would never pass through another. The key signs it, but
    no program of the city writes it.
    """
    spoilt = {name: f"kiosk.{chr(0) * (name == field)}x" for name in ("kind", "subject", "body")}
    key_id, salt, box = "k\0" if field == "key id" else "k", bytes(16), bytes(48)
    keys = kiosk.store.keys
    event = Event(
        device=keys.device,
        seq=1,
        id=bytes(16),
        kind=spoilt["kind"],
        subject=spoilt["subject"],
        at_us=0,
        receipt=None,
        body_hash=hash_body(salt, spoilt["body"]),
        sealed_hash=hash_sealed(key_id, box),
    )
    before = genesis(keys.public)
    chain = next_link(before, event)
    event = msgspec.structs.replace(event, chain=chain, signature=sign_link(keys, chain))
    page = write_page(before, [event], [Contents(salt, spoilt["body"], key_id, box)])
    for shelf in (hub, desk):
        outcome = import_page(shelf, page)
        assert (outcome.reason, outcome.rejected) == (Reason.UNREADABLE, 1)
        assert shelf.tail(keys.device) == 0
    with kiosk.store.change() as connection, pytest.raises(ValueError, match="null"):
        sealed = Sealed(key_id if field == "key id" else "k\0", box)
        append(kiosk.store, connection, spoilt["kind"], spoilt["subject"], Body(), sealed=sealed)


def test_long_journals_are_given_on_in_pages_that_each_end_with_a_signature(
    hub: HubShelf, city: City, kiosk: StoreShelf
) -> None:
    for _ in range(4):
        some(kiosk, 200)
    bring(hub, kiosk)
    assert len(carried(hub)) == 2
    assert_same(hub, city, kiosk)

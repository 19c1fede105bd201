"""Importing pages: any page, any number of times, in any order, and one store in the end."""

from __future__ import annotations

import random
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.exchange.pages.importing import import_page
from db.exchange.pages.store_shelf import MOST_QUARANTINED_EACH, StoreShelf
from db.exchange.pages.version_vector import vector
from db.exchange.status.store_hash import store_hash
from db.exchange.trust.papers import DeviceRole
from db.participation.feedback import add_feedback, count_feedback, list_feedback
from db.participation.plantings import NewPlanting, register_planting
from db.participation.replies import add_reply, look_up, replies_to
from db.participation.reviews import decisions, set_review
from db.records import About, Erased, ReviewState
from db.records.event_kinds import REDACTION, REVIEW
from db.records.feedback import RedactionBody, ReviewBody
from db.refusals import Reason
from db.store.events import LARGEST_SEQ, Contents, genesis
from db.store.journal import append, events, redact
from db.store.page import read_page, write_page
from db.store.store import Store
from db.store.verification import verify
from tests.db.exchange.city import City, a_city, pages, take_all
from tests.db.in_memory import NOON, PHONE, keys, memory_store, praise


def some_feedback(store: Store, count: int = 3) -> list[str]:
    return [add_feedback(store, praise(f"의견 {number}")).id for number in range(count)]


def small_pages(store: Store, size: int = 2) -> list[bytes]:
    """The store's own events in pages of `size`, as a store that exports often sends them."""
    made = []
    pairs = list(events(store.connection, store.device))
    previous = genesis(store.keys.public)
    for at in range(0, len(pairs), size):
        part = pairs[at : at + size]
        made.append(write_page(previous, [e for e, _ in part], [c for _, c in part]))
        previous = part[-1][0].chain
    return made


def test_a_desk_that_took_a_kiosks_pages_holds_the_same_store(
    kiosk: StoreShelf, desk: StoreShelf
) -> None:
    add_feedback(kiosk.store, praise(contact=PHONE))
    add_feedback(kiosk.store, praise(about=About.PROJECT, project="deokjin-park", rating=3))
    add_feedback(kiosk.store, praise(about=About.POINT, lat=35.84, lon=127.12, phrases=("shade",)))
    register_planting(kiosk.store, NewPlanting(species="느티나무", trees=2))
    (outcome,) = take_all(desk, pages(kiosk.store))
    assert (outcome.new, outcome.known, outcome.rejected) == (4, 0, 0)
    assert store_hash(desk.store) == store_hash(kiosk.store)
    assert verify(desk.store) == ()


def test_a_page_that_is_known_already_changes_nothing(kiosk: StoreShelf, desk: StoreShelf) -> None:
    some_feedback(kiosk.store)
    (page,) = pages(kiosk.store)
    import_page(desk, page)
    before = desk.store.connection.total_changes
    assert (import_page(desk, page).known, import_page(kiosk, page).known) == (3, 3)
    assert desk.store.connection.total_changes == before


def test_a_gap_is_asked_for_and_nothing_of_the_page_is_taken(
    kiosk: StoreShelf, desk: StoreShelf
) -> None:
    some_feedback(kiosk.store, 6)
    first, second, third = small_pages(kiosk.store)
    assert import_page(desk, third).gap == 0
    assert count_feedback(desk.store) == 0
    import_page(desk, first)
    assert import_page(desk, third).gap == 2
    assert [import_page(desk, page).new for page in (second, third)] == [2, 2]


def test_pages_that_overlap_bring_only_what_is_new(kiosk: StoreShelf, desk: StoreShelf) -> None:
    some_feedback(kiosk.store, 3)
    take_all(desk, pages(kiosk.store))
    some_feedback(kiosk.store, 2)
    outcome = import_page(desk, pages(kiosk.store, {kiosk.store.device: 1})[0])
    assert (outcome.known, outcome.new) == (2, 2)
    assert store_hash(desk.store) == store_hash(kiosk.store)


@settings(max_examples=40)
@given(st.randoms(use_true_random=False), st.integers(1, 4))
def test_whatever_order_and_however_often_pages_come_the_store_is_the_same(
    tmp_path_factory: pytest.TempPathFactory, chance: random.Random, size: int
) -> None:
    with a_city(tmp_path_factory.mktemp("city") / "authority") as city:
        kiosk, desk = city.enrol(DeviceRole.KIOSK, "가"), city.enrol(DeviceRole.DESK, "나")
        late = city.enrol(DeviceRole.KIOSK, "다")
        ids = some_feedback(kiosk.store, 5)
        take_all(desk, pages(kiosk.store))
        set_review(desk.store, ids[0], ReviewState.ADOPTED)
        add_reply(desk.store, ids[0], "고맙습니다", public=True)
        redact(desk.store, kiosk.store.device, 2, Erased.BODY, "요청")
        redact(desk.store, desk.store.device, 2, Erased.BODY, "오타")
        take_all(kiosk, pages(desk.store))
        data = small_pages(kiosk.store, size) + small_pages(desk.store, size)
        for _ in range(40):
            import_page(late, chance.choice(data))
        for _ in range(len(data)):
            take_all(late, chance.sample(data, len(data)))
        assert store_hash(late.store) == store_hash(desk.store) == store_hash(kiosk.store)
        assert verify(late.store) == ()


def test_a_redaction_that_arrives_before_the_body_keeps_the_body_out(
    city: City, kiosk: StoreShelf, desk: StoreShelf
) -> None:
    late = city.enrol(DeviceRole.DESK, "다른 검토대")
    receipt = add_feedback(kiosk.store, praise("지워 주세요", contact=PHONE))
    whole = pages(kiosk.store)
    take_all(desk, whole)
    redact(desk.store, receipt.device, receipt.seq, Erased.BOTH, "본인 요청")
    take_all(late, [page for page in pages(desk.store) if desk.store.device in _device(page)])
    take_all(late, whole)
    assert late.store.rows(
        "SELECT salt, body, key_id, sealed FROM event WHERE device = ?", (receipt.device,)
    ) == [(None,) * 4]
    assert store_hash(late.store) == store_hash(desk.store)
    assert verify(late.store) == ()


def _device(page: bytes) -> str:
    return read_page(page).device


def test_erased_bodies_travel_as_erased_and_whoever_still_has_them_helps_out(
    city: City, kiosk: StoreShelf, desk: StoreShelf
) -> None:
    """A store that lost contents without a redaction gets them back from another one."""
    late = city.enrol(DeviceRole.DESK, "다른 검토대")
    some_feedback(kiosk.store, 2)
    whole = pages(kiosk.store)
    take_all(desk, whole)
    with desk.store.change() as connection:
        connection.execute("UPDATE event SET salt = NULL, body = NULL WHERE seq = 2")
    take_all(late, pages(desk.store))
    assert late.store.row("SELECT erased, kind FROM feedback WHERE seq = 2") == (1, None)
    (outcome,) = take_all(late, whole)
    assert (outcome.known, outcome.filled) == (2, 1)
    assert store_hash(late.store) == store_hash(kiosk.store)
    assert verify(late.store) == ()


def test_a_cloned_kiosk_raises_a_fork_alarm_and_its_page_is_kept_apart_once(
    kiosk: StoreShelf, desk: StoreShelf
) -> None:
    some_feedback(kiosk.store, 2)
    take_all(desk, pages(kiosk.store))
    with memory_store(1) as clone:
        assert clone.device == kiosk.store.device
        add_feedback(clone, praise("복제된 키오스크"))
        before = store_hash(desk.store)
        for _ in range(3):
            (outcome,) = take_all(desk, pages(clone))
            assert outcome.fork and outcome.reason is Reason.FORK and outcome.rejected == 1
            assert clone.device in outcome.ko and clone.device in outcome.en
    assert store_hash(desk.store) == before
    kept = desk.store.rows("SELECT device, first, last, reason FROM set_aside")
    assert kept == [(kiosk.store.device, 1, 1, "fork")]


def test_pages_kept_apart_can_never_fill_the_disk(kiosk: StoreShelf, desk: StoreShelf) -> None:
    some_feedback(kiosk.store, 1)
    take_all(desk, pages(kiosk.store))
    for number in range(MOST_QUARANTINED_EACH + 3):
        with memory_store(1) as clone:
            add_feedback(clone, praise(f"복제 {number}"))
            take_all(desk, pages(clone))
    assert desk.store.row("SELECT count(*) FROM set_aside") == (MOST_QUARANTINED_EACH,)


@pytest.mark.parametrize("state", [ReviewState.ASSIGNED, ReviewState.ANSWERED])
def test_a_review_of_a_desk_that_knows_other_rules_is_taken_and_shown(
    kiosk: StoreShelf, desk: StoreShelf, state: ReviewState
) -> None:
    receipt = add_feedback(kiosk.store, praise())
    with desk.store.change() as connection:
        body = ReviewBody(feedback=receipt.id, state=state)
        append(desk.store, connection, REVIEW, f"feedback/{receipt.id}", body)
    (outcome,) = take_all(kiosk, pages(desk.store))
    assert (outcome.new, outcome.rejected) == (1, 0)
    status = look_up(kiosk.store, receipt.code)
    assert status is not None and (status.state, status.department) == (state, None)
    assert verify(kiosk.store) == ()


def test_a_kiosk_cannot_sign_what_only_a_desk_may(kiosk: StoreShelf, desk: StoreShelf) -> None:
    (id,) = some_feedback(kiosk.store, 1)
    body = ReviewBody(feedback=id, state=ReviewState.DECLINED, reason="몰래")
    with kiosk.store.change() as connection:
        append(kiosk.store, connection, REVIEW, f"feedback/{id}", body)
    (outcome,) = take_all(desk, pages(kiosk.store))
    assert outcome.reason is Reason.ROLE and outcome.new == 0
    assert vector(desk.store) == {}


def test_a_kiosk_may_erase_its_own_events_and_nobody_elses(
    city: City, kiosk: StoreShelf, desk: StoreShelf
) -> None:
    other = city.enrol(DeviceRole.KIOSK, "삼천도서관")
    mine, theirs = (add_feedback(each.store, praise()) for each in (kiosk, other))
    redact(kiosk.store, mine.device, mine.seq, Erased.BODY, "본인 요청")
    redact(other.store, mine.device, mine.seq, Erased.BODY, "남의 것")
    assert take_all(desk, pages(kiosk.store))[0].new == 2
    assert take_all(desk, pages(other.store))[0].reason is Reason.ROLE
    assert theirs.device not in vector(desk.store)


@pytest.mark.parametrize("false_at", [0, 1, 2])
def test_each_erasure_in_a_kiosks_page_is_asked_about(
    city: City, kiosk: StoreShelf, desk: StoreShelf, false_at: int
) -> None:
    """A kind that was permitted once is not asked about again, but for erasures: one of the
    kiosk's own opens no door for one of somebody else's.
    """
    thief = city.enrol(DeviceRole.KIOSK, "훔친 키오스크")
    theirs = add_feedback(kiosk.store, praise("지우지 마세요"))
    own = [add_feedback(thief.store, praise()) for _ in range(3)]
    for at, receipt in enumerate(own):
        target = theirs if at == false_at else receipt
        redact(thief.store, target.device, target.seq, Erased.BOTH, "요청")
    take_all(desk, pages(kiosk.store))
    (outcome,) = take_all(desk, pages(thief.store))
    assert (outcome.reason, outcome.new, outcome.rejected) == (Reason.ROLE, 0, 6)
    (row,) = list_feedback(desk.store)[0]
    assert row.text == "지우지 마세요"


def test_a_kiosk_cannot_bring_a_false_erasure_in_two_halves(
    city: City, kiosk: StoreShelf, desk: StoreShelf
) -> None:
    """The header says its own event, the body, held back at first, somebody else's."""
    thief = city.enrol(DeviceRole.KIOSK, "훔친 키오스크")
    theirs = add_feedback(kiosk.store, praise("지우지 마세요"))
    own = add_feedback(thief.store, praise())
    body = RedactionBody(target=f"{theirs.device}/{theirs.seq}", what=Erased.BOTH, reason="거짓")
    with thief.store.change() as connection:
        append(thief.store, connection, REDACTION, f"{own.device}/{own.seq}", body)
    take_all(desk, pages(kiosk.store))
    (event, _), (false, _) = events(thief.store.connection, thief.store.device)
    whole = pages(thief.store)
    start = genesis(thief.store.keys.public)
    halved = write_page(start, [event, false], [Contents(), Contents()])
    assert import_page(desk, halved).new == 2
    assert import_page(desk, whole[0]).reason is Reason.ROLE
    (row,) = [row for row in list_feedback(desk.store)[0] if row.device == theirs.device]
    assert row.text == "지우지 마세요"


def test_nothing_is_taken_from_devices_without_a_certificate(city: City, desk: StoreShelf) -> None:
    stranger = city.stranger()
    some_feedback(stranger.store)
    (outcome,) = take_all(desk, pages(stranger.store))
    assert outcome.reason is Reason.UNKNOWN_DEVICE
    assert outcome.en.count(stranger.store.device) == 1
    assert stranger.store.device in outcome.en
    assert vector(desk.store) == {}
    city.certify(stranger.store, DeviceRole.KIOSK, "새 키오스크")
    city.tell_all()
    assert take_all(desk, pages(stranger.store))[0].new == 3


def test_a_device_without_papers_collects_but_takes_nothing(city: City, kiosk: StoreShelf) -> None:
    some_feedback(kiosk.store)
    stranger = city.stranger()
    some_feedback(stranger.store)
    (outcome,) = take_all(stranger, pages(kiosk.store))
    assert outcome.reason is Reason.NOT_ENROLLED
    assert count_feedback(stranger.store) == 3


def test_an_expired_device_brings_no_news_until_it_is_certified_anew(tmp_path: Path) -> None:
    now = [NOON]
    with a_city(tmp_path / "authority", lambda: now[0]) as city:
        kiosk, desk = city.enrol(DeviceRole.KIOSK, "가"), city.enrol(DeviceRole.DESK, "나")
        some_feedback(kiosk.store, 2)
        take_all(desk, pages(kiosk.store))
        now[0] += 4 * 366 * 86_400 * 1_000_000
        assert take_all(desk, pages(kiosk.store))[0].known == 2
        some_feedback(kiosk.store, 1)
        (outcome,) = take_all(desk, pages(kiosk.store))
        assert outcome.reason is Reason.EXPIRED and "가" in outcome.en
        city.certify(kiosk.store, DeviceRole.KIOSK, "가")
        city.tell_all()
        assert take_all(desk, pages(kiosk.store))[0].new == 1


def test_a_page_signed_with_another_key_is_refused(kiosk: StoreShelf, desk: StoreShelf) -> None:
    some_feedback(kiosk.store, 2)
    page = read_page(pages(kiosk.store)[0])
    thief = keys(99)
    with memory_store(98) as other:
        add_feedback(other, praise())
        stolen = page.events[-1].signature
        assert stolen is not None
        forged_signature = thief.sign(b"cheonman.signature.1\0" + page.link)
        last = msgspec.structs.replace(page.events[-1], signature=forged_signature)
        data = write_page(page.previous, [*page.events[:-1], last], page.contents)
    assert import_page(desk, data).reason is Reason.FORGED


def test_numbers_beyond_any_journal_are_refused(kiosk: StoreShelf, desk: StoreShelf) -> None:
    some_feedback(kiosk.store, 1)
    (event, contents) = next(iter(events(kiosk.store.connection)))
    values = {name: getattr(event, name) for name in event.__struct_fields__}
    far = type(event)(**{**values, "seq": LARGEST_SEQ})
    assert import_page(desk, write_page(bytes(32), [far], [contents])).rejected == 1


def test_replies_of_a_desk_reach_every_kiosk(
    city: City, kiosk: StoreShelf, desk: StoreShelf
) -> None:
    other = city.enrol(DeviceRole.KIOSK, "삼천도서관")
    (id,) = some_feedback(kiosk.store, 1)
    take_all(desk, pages(kiosk.store))
    add_reply(desk.store, id, "나무를 더 심겠습니다", public=True)
    take_all(other, pages(desk.store))
    assert [reply.text for reply in replies_to(other.store, id)] == ["나무를 더 심겠습니다"]


def test_two_desks_that_decide_apart_meet_in_a_conflict_everywhere(
    city: City, kiosk: StoreShelf, desk: StoreShelf
) -> None:
    second = city.enrol(DeviceRole.DESK, "정원도시과")
    (id,) = some_feedback(kiosk.store, 1)
    for each in (desk, second):
        take_all(each, pages(kiosk.store))
    set_review(desk.store, id, ReviewState.ADOPTED)
    set_review(second.store, id, ReviewState.DECLINED, reason="예산")
    take_all(desk, pages(second.store))
    take_all(second, pages(desk.store))
    assert decisions(desk.store, id) == decisions(second.store, id)
    assert len(decisions(desk.store, id)) == 2
    set_review(desk.store, id, ReviewState.ADOPTED)
    take_all(second, pages(desk.store))
    assert [decision.state for decision in decisions(second.store, id)] == [ReviewState.ADOPTED]

"""What officers do: whole or not at all, logged, and taken back until it has left."""

from __future__ import annotations

import pytest

from db.exchange.pages.store_shelf import StoreShelf
from db.exchange.status.outbox import mark_sent
from db.inbox.acts import OfficerAtWork
from db.inbox.thread import EntryKind, thread
from db.officers.accounts import Officers
from db.officers.act_log import acts
from db.officers.desk_records import DeskRecords
from db.participation.feedback import add_feedback, list_feedback
from db.participation.replies import look_up, replies_to
from db.participation.reviews import decisions, set_review
from db.problems import InputRefused
from db.records import ReviewState
from db.records.officers import ActKind, OfficerRole
from db.store.store import Store
from db.store.verification import verify
from tests.db.in_memory import praise

PASSWORD = "느티나무 아래 17"


@pytest.fixture
def officers(store: Store) -> Officers:
    return Officers(DeskRecords(store))


@pytest.fixture
def at_work(officers: Officers) -> OfficerAtWork:
    return OfficerAtWork(officers, officers.add("김검토", PASSWORD, OfficerRole.VIEWER, by=None))


@pytest.fixture
def ids(store: Store) -> list[str]:
    for text in ("하나", "둘", "셋"):
        add_feedback(store, praise(text))
    return [row.id for row in list_feedback(store)[0]]


def test_a_reply_answers_closes_and_is_signed_with_its_officer(
    store: Store, officers: Officers, at_work: OfficerAtWork, ids: list[str]
) -> None:
    done = at_work.reply(ids[:1], "고맙습니다", public=True)
    (decision,) = decisions(store, ids[0])
    assert decision.state is ReviewState.ANSWERED
    told = thread(store, officers, ids[0])
    replies = [entry for entry in told.entries if entry.kind is EntryKind.REPLY]
    assert [(each.officer, each.text, each.out) for each in replies] == [
        ("김검토", "고맙습니다", False)
    ]
    assert done.act is ActKind.REPLIED and done.of == 1
    assert told.code is not None and look_up(store, told.code) is not None


def test_an_act_on_many_is_done_to_all_or_to_none(
    store: Store, at_work: OfficerAtWork, ids: list[str]
) -> None:
    before = store.row("SELECT count(*) FROM event")
    with pytest.raises(InputRefused):
        at_work.set_state(ids, ReviewState.DECLINED)  # no reason
    with pytest.raises(InputRefused):
        at_work.set_state([*ids, "0" * 32], ReviewState.IN_REVIEW)
    with pytest.raises(InputRefused):
        at_work.set_state([], ReviewState.IN_REVIEW)
    assert store.row("SELECT count(*) FROM event") == before
    assert at_work.assign(ids, "공원과").of == 3
    assert {decisions(store, each)[0].department for each in ids} == {"공원과"}


def test_an_act_is_taken_back_whole_and_once(
    store: Store, officers: Officers, at_work: OfficerAtWork, ids: list[str]
) -> None:
    at_work.set_state(ids, ReviewState.IN_REVIEW)
    done = at_work.reply(ids, "실수로 쓴 답변")
    assert at_work.last_act() == done
    undone = at_work.undo(done.ref)
    assert undone.of == 3
    for each in ids:
        assert replies_to(store, each) == ()
        assert decisions(store, each)[0].state is ReviewState.IN_REVIEW
    with pytest.raises(InputRefused):
        at_work.undo(done.ref)
    assert acts(officers.records)[-1].record.act is ActKind.UNDONE
    assert not verify(store)
    # Its words are in no file any more, so that no carrier takes them along.
    files = (each for each in store.directory.path.rglob("*") if each.is_file())
    assert not any("실수로".encode() in each.read_bytes() for each in files)
    before = at_work.last_act()
    assert before is not None and before.act is ActKind.REVIEWED


def test_a_note_is_for_officers_and_can_be_taken_back(
    store: Store, officers: Officers, at_work: OfficerAtWork, ids: list[str]
) -> None:
    done = at_work.note(ids[0], "현장 사진을 요청함")
    told = thread(store, officers, ids[0])
    assert ("현장 사진을 요청함", "김검토") in {(each.text, each.officer) for each in told.entries}
    assert told.code is not None
    status = look_up(store, told.code)
    assert status is not None and "현장" not in repr(status)
    at_work.undo(done.ref)
    kinds = {each.kind for each in thread(store, officers, ids[0]).entries}
    assert EntryKind.NOTE not in kinds and EntryKind.UNDONE in kinds


def test_what_stands_on_a_carrier_is_not_taken_back(
    store: Store, at_work: OfficerAtWork, ids: list[str]
) -> None:
    done = at_work.reply(ids[:1], "보낸 답변")
    last = store.row("SELECT max(seq) FROM event")
    assert last is not None
    with store.change() as connection:
        mark_sent(StoreShelf(store), connection, {store.device: int(last[0])})
    with pytest.raises(InputRefused):
        at_work.undo(done.ref)
    assert at_work.last_act() is None
    assert len(replies_to(store, ids[0])) == 1


def test_what_others_decided_upon_is_not_taken_back_under_them(
    store: Store, at_work: OfficerAtWork, ids: list[str]
) -> None:
    done = at_work.set_state(ids[:1], ReviewState.IN_REVIEW)
    set_review(store, ids[0], ReviewState.ADOPTED)
    with pytest.raises(InputRefused):
        at_work.undo(done.ref)


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        (OfficerRole.VIEWER, set()),
        (OfficerRole.REVIEWER, {"state", "note", "reply"}),
        (OfficerRole.PUBLISHER, {"state", "note", "reply", "public"}),
    ],
)
def test_each_role_does_what_it_may_and_no_more(
    officers: Officers, at_work: OfficerAtWork, ids: list[str], role: OfficerRole, allowed: set[str]
) -> None:
    other = officers.add("박둘째", "버드나무 그늘 23", role, by=at_work.officer)
    work = OfficerAtWork(officers, other)
    tried = {
        "state": lambda: work.set_state(ids[:1], ReviewState.IN_REVIEW),
        "note": lambda: work.note(ids[0], "메모"),
        "reply": lambda: work.reply(ids[:1], "답변"),
        "public": lambda: work.reply(ids[:1], "답변", public=True),
    }
    done = set()
    for name, act in tried.items():
        try:
            act()
            done.add(name)
        except InputRefused as refused:
            assert refused.field == "officer"
    assert done == allowed
    officers.change(other.id, by=at_work.officer, active=False)
    with pytest.raises(InputRefused):
        work.note(ids[0], "떠난 뒤")


def test_reading_is_written_down_once_while_signed_in(
    store: Store, officers: Officers, at_work: OfficerAtWork, ids: list[str]
) -> None:
    at_work.open(ids[0])
    at_work.open(ids[0])
    told = thread(store, officers, ids[0])
    assert [each.kind for each in told.entries] == [EntryKind.READ]
    assert told.entries[0].officer == "김검토"

"""A duplicate leads to what the city said in public to its original, at a kiosk as at a hub."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from db.exchange.pages.store_shelf import StoreShelf
from db.hub.database.shelf import HubShelf
from db.hub.receipt_status import shown, the_way
from db.participation.feedback import Receipt, add_feedback
from db.participation.replies import add_reply, look_up_token
from db.participation.reviews import set_review
from db.receipts.code import read_token, receipt_key
from db.records import Erased, ReviewState
from db.records.event_kinds import REVIEW
from db.records.feedback import ReviewBody
from db.store.journal import append, redact
from tests.db.exchange.city import pages, take_all
from tests.db.hub.carrying import bring
from tests.db.in_memory import PHONE, praise

OTHERS = "다른 사람이 쓴 글"
PUBLIC, PRIVATE = "의자를 놓겠습니다.", "댁으로 전화드리겠습니다."


class Offices:
    """A kiosk and a desk whose journals travel to each other and to a hub."""

    def __init__(self, hub: HubShelf, kiosk: StoreShelf, desk: StoreShelf) -> None:
        self.hub, self.kiosk, self.desk = hub, kiosk, desk

    def written(self, text: str = "내 글") -> Receipt:
        receipt = add_feedback(self.kiosk.store, praise(text, contact=PHONE))
        self.carry()
        return receipt

    def duplicate(self, of: Receipt) -> Receipt:
        mine = self.written()
        set_review(self.desk.store, mine.id, ReviewState.DUPLICATE, duplicate_of=of.id)
        return mine

    def decide(self, feedback: str, **fields: object) -> None:
        """A review that no rule of this program holds back, as another desk's may be."""
        body = ReviewBody(feedback=feedback, **fields)  # type: ignore[arg-type]
        with self.desk.store.change() as connection:
            append(self.desk.store, connection, REVIEW, f"feedback/{feedback}", body)

    def place(self, receipt: Receipt) -> str:
        return f"{receipt.device}/{receipt.seq}"

    def carry(self) -> None:
        take_all(self.desk, pages(self.kiosk.store))
        take_all(self.kiosk, pages(self.desk.store))
        bring(self.hub, self.kiosk, self.desk)

    def read(self, receipt: Receipt) -> list[str]:
        """What is shown of the original's replies, once kiosk and hub have agreed on it."""
        self.carry()
        here = look_up_token(self.kiosk.store, receipt.token)
        raw = read_token(receipt.token)
        assert here is not None and raw is not None
        pairs = self.hub.about_receipt(receipt_key(raw))
        there = shown(the_way(pairs, self.hub.about_feedback))
        assert there is not None
        assert OTHERS not in repr(there) and PHONE.value not in repr(there) + repr(here)
        assert here.text == OTHERS or OTHERS not in repr(here)
        said = [reply.text for reply in here.original_replies]
        assert [reply.text for reply in there.original_replies] == said
        assert (there.state, there.reason) == (here.state, here.reason)
        return said


@pytest.fixture
def offices(hub: HubShelf, kiosk: StoreShelf, desk: StoreShelf) -> Offices:
    return Offices(hub, kiosk, desk)


def test_a_duplicate_shows_the_public_replies_to_its_original_and_no_private_one(
    offices: Offices,
) -> None:
    original = offices.written(OTHERS)
    mine = offices.duplicate(original)
    assert offices.read(mine) == []
    first = add_reply(offices.desk.store, original.id, "옛 답변", public=True)
    add_reply(offices.desk.store, original.id, PRIVATE)
    add_reply(offices.desk.store, original.id, PUBLIC, public=True, replaces=first.id)
    assert offices.read(mine) == [PUBLIC]
    assert offices.read(original) == []


def test_a_public_reply_that_a_private_one_replaced_is_shown_to_nobody_else(
    offices: Offices,
) -> None:
    original = offices.written(OTHERS)
    mine = offices.duplicate(original)
    first = add_reply(offices.desk.store, original.id, PUBLIC, public=True)
    add_reply(offices.desk.store, original.id, PRIVATE, replaces=first.id)
    assert offices.read(mine) == []


@pytest.mark.parametrize("how", ["erased", "withheld", "reply erased"])
def test_nothing_of_an_original_that_was_taken_away_is_shown(offices: Offices, how: str) -> None:
    original = offices.written(OTHERS)
    mine = offices.duplicate(original)
    add_reply(offices.desk.store, original.id, PUBLIC, public=True)
    last = offices.desk.tail(offices.desk.store.device)
    assert offices.read(mine) == [PUBLIC]
    if how == "erased":
        redact(offices.kiosk.store, original.device, original.seq, Erased.BODY, "본인 요청")
    elif how == "reply erased":
        redact(offices.desk.store, offices.desk.store.device, last, Erased.BODY, "이름이 있음")
    else:
        set_review(offices.desk.store, original.id, ReviewState.WITHHELD, reason="이름이 있음")
    assert offices.read(mine) == []


def test_a_chain_of_duplicates_leads_to_its_end_and_a_circle_nowhere(offices: Offices) -> None:
    original = offices.written(OTHERS)
    between = offices.written(OTHERS)
    mine = offices.duplicate(between)
    set_review(offices.desk.store, between.id, ReviewState.DUPLICATE, duplicate_of=original.id)
    for each, text in ((original, PUBLIC), (between, "가운데 답변")):
        add_reply(offices.desk.store, each.id, text, public=True)
    assert offices.read(mine) == [PUBLIC]
    offices.decide(
        original.id,
        state=ReviewState.DUPLICATE,
        duplicate_of=between.id,
        duplicate_at=offices.place(between),
    )
    assert offices.read(mine) == []


def _conflict(offices: Offices, mine: Receipt, original: Receipt) -> None:
    offices.decide(mine.id, state=ReviewState.ADOPTED)


def _unknown(offices: Offices, mine: Receipt, original: Receipt) -> None:
    place = f"{original.device}/999"
    _settle(offices, mine, duplicate_of="0" * 32, duplicate_at=place)


def _nameless(offices: Offices, mine: Receipt, original: Receipt) -> None:
    _settle(offices, mine)


def _not_a_duplicate(offices: Offices, mine: Receipt, original: Receipt) -> None:
    at = offices.place(original)
    _settle(offices, mine, state=ReviewState.ADOPTED, duplicate_of=original.id, duplicate_at=at)


def _settle(offices: Offices, mine: Receipt, **fields: object) -> None:
    saw = (f"{offices.desk.store.device}/{offices.desk.tail(offices.desk.store.device) - 1}",)
    offices.decide(mine.id, **{"state": ReviewState.DUPLICATE, "saw": saw, **fields})


@pytest.mark.parametrize("breaks", [_conflict, _unknown, _nameless, _not_a_duplicate])
def test_another_desks_review_that_leads_to_no_original_shows_none(
    offices: Offices, breaks: Callable[[Offices, Receipt, Receipt], None]
) -> None:
    original = offices.written(OTHERS)
    mine = offices.duplicate(original)
    add_reply(offices.desk.store, original.id, PUBLIC, public=True)
    assert offices.read(mine) == [PUBLIC]
    breaks(offices, mine, original)
    assert offices.read(mine) == []


def test_a_place_that_holds_another_feedback_is_not_believed(offices: Offices) -> None:
    original, stranger = offices.written(OTHERS), offices.written(OTHERS)
    mine = offices.written()
    offices.decide(
        mine.id,
        state=ReviewState.DUPLICATE,
        duplicate_of=original.id,
        duplicate_at=offices.place(stranger),
    )
    add_reply(offices.desk.store, stranger.id, PUBLIC, public=True)
    assert offices.read(mine) == []

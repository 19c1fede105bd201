"""Contents at a hub: filled in by whoever has them, gone for good where a redaction says so."""

from __future__ import annotations

import pytest

from db.exchange.pages.importing import import_page, take_page
from db.exchange.pages.store_shelf import StoreShelf
from db.hub.database.shelf import HubShelf
from db.participation.feedback import add_feedback
from db.records import Erased
from db.store.events import Contents
from db.store.journal import redact
from db.store.page import read_page, write_page
from tests.db.exchange.city import City, pages, take_all
from tests.db.hub.carrying import assert_same, bring, some
from tests.db.in_memory import PHONE, praise


def test_contents_that_were_missing_are_filled_in_by_whoever_has_them(
    hub: HubShelf, city: City, kiosk: StoreShelf
) -> None:
    add_feedback(kiosk.store, praise(contact=PHONE))
    some(kiosk, 2)
    (data,) = pages(kiosk.store)
    whole = read_page(data)
    hollow = write_page(whole.previous, whole.events, [Contents()] * 3)
    half = [Contents(salt=each.salt, body=each.body) for each in whole.contents]
    assert import_page(hub, hollow).new == 3
    assert [
        import_page(hub, each).filled
        for each in (hollow, write_page(whole.previous, whole.events, half), data, data)
    ] == [0, 3, 1, 0]
    assert_same(hub, city, kiosk)


@pytest.mark.parametrize("what", Erased)
@pytest.mark.parametrize("order", ["redaction first", "target first"])
@pytest.mark.parametrize("together", [False, True], ids=["apart", "in one transaction"])
def test_a_redaction_takes_contents_away_whenever_it_comes_and_keeps_them_out(
    hub: HubShelf,
    city: City,
    kiosk: StoreShelf,
    desk: StoreShelf,
    what: Erased,
    order: str,
    together: bool,
) -> None:
    receipt = add_feedback(kiosk.store, praise("지워 주세요", contact=PHONE))
    whole = pages(kiosk.store)
    take_all(desk, whole)
    redact(desk.store, receipt.device, receipt.seq, what, "본인 요청")
    word = pages(desk.store, {kiosk.store.device: 1})
    data = [*word, *whole] if order == "redaction first" else [*whole, *word]
    if together:
        assert [each.new for each in hub.run(lambda: [take_page(hub, each) for each in data])] == [
            1,
            1,
        ]
    else:
        assert [import_page(hub, each).new for each in data] == [1, 1]
    for _ in range(2):
        assert import_page(hub, whole[0]).filled == 0
    ((_, contents),) = hub.about_receipt(_key_of(kiosk))
    assert (contents.body is None) == (what is not Erased.CONTACT)
    assert (contents.sealed is None) == (what is not Erased.BODY)
    assert_same(hub, city, desk)


def _key_of(shelf: StoreShelf, seq: int = 1) -> bytes:
    found = shelf.store.row("SELECT receipt FROM event WHERE seq = ?", (seq,))
    assert found is not None
    return bytes(found[0])


def test_the_log_of_what_was_erased_is_itself_never_erased(
    hub: HubShelf, city: City, kiosk: StoreShelf, desk: StoreShelf
) -> None:
    receipt = add_feedback(kiosk.store, praise())
    take_all(desk, pages(kiosk.store))
    log = redact(desk.store, receipt.device, receipt.seq, Erased.BODY, "본인 요청")
    redact(desk.store, log.device, log.seq, Erased.BODY, "흔적 지우기")
    bring(hub, desk)
    assert_same(hub, city, desk)
    assert "본인 요청" in read_page(hub.page(log.device, 0).data).contents[0].body  # type: ignore[union-attr,operator]


def test_a_redaction_whose_own_words_come_late_erases_when_they_come(
    hub: HubShelf, city: City, kiosk: StoreShelf, desk: StoreShelf
) -> None:
    receipt = add_feedback(kiosk.store, praise("늦게 지워요"))
    take_all(desk, pages(kiosk.store))
    redact(desk.store, receipt.device, receipt.seq, Erased.BODY, "본인 요청")
    (data,) = pages(desk.store, {kiosk.store.device: 1})
    word = read_page(data)
    assert import_page(hub, write_page(word.previous, word.events, [Contents()])).new == 1
    assert import_page(hub, data).filled == 1
    assert import_page(hub, pages(kiosk.store)[0]).reason is None
    assert_same(hub, city, desk)

"""Rot at a hub: nothing wrong goes out, what is left goes on, and who has the rest fills it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from db.exchange.pages.importing import import_page
from db.exchange.pages.store_shelf import StoreShelf
from db.hub.database.shelf import HubShelf
from db.records import Erased
from db.store.journal import redact
from db.store.page import read_page
from tests.db.exchange.city import City, pages, take_all
from tests.db.hub.carrying import assert_same, bring, carried, some
from tests.db.hub.conftest import Database

Spoil = Callable[[HubShelf, str, int], None]


def spoil(hub: HubShelf, column: str, seq: int, value: object) -> None:
    """As a disk does it: below everything that checks."""
    with hub.change():
        hub._write(f"UPDATE event SET {column} = ? WHERE seq = ?", value, seq)  # type: ignore[attr-defined]


def of(hub: HubShelf, column: str, seq: int) -> bytes:
    ((value,),) = hub._rows(f"SELECT {column} FROM event WHERE seq = ?", seq)  # type: ignore[attr-defined]
    return bytes(value)


def flipped(value: bytes) -> bytes:
    return value[:-1] + bytes((value[-1] ^ 4,))


def test_a_body_that_does_not_fit_goes_out_as_its_hash_and_comes_back_from_the_kiosk(
    hub: HubShelf, city: City, kiosk: StoreShelf
) -> None:
    some(kiosk, 4)
    bring(hub, kiosk)
    spoil(hub, "body", 2, '{"kind":"praise","text":"아무도 쓰지 않은 말"}')
    bodies = [each.body for data in carried(hub) for each in read_page(data).contents]
    assert [body is None for body in bodies] == [False, True, False, False]
    found = hub.look_through()
    place = f"{kiosk.store.device}/2"
    assert (found.lost, found.righted, found.broken) == ((place,), (), ())
    assert hub.lacking() == [(kiosk.store.device, 2)]
    assert not hub.look_through()
    (outcome,) = take_all(hub, pages(kiosk.store))  # type: ignore[arg-type]
    assert outcome.filled == 1
    assert hub.lacking() == []
    assert_same(hub, city, kiosk)


def test_one_flipped_bit_is_put_right(hub: HubShelf, city: City, kiosk: StoreShelf) -> None:
    some(kiosk, 6)
    bring(hub, kiosk)
    spoil(hub, "salt", 2, flipped(of(hub, "salt", 2)))
    spoil(hub, "chain", 3, flipped(of(hub, "chain", 3)))
    spoil(hub, "body_hash", 5, flipped(of(hub, "body_hash", 5)))
    found = hub.look_through()
    device = kiosk.store.device
    assert found.righted == tuple(f"{device}/{seq}" for seq in (2, 3, 5))
    assert not (found.lost or found.broken or hub.lacking())
    assert_same(hub, city, kiosk)


def test_a_journal_ends_where_a_header_proves_nothing_until_somebody_sends_it_again(
    hub: HubShelf, city: City, kiosk: StoreShelf
) -> None:
    some(kiosk, 2)
    bring(hub, kiosk)
    some(kiosk, 3)
    bring(hub, kiosk)
    spoil(hub, "subject", 3, "project/somewhere-else")
    device = kiosk.store.device
    assert [read_page(data).last for data in carried(hub)] == [2]
    assert hub.look_through().broken == (f"{device}/3",)
    assert hub.links()[device][0] == 2
    (outcome,) = take_all(hub, pages(kiosk.store, hub_vector(hub)))  # type: ignore[arg-type]
    assert (outcome.filled, outcome.reason) == (1, None)
    assert hub.links()[device][0] == 5
    assert_same(hub, city, kiosk)


def hub_vector(hub: HubShelf) -> dict[str, int]:
    return {device: seq for device, (seq, _link) in hub.links().items()}


def test_a_receipt_shows_nothing_that_does_not_fit(hub: HubShelf, kiosk: StoreShelf) -> None:
    some(kiosk, 1)
    bring(hub, kiosk)
    key = of(hub, "receipt", 1)
    spoil(hub, "body", 1, '{"kind":"problem","text":"x"}')
    ((_event, contents),) = hub.about_receipt(key)
    assert contents.body is None
    spoil(hub, "at_us", 1, 1)
    assert hub.about_receipt(key) == []


def test_a_broken_link_is_no_fork(hub: HubShelf, city: City, kiosk: StoreShelf) -> None:
    some(kiosk, 3)
    bring(hub, kiosk)
    end = flipped(of(hub, "chain", 3))
    spoil(hub, "chain", 3, end)
    with hub.change():
        hub._write("UPDATE device SET chain = ? WHERE device = ?", end, kiosk.store.device)  # type: ignore[attr-defined]
    some(kiosk, 1)
    outcomes = take_all(hub, pages(kiosk.store, {kiosk.store.device: 3}))  # type: ignore[arg-type]
    assert [(each.new, each.reason) for each in outcomes] == [(1, None)]
    hub.look_through()
    assert_same(hub, city, kiosk)


def test_the_end_of_a_journal_and_what_was_erased_follow_from_the_journal(
    hub: HubShelf, kiosk: StoreShelf
) -> None:
    some(kiosk, 2)
    redact(kiosk.store, kiosk.store.device, 1, Erased.BODY, "본인 요청")
    bring(hub, kiosk)
    with hub.change():
        hub._write("UPDATE device SET seq = 66")  # type: ignore[attr-defined]
        hub._write("UPDATE redaction SET target_seq = 2")  # type: ignore[attr-defined]
    device = kiosk.store.device
    assert hub.look_through().tables == (f"device {device}", f"redaction {device}")
    assert hub.links()[device][0] == 3
    assert hub._rows("SELECT target_seq FROM redaction") == [(1,)]  # type: ignore[attr-defined]
    assert not hub.look_through()


def test_what_was_erased_while_it_was_looked_at_stays_erased(
    database: Database, hub: HubShelf, kiosk: StoreShelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    some(kiosk, 2)
    bring(hub, kiosk)
    spoil(hub, "salt", 1, flipped(of(hub, "salt", 1)))
    redact(kiosk.store, kiosk.store.device, 1, Erased.BODY, "본인 요청")
    (erasure,) = pages(kiosk.store, {kiosk.store.device: 2})
    other = database.hub()
    run = hub.run

    def late(work: Callable[[], object]) -> object:
        import_page(other, erasure)
        return run(work)

    monkeypatch.setattr(hub, "run", late)
    hub.look_through()
    assert hub._rows("SELECT body FROM event WHERE seq = 1") == [(None,)]  # type: ignore[attr-defined]

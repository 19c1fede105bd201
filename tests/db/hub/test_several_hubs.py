"""Several hubs before one database at the same moment: nothing twice, nothing lost, no alarm."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from typing import TypeVar

import pytest

from db.exchange.pages.importing import Outcome, import_page, take_page
from db.exchange.pages.store_shelf import StoreShelf
from db.exchange.trust.papers import DeviceRole
from db.hub.database.shelf import HubShelf, Overtaken
from db.participation.feedback import add_feedback
from db.records import Erased
from db.refusals import Reason
from db.store.journal import redact
from tests.db.exchange.city import City, pages, take_all
from tests.db.hub.carrying import assert_same, some
from tests.db.hub.conftest import Database
from tests.db.in_memory import memory_store, praise
from tests.postgresql import Server

ROUNDS = 6
T = TypeVar("T")


def at_once(acts: list[Callable[[], T]]) -> list[T]:
    """Every act in a thread of its own, all begun at the same moment."""
    start = Barrier(len(acts))

    def begin(act: Callable[[], T]) -> T:
        start.wait(20)
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [each.result(30) for each in [pool.submit(begin, act) for act in acts]]


def taking(hub: HubShelf, *data: bytes) -> Callable[[], list[Outcome]]:
    return lambda: hub.run(lambda: [take_page(hub, each) for each in data])


def test_the_same_page_at_several_hubs_is_taken_exactly_once(
    database: Database, city: City, kiosk: StoreShelf
) -> None:
    hubs = [database.hub() for _ in range(4)]
    for number in range(ROUNDS):
        some(kiosk, 20)
        (data,) = pages(kiosk.store, {kiosk.store.device: 20 * number})
        outcomes = [each for (each,) in at_once([taking(hub, data) for hub in hubs])]
        assert sorted((each.new, each.known) for each in outcomes) == [(0, 20)] * 3 + [(20, 0)]
    assert hubs[0].census().events == 20 * ROUNDS
    assert_same(hubs[0], city, kiosk)


def test_of_two_forks_at_once_one_wins_and_the_other_is_kept_apart(
    database: Database, city: City
) -> None:
    hubs = [database.hub() for _ in range(2)]
    for number in range(ROUNDS):
        with memory_store(100 + number) as one, memory_store(100 + number) as two:
            city.certify(one, DeviceRole.KIOSK, f"복제 {number}")
            data = []
            for store in (one, two):
                add_feedback(store, praise(f"{id(store)}"))
                data.append(pages(store)[0])
            for hub in hubs:
                hub.trust.accept(city.authority.papers, "papers")
            outcomes = at_once([taking(hub, each) for hub, each in zip(hubs, data, strict=True)])
            said = {(each.new, each.reason) for (each,) in outcomes}
            assert said == {(1, None), (0, Reason.FORK)}
    assert [each.reason for each in hubs[0].quarantined()] == ["fork"] * ROUNDS
    assert hubs[0].census().events == ROUNDS


def test_pages_of_many_devices_in_opposite_order_all_get_through(
    database: Database, city: City
) -> None:
    """What would wait for each other for ever is begun again."""
    kiosks = [city.enrol(DeviceRole.KIOSK, f"키오스크 {number}") for number in range(6)]
    hubs = [database.hub() for _ in range(2)]
    data = []
    for kiosk in kiosks:
        some(kiosk, 5)
        data += pages(kiosk.store)
    for outcomes in at_once([taking(hubs[0], *data), taking(hubs[1], *reversed(data))]):
        assert all(each.reason is None for each in outcomes)
    assert hubs[0].census().events == 30


def test_an_erasure_and_its_target_that_arrive_at_once_leave_nothing_to_read(
    database: Database, city: City, kiosk: StoreShelf, desk: StoreShelf
) -> None:
    hubs = [database.hub() for _ in range(2)]
    for number in range(ROUNDS):
        target, word = erased(kiosk, desk)
        at_once([taking(hubs[number % 2], target), taking(hubs[1 - number % 2], word)])
    assert_same(hubs[0], city, desk)


@pytest.mark.parametrize("known", [False, True], ids=["first event", "later event"])
@pytest.mark.parametrize("first", ["target", "erasure"])
def test_an_erasure_and_its_target_wait_for_each_other_at_different_hubs(
    on_postgresql: Database,
    postgresql: Server,
    city: City,
    kiosk: StoreShelf,
    desk: StoreShelf,
    first: str,
    known: bool,
) -> None:
    one, other = on_postgresql.hub(), on_postgresql.hub()
    if known:
        some(kiosk, 1)
        import_page(one, pages(kiosk.store)[0])
    target, word = erased(kiosk, desk)
    earlier, later = (target, word) if first == "target" else (word, target)
    with ThreadPoolExecutor(1) as pool:
        with one.change():
            assert take_page(one, earlier).new == 1
            one.settle()
            waiting = pool.submit(taking(other, later))
            while not (waiting.done() or is_waiting(postgresql)):
                Event().wait(0.01)
            assert not waiting.done()
        assert [each.new for each in waiting.result(30)] == [1]
    assert_same(one, city, desk)


def is_waiting(server: Server) -> bool:
    return server.ask("SELECT count(*) FROM pg_locks WHERE NOT granted") > 0


def erased(kiosk: StoreShelf, desk: StoreShelf) -> tuple[bytes, bytes]:
    """The page of a new feedback alone, and the desk's word that erases it."""
    receipt = add_feedback(kiosk.store, praise("지울 의견"))
    take_all(desk, pages(kiosk.store))
    log = redact(desk.store, receipt.device, receipt.seq, Erased.BODY, "본인 요청")
    (target,) = pages(kiosk.store, {receipt.device: receipt.seq - 1})
    (word,) = pages(desk.store, {receipt.device: receipt.seq, log.device: log.seq - 1})
    return target, word


def test_whoever_was_overtaken_halfway_does_the_work_again(
    on_postgresql: Database, kiosk: StoreShelf
) -> None:
    some(kiosk, 2)
    slow, fast = on_postgresql.hub(), on_postgresql.hub()
    (data,) = pages(kiosk.store)
    tried = []

    def work() -> Outcome:
        tried.append(slow.tail(kiosk.store.device))
        if len(tried) == 1:
            import_page(fast, data)
        return take_page(slow, data)

    with pytest.raises(Overtaken), slow.change():
        work()
    some(kiosk, 1)
    (data,) = pages(kiosk.store)
    tried.clear()
    assert (slow.run(work).known, tried) == (3, [2, 3])


def test_a_reader_is_not_kept_waiting_by_a_hub_that_writes(
    database: Database, kiosk: StoreShelf
) -> None:
    writer, reader = database.hub(), database.hub()
    some(kiosk, 2)
    (data,) = pages(kiosk.store)
    with writer.change():
        take_page(writer, data)
        assert reader.links() == {}
    assert reader.tail(kiosk.store.device) == 2

"""Pages into a hub and out of it again, and what both must come to."""

from __future__ import annotations

from functools import partial

from db.exchange.pages.importing import take_page
from db.exchange.pages.store_shelf import StoreShelf
from db.exchange.pages.version_vector import links
from db.exchange.status.store_hash import store_hash
from db.exchange.trust.papers import DeviceRole
from db.hub.database.shelf import HubShelf
from db.participation.feedback import add_feedback
from db.store.verification import verify
from tests.db.exchange.city import City, pages, take_all
from tests.db.in_memory import praise


def carried(hub: HubShelf) -> list[bytes]:
    """Everything a hub gives on, page after page."""
    data = []
    for device in hub.links():
        after = 0
        while (page := hub.page(device, after)) is not None:
            assert page.first == after + 1
            data.append(page.data)
            after = page.last
    return data


def assert_same(hub: HubShelf, city: City, *stores: StoreShelf) -> None:
    """The hub holds what each of `stores` holds: another desk that reads it there ends the same."""
    reader = city.enrol(DeviceRole.DESK, f"읽는 검토대 {len(city.shelves)}")
    for outcome in take_all(reader, carried(hub)):
        assert outcome.reason is None and outcome.rejected == 0
    assert verify(reader.store) == ()
    for shelf in stores:
        assert hub.links() == links(shelf.store)
        assert store_hash(reader.store) == store_hash(shelf.store)


def bring(hub: HubShelf, *shelves: StoreShelf) -> None:
    for shelf in shelves:
        for data in pages(shelf.store):
            outcome = hub.run(partial(take_page, hub, data))
            assert outcome.reason is None


def some(shelf: StoreShelf, count: int = 3) -> list[str]:
    return [add_feedback(shelf.store, praise(f"의견 {number}")).id for number in range(count)]

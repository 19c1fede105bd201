"""A revoked device at a hub: what was cut off is withdrawn, the rest stays and is given on."""

from __future__ import annotations

from functools import partial

from db.exchange.pages.importing import import_page
from db.exchange.pages.store_shelf import StoreShelf
from db.exchange.trust.papers import DeviceRole
from db.hub.database.shelf import HubShelf
from db.store.verification import verify
from tests.db.exchange.city import City, pages, take_all
from tests.db.hub.carrying import bring, carried, some


def test_a_revoked_end_goes_to_the_pages_kept_apart_and_the_rest_is_given_on(
    hub: HubShelf, city: City, kiosk: StoreShelf, desk: StoreShelf
) -> None:
    some(kiosk, 5)
    bring(hub, kiosk)
    take_all(desk, pages(kiosk.store, {}))
    link = desk.link(kiosk.store.device, 3)
    assert link is not None
    city.authority.revoke(kiosk.store.device, 3, link)
    hub.trust.accept(city.authority.papers, "papers")
    assert hub.trust.list is not None
    for revocation in hub.trust.list.revoked * 2:
        hub.run(partial(hub.withdraw, revocation))
    assert hub.links() == {kiosk.store.device: (3, link)}
    kept = hub.quarantined()
    assert [(each.first, each.last, each.reason) for each in kept] == [(4, 5, "revoked")]
    assert import_page(hub, pages(kiosk.store)[0]).rejected == 2
    reader = city.enrol(DeviceRole.DESK, "다른 검토대")
    assert [each.new for each in take_all(reader, carried(hub))] == [3]
    assert verify(reader.store) == ()

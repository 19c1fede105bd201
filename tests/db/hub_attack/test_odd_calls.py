"""Calls that are signed as they should be and ask for odd things."""

from __future__ import annotations

from db.exchange.pages.store_shelf import StoreShelf
from db.participation.feedback import add_feedback
from tests.db.exchange.city import pages
from tests.db.hub_web.running import Caller
from tests.db.in_memory import praise

ODD = (
    *("%2B1", "1e3", "0x1", "1.5", "", "NaN", "-0&after=x", "9223372036854775808"),
    *("%D9%A1%00", "1_0", "%F0%9D%9F%8F", "0&device=x"),
)


def test_odd_numbers_are_answered_and_are_no_fault(at_kiosk: Caller, kiosk: StoreShelf) -> None:
    add_feedback(kiosk.store, praise("의견"))
    (page,) = pages(kiosk.store)
    assert at_kiosk.post("/v1/pages", page).status_code == 200
    for odd in ODD:
        answered = at_kiosk.get(f"/v1/pages?device={kiosk.store.device}&after={odd}")
        assert answered.status_code in (200, 204, 422), odd

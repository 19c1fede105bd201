"""The first papers 첫 서류 a device takes: they decide whom it trusts from then on."""

from __future__ import annotations

from db.clock import Clock, system_clock
from db.exchange.pages.store_shelf import StoreShelf
from db.exchange.trust.papers import Papers
from db.exchange.trust.trust import Trust
from db.keys.device import device_name
from db.refusals import Reason, Refused
from db.store.store import Store


def require_own(
    papers: Papers, public_key: bytes, place: str, clock: Clock = system_clock
) -> Trust:
    """What these papers alone say, once they name the device of `public_key`. Raises Refused."""
    trial = Trust(clock)
    trial.accept(papers, place)
    if device_name(public_key) not in trial.certificates:
        raise Refused(Reason.UNKNOWN_DEVICE, place, device_name(public_key))
    return trial


def shelf_for_papers(store: Store) -> StoreShelf:
    """The shelf that papers are to be accepted on. Damaged ones count as none: whom to trust is
    asked anew, and what is accepted takes their place.
    """
    try:
        return StoreShelf(store)
    except Refused as refused:
        if refused.reason is not Reason.DAMAGED_PAPERS:
            raise
        return StoreShelf(store, Trust(store.clock))

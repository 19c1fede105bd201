"""Witnesses 증인: what other devices and the city signed about the time, for whoever must not trust
its own clock.
"""

from __future__ import annotations

from db.ages import DAY_US, Witness
from db.clock import is_suspect
from db.exchange.acknowledgements import words
from db.exchange.outbox import own_role
from db.exchange.papers import Role
from db.exchange.shelf import StoreShelf

_ALLOWANCE_US = 30 * DAY_US


def witness_of(shelf: StoreShelf) -> Witness | None:
    """What others signed about the time. A kiosk believes desks, hubs and the city. A desk asks
    anybody, and adds its own clock as far as it is not far beyond them: a kiosk's journal comes
    here with nobody's signature but the kiosk's own.
    """
    certificates = shelf.trust.certificates
    kiosk = own_role(shelf) is Role.KIOSK
    dates = [
        word.at_us
        for word in words(shelf)
        if not kiosk or certificates[word.device].role is not Role.KIOSK
    ]
    if shelf.trust.list is not None:
        dates.append(shelf.trust.list.issued_us)
    dates = [date for date in dates if not is_suspect(date)]
    if not dates:
        return None
    newest = max(dates)
    if kiosk:
        return Witness(not_after=newest, now=newest)
    own = shelf.store.clock()
    return Witness(not_after=min(max(own, newest), newest + _ALLOWANCE_US), now=newest)

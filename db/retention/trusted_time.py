"""Trusted time: what other devices and the city signed about the time, for whoever must not trust
its own clock.
"""

from __future__ import annotations

from db.clock import DAY_US, is_suspect
from db.exchange.pages.store_shelf import StoreShelf
from db.exchange.status.acknowledgements import words
from db.exchange.status.outbox import own_role
from db.exchange.trust.papers import DeviceRole
from db.retention.known_ages import TrustedTime

_ALLOWANCE_US = 30 * DAY_US
"""How far two clocks may stand apart before one of them is called wrong."""
_CITY = ""


def trusted_time(shelf: StoreShelf) -> TrustedTime | None:
    """What others signed about the time. A kiosk believes desks, hubs and the city. A desk asks
    anybody, and adds its own clock as far as it is not far beyond them: a kiosk's journal comes
    here with nobody's signature but the kiosk's own.

    One date far in the future must not end retention: those who speak of a later time bound
    nothing alone where the others, and this clock if it is not suspect, outvote them.
    """
    said, own = _said(shelf), shelf.store.clock()
    # A date that no right clock gives is no vote, but its signer is named all the same.
    dates = {name: at for name, at in said.items() if not is_suspect(at)}
    if not dates:
        return None
    later = {name for name, at in said.items() if _is_far_beyond(own, at)}
    outvoted = 2 * len(later & dates.keys()) < len(dates) + 1
    heard = [at for name, at in dates.items() if not (outvoted and name in later)]
    newest = max(dates.values())
    not_after = newest
    if own_role(shelf) is not DeviceRole.KIOSK:
        not_after = min(max(own, newest), newest + _ALLOWANCE_US)
    return TrustedTime(
        not_after=not_after,
        by_own_clock=min(not_after, own) if later & dates.keys() and outvoted else not_after,
        now=max(heard),
        later=tuple(sorted(later)),
    )


def _is_far_beyond(own: int, at_us: int) -> bool:
    return not is_suspect(own) and at_us > own + _ALLOWANCE_US


def latest_date(shelf: StoreShelf) -> int | None:
    """Beyond it no date is believed to be the present; None where this clock cannot tell."""
    own = shelf.store.clock()
    return None if is_suspect(own) else own + _ALLOWANCE_US


def who(shelf: StoreShelf, signer: str) -> tuple[str, str]:
    """A signer as people know it, in Korean and English."""
    if signer == _CITY:
        return "도시 서류", "the city's papers"
    name = f"{shelf.trust.certificates[signer].name} ({signer})"
    return name, name


def _said(shelf: StoreShelf) -> dict[str, int]:
    certificates = shelf.trust.certificates
    kiosk = own_role(shelf) is DeviceRole.KIOSK
    said = {
        word.device: word.at_us
        for word in words(shelf)
        if not kiosk or certificates[word.device].role is not DeviceRole.KIOSK
    }
    if shelf.trust.list is not None:
        said[_CITY] = shelf.trust.list.issued_us
    return said

"""Pages into a store: checked against what is known and who is trusted, taken whole or not.

What a page does is decided here once, for every kind of store; `Shelf` says what a store must be
able to do. Any page may come any number of times, in any order and from anybody.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import NamedTuple, Protocol

import msgspec

from db.exchange.trust.papers import Certificate, DeviceRole, Revocation
from db.exchange.trust.trust import Trust, may_write
from db.records.event_kinds import REDACTION
from db.refusals import Reason, Refused
from db.store.events import Contents, Event, genesis
from db.store.page import Page, read_page, whose_page

TO_QUARANTINE = (Reason.FORK, Reason.ROLE, Reason.REVOKED)
"""Refusals of pages that a known device did sign: evidence, and perhaps somebody's words."""


class Shelf(Protocol):
    """What a store offers to pages. All writing happens inside `change`."""

    trust: Trust

    def change(self) -> AbstractContextManager[object]: ...
    def tail(self, device: str) -> int:
        """The last number known of a device, 0 when it is not known."""

    def link(self, device: str, seq: int) -> bytes | None:
        """The link of one event, 32 bytes."""

    def proven_link(self, device: str, seq: int) -> bytes | None:
        """The same where the chain bears it out, with a flipped bit put right. Asked before a fork
        is cried: a disk may be at fault instead.
        """

    def add(self, public_key: bytes, events: Sequence[Event], contents: Sequence[Contents]) -> None:
        """Stores events that follow on the tail of their device."""

    def fill(self, events: Sequence[Event], contents: Sequence[Contents]) -> int:
        """Puts back what known events lack; returns how many it helped."""

    def quarantine(self, page: Page, data: bytes, refused: Refused) -> None:
        """Keeps a refused page where a person finds it; the same page once."""

    def signed(self, page: Page) -> None:
        """Called with every page that its device signed itself, before anything else is asked of
        it: a store whose own device it is, and which did not write it, was restored or copied.
        """


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one page; counts are events.

    `gap` is the number after which this store needs the device's events. `reason`, `ko` and `en`
    say why anything was rejected.
    """

    place: str
    device: str | None = None
    new: int = 0
    known: int = 0
    rejected: int = 0
    filled: int = 0
    gap: int | None = None
    fork: bool = False
    reason: Reason | None = None
    ko: str = ""
    en: str = ""


def import_page(shelf: Shelf, data: bytes, place: str = "page") -> Outcome:
    """Takes one page in a transaction of its own. Never raises for what the bytes hold.

    Raises StorageUnavailable when the environment refuses; nothing was taken then.
    """
    with shelf.change():
        return take_page(shelf, data, place)


def take_page(shelf: Shelf, data: bytes, place: str = "page", called: str = "") -> Outcome:
    """`import_page` inside the caller's transaction, for many pages at once.

    `called` is its name at that place. It is said of bytes that cannot be read alone: what can be
    read is named after what it holds, and need not be named twice.
    """
    try:
        page = read_known(shelf.trust, data, f"{place}: {called}" if called else place)
    except Refused as refused:
        return unreadable(refused)
    return take_read_page(shelf, page, data, place)


def read_known(trust: Trust, data: bytes, place: str = "page") -> Page:
    """A page of a device that is known here; anybody else's is not unpacked. Raises Refused."""
    trust.certificate(whose_page(data, place), place)
    return read_page(data, place)


def unreadable(refused: Refused) -> Outcome:
    """What became of bytes that `read_page` or `read_known` refused."""
    return _refusal(refused, None, 1)


def take_read_page(shelf: Shelf, page: Page, data: bytes, place: str = "page") -> Outcome:
    """`take_page` for a page that was read elsewhere, away from the thread that writes."""
    try:
        return _take(shelf, page, data, place)
    except Refused as refused:
        if refused.reason in TO_QUARANTINE:
            shelf.quarantine(page, data, refused)
        return _refusal(refused, page, len(page.events))


def judged_reason(shelf: Shelf, page: Page) -> Reason | None:
    """Why such a page would be quarantined if it came now; None where it would not, or where what
    it was held against is no longer here.
    """
    try:
        certificate = shelf.trust.certificate(page.device, page.name)
        signed = page.is_signed_by(bytes.fromhex(certificate.public_key))
        judged = _judge(shelf, page, certificate, page.name, signed=signed)
    except Refused as refused:
        return refused.reason if refused.reason in TO_QUARANTINE else None
    return Reason.REVOKED if judged.gap is None and judged.end < page.last else None


class _Judged(NamedTuple):
    """How many events of a page are known here, and up to which number it may bring news; or the
    number behind which events are missing that must come first.
    """

    known: int
    end: int
    gap: int | None = None


def _take(shelf: Shelf, page: Page, data: bytes, place: str) -> Outcome:
    where = f"{place}: {page.name}"
    # It names the device itself.
    certificate = shelf.trust.certificate(page.device, place)
    signed = page.is_signed_by(bytes.fromhex(certificate.public_key))
    if signed:
        shelf.signed(page)
    known, end, gap = _judge(shelf, page, certificate, where, signed=signed)
    if gap is not None:
        return Outcome(place=place, device=page.device, gap=gap, reason=Reason.GAP)
    fresh = slice(known, max(known, end - page.first + 1))
    filled = shelf.fill(page.events[:known], page.contents[:known]) if known else 0
    if page.events[fresh]:
        public_key = bytes.fromhex(certificate.public_key)
        shelf.add(public_key, page.events[fresh], page.contents[fresh])
    new = len(page.events[fresh])
    rejected = len(page.events) - known - new
    outcome = Outcome(
        place=place, device=page.device, new=new, known=known, rejected=rejected, filled=filled
    )
    if rejected:
        refused = Refused(Reason.REVOKED, where, f"after {end}")
        shelf.quarantine(page, data, refused)
        return msgspec.structs.replace(outcome, reason=refused.reason, ko=refused.ko, en=refused.en)
    return outcome


def _judge(
    shelf: Shelf, page: Page, certificate: Certificate, where: str, *, signed: bool
) -> _Judged:
    """Changes nothing. Raises Refused."""
    device = page.device
    public_key = bytes.fromhex(certificate.public_key)
    revocation = shelf.trust.revocation(device)
    if not signed and not _vouched(page, revocation):
        raise Refused(Reason.FORGED, where)
    have = shelf.tail(device)
    before = page.first - 1
    if before > have:
        return _Judged(0, 0, have)
    if before == 0 and page.previous != genesis(public_key):
        raise Refused(Reason.FORK, where)
    if before > 0 and not _same(shelf, device, before, page.previous, where):
        return _Judged(0, 0, before - 1)
    known = min(have, page.last) - before
    for at in range(known - 1, -1, -1):
        if _same(shelf, device, page.first + at, page.events[at].chain, where):
            break
    end = _trusted_end(shelf.trust, certificate, revocation, page, have, where)
    # Known events too: a body that was held back at first must not come in by the back door.
    _permitted(certificate.role, page, where)
    return _Judged(known, end)


def _permitted(role: DeviceRole, page: Page, where: str) -> None:
    """Raises Refused when the page holds what no device of this role may sign.

    A kind is asked about once; a redaction each time, for it depends on what it erases.
    """
    permitted: set[str] = set()
    for event, contents in zip(page.events, page.contents, strict=True):
        if event.kind in permitted:
            continue
        if not may_write(role, event, contents):
            raise Refused(Reason.ROLE, where, f"{event.kind} {event.seq}")
        if event.kind != REDACTION:
            permitted.add(event.kind)


def _vouched(page: Page, revocation: Revocation | None) -> bool:
    """True when the city itself signed the last link, because the device no longer may."""
    return (
        revocation is not None
        and revocation.link == page.link.hex()
        and revocation.after == page.last
    )


def _same(shelf: Shelf, device: str, seq: int, theirs: bytes, where: str) -> bool:
    """False where this store cannot say, because what it holds there proves nothing. Raises
    Refused for another link.
    """
    if shelf.link(device, seq) == theirs:
        return True
    ours = shelf.proven_link(device, seq)
    if ours is not None and ours != theirs:
        raise Refused(Reason.FORK, where)
    return ours is not None


def _trusted_end(
    trust: Trust,
    certificate: Certificate,
    revocation: Revocation | None,
    page: Page,
    have: int,
    where: str,
) -> int:
    """Up to which number this page may bring news. Raises Refused."""
    if revocation is None:
        if page.last > have and trust.is_expired(certificate):
            raise Refused(Reason.EXPIRED, where, certificate.name)
        return page.last
    if revocation.after is None:
        return min(page.last, have)
    at = revocation.after - page.first
    if 0 <= at < len(page.events) and page.events[at].chain.hex() != revocation.link:
        # A fork of the device before the point at which the city cut it off.
        raise Refused(Reason.FORK, where)
    return min(page.last, revocation.after)


def _refusal(refused: Refused, page: Page | None, events: int) -> Outcome:
    return Outcome(
        place=refused.place,
        device=page.device if page else None,
        rejected=events,
        fork=refused.reason is Reason.FORK,
        reason=refused.reason,
        ko=refused.ko,
        en=refused.en,
    )

"""What may be read of an event: its header where the chain bears it out, and of its contents what
fits the hashes in that header.

Disks let bits rot, and no database notices. So every row of an event, in a store and at a hub, is
read with the columns of `READ` and through `read` or `Walk`, which hand on nothing that its hashes
do not prove. One flipped bit is also put right here: of all single flips, only the one that
happened makes a hash fit again.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from itertools import chain
from typing import NamedTuple, TypeVar

import msgspec

from db.keys.device import device_name
from db.store.events import (
    COLUMNS,
    Contents,
    Event,
    RowPart,
    contents_fault,
    genesis,
    hash_body,
    hash_sealed,
    next_link,
    signature_holds,
)

READ = (
    ", ".join(f"e.{column}" for column in COLUMNS)
    + ", CASE WHEN e.seq = 1 THEN (SELECT d.public_key FROM device d WHERE d.device = e.device)"
    " ELSE (SELECT b.chain FROM event b WHERE b.device = e.device AND b.seq = e.seq - 1) END"
)
"""RowPart of `event e` that `read` takes: the row, and what stands before it in its chain."""
WIDTH = len(COLUMNS) + 1

_WRONG = (ValueError, TypeError, AttributeError, OverflowError, struct.error)
"""What values of a wrong kind lead to: a rotten row may hold anything anywhere."""
_LONGEST_MENDED = 4096
"""Bytes of a body in which one bit is looked for: a tenth of a second on a slow machine."""

TABLE = "table"
"""The doubt about a row of a table that does not follow from its event."""

Pair = tuple[Event, Contents]
_A = TypeVar("_A", bytes, str)
_B = TypeVar("_B", bytes, str)
_V = TypeVar("_V", int, bytes, str)


class Read(NamedTuple):
    """An event with those of its contents that fit. `doubt` says what did not, if anything; a
    header that is in doubt proves nothing at all.
    """

    event: Event
    contents: Contents
    doubt: str | None = None

    @property
    def holds(self) -> bool:
        return self.doubt != "header"


def read(row: RowPart) -> Read:
    """One event from the columns of `READ`."""
    event, contents, before = Event(*row[:11]), Contents(*row[11:15]), row[15]
    if event.seq == 1 and before is not None:
        before = genesis(before)
    return checked(event, contents, before)


def checked(event: Event, contents: Contents, before: bytes | None) -> Read:
    """The same for an event whose link before it is known, None where there is none."""
    if before is None or link_of(event, before) != event.chain:
        return Read(event, Contents(), "header")
    return fitting(event, contents)


def fitting(event: Event, contents: Contents) -> Read:
    """An event that holds, with what fits it."""
    doubt = fault_of(event, contents)
    if doubt is None:
        return Read(event, contents)
    # What is left beside a body that does not fit may be a contact that does.
    body = Contents(salt=contents.salt, body=contents.body)
    contact = Contents(key_id=contents.key_id, sealed=contents.sealed)
    left = contact if doubt == "body" else body
    return Read(event, left if fault_of(event, left) is None else Contents(), doubt)


def link_of(event: Event, before: bytes) -> bytes | None:
    """The link that follows from a header, None where its fields have no such form."""
    try:
        return next_link(before, event)
    except _WRONG:
        return None


def fault_of(event: Event, contents: Contents) -> str | None:
    """What of these contents does not fit, whatever they hold; None where all of it does."""
    try:
        return contents_fault(event, contents)
    except _WRONG:
        return "body" if contents.body is not None else "sealed contact"


class Walk:
    """Reads the events of one device in their order, each against the link before it. `due` is
    the number that comes next, `before` the link in front of what was read last.
    """

    def __init__(self, link: bytes | None, due: int) -> None:
        self._link, self.due = link, due
        self.before: bytes | None = None

    def read(self, row: RowPart) -> Read:
        """The next event, from its own columns alone."""
        event = Event(*row[:11])
        self.before = self._link if event.seq == self.due else None
        found = checked(event, Contents(*row[11:15]), self.before)
        self.go_on_behind(event)
        return found

    def go_on_behind(self, event: Event) -> None:
        self._link, self.due = event.chain, event.seq + 1


# -- one flipped bit -------------------------------------------------------------------------------


def mended_header(event: Event, before: bytes) -> Event | None:
    """The event with the one bit put right that keeps it from following on `before`, or None."""
    wanted = link_of(event, before)
    if wanted is not None and _is_one_bit(wanted, event.chain):
        return msgspec.structs.replace(event, chain=wanted)
    fields = ("id", "kind", "subject", "at_us", "receipt", "body_hash", "sealed_hash")
    held = msgspec.structs.asdict(event)
    for field in fields:
        for value in _flips(held[field]):
            other = msgspec.structs.replace(event, **{field: value})
            if link_of(other, before) == event.chain:
                return other
    return None


def proven_link(row: RowPart) -> bytes | None:
    """The link of the event in the columns of `READ`, a flipped bit of it put right; None where
    its header proves nothing.
    """
    found = read(row)
    if found.holds:
        return found.event.chain
    before: bytes | None = row[15]
    if before is None:
        return None
    before = genesis(before) if found.event.seq == 1 else before
    mended = mended_header(found.event, before)
    return mended.chain if mended else None


def mended_contents(event: Event, contents: Contents) -> Contents:
    """The contents with at most one bit put right in the body and one in the contact; what cannot
    be put right stays as it is.
    """
    salt, body, key_id, sealed = msgspec.structs.astuple(contents)
    if isinstance(body, str) and isinstance(salt, bytes):
        salt, body = _mended(
            (salt, body), lambda salt, body: hash_body(salt, body) == event.body_hash
        )
    if isinstance(key_id, str) and isinstance(sealed, bytes):
        key_id, sealed = _mended(
            (key_id, sealed), lambda key, box: hash_sealed(key, box) == event.sealed_hash
        )
    return Contents(salt, body, key_id, sealed)


def mended_signature(event: Event, public_key: bytes) -> Event | None:
    """The event with one bit of its signature put right, or None."""
    for signature in _flips(event.signature or b""):
        if signature_holds(public_key, event.chain, signature):
            return msgspec.structs.replace(event, signature=signature)
    return None


def mended_key(public_key: bytes, device: str) -> bytes | None:
    """The public key of a device with at most one bit put right, or None."""
    candidates: Iterator[bytes] = chain((public_key,), _flips(public_key))
    return next((key for key in candidates if device_name(key) == device), None)


def _mended(parts: tuple[_A, _B], fits: Callable[[_A, _B], bool]) -> tuple[_A, _B]:
    first, second = parts
    if _holds(fits, first, second) or len(second) > _LONGEST_MENDED:
        return parts
    for other in _flips(first):
        if _holds(fits, other, second):
            return other, second
    for another in _flips(second):
        if _holds(fits, first, another):
            return first, another
    return parts


def _holds(fits: Callable[[_A, _B], bool], first: _A, second: _B) -> bool:
    try:
        return fits(first, second)
    except _WRONG:
        return False


def _flips(value: _V) -> Iterator[_V]:
    """Every value that one flipped bit may have come from. Texts that are none are left out.

    A text's bytes that were no text were read as surrogates (`keeping_bytes`).
    """
    if isinstance(value, int):
        yield from (value ^ (1 << bit) for bit in range(62))
    elif isinstance(value, bytes):
        for at, byte in enumerate(value):
            for bit in range(8):
                yield value[:at] + bytes((byte ^ 1 << bit,)) + value[at + 1 :]
    elif isinstance(value, str):
        for raw in _flips(value.encode(errors="surrogateescape")):
            try:
                yield raw.decode()
            except UnicodeDecodeError:
                continue


def keeping_bytes(raw: bytes) -> str:
    """A text column with every bit that is in it, also those that make it no text."""
    return raw.decode("utf-8", "surrogateescape")


def _is_one_bit(one: bytes, other: object) -> bool:
    if not isinstance(other, bytes) or len(one) != len(other):
        return False
    return (int.from_bytes(one, "big") ^ int.from_bytes(other, "big")).bit_count() == 1

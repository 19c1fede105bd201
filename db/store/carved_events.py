"""What carved rows claim to be, and how much of it hashes and signatures bear out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

import msgspec
from msgspec import defstruct
from msgspec.structs import fields

from db.keys.device import device_name
from db.store.carving import Value
from db.store.events import Contents, Event, contents_fault, genesis, signature_holds
from db.store.sound import link_of


class Claims:
    """Carved rows that have the shape of events, contents and devices."""

    def __init__(self, rows: Iterable[tuple[Value, ...]]) -> None:
        self.events: dict[str, dict[int, Event]] = {}
        self.public_keys: dict[str, bytes] = {}
        self._contents: dict[tuple[str, int], list[Contents]] = {}
        for row in rows:
            self.take(row)

    def contents_of(self, event: Event) -> Contents | None:
        """The first contents whose hashes fit; empty ones when none were there; None when none
        of those there fits.
        """
        claimed = self._contents.get((event.device, event.seq), [])
        for contents in claimed:
            if contents_fault(event, contents) is None:
                return contents
        return None if claimed else Contents()

    def take(self, row: tuple[Value, ...]) -> None:
        """Takes one more row, whatever it is."""
        try:
            if len(row) in (_HEADER, _WHOLE):
                event = msgspec.convert(row[:_HEADER], _EventShape)
                made = Event(*msgspec.structs.astuple(event))
                self.events.setdefault(made.device, {}).setdefault(made.seq, made)
                self._claim(made.device, made.seq, row[_HEADER:])
            elif len(row) == _OLD_CONTENTS:
                at = msgspec.convert(row[:2], tuple[str, int])
                self._claim(*at, row[2:])
            elif len(row) == 4:
                device, public_key = row[0], row[1]
                if isinstance(public_key, bytes) and len(public_key) == 32:
                    name = device_name(public_key)
                    if name == device:
                        self.public_keys[name] = public_key
        except msgspec.ValidationError:
            return

    def _claim(self, device: str, seq: int, row: tuple[Value, ...]) -> None:
        if any(value is not None for value in row):
            shape = msgspec.convert(row, _ContentShape)
            contents = Contents(*msgspec.structs.astuple(shape))
            self._contents.setdefault((device, seq), []).append(contents)


_HEADER, _WHOLE, _OLD_CONTENTS = 11, 15, 6
"""Columns of an event before its contents, with them, and of contents that a store of an older
shape kept in a table of their own."""


_EventShape = defstruct(
    "_EventShape", [(each.name, each.type) for each in fields(Event)], array_like=True
)
_ContentShape = defstruct(
    "_ContentShape", [(each.name, each.type) for each in fields(Contents)], array_like=True
)


class CarvedQuarantine(msgspec.Struct, array_like=True, frozen=True, forbid_unknown_fields=True):
    """A quarantined page, as its table holds it."""

    number: None
    at_us: int
    device: str
    first: int
    last: int
    reason: str
    place: str
    digest: bytes
    page: bytes


def carved_quarantine(row: tuple[Value, ...]) -> CarvedQuarantine | None:
    """The quarantined page in a carved row, whole to the bit, or what stands for one that is empty
    since it was discarded or has lain too long; None when the row is no such thing.
    """
    try:
        made = msgspec.convert(row, CarvedQuarantine)
    except msgspec.ValidationError:
        return None
    if not made.page:
        # Its digest keeps the same page from coming again, and can be checked against nothing.
        return made if len(made.digest) == hashlib.sha256().digest_size else None
    return made if hashlib.sha256(made.page).digest() == made.digest else None


def sound_prefix(
    events: Mapping[int, Event], public_key: bytes | None
) -> tuple[list[Event], list[Event]]:
    """Events from number 1 up to the last good signature without a break, and all others."""
    ordered = [events[seq] for seq in sorted(events)]
    sound = 0
    if public_key is not None:
        chain = genesis(public_key)
        for index, event in enumerate(ordered):
            link = link_of(event, chain)
            if event.seq != index + 1 or link is None:
                break
            # A link that rotted follows from what stands before it; the next signature tells.
            chain = link
            ordered[index] = event = msgspec.structs.replace(event, chain=link)
            if event.signature is not None:
                if signature_holds(public_key, chain, event.signature):
                    sound = index + 1
                else:
                    ordered[index] = msgspec.structs.replace(event, signature=None)
    return ordered[:sound], [events[event.seq] for event in ordered[sound:]]

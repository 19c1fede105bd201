"""Looks through one journal of a hub: what of it holds, what can be put right, and what is lost."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from db.records.event_kinds import REDACTION
from db.store.events import Contents, Event, Row, genesis, signature_holds
from db.store.rot import judged
from db.store.sound import Read, Walk, mended_signature


class Findings(msgspec.Struct, kw_only=True):
    """Of one journal: events as they are to be written, and from which number on nothing is
    proven.
    """

    righted: list[Read] = msgspec.field(default_factory=list)
    """With one bit put right."""
    lost: list[Read] = msgspec.field(default_factory=list)
    """Without contents that do not fit."""
    unsigned: list[Read] = msgspec.field(default_factory=list)
    """Without a signature that is nobody's; those behind it cover them, where there are any."""
    empty: list[int] = msgspec.field(default_factory=list)
    """Numbers of events without all of their contents: erased, or lost without a trace."""
    redactions: list[tuple[Event, Contents]] = msgspec.field(default_factory=list)
    broken: int | None = None


def look(journal: Iterable[Row], key: bytes | None) -> Findings:
    """Judges the rows of one device, in their order, against its public key."""
    found = Findings()
    walk = Walk(genesis(key) if key else None, 1)
    unsigned: int | None = None
    for row in journal:
        due, read = walk.due, walk.read(row)
        mended = judged(read, Contents(*row[11:]), walk)
        if mended is None:
            found.broken = found.broken or min(due, read.event.seq)
            continue
        signed = mended._replace(event=_signed(mended.event, key))
        if signed.event.signature is not None:
            unsigned = None
        elif mended.event.signature is not None:
            unsigned = unsigned or signed.event.seq
            found.unsigned.append(signed)
        if read.doubt is not None:
            (found.righted if mended.doubt is None else found.lost).append(signed)
        elif signed.event.signature not in (None, mended.event.signature):
            found.righted.append(signed)
        if mended.event.kind == REDACTION:
            found.redactions.append((mended.event, mended.contents))
        if mended.doubt is None and _is_empty(mended):
            found.empty.append(mended.event.seq)
    found.broken = min((seq for seq in (found.broken, unsigned) if seq is not None), default=None)
    return found


def _is_empty(read: Read) -> bool:
    event, contents = read.event, read.contents
    return contents.body is None or (contents.sealed is None and event.sealed_hash is not None)


def _signed(event: Event, key: bytes | None) -> Event:
    """The event with the signature that is its device's, one bit of it put right where that is
    needed; without one that is nobody's.
    """
    if event.signature is None or key is None or signature_holds(key, event.chain, event.signature):
        return event
    return mended_signature(event, key) or msgspec.structs.replace(event, signature=None)

"""Version vectors: how far a store knows each device's journal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from db.store.lacking import broken_journals

if TYPE_CHECKING:
    from db.store.store import Store

Vector = Mapping[str, int]
"""The last number known of each device; a device that is not in it is not known at all."""

# Jumps from device to device on the key's index: a million events cost as little as ten.
_TAILS = """
WITH RECURSIVE each(device) AS (
    SELECT min(device) FROM event
    UNION ALL
    SELECT (SELECT min(device) FROM event WHERE device > each.device) FROM each
    WHERE each.device IS NOT NULL
)
SELECT device, (SELECT max(seq) FROM event WHERE event.device = each.device)
FROM each WHERE device IS NOT NULL
"""


def vector(store: Store) -> dict[str, int]:
    """How far this store knows each device, in the order of the devices' names.

    A journal that is broken counts as known up to there: so others send it again from there on.
    """
    broken = broken_journals(store.connection)
    known = {
        str(device): min(int(seq), broken[device] - 1) if device in broken else int(seq)
        for device, seq in store.rows(_TAILS)
    }
    return {device: seq for device, seq in known.items() if seq > 0}


def links(store: Store) -> dict[str, tuple[int, bytes]]:
    """The same with the link of each last event, which tells two forks apart."""
    found: dict[str, tuple[int, bytes]] = {}
    for device, seq in vector(store).items():
        row = store.row("SELECT chain FROM event WHERE device = ? AND seq = ?", (device, seq))
        assert row is not None
        found[device] = (seq, bytes(row[0]))
    return found


def highest(*vectors: Vector) -> dict[str, int]:
    """Each device as far as any of `vectors` knows it."""
    found: dict[str, int] = {}
    for each in vectors:
        for device, seq in each.items():
            found[device] = max(seq, found.get(device, 0))
    return found


def lowest(*vectors: Vector) -> dict[str, int]:
    """Each device as far as all of `vectors` know it."""
    if not vectors:
        return {}
    shared = set(vectors[0]).intersection(*vectors[1:])
    return {device: min(each[device] for each in vectors) for device in sorted(shared)}


def beyond(far: Vector, near: Vector) -> int:
    """How many events `far` knows that `near` does not."""
    return sum(max(0, seq - near.get(device, 0)) for device, seq in far.items())

"""The outbox 보낼 것: pending, sent but not confirmed, confirmed. Nothing is ever pruned from it.

It is no table of its own but three vectors over the journal, so a counter and what it counts
cannot differ.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.exchange.pages.store_shelf import StoreShelf
from db.exchange.pages.version_vector import Vector, highest, lowest, vector
from db.exchange.status.acknowledgements import agreed, words
from db.exchange.trust.papers import DeviceRole

if TYPE_CHECKING:
    import pysqlite3.dbapi2 as sqlite


def own_role(shelf: StoreShelf) -> DeviceRole:
    """What the city certified this device as; a kiosk until it did."""
    certificate = shelf.trust.certificates.get(shelf.store.device)
    return certificate.role if certificate else DeviceRole.KIOSK


def confirmed(shelf: StoreShelf) -> dict[str, int]:
    """What others said they hold. A kiosk believes desks and hubs; these believe anybody."""
    believed = (
        tuple(DeviceRole)
        if own_role(shelf) is not DeviceRole.KIOSK
        else (DeviceRole.DESK, DeviceRole.HUB)
    )
    return highest(
        *(
            agreed(shelf, word)
            for word in words(shelf)
            if shelf.trust.certificates[word.device].role in believed
        )
    )


def known_to_all(shelf: StoreShelf) -> dict[str, int]:
    """From where on a file to everybody it is meant for has to begin.

    A kiosk's is meant for the desks and hubs it has heard of, a desk's or hub's for every device.
    Whoever knows least decides, so a desk that was restored gets again what it once confirmed.
    """
    heard = {word.device: agreed(shelf, word) for word in words(shelf)}
    if own_role(shelf) is DeviceRole.KIOSK:
        city = {each.device for each in shelf.trust.live(DeviceRole.DESK, DeviceRole.HUB)}
        return lowest(*(holds for device, holds in heard.items() if device in city))
    live = [each.device for each in shelf.trust.live(*DeviceRole)]
    return lowest(*(heard.get(each, {}) for each in live if not shelf.store.is_own(each)))


def sent(shelf: StoreShelf) -> dict[str, int]:
    """How far each journal was written to a carrier, whole and verified."""
    return {
        str(device): int(seq) for device, seq in shelf.store.rows("SELECT device, seq FROM sent")
    }


def mark_sent(shelf: StoreShelf, connection: sqlite.Connection, upto: Vector) -> None:
    """Inside the caller's transaction: these numbers stand on a carrier now."""
    connection.executemany(
        "INSERT INTO sent(device, seq, at_us) VALUES(?,?,?) ON CONFLICT(device) DO UPDATE"
        " SET seq = max(seq, excluded.seq), at_us = excluded.at_us",
        [(device, seq, shelf.store.clock()) for device, seq in upto.items()],
    )


def pending(shelf: StoreShelf) -> dict[str, tuple[int, int]]:
    """Ranges (after, upto) of events on no carrier yet."""
    return _ranges(highest(sent(shelf), confirmed(shelf)), vector(shelf.store))


def sent_not_confirmed(shelf: StoreShelf) -> dict[str, tuple[int, int]]:
    """Ranges (after, upto) of events that were written out and that nobody acknowledged."""
    known = vector(shelf.store)
    out = {device: min(seq, known.get(device, 0)) for device, seq in sent(shelf).items()}
    return _ranges(confirmed(shelf), out)


def _ranges(near: Vector, far: Vector) -> dict[str, tuple[int, int]]:
    return {
        device: (near.get(device, 0), seq)
        for device, seq in far.items()
        if seq > near.get(device, 0)
    }

"""One hash that two stores share exactly when they hold the same journal and contents."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import msgspec

from db.exchange.vector import links
from db.verification import projection_hash

if TYPE_CHECKING:
    from db.store import Store


class StoreHash(msgspec.Struct, frozen=True, kw_only=True):
    """64 hexadecimal digits each; `events` and `devices` are counts."""

    journal: str
    projections: str
    events: int
    devices: int


def store_hash(store: Store) -> StoreHash:
    """The canonical hashes. Nothing local goes in: not which signatures came along, not the order
    of arrival.
    """
    digest = hashlib.sha256(b"cheonman.store.1\0")
    events = devices = 0
    for device, (seq, link) in links(store).items():
        digest.update(device.encode() + seq.to_bytes(8, "big") + link)
        events += seq
        devices += 1
    # The link stands for every header and for the hash of every body; what is left to tell is
    # which contents are here.
    for device, seq, body, sealed in store.connection.execute(
        "SELECT device, seq, body IS NOT NULL, sealed IS NOT NULL FROM event"
        " WHERE body IS NOT NULL OR sealed IS NOT NULL ORDER BY device, seq"
    ):
        digest.update(f"{device}/{seq}:{body}{sealed}\n".encode())
    return StoreHash(
        journal=digest.hexdigest(),
        projections=projection_hash(store.connection),
        events=events,
        devices=devices,
    )

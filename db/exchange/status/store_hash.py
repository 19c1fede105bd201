"""One hash that two stores share exactly when they hold the same journal and contents."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import msgspec

from db.exchange.pages.version_vector import links
from db.store.journal import events as read_events
from db.store.verification import projection_hash

if TYPE_CHECKING:
    from db.store.store import Store


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
    # which contents are here and fit.
    for event, contents in read_events(store.connection):
        body, sealed = int(contents.body is not None), int(contents.sealed is not None)
        if body or sealed:
            digest.update(f"{event.device}/{event.seq}:{body}{sealed}\n".encode())
    return StoreHash(
        journal=digest.hexdigest(),
        projections=projection_hash(store.connection),
        events=events,
        devices=devices,
    )

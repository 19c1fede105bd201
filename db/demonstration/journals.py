"""Journals of devices that never were: as real as any, but for the keys."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import msgspec
from nacl.signing import SigningKey

from db.exchange.pages.bulk_insert import keep_many
from db.keys.device import DeviceKeys
from db.records.feedback import Body
from db.store.events import (
    Contents,
    Event,
    genesis,
    hash_body,
    hash_sealed,
    next_link,
    sign_link,
)
from db.store.store import Store

if TYPE_CHECKING:
    import pysqlite3.dbapi2 as sqlite

PAGE = 500


class MadeUpJournal:
    """One made-up device: its keys, and how far it has written."""

    def __init__(self, store: Store, seed: int, name: str) -> None:
        secret = hashlib.sha256(f"cheonman demonstration {seed} {name}".encode()).digest()
        self.keys = DeviceKeys(SigningKey(secret), "")
        self.device = self.keys.device
        self._store, self._seq, self._link = store, 0, genesis(self.keys.public)
        self._events: list[Event] = []
        self._contents: list[Contents] = []

    def join(self, connection: sqlite.Connection, since_us: int) -> None:
        connection.execute(
            "INSERT INTO device(device, public_key, own, since_us) VALUES(?, ?, 0, ?)",
            (self.device, self.keys.public, since_us),
        )

    def write(
        self,
        kind: str,
        subject: str,
        body: Body,
        at_us: int,
        noise: bytes,
        *,
        receipt: bytes | None = None,
        sealed: bytes | None = None,
    ) -> Event:
        """`noise` are 32 bytes for its id and its salt."""
        self._seq += 1
        text = msgspec.json.encode(body).decode()
        key_id = self._store.contact.key_id if sealed else None
        event = Event(
            device=self.device,
            seq=self._seq,
            id=_id(at_us, noise),
            kind=kind,
            subject=subject,
            at_us=at_us,
            receipt=receipt,
            body_hash=hash_body(noise[16:], text),
            sealed_hash=hash_sealed(key_id, sealed) if key_id and sealed else None,
        )
        self._link = next_link(self._link, event)
        event = msgspec.structs.replace(event, chain=self._link)
        self._events.append(event)
        self._contents.append(Contents(noise[16:], text, key_id, sealed))
        return event

    @property
    def is_full(self) -> bool:
        return len(self._events) >= PAGE

    def end_page(self, connection: sqlite.Connection) -> None:
        if not self._events:
            return
        last = self._events[-1]
        signature = sign_link(self.keys, last.chain)
        self._events[-1] = msgspec.structs.replace(last, signature=signature)
        keep_many(connection, self._events, self._contents)
        self._events, self._contents = [], []


def _id(at_us: int, noise: bytes) -> bytes:
    """A UUIDv7 as `db.clock` makes them, from noise that a seed gives."""
    milliseconds = (at_us // 1000).to_bytes(6, "big")
    return (
        milliseconds
        + bytes((0x70 | noise[0] & 0x0F, noise[1], 0x80 | noise[2] & 0x3F))
        + (noise[3:10])
    )

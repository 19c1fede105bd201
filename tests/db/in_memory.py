"""Stores without a disk, for laws that are tried hundreds of times, and feedback to put in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pysqlite3.dbapi2 as sqlite
from nacl.signing import SigningKey

from db.directory import DataDirectory
from db.keys.contact_key import ContactKey
from db.keys.device import DeviceKeys
from db.participation.feedback import NewFeedback
from db.records import About, Consent, Contact, ContactKind, Kind
from db.store.migrations import migrate
from db.store.store import Store

# Below what is no folder nobody can write, root neither.
NOWHERE = DataDirectory(Path("/dev/null/nowhere"))
NOON = 1_796_093_200_000_000

CONSENT = Consent(
    version="2026-11", purpose=True, items=True, retention=True, refusal=True, over_14=True
)
PHONE = Contact(kind=ContactKind.PHONE, value="010-1234-5678", consent=CONSENT)


def keys(number: int = 1) -> DeviceKeys:
    """The keys of a made-up device, the same for the same number."""
    return DeviceKeys(SigningKey(bytes([number]) * 32), "age1unused")


@contextmanager
def memory_store(number: int = 1, clock: Callable[[], int] = lambda: NOON) -> Iterator[Store]:
    """A store of device `number` that lives in memory alone."""
    connection = sqlite.connect(":memory:", isolation_level=None)
    try:
        migrate(connection)
        device = keys(number)
        connection.execute(
            "INSERT INTO device(device, public_key, own, since_us) VALUES(?, ?, 1, ?)",
            (device.device, device.public, clock()),
        )
        contact = ContactKey(bytes([9]) * 32, demonstration=True)
        yield Store(NOWHERE, connection, device, contact, clock, None)
    finally:
        connection.close()


def praise(text: str = "나무 그늘이 좋아요", **more: Any) -> NewFeedback:
    """A general praise with these words; `more` overrides any field."""
    fields: dict[str, Any] = {"about": About.GENERAL, "kind": Kind.PRAISE, "text": text}
    return NewFeedback(**(fields | more))

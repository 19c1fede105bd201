"""One event: its canonical header bytes, its hashes, its signature. Pure functions, no storage.

The header is what is chained and signed; the body and the sealed contact stand beside it under
hashes, so that erasing them leaves every signature valid.

    header_n = device 16 | seq u64 | id 16 | at i64 | kind | subject | receipt | hashes
    h_0 = H(genesis | public key)        h_n = H(chain | h_{n-1} | header_n)
    signature_n = Ed25519(signature | h_n)

Because h_n covers everything before it, the signature of the last event of a page covers the page.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey

from db.keys.device import DeviceKeys, device_bytes

Row = tuple[Any, ...]
RowPart = Sequence[Any]
"""A row, and part of one, as a database gives it: anything may stand anywhere."""

GENESIS = b"cheonman.genesis.1\0"
CHAIN = b"cheonman.chain.1\0"
BODY = b"cheonman.body.1\0"
SEALED = b"cheonman.sealed.1\0"
SIGNATURE = b"cheonman.signature.1\0"

LARGEST_BODY = 64 * 1024
LARGEST_SEALED = 4 * 1024
LONGEST_KIND, LONGEST_SUBJECT = 40, 200
"""Bytes, for each event of any device."""
LARGEST_SEQ = 2**62
"""Far beyond any journal, and what every storage engine and clock field can hold."""

FIXED = struct.Struct(">16sQ16sq").pack
"""The parts of a header that always take the same room: device, seq, id and time."""
THERE, MISSING = b"\1", b"\0"
"""Before a receipt or the hash of a sealed contact, and instead of one."""


class Event(msgspec.Struct, frozen=True, gc=False):
    """The header of one event with its place in the chain.

    id 16 bytes, receipt 16 bytes or None, body_hash, sealed_hash and chain 32 bytes, signature 64
    bytes or None where the signature of a later event of the same device covers it.
    """

    device: str
    seq: int
    id: bytes
    kind: str
    subject: str
    at_us: int
    receipt: bytes | None
    body_hash: bytes
    sealed_hash: bytes | None
    chain: bytes = b""
    signature: bytes | None = None


class Contents(msgspec.Struct, frozen=True, gc=False):
    """What may be erased: the body with its salt, and the sealed contact with its key's id."""

    salt: bytes | None = None
    body: str | None = None
    key_id: str | None = None
    sealed: bytes | None = None


HEADER = Event.__struct_fields__
CONTENTS = Contents.__struct_fields__
COLUMNS = HEADER + CONTENTS
"""Of an event's row, in a store and at a hub."""


def genesis(public_key: bytes) -> bytes:
    """h_0 of a device's chain, 32 bytes."""
    return hashlib.sha256(GENESIS + public_key).digest()


def hash_body(salt: bytes, body: str) -> bytes:
    """32 bytes. The salt goes with the body, so a short body cannot be guessed from its hash."""
    return hashlib.sha256(BODY + salt + body.encode()).digest()


def hash_sealed(key_id: str, sealed: bytes) -> bytes:
    """32 bytes. A sealed box is random by itself and needs no salt."""
    return hashlib.sha256(SEALED + name_part(key_id, 2**16 - 1) + sealed).digest()


def header_bytes(event: Event) -> bytes:
    """The canonical header: the same event gives the same bytes on every machine.

    Raises ValueError when a field is outside its bounds.
    """
    return b"".join(_header(event))


def next_link(previous: bytes, event: Event) -> bytes:
    """h_n from h_{n-1} and the header of event n, 32 bytes. Raises ValueError as `header_bytes`."""
    return hashlib.sha256(b"".join((CHAIN, previous, *_header(event)))).digest()


def _header(event: Event) -> tuple[bytes, ...]:
    at, receipt, sealed_hash = event.at_us, event.receipt, event.sealed_hash
    if len(event.body_hash) != 32 or len(event.id) != 16 or not 1 <= event.seq <= LARGEST_SEQ:
        raise ValueError("a fixed field has the wrong size")
    if not event.kind:
        raise ValueError("an event without a kind")
    if not is_time(at):
        raise ValueError("a time is outside its range")
    return (
        FIXED(device_bytes(event.device), event.seq, event.id, at),
        name_part(event.kind, LONGEST_KIND),
        name_part(event.subject, LONGEST_SUBJECT),
        THERE + _sized(receipt, 16) if receipt is not None else MISSING,
        event.body_hash,
        THERE + _sized(sealed_hash, 32) if sealed_hash is not None else MISSING,
    )


def name_part(name: str, longest: int) -> bytes:
    """A kind or a subject in a header. Raises ValueError when it is longer than `longest` bytes."""
    part = name.encode()
    if len(part) > longest:
        raise ValueError("kind or subject is too long")
    return len(part).to_bytes(2, "big") + part


def refuse_null(texts: Iterable[str | None]) -> None:
    """Raises ValueError for the null character: no text of an event has it, because not every
    database that a journal passes through stores it.
    """
    if any(text is not None and "\0" in text for text in texts):
        raise ValueError("a null character")


def is_time(at_us: int) -> bool:
    return -LARGEST_SEQ <= at_us <= LARGEST_SEQ


def sign_link(keys: DeviceKeys, chain: bytes) -> bytes:
    return keys.sign(SIGNATURE + chain)


def signature_holds(public_key: bytes, chain: bytes, signature: bytes) -> bool:
    """True when `signature` is the device's own over this link; False for whatever else a rotten
    row may hold in the place of any of them.
    """
    try:
        VerifyKey(public_key).verify(SIGNATURE + chain, signature)
    except (BadSignatureError, ValueError, TypeError):
        return False
    return True


def contents_fault(event: Event, contents: Contents) -> str | None:
    """What is wrong with contents that claim to belong to `event`, or None.

    Missing contents are no fault: they may have been erased.
    """
    if contents.body is not None and (
        contents.salt is None or hash_body(contents.salt, contents.body) != event.body_hash
    ):
        return "body"
    if contents.sealed is not None and (
        contents.key_id is None
        or event.sealed_hash is None
        or hash_sealed(contents.key_id, contents.sealed) != event.sealed_hash
    ):
        return "sealed contact"
    return None


def _sized(value: bytes, size: int) -> bytes:
    if len(value) != size:
        raise ValueError("an optional field has the wrong size")
    return value

"""Events as PostgreSQL's binary COPY takes them: no text to write there and read here.

head 19, then rows: number of columns u16, and for each its length i32 and its bytes
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence

from db.hub.database.erasure import Addition
from db.store.events import COLUMNS, Contents, Event

COPY = f"COPY event({', '.join(COLUMNS)}) FROM STDIN (FORMAT BINARY)".encode()

_HEAD = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_END = b"\xff\xff"
_NULL = b"\xff\xff\xff\xff"
_PLACE = struct.Struct(">iqi16s").pack
_TIME = struct.Struct(">iq").pack
_LENGTH = struct.Struct(">i").pack
_16, _32, _64 = _LENGTH(16), _LENGTH(32), _LENGTH(64)


def copied(additions: Iterable[Addition]) -> Iterator[bytes]:
    """The whole stream, a part for each run of events of one device."""
    yield _HEAD
    for events, contents, rows in additions:
        yield rows if isinstance(rows, bytes) else rows_of(events, contents)
    yield _END


def rows_of(events: Sequence[Event], contents: Sequence[Contents]) -> bytes:
    """The part of the stream that holds events of one device."""
    device = events[0].device.encode()
    begin = len(COLUMNS).to_bytes(2, "big") + _lengthed(device)
    parts: list[bytes] = []
    for event, each in zip(events, contents, strict=True):
        parts += (
            begin,
            _PLACE(8, event.seq, 16, event.id),
            _lengthed(event.kind.encode()),
            _lengthed(event.subject.encode()),
            _TIME(8, event.at_us),
            _16 + event.receipt if event.receipt is not None else _NULL,
            _32,
            event.body_hash,
            _32 + event.sealed_hash if event.sealed_hash is not None else _NULL,
            _32,
            event.chain,
            _64 + event.signature if event.signature is not None else _NULL,
            _16 + each.salt if each.salt is not None else _NULL,
            _lengthed(each.body.encode()) if each.body is not None else _NULL,
            _lengthed(each.key_id.encode()) if each.key_id is not None else _NULL,
            _lengthed(each.sealed) if each.sealed is not None else _NULL,
        )
    return b"".join(parts)


def _lengthed(value: bytes) -> bytes:
    return _LENGTH(len(value)) + value

"""The journal 기록장: the append-only log that every shared change goes through.

`append` gives an event its number inside the caller's transaction, chains and signs it, stores
its erasable contents beside its header and lets the projections follow. Nothing else writes events.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

import msgspec
import pysqlite3.dbapi2 as sqlite

from db.clock import uuid7
from db.problems import StorageUnavailable
from db.records.event_kinds import NEVER_ERASED, REDACTION
from db.records.feedback import Body, Erased, RedactionBody
from db.store import sound
from db.store.event_rows import INSERT, bound
from db.store.events import (
    COLUMNS,
    LARGEST_BODY,
    LARGEST_SEALED,
    Contents,
    Event,
    RowPart,
    genesis,
    hash_body,
    hash_sealed,
    next_link,
    refuse_null,
    sign_link,
)
from db.store.projections import clear, decode, erased_before, project
from db.store.store import Connection, Store

_COLUMNS = ", ".join(COLUMNS)
_Body = TypeVar("_Body", bound=Body)


class Sealed(msgspec.Struct, frozen=True):
    """A sealed contact and the id of the key it was sealed to."""

    key_id: str
    box: bytes


def append(
    store: Store,
    connection: sqlite.Connection,
    kind: str,
    subject: str,
    body: Body,
    *,
    id: bytes | None = None,
    at_us: int | None = None,
    receipt: bytes | None = None,
    sealed: Sealed | None = None,
) -> Event:
    """Adds one event of this device inside the caller's transaction; returns it signed.

    Raises ValueError when a field is outside its bounds.
    """
    text = msgspec.json.encode(body).decode()
    refuse_null((kind, subject, sealed.key_id if sealed else None, text))
    if len(text) > LARGEST_BODY or (sealed is not None and len(sealed.box) > LARGEST_SEALED):
        raise ValueError("the body or the sealed contact is too large")
    at = store.clock() if at_us is None else at_us
    salt = secrets.token_bytes(16)
    seq, previous = tail(connection, store.device, store.keys.public)
    event = Event(
        device=store.device,
        seq=seq + 1,
        id=uuid7(at) if id is None else id,
        kind=kind,
        subject=subject,
        at_us=at,
        receipt=receipt,
        body_hash=hash_body(salt, text),
        sealed_hash=hash_sealed(sealed.key_id, sealed.box) if sealed else None,
    )
    chain = next_link(previous, event)
    event = msgspec.structs.replace(event, chain=chain, signature=sign_link(store.keys, chain))
    contents = Contents(
        salt, text, sealed.key_id if sealed else None, sealed.box if sealed else None
    )
    keep(connection, event, contents)
    return event


def keep(connection: sqlite.Connection, event: Event, contents: Contents) -> None:
    """Stores an event that was already checked, and what follows from it.

    Contents that an earlier redaction named are dropped before they touch the disk.
    """
    named = [(event.seq, what) for what in erased_before(connection, event.device, event.seq)]
    (contents,) = spared([event], [contents], named)
    connection.execute(INSERT, bound(event, contents))
    project(connection, event, contents)


def spared(
    events: Sequence[Event], contents: Sequence[Contents], named: Iterable[tuple[int, Erased]]
) -> Sequence[Contents]:
    """The contents of events without a break, but for those that redactions name by the number of
    the event. The logs are never erased.
    """
    kept, first = list(contents), events[0].seq
    for seq, what in named:
        at = seq - first
        if 0 <= at < len(kept) and events[at].kind not in NEVER_ERASED:
            kept[at] = without(kept[at], what)
    return kept


def without(contents: Contents, what: Erased) -> Contents:
    """The contents after an erasure."""
    if what is Erased.BOTH:
        return Contents()
    if what is Erased.BODY:
        return Contents(key_id=contents.key_id, sealed=contents.sealed)
    return Contents(salt=contents.salt, body=contents.body)


def tail(connection: sqlite.Connection, device: str, public_key: bytes) -> tuple[int, bytes]:
    """The last number of a device and its link; 0 and the genesis link before its first event."""
    row = connection.execute(
        "SELECT seq, chain FROM event WHERE device = ? ORDER BY seq DESC LIMIT 1", (device,)
    ).fetchone()
    return (int(row[0]), bytes(row[1])) if row else (0, genesis(public_key))


def events(
    connection: sqlite.Connection, device: str | None = None, after: int = 0
) -> Iterator[sound.Pair]:
    """Events with what is left of their contents, in (device, seq) order: those whose headers the
    chain bears out, with contents that fit. What does not is left out, and remembered.

    With `device`, only that device's events numbered above `after`.
    """
    condition = "WHERE e.device = ? AND e.seq > ?" if device else ""
    with _read_calmly():
        rows = connection.execute(
            f"SELECT {sound.READ} FROM event e {condition} ORDER BY e.device, e.seq",
            (device, after) if device else (),
        )
        for row in rows:
            pair = read(connection, row)
            if pair is not None:
                yield pair


def events_behind(
    connection: sqlite.Connection, device: str, after: int, link: bytes
) -> Iterator[sound.Pair]:
    """The same of one device behind the number `after`, whose link is `link`: each is held against
    the one read before it, so the database need not look that up.
    """
    walk = sound.Walk(link, after + 1)
    with _read_calmly():
        for row in connection.execute(
            f"SELECT {_COLUMNS} FROM event WHERE device = ? AND seq > ? ORDER BY seq",
            (device, after),
        ):
            pair = _believed(connection, walk.read(row))
            if pair is not None:
                yield pair


@contextmanager
def _read_calmly() -> Iterator[None]:
    """Raises StorageUnavailable where the environment refuses."""
    try:
        yield
    except sqlite.Error as error:
        calm = StorageUnavailable.from_sqlite(error)
        if calm is None:
            raise
        raise calm from error


def read(connection: sqlite.Connection, row: RowPart) -> sound.Pair | None:
    """The event in the columns of `sound.READ`; None where its header proves nothing, or where a
    question found no event to go with a row.
    """
    if row[0] is None:
        return None
    return _believed(connection, sound.read(row))


def _believed(connection: sqlite.Connection, found: sound.Read) -> sound.Pair | None:
    if found.doubt is not None and isinstance(connection, Connection):
        connection.doubts[found.event.device, found.event.seq] = found.doubt
    return (found.event, found.contents) if found.holds else None


def event_at(connection: sqlite.Connection, device: str, seq: int) -> sound.Pair | None:
    """One event; None where there is none, or none that can be believed."""
    row = connection.execute(
        f"SELECT {sound.READ} FROM event e WHERE e.device = ? AND e.seq = ?", (device, seq)
    ).fetchone()
    return read(connection, row) if row else None


def bodies(
    store: Store, rows: Iterable[RowPart], kind: str, record: type[_Body]
) -> Iterator[tuple[Event, _Body]]:
    """The events of one kind in rows of `sound.READ`, with their bodies; what does not fit, or is
    not what it claims to be, is left out.
    """
    for row in rows:
        pair = read(store.connection, row)
        if pair is None or pair[0].kind != kind:
            continue
        body = decode(pair[1].body, record)
        if body is not None:
            yield pair[0], body


def redact(store: Store, device: str, seq: int, what: Erased, reason: str) -> Event:
    """Erases the contents of one event here, and tells every other store to do the same.

    The header, its hashes and signatures stay and go on verifying. Raises StorageUnavailable.
    """
    with store.change() as connection:
        event = append(
            store,
            connection,
            REDACTION,
            f"{device}/{seq}",
            RedactionBody(target=f"{device}/{seq}", what=what, reason=reason),
        )
    return event


def rebuild(store: Store) -> None:
    """Writes every projection anew from the journal. Raises StorageUnavailable."""
    with store.change() as connection:
        clear(connection)
        for event, contents in events(connection):
            project(connection, event, contents)

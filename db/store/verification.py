"""Checks that the journal is what its devices signed, and that the projections follow from it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from itertools import islice

import msgspec
import pysqlite3.dbapi2 as sqlite

from db.store.events import COLUMNS, Contents, Event, genesis, signature_holds
from db.store.journal import rebuild
from db.store.migrations import PROJECTIONS
from db.store.sound import Pair, fault_of, link_of
from db.store.store import Store

VOUCHED = "vouched:"
"""Meta key, followed by a device: the number and link of its last event that is trusted."""

_TAIL = 32


class JournalFault(msgspec.Struct, frozen=True):
    """One thing that is wrong: where (device/seq or a table) and what."""

    where: str
    what: str


def verify(store: Store, *, most: int = 100) -> tuple[JournalFault, ...]:
    """Every fault of the journal and its projections, at most `most`; empty when all is well.

    Numbers contiguous from 1, each link follows from the one before, signatures are the devices'
    own and cover every event, contents that were not erased fit their hashes, and every
    projection equals what the journal gives when read again.
    """
    faults = list(islice(journal_faults(store), most))
    if len(faults) < most:
        faults += projection_faults(store)
    return tuple(faults[:most])


def journal_faults(store: Store) -> Iterator[JournalFault]:
    """What is wrong with the journal alone, device by device in the order of its numbers."""
    public_keys = {
        str(row[0]): bytes(row[1]) for row in store.rows("SELECT device, public_key FROM device")
    }
    # Where the city cut a revoked device off inside a page, the city itself vouches for the end.
    vouched = {
        str(key).removeprefix(VOUCHED): str(value)
        for key, value in store.rows(
            "SELECT key, value FROM meta WHERE key LIKE ?", (f"{VOUCHED}%",)
        )
    }
    walk = _Walk()
    for event, contents in _as_written(store.connection):
        if walk.device != event.device:
            yield from walk.unsigned_end(vouched)
            public_key = public_keys.get(event.device)
            if public_key is None:
                yield JournalFault(event.device, "its public key is not known")
            walk = _Walk(event.device, public_key)
        yield from walk.step(event)
        wrong = fault_of(event, contents)
        if wrong:
            yield JournalFault(f"{event.device}/{event.seq}", f"the {wrong} was altered")
    yield from walk.unsigned_end(vouched)


class _Walk:
    """Follows one device's chain from its first event."""

    def __init__(self, device: str = "", public_key: bytes | None = None) -> None:
        self.device = device
        self._public_key = public_key
        self._chain = genesis(public_key) if public_key else b""
        self._seq = 0
        self._signed = 0

    def step(self, event: Event) -> list[JournalFault]:
        where = f"{event.device}/{event.seq}"
        faults: list[JournalFault] = []
        self._seq += 1
        if event.seq != self._seq:
            faults.append(JournalFault(where, f"number {self._seq} is missing"))
            self._seq = event.seq
        chain = link_of(event, self._chain)
        if self._public_key is not None and chain != event.chain:
            faults.append(JournalFault(where, "the header was altered or the chain is broken"))
        self._chain = event.chain
        if event.signature is not None:
            if self._public_key is not None and not signature_holds(
                self._public_key, event.chain, event.signature
            ):
                faults.append(JournalFault(where, "the signature is not the device's"))
            self._signed = event.seq
        return faults

    def unsigned_end(self, vouched: Mapping[str, str]) -> list[JournalFault]:
        end = f"{self._seq}:{self._chain.hex()}"
        if self._signed == self._seq or vouched.get(self.device) == end:
            return []
        return [JournalFault(f"{self.device}/{self._seq}", "no signature covers the last events")]


def projection_hash(connection: sqlite.Connection) -> str:
    """One hash over every projection, the same wherever the same events are known."""
    digest = hashlib.sha256()
    for table in PROJECTIONS:
        listed = ", ".join(row[1] for row in connection.execute(f"PRAGMA table_info({table})"))
        for row in connection.execute(f"SELECT {listed} FROM {table} ORDER BY {listed}"):
            plain = [value.hex() if isinstance(value, bytes) else value for value in row]
            digest.update(json.dumps([table, *plain], ensure_ascii=False).encode() + b"\n")
    return digest.hexdigest()


def projection_faults(store: Store) -> list[JournalFault]:
    """What differs between the projections and a journal read again, in a copy in memory."""
    memory = sqlite.connect(":memory:", isolation_level=None)
    try:
        for (statement,) in store.rows(
            "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
        ):
            memory.execute(statement)
        # A copy of the shape is enough; the rows come from the journal.
        copy = Store(store.directory, memory, store.keys, store.contact, store.clock)
        with copy.change():
            for table in ("device", "event"):
                width = len(store.rows(f"PRAGMA table_info({table})"))
                memory.executemany(
                    f"INSERT INTO {table} VALUES({','.join('?' * width)})",
                    store.connection.execute(f"SELECT * FROM {table}"),
                )
        rebuild(copy)
        if projection_hash(memory) == projection_hash(store.connection):
            return []
        return [
            JournalFault(table, "does not follow from the journal and must be written anew from it")
            for table in PROJECTIONS
            if _rows_of(memory, table) != _rows_of(store.connection, table)
        ]
    finally:
        memory.close()


def _as_written(
    connection: sqlite.Connection, device: str | None = None, after: int = 0
) -> Iterator[Pair]:
    """Rows as they are, to be judged and not to be believed."""
    condition = "WHERE device = ? AND seq > ?" if device else ""
    rows = connection.execute(
        f"SELECT {', '.join(COLUMNS)} FROM event {condition} ORDER BY device, seq",
        (device, after) if device else (),
    )
    for row in rows:
        yield Event(*row[:11]), Contents(*row[11:])


def _rows_of(connection: sqlite.Connection, table: str) -> set[tuple[object, ...]]:
    return set(connection.execute(f"SELECT * FROM {table}"))


def tail_fault(connection: sqlite.Connection) -> str | None:
    """What is wrong with this device's last events; cheap enough for each start."""
    own = connection.execute("SELECT device, public_key FROM device WHERE own = 1").fetchone()
    if own is None:
        return None
    device, public_key = str(own[0]), bytes(own[1])
    count, last = connection.execute(
        "SELECT count(*), max(seq) FROM event WHERE device = ?", (device,)
    ).fetchone()
    if count == 0:
        return None
    if count != last:
        return f"{last - count} numbers are missing in the journal"
    recent = list(_as_written(connection, device, after=max(0, last - _TAIL - 1)))
    chain = recent[0][0].chain if last > _TAIL else genesis(public_key)
    for event, _contents in recent[1:] if last > _TAIL else recent:
        chain = link_of(event, chain) or b""
        sound = event.signature is not None and signature_holds(
            public_key, event.chain, event.signature
        )
        if chain != event.chain or not sound:
            return f"event {event.kind} {device}/{event.seq} does not verify"
    return None

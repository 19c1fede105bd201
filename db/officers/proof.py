"""The proof that nothing was changed: every journal from its first event on, and the log of acts.

The chain and its signatures say that no line was altered, taken out or put in; what is looked at
beside them is that every act can be read, stands in the table that screens ask, and that what it
says it wrote is there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from db.keys.device import device_name
from db.officers.desk_records import DeskRecords
from db.records.event_kinds import ACT, SEALED
from db.records.officers import ActRecord
from db.store.store import Store
from db.store.verification import JournalFault, journal_faults

MOST_NAMED = 100


class BrokenLink(msgspec.Struct, frozen=True, kw_only=True):
    """What does not hold. `number` is 0 and `event` empty where it is the device itself."""

    device: str
    number: int
    event: str
    kind: str
    what: str


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    """`broken` has at most a hundred links, the first of the first device at its head.
    `unreadable` acts are whole but sealed to keys that this store does not hold.
    """

    devices: int
    events: int
    acts: int
    unreadable: int
    broken: tuple[BrokenLink, ...]

    @property
    def holds(self) -> bool:
        return not self.broken


def prove(records: DeskRecords, go_on: Callable[[], bool] = lambda: True) -> Proof:
    """Reads everything from the first event of every device on, as far as `go_on` says. Raises
    StorageUnavailable.
    """
    store = records.store
    broken: list[BrokenLink] = []
    for fault in _faults(records):
        broken.append(_link(store, fault))
        if len(broken) >= MOST_NAMED or not go_on():
            break
    (devices, events), (acts,) = (
        store.rows("SELECT count(DISTINCT device), count(*) FROM event")[0],
        store.rows("SELECT count(*) FROM event WHERE kind = ?", (ACT,))[0],
    )
    return Proof(
        devices=int(devices),
        events=int(events),
        acts=int(acts),
        unreadable=records.unreadable,
        broken=tuple(broken),
    )


def _faults(records: DeskRecords) -> Iterator[JournalFault]:
    store = records.store
    for device, key in store.rows("SELECT device, public_key FROM device ORDER BY device"):
        if device_name(bytes(key)) != device:
            yield JournalFault(str(device), "its public key is not the one it is named after")
    yield from journal_faults(store)
    listed = ", ".join("?" * len(SEALED))
    for device, seq in store.rows(
        f"SELECT e.device, e.seq FROM event e WHERE e.kind IN ({listed}) AND e.body IS NOT NULL"
        " AND NOT EXISTS(SELECT 1 FROM desk_record f WHERE f.device = e.device AND f.seq = e.seq)"
        " ORDER BY e.device, e.seq",
        SEALED,
    ):
        yield JournalFault(f"{device}/{seq}", "it was taken out of the table that screens ask")
    for device, seq in store.rows(
        "SELECT device, seq FROM event WHERE kind = ? AND body IS NULL ORDER BY device, seq", (ACT,)
    ):
        yield JournalFault(f"{device}/{seq}", "what the act says is gone")
    records.unreadable = 0
    for event, act in records.read(ACT, ActRecord):
        if act.first and not act.first <= act.last < event.seq:
            yield JournalFault(f"{event.device}/{event.seq}", "the act names what came after it")


def _link(store: Store, fault: JournalFault) -> BrokenLink:
    device, _slash, number = fault.where.partition("/")
    row = number and store.row(
        "SELECT id, kind FROM event WHERE device = ? AND seq = ?", (device, int(number))
    )
    id, kind = row or (b"", "")
    return BrokenLink(
        device=device,
        number=int(number or 0),
        event=bytes(id).hex() if isinstance(id, bytes) else str(id),
        kind=str(kind),
        what=fault.what,
    )

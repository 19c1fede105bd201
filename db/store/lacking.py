"""What a store lacks: contents that were lost, and journals that prove nothing from somewhere on.

Both are marks in `meta`. A store's own word names the first and says of the second how far it
knows them, so that whoever has what is missing sends it again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.store.events import Event
from db.store.journal import events
from db.store.store import Store, put_meta

if TYPE_CHECKING:
    import pysqlite3.dbapi2 as sqlite

LACKS, BROKEN = "lacks:", "broken:"
"""Meta keys: followed by device/seq of contents that were lost, and by a device whose journal is
known up to before the number in the value."""
MOST_LACKING = 1_000
"""Places one store asks for at once."""

Place = tuple[str, int]


def broken_journals(connection: sqlite.Connection) -> dict[str, int]:
    """Of each device whose journal is broken, the first number that proves nothing."""
    rows = connection.execute(
        "SELECT key, value FROM meta WHERE key >= ? AND key < ?", (BROKEN, behind(BROKEN))
    )
    return {key.removeprefix(BROKEN): int(seq) for key, seq in rows if seq.isdecimal()}


def mark_broken(connection: sqlite.Connection, device: str, seq: int | None) -> None:
    """Remembers from which number on a journal proves nothing; None where all of it is sound."""
    if seq is None:
        connection.execute("DELETE FROM meta WHERE key = ?", (BROKEN + device,))
    else:
        put_meta(connection, BROKEN + device, str(seq))


def first_unproven(connection: sqlite.Connection, device: str, begin: int) -> int | None:
    """The first number from `begin` on whose header is missing or proves nothing."""
    due = begin
    for event, _contents in events(connection, device, begin - 1):
        if event.seq != due:
            return due
        due += 1
    (last,) = connection.execute(
        "SELECT max(seq) FROM event WHERE device = ?", (device,)
    ).fetchone()
    return due if last is not None and last >= due else None


def lacking(store: Store) -> list[Place]:
    """The places of contents that were lost here and not filled or erased since."""
    places: list[Place] = []
    for (key,) in store.rows(
        "SELECT key FROM meta WHERE key >= ? AND key < ? ORDER BY key", (LACKS, behind(LACKS))
    ):
        device, _slash, seq = key.removeprefix(LACKS).partition("/")
        found = seq.isdecimal() and store.row(
            "SELECT 1 FROM event e WHERE device = ? AND seq = ?"
            " AND (body IS NULL OR (sealed IS NULL AND sealed_hash IS NOT NULL))"
            " AND NOT EXISTS(SELECT 1 FROM redaction r"
            " WHERE r.target_device = e.device AND r.target_seq = e.seq)",
            (device, int(seq)),
        )
        if found:
            places.append((device, int(seq)))
    return places[:MOST_LACKING]


def mark_lacking(connection: sqlite.Connection, event: Event, what: str = "body") -> None:
    """Remembers that the contents of an event were lost and may be had from others."""
    put_meta(connection, f"{LACKS}{name_of(event)}", what)


def behind(prefix: str) -> str:
    return prefix[:-1] + chr(ord(prefix[-1]) + 1)


def name_of(event: Event) -> str:
    return f"{event.device}/{event.seq}"

"""Events as rows of SQLite, in a store and at a hub alike.

SQLite's binding hands whole numbers, texts and byte arrays over at once, but asks bytes and None
how they want to be stored, at a microsecond each. So bytes go as byte arrays, and what is missing
goes as an empty value that the statement turns into NULL; no such column is ever empty.
"""

from __future__ import annotations

from db.store.events import COLUMNS, Contents, Event, Row

INSERT = (
    f"INSERT INTO event({', '.join(COLUMNS)}) VALUES(?,?,?,?,?,?,nullif(?,x''),?,nullif(?,x''),?,"
    "nullif(?,x''),nullif(?,x''),nullif(?,''),nullif(?,''),nullif(?,x''))"
)
_NOTHING = bytearray()


def bound(event: Event, contents: Contents) -> Row:
    """The values that `INSERT` takes."""
    return (
        event.device,
        event.seq,
        bytearray(event.id),
        event.kind,
        event.subject,
        event.at_us,
        bytearray(event.receipt) if event.receipt else _NOTHING,
        bytearray(event.body_hash),
        bytearray(event.sealed_hash) if event.sealed_hash else _NOTHING,
        bytearray(event.chain),
        bytearray(event.signature) if event.signature else _NOTHING,
        bytearray(contents.salt) if contents.salt else _NOTHING,
        contents.body or "",
        contents.key_id or "",
        bytearray(contents.sealed) if contents.sealed else _NOTHING,
    )

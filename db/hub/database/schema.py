"""The shape of a hub's database: the same six tables in SQLite and PostgreSQL.

One row an event, with what may be erased in the same row: a hub makes no projections, and one row
costs half of two. Nothing here but (device, ...) is unique, nothing counts upwards by itself and
nothing fires by itself, so that databases spread over many machines can hold it too.

`device` says how far each journal goes. Whoever writes to a journal writes that row first, and
so waits for whoever else does: that alone keeps two hubs before one database from mixing a
journal, from leaving a hole in it, and from missing an erasure.
"""

from __future__ import annotations

NUMBER = 1
"""Of this shape; a database with a higher one was made by a newer program."""

TABLES = ("meta", "device", "event", "redaction", "acknowledgement", "apart")

_SHAPE = """
CREATE TABLE meta(
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
CREATE TABLE device(
    device TEXT PRIMARY KEY,
    public_key BYTES NOT NULL,
    seq BIGINT NOT NULL,
    chain BYTES NOT NULL
);
CREATE TABLE event(
    device TEXT NOT NULL,
    seq BIGINT NOT NULL,
    id BYTES NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    at_us BIGINT NOT NULL,
    receipt BYTES,
    body_hash BYTES NOT NULL,
    sealed_hash BYTES,
    chain BYTES NOT NULL,
    signature BYTES,
    salt BYTES,
    body TEXT,
    key_id TEXT,
    sealed BYTES,
    PRIMARY KEY (device, seq)
);
CREATE INDEX event_receipt ON event(receipt) WHERE receipt IS NOT NULL;
CREATE INDEX event_answer ON event(subject) WHERE kind IN ('review.set', 'reply.published');
CREATE TABLE redaction(
    device TEXT NOT NULL,
    seq BIGINT NOT NULL,
    target_device TEXT NOT NULL,
    target_seq BIGINT NOT NULL,
    what TEXT NOT NULL,
    PRIMARY KEY (device, seq)
);
CREATE INDEX redaction_target ON redaction(target_device, target_seq);
CREATE TABLE acknowledgement(
    device TEXT PRIMARY KEY,
    number BIGINT NOT NULL,
    at_us BIGINT NOT NULL,
    text TEXT NOT NULL,
    signature TEXT NOT NULL
);
CREATE TABLE apart(
    device TEXT NOT NULL,
    digest BYTES NOT NULL,
    first BIGINT NOT NULL,
    last BIGINT NOT NULL,
    reason TEXT NOT NULL,
    place TEXT NOT NULL,
    at_us BIGINT NOT NULL,
    page BYTES NOT NULL,
    PRIMARY KEY (device, digest)
)
"""


def statements(*, bytes_type: str, whole_number: str, ending: str = "") -> list[str]:
    """What makes the tables, in the words of one database."""
    script = _SHAPE.replace("BYTES", bytes_type).replace("BIGINT", whole_number)
    made = [statement.strip() for statement in script.split(";")]
    return [
        statement + (ending if statement.startswith("CREATE TABLE") else "") for statement in made
    ]

"""The shape of the store: forward-only steps, numbered, never edited after release.

COUNT pins how many steps this program knows. A file with fewer is brought forward, a file with
more was written by a newer program and is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pysqlite3.dbapi2 as sqlite

from db.receipts.code import code_number
from db.store.inbox_shape import INBOX_SHAPE

if TYPE_CHECKING:
    from sqlite_utils import Database

APPLICATION_ID = 0x43484E4D
"""'CHNM' in the file header: this is a store of this program."""

COUNT = 6

# One table for everything that travels, one for what may be erased, and projections beside them.
# (device, seq) is the only key every engine we mean to support can keep unique.
_JOURNAL = """
CREATE TABLE meta(
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;
CREATE TABLE device(
    device TEXT PRIMARY KEY,
    public_key BLOB NOT NULL CHECK (length(public_key) = 32),
    own INTEGER NOT NULL CHECK (own IN (0, 1)),
    since_us INTEGER NOT NULL
) STRICT;
CREATE TABLE event(
    device TEXT NOT NULL,
    seq INTEGER NOT NULL CHECK (seq >= 1),
    id BLOB NOT NULL CHECK (length(id) = 16),
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    at_us INTEGER NOT NULL,
    receipt BLOB CHECK (receipt IS NULL OR length(receipt) = 16),
    body_hash BLOB NOT NULL CHECK (length(body_hash) = 32),
    sealed_hash BLOB CHECK (sealed_hash IS NULL OR length(sealed_hash) = 32),
    chain BLOB NOT NULL CHECK (length(chain) = 32),
    signature BLOB CHECK (signature IS NULL OR length(signature) = 64),
    PRIMARY KEY (device, seq)
) STRICT;
CREATE TABLE content(
    device TEXT NOT NULL,
    seq INTEGER NOT NULL,
    salt BLOB,
    body TEXT,
    key_id TEXT,
    sealed BLOB,
    PRIMARY KEY (device, seq)
) STRICT;
"""

_PROJECTIONS = """
-- Without a key of its own: the event's keeps it unique, and one page less is written each time.
CREATE TABLE feedback(
    device TEXT NOT NULL,
    seq INTEGER NOT NULL,
    id BLOB NOT NULL,
    about TEXT NOT NULL,
    project TEXT,
    dong TEXT,
    lat REAL,
    lon REAL,
    kind TEXT,
    rating INTEGER,
    phrases TEXT NOT NULL,
    text TEXT NOT NULL,
    language TEXT,
    site TEXT,
    origin TEXT,
    at_us INTEGER NOT NULL,
    receipt BLOB,
    code_key BLOB,
    has_contact INTEGER NOT NULL,
    erased INTEGER NOT NULL,
    salvaged_from TEXT
) STRICT;
CREATE INDEX feedback_id ON feedback(id);
CREATE INDEX feedback_code ON feedback(code_key);
CREATE TABLE review(
    device TEXT NOT NULL,
    seq INTEGER NOT NULL,
    feedback BLOB NOT NULL,
    state TEXT NOT NULL,
    reason TEXT,
    department TEXT,
    duplicate_of BLOB,
    at_us INTEGER NOT NULL,
    PRIMARY KEY (device, seq)
) STRICT;
CREATE INDEX review_feedback ON review(feedback);
CREATE TABLE review_saw(
    device TEXT NOT NULL,
    seq INTEGER NOT NULL,
    saw_device TEXT NOT NULL,
    saw_seq INTEGER NOT NULL,
    PRIMARY KEY (device, seq, saw_device, saw_seq)
) STRICT;
CREATE INDEX review_saw_parent ON review_saw(saw_device, saw_seq);
CREATE TABLE reply(
    device TEXT NOT NULL,
    seq INTEGER NOT NULL,
    id BLOB NOT NULL,
    feedback BLOB NOT NULL,
    text TEXT NOT NULL,
    text_en TEXT,
    department TEXT,
    public INTEGER NOT NULL,
    replaces BLOB,
    at_us INTEGER NOT NULL,
    PRIMARY KEY (device, seq)
) STRICT;
CREATE INDEX reply_feedback ON reply(feedback);
CREATE INDEX reply_public ON reply(public) WHERE public = 1;
CREATE TABLE planting(
    device TEXT NOT NULL,
    seq INTEGER NOT NULL,
    id BLOB NOT NULL,
    species TEXT NOT NULL,
    trees INTEGER NOT NULL,
    planted_on TEXT,
    dong TEXT,
    lat REAL,
    lon REAL,
    site TEXT,
    at_us INTEGER NOT NULL,
    receipt BLOB,
    code_key BLOB,
    erased INTEGER NOT NULL,
    salvaged_from TEXT,
    PRIMARY KEY (device, seq)
) STRICT;
CREATE INDEX planting_code ON planting(code_key);
CREATE TABLE redaction(
    device TEXT NOT NULL,
    seq INTEGER NOT NULL,
    target_device TEXT NOT NULL,
    target_seq INTEGER NOT NULL,
    what TEXT NOT NULL,
    reason TEXT NOT NULL,
    at_us INTEGER NOT NULL,
    PRIMARY KEY (device, seq)
) STRICT;
CREATE INDEX redaction_target ON redaction(target_device, target_seq);
"""

_LOCAL = """
CREATE TABLE notice(
    number INTEGER PRIMARY KEY,
    at_us INTEGER NOT NULL,
    kind TEXT NOT NULL,
    ko TEXT NOT NULL,
    en TEXT NOT NULL,
    seen INTEGER NOT NULL DEFAULT 0
) STRICT;
"""

# What a store knows about its exchange with others. Nothing of it travels but acknowledgements.
_EXCHANGE = """
CREATE TABLE acknowledgement(
    device TEXT PRIMARY KEY,
    number INTEGER NOT NULL,
    at_us INTEGER NOT NULL,
    text TEXT NOT NULL,
    signature TEXT NOT NULL
) STRICT;
CREATE TABLE sent(
    device TEXT PRIMARY KEY,
    seq INTEGER NOT NULL,
    at_us INTEGER NOT NULL
) STRICT;
CREATE TABLE set_aside(
    number INTEGER PRIMARY KEY,
    at_us INTEGER NOT NULL,
    device TEXT NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    reason TEXT NOT NULL,
    place TEXT NOT NULL,
    digest BLOB NOT NULL UNIQUE,
    page BLOB NOT NULL
) STRICT;
CREATE TABLE exchange(
    number INTEGER PRIMARY KEY,
    at_us INTEGER NOT NULL,
    carrier TEXT NOT NULL,
    act TEXT NOT NULL,
    place TEXT NOT NULL,
    new INTEGER NOT NULL,
    known INTEGER NOT NULL,
    rejected INTEGER NOT NULL,
    cause TEXT,
    ko TEXT,
    en TEXT
) STRICT;
CREATE TABLE folder_file(
    name TEXT PRIMARY KEY,
    own INTEGER NOT NULL CHECK (own IN (0, 1)),
    at_us INTEGER NOT NULL,
    size INTEGER NOT NULL,
    vector TEXT NOT NULL
) STRICT;
"""

# What may be erased stands in the event's own row: one row and one key less for each. The words of
# a feedback stand in its body alone, and its code as a number, which follows from the receipt.
_LEAN = """
ALTER TABLE event RENAME TO event_before;
CREATE TABLE event(
    device TEXT NOT NULL,
    seq INTEGER NOT NULL CHECK (seq >= 1),
    id BLOB NOT NULL CHECK (length(id) = 16),
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    at_us INTEGER NOT NULL,
    receipt BLOB CHECK (receipt IS NULL OR length(receipt) = 16),
    body_hash BLOB NOT NULL CHECK (length(body_hash) = 32),
    sealed_hash BLOB CHECK (sealed_hash IS NULL OR length(sealed_hash) = 32),
    chain BLOB NOT NULL CHECK (length(chain) = 32),
    signature BLOB CHECK (signature IS NULL OR length(signature) = 64),
    salt BLOB,
    body TEXT,
    key_id TEXT,
    sealed BLOB,
    PRIMARY KEY (device, seq)
) STRICT;
INSERT INTO event SELECT e.*, c.salt, c.body, c.key_id, c.sealed FROM event_before e
    LEFT JOIN content c ON c.device = e.device AND c.seq = e.seq ORDER BY e.rowid;
DROP TABLE event_before;
DROP TABLE content;
ALTER TABLE feedback RENAME TO feedback_before;
CREATE TABLE feedback(
    device TEXT NOT NULL,
    seq INTEGER NOT NULL,
    id BLOB NOT NULL,
    about TEXT NOT NULL,
    project TEXT,
    dong TEXT,
    lat REAL,
    lon REAL,
    kind TEXT,
    rating INTEGER,
    site TEXT,
    at_us INTEGER NOT NULL,
    code INTEGER,
    has_contact INTEGER NOT NULL,
    erased INTEGER NOT NULL,
    salvaged_from TEXT
) STRICT;
INSERT INTO feedback SELECT device, seq, id, about, project, dong, lat, lon, kind, rating, site,
    at_us, code_number(receipt), has_contact, erased, salvaged_from FROM feedback_before
    ORDER BY rowid;
DROP TABLE feedback_before;
CREATE INDEX feedback_id ON feedback(id);
CREATE INDEX feedback_code ON feedback(code);
DROP INDEX planting_code;
ALTER TABLE planting ADD COLUMN code INTEGER;
UPDATE planting SET code = code_number(receipt);
ALTER TABLE planting DROP COLUMN code_key;
CREATE INDEX planting_code ON planting(code);
"""

# Which sealed records there are; what they say is opened at a desk alone.
_DESK = """
CREATE TABLE desk_record(
    device TEXT NOT NULL,
    seq INTEGER NOT NULL,
    kind TEXT NOT NULL,
    feedback BLOB,
    at_us INTEGER NOT NULL,
    salvaged_from TEXT,
    PRIMARY KEY (device, seq)
) STRICT;
CREATE INDEX desk_record_kind ON desk_record(kind);
CREATE INDEX desk_record_feedback ON desk_record(feedback) WHERE feedback IS NOT NULL;
INSERT INTO desk_record SELECT device, seq, kind,
    iif(subject GLOB 'feedback/*' AND length(subject) = 41, unhex(substr(subject, 10)), NULL),
    at_us, body ->> '$.salvaged_from' FROM event
    WHERE kind IN ('officer.set', 'note.written', 'officer.acted') AND json_valid(body);
"""

# What a store kept unread before its program knew of groups.
_GROUPS = """
INSERT OR IGNORE INTO desk_record SELECT device, seq, kind, NULL, at_us,
    body ->> '$.salvaged_from' FROM event WHERE kind = 'group.set' AND json_valid(body);
"""

PROJECTIONS = (
    *("feedback", "review", "review_saw", "reply", "planting", "redaction"),
    "desk_record",
)
"""Tables that hold nothing the journal does not."""


STEPS = (
    ("m0001_journal", _JOURNAL + _PROJECTIONS + _LOCAL),
    ("m0002_exchange", _EXCHANGE),
    ("m0003_lean", _LEAN),
    ("m0004_desk", _DESK),
    ("m0005_inbox", INBOX_SHAPE),
    ("m0006_groups", _GROUPS),
)


def migrate(connection: sqlite.Connection, stop_after: int = COUNT) -> None:
    """Brings a store forward to this program's shape, each step in one transaction.

    sqlite-utils is imported here alone: it takes a seventh of a second, and a store that already
    has its shape never needs it.
    """
    from sqlite_utils import Database, Migrations

    add_functions(connection)
    steps = Migrations("cheonman")
    for number, (name, shape) in enumerate(STEPS[:stop_after], start=1):

        def step(database: Database, shape: str = shape, number: int = number) -> None:
            for statement in _statements(shape):
                database.conn.execute(statement)
            database.conn.execute(f"PRAGMA user_version = {number}")
            database.conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")

        steps(name=name)(step)
    steps.apply(Database(connection, execute_plugins=False))


def _statements(shape: str) -> Iterator[str]:
    """A trigger has statements of its own inside."""
    statement = ""
    for part in shape.split(";"):
        statement += f"{part};" if part.strip() else ""
        if sqlite.complete_statement(statement):
            yield statement.rstrip(";")
            statement = ""


def add_functions(connection: sqlite.Connection) -> None:
    connection.create_function(
        "code_number", 1, lambda receipt: receipt and code_number(receipt), deterministic=True
    )

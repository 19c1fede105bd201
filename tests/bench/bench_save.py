"""A durable save of one feedback with a contact, beside a bare commit of the same bytes."""

from __future__ import annotations

import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

import msgspec
import pysqlite3.dbapi2 as sqlite

from db.participation.feedback import NewFeedback, add_feedback
from db.participation.issue_receipt import new_draft
from db.records import Consent, Contact, ContactKind
from db.records.feedback import About, Kind
from db.store.opening import open_store
from db.store.store import connect
from tests.bench.figure import Figure, spread_of

SAVES = 1500
WARM_UP = 100
TEXT = "천변 산책로에 그늘이 없어서 여름에 걷기 힘들어요. 느티나무를 더 심어 주세요. " * 4
CONSENT = Consent(
    version="2026-11", purpose=True, items=True, retention=True, refusal=True, over_14=True
)
CONTACT = Contact(kind=ContactKind.PHONE, value="010-1234-5678", consent=CONSENT)
FEEDBACK = NewFeedback(
    about=About.PROJECT,
    project="garden-city-10m-trees",
    kind=Kind.SUGGESTION,
    rating=2,
    text=TEXT.strip(),
    contact=CONTACT,
)


def bare(file: Path) -> sqlite.Connection:
    """The same settings and one table with the same key; nothing else happens to it."""
    connection = connect(file)
    connection.execute(
        "CREATE TABLE bare(device TEXT NOT NULL, seq INTEGER NOT NULL, bytes BLOB NOT NULL,"
        " PRIMARY KEY(device, seq)) STRICT"
    )
    return connection


def measure() -> dict[str, Figure]:
    with tempfile.TemporaryDirectory(prefix="cheonman-bench-") as scratch:
        raw = bare(Path(scratch) / "bare.db")
        with open_store(Path(scratch) / "data") as store:
            add_feedback(store, FEEDBACK)
            size = store.rows(
                "SELECT length(device) + 8 + 16 + length(kind) + length(subject) + 8 + 16"
                " + 32 + 32 + 32 + 64 + length(salt) + length(CAST(body AS BLOB))"
                " + length(key_id) + length(sealed) FROM event"
            )[0][0]
            same_bytes = bytes(size - len(store.device) - 8)
            ours, theirs = [], []
            # Turn by turn, so that a bad spell of the disk hits both.
            for number in range(SAVES + WARM_UP):
                filled = msgspec.structs.replace(FEEDBACK, draft=new_draft(store))
                began = perf_counter()
                raw.execute("BEGIN IMMEDIATE")
                raw.execute("INSERT INTO bare VALUES(?, ?, ?)", (store.device, number, same_bytes))
                raw.execute("COMMIT")
                between = perf_counter()
                add_feedback(store, filled)
                ended = perf_counter()
                if number >= WARM_UP:
                    theirs.append((between - began) * 1e6)
                    ours.append((ended - between) * 1e6)
        raw.close()
    ratios = [one / other for one, other in zip(ours, theirs, strict=True)]
    against = f"{median(ours):.0f} us against {median(theirs):.0f} us for {size} bytes"
    return {
        "durable save / bare commit of the same bytes": Figure(
            median(ours) / median(theirs), "x", 2.5, SAVES, spread_of(ratios), against
        ),
        "durable save": Figure(median(ours) / 1000, "ms", None, SAVES, None, "median"),
    }

"""Projections: the tables that screens read, derived from the journal and from nothing else.

Each function below turns one event into rows, inside the transaction that stores the event. None
may depend on the order in which events of different devices arrive.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import msgspec

from db.receipts.code import code_number
from db.records import event_kinds
from db.records.event_kinds import FEEDBACK, PLANTING, REDACTION, REPLY, REVIEW, SEALED
from db.records.feedback import (
    About,
    Body,
    Erased,
    FeedbackBody,
    PlantingBody,
    RedactionBody,
    ReplyBody,
    ReviewBody,
)
from db.records.officers import SealedBody
from db.store.events import Contents, Event
from db.store.inbox_shape import INBOX
from db.store.migrations import PROJECTIONS
from db.store.store import note_erased

if TYPE_CHECKING:
    import pysqlite3.dbapi2 as sqlite

NOT_SUPERSEDED = (
    " (f.salvaged_from IS NULL OR NOT EXISTS(SELECT 1 FROM event o"
    " WHERE o.device = substr(f.salvaged_from, 1, 26)"
    " AND o.seq = CAST(substr(f.salvaged_from, 28) AS INTEGER)))"
)
"""Condition on `f`, a feedback or planting: what salvage wrote again counts only where the
original is missing.
"""

STANDING = (
    " NOT EXISTS(SELECT 1 FROM review_saw s"
    " JOIN review later ON later.device = s.device AND later.seq = s.seq"
    " AND later.feedback = r.feedback WHERE s.saw_device = r.device AND s.saw_seq = r.seq)"
)
"""Condition on `r`, a review: no later one of the same feedback has seen it, so it stands."""

CLEARED = {
    Erased.BODY: "salt = NULL, body = NULL",
    Erased.CONTACT: "key_id = NULL, sealed = NULL",
}
"""What takes each part of the contents out of a row of `event`."""

_ID = re.compile(r"[0-9a-f]{32}")
_ABOUTS = frozenset(about.value for about in About)

_Body = TypeVar("_Body", bound=Body)


def decode(body: str | None, kind: type[_Body]) -> _Body | None:
    """The body as its record, or None when it was erased or is not what it claims to be."""
    if body is None:
        return None
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.MsgspecError, RecursionError):
        return None


def project(connection: sqlite.Connection, event: Event, contents: Contents) -> None:
    """Writes what screens read of one event. A kind this program does not know is only kept."""
    projector = _PROJECTORS.get(event.kind)
    if projector is not None:
        projector(connection, event, contents)


class FeedbackColumns(NamedTuple):
    """A row of the table `feedback`, its columns named once."""

    device: str
    seq: int
    id: bytearray
    about: str
    project: str | None
    dong: str | None
    lat: float | None
    lon: float | None
    kind: str | None
    rating: int | None
    site: str | None
    at_us: int
    code: int | None
    has_contact: int
    erased: int
    salvaged_from: str | None


def feedback_columns(event: Event, contents: Contents) -> FeedbackColumns:
    """The row of a feedback in its table, column by column."""
    body = decode(contents.body, FeedbackBody)
    about, _slash, named = event.subject.partition("/")
    if about not in _ABOUTS:
        # A newer program's word, or nonsense: the feedback is shown all the same.
        about = About.GENERAL.value
    return FeedbackColumns(
        device=event.device,
        seq=event.seq,
        id=bytearray(event.id),
        about=about,
        project=named if about == About.PROJECT else None,
        dong=named if about == About.DONG else None,
        lat=body.lat if body else None,
        lon=body.lon if body else None,
        kind=body.kind.value if body else None,
        rating=body.rating if body else None,
        site=body.site if body else None,
        at_us=event.at_us,
        code=code_number(event.receipt) if event.receipt else None,
        has_contact=int(contents.sealed is not None),
        erased=int(body is None),
        salvaged_from=body.salvaged_from if body else None,
    )


def _feedback(connection: sqlite.Connection, event: Event, contents: Contents) -> None:
    row = feedback_columns(event, contents)
    # A column left out is NULL too, and costs nothing to bind.
    given = {name: value for name, value in row._asdict().items() if value is not None}
    connection.execute(_insert_feedback(tuple(given)), tuple(given.values()))


@lru_cache(maxsize=64)
def _insert_feedback(columns: tuple[str, ...]) -> str:
    marks = ",".join("?" * len(columns))
    return f"INSERT INTO feedback({','.join(columns)}) VALUES({marks})"


def _review(connection: sqlite.Connection, event: Event, contents: Contents) -> None:
    body = decode(contents.body, ReviewBody)
    if body is None:
        return
    connection.execute(
        "INSERT INTO review(device, seq, feedback, state, reason, department, duplicate_of, at_us)"
        " VALUES(?,?,?,?,?,?,?,?)",
        (
            event.device,
            event.seq,
            bytes.fromhex(body.feedback),
            body.state.value,
            body.reason,
            body.department,
            bytes.fromhex(body.duplicate_of) if body.duplicate_of else None,
            event.at_us,
        ),
    )
    for saw in dict.fromkeys(body.saw):
        device, _slash, seq = saw.partition("/")
        connection.execute(
            "INSERT INTO review_saw(device, seq, saw_device, saw_seq) VALUES(?,?,?,?)",
            (event.device, event.seq, device, int(seq)),
        )


def _reply(connection: sqlite.Connection, event: Event, contents: Contents) -> None:
    body = decode(contents.body, ReplyBody)
    if body is None:
        return
    connection.execute(
        "INSERT INTO reply(device, seq, id, feedback, text, text_en, department, public,"
        " replaces, at_us) VALUES(?,?,?,?,?,?,?,?,?,?)",
        (
            event.device,
            event.seq,
            event.id,
            bytes.fromhex(body.feedback),
            body.text,
            body.text_en,
            body.department,
            int(body.public),
            bytes.fromhex(body.replaces) if body.replaces else None,
            event.at_us,
        ),
    )


def _planting(connection: sqlite.Connection, event: Event, contents: Contents) -> None:
    body = decode(contents.body, PlantingBody)
    connection.execute(
        "INSERT INTO planting(device, seq, id, species, trees, planted_on, dong, lat, lon, site,"
        " at_us, receipt, code, erased, salvaged_from)"
        " VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        (
            event.device,
            event.seq,
            event.id,
            body.species if body else "",
            body.trees if body else 0,
            body.planted_on if body else None,
            body.dong if body else None,
            body.lat if body else None,
            body.lon if body else None,
            body.site if body else None,
            event.at_us,
            event.receipt,
            code_number(event.receipt) if event.receipt else None,
            int(body is None),
            body.salvaged_from if body else None,
        ),
    )


def _desk_record(connection: sqlite.Connection, event: Event, contents: Contents) -> None:
    body = decode(contents.body, SealedBody)
    if body is None:
        return
    about, _slash, named = event.subject.partition("/")
    feedback = bytes.fromhex(named) if about == "feedback" and _ID.fullmatch(named) else None
    connection.execute(
        "INSERT INTO desk_record(device, seq, kind, feedback, at_us, salvaged_from)"
        " VALUES(?,?,?,?,?,?)",
        (event.device, event.seq, event.kind, feedback, event.at_us, body.salvaged_from),
    )


def _redaction(connection: sqlite.Connection, event: Event, contents: Contents) -> None:
    body = decode(contents.body, RedactionBody)
    if body is None:
        return
    device, _slash, seq = body.target.partition("/")
    connection.execute(
        "INSERT INTO redaction(device, seq, target_device, target_seq, what, reason, at_us)"
        " VALUES(?,?,?,?,?,?,?)",
        (event.device, event.seq, device, int(seq), body.what.value, body.reason, event.at_us),
    )
    erase(connection, device, int(seq), body.what)


def erase(connection: sqlite.Connection, device: str, seq: int, what: Erased) -> None:
    """Takes the body, the contact or both of one event out of every table that holds them."""
    at = (device, seq)
    columns = [cleared for part, cleared in CLEARED.items() if what in (part, Erased.BOTH)]
    # Also where nothing stands here: it may lie beside the journal.
    note_erased(connection, device, seq, ", ".join(columns))
    target = connection.execute(
        "SELECT kind, id FROM event WHERE device = ? AND seq = ?", at
    ).fetchone()
    if target is None or target[0] in event_kinds.NEVER_ERASED:
        # Nothing here yet, or a line of a log.
        return
    named = (target[1], *at)
    connection.execute(f"UPDATE event SET {', '.join(columns)} WHERE device = ? AND seq = ?", at)
    if what in (Erased.BODY, Erased.BOTH):
        connection.execute(
            "UPDATE feedback SET lat = NULL, lon = NULL, kind = NULL, rating = NULL,"
            " site = NULL, salvaged_from = NULL, erased = 1"
            " WHERE id = ? AND device = ? AND seq = ?",
            named,
        )
        connection.execute(
            "UPDATE planting SET species = '', trees = 0, planted_on = NULL, dong = NULL,"
            " lat = NULL, lon = NULL, site = NULL, salvaged_from = NULL, erased = 1"
            " WHERE device = ? AND seq = ?",
            at,
        )
        for table in ("reply", "review", "review_saw", "desk_record"):
            connection.execute(f"DELETE FROM {table} WHERE device = ? AND seq = ?", at)
    if what in (Erased.CONTACT, Erased.BOTH):
        connection.execute(
            "UPDATE feedback SET has_contact = 0 WHERE id = ? AND device = ? AND seq = ?", named
        )


def erased_before(connection: sqlite.Connection, device: str, seq: int) -> set[Erased]:
    """What redactions that arrived earlier say must not be kept of this event."""
    rows = connection.execute(
        "SELECT what FROM redaction WHERE target_device = ? AND target_seq = ?", (device, seq)
    )
    return {Erased(what) for (what,) in rows}


def clear(connection: sqlite.Connection) -> None:
    """Empties every projection, and first what follows from them."""
    for table in (*INBOX, *PROJECTIONS):
        connection.execute(f"DELETE FROM {table}")


_PROJECTORS: dict[str, Callable[[sqlite.Connection, Event, Contents], None]] = {
    FEEDBACK: _feedback,
    REVIEW: _review,
    REPLY: _reply,
    PLANTING: _planting,
    REDACTION: _redaction,
    **dict.fromkeys(SEALED, _desk_record),
}

"""Events that arrive in numbers: stored and projected in bulk, to the same effect as one by one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

import msgspec

from db.receipts.code import code_number
from db.records.event_kinds import FEEDBACK
from db.records.feedback import LONGEST_WRITTEN, About, Erased, FeedbackBody
from db.store.event_rows import INSERT, bound
from db.store.events import COLUMNS, Contents, Event, Row
from db.store.journal import event_at, keep, spared
from db.store.lacking import broken_journals, first_unproven, mark_broken
from db.store.migrations import PROJECTIONS
from db.store.projections import project
from db.store.rot import project_anew
from db.store.sound import READ, fitting
from db.store.store import Store

if TYPE_CHECKING:
    import pysqlite3.dbapi2 as sqlite

_USUAL = tuple(
    column for column in COLUMNS if column not in ("sealed_hash", "signature", "key_id", "sealed")
)
"""Columns of the usual event of a page: a receipt and a body, no contact, no signature."""
_INSERT_USUAL = f"INSERT INTO event({', '.join(_USUAL)}) VALUES({','.join('?' * len(_USUAL))})"
_PLAIN = (
    "INSERT INTO feedback(device, seq, id, about, at_us, code, has_contact, erased, project, kind,"
    " site, rating) VALUES(?,?,?,?,?,nullif(?,-1),?,0,nullif(?,''),?,nullif(?,''),nullif(?,0))"
)
_PROJECT = About.PROJECT.value
_USUAL_ABOUTS = frozenset((_PROJECT, About.TREES.value, About.GENERAL.value))


class _Unread(FeedbackBody, frozen=True, kw_only=True, gc=False):
    """A feedback whose words were passed over: no projection keeps them."""

    # The base says str: nobody reads the words of one that was passed over.
    text: msgspec.Raw = msgspec.Raw(b'""')  # type: ignore[assignment]


_decode = msgspec.json.Decoder(FeedbackBody).decode
_decode_unread = msgspec.json.Decoder(_Unread).decode
_QUOTE = ord('"')


def keep_many(
    connection: sqlite.Connection, events: Sequence[Event], contents: Sequence[Contents]
) -> None:
    """Stores events of one device that were already checked, with all that follows from them,
    inside the caller's transaction.
    """
    contents = _spared(connection, events, contents)
    for width, group in groupby(map(_event_row, events, contents), key=len):
        connection.executemany(_INSERT_USUAL if width == len(_USUAL) else INSERT, group)
    rows: list[Row] = []
    others: list[tuple[Event, Contents]] = []
    for event, each in zip(events, contents, strict=True):
        row = _plain_row(event, each) if event.kind == FEEDBACK else None
        if row is None:
            others.append((event, each))
        else:
            rows.append(row)
    connection.executemany(_PLAIN, rows)
    for event, each in others:
        project(connection, event, each)


def fill(connection: sqlite.Connection, event: Event, contents: Contents) -> bool:
    """Puts contents back that a known event lacks here, unless a redaction took them away.

    `contents` already fit the event. True when something was put back.
    """
    (contents,) = _spared(connection, [event], [contents])
    at = (event.device, event.seq)
    row = connection.execute(
        "SELECT body IS NOT NULL, sealed IS NOT NULL FROM event WHERE device = ? AND seq = ?", at
    ).fetchone()
    has_body, has_sealed = row
    body, sealed = contents.body is not None, contents.sealed is not None
    if (has_body or not body) and (has_sealed or not sealed):
        return False
    connection.execute(
        "UPDATE event SET salt = coalesce(salt, ?), body = coalesce(body, ?),"
        " key_id = coalesce(key_id, ?), sealed = coalesce(sealed, ?) WHERE device = ? AND seq = ?",
        (contents.salt, contents.body, contents.key_id, contents.sealed, *at),
    )
    pair = event_at(connection, *at)
    if pair is not None:
        project_anew(connection, *pair)
    return True


def fill_headers(store: Store, events: Sequence[Event], contents: Sequence[Contents]) -> int:
    """Writes those of these known events anew whose headers prove nothing here any more; how many
    they were. `events` were checked, and the end of them is the same here.
    """
    connection, device, last = store.connection, events[0].device, events[-1].seq
    broken = broken_journals(connection).get(device)
    if broken is None or broken > last or broken < events[0].seq:
        return 0
    helped = 0
    for event, each in zip(events, contents, strict=True):
        if event.seq < broken or event_at(connection, device, event.seq) is not None:
            continue
        # What stood beside the broken header may well fit the true one.
        row = connection.execute(
            f"SELECT {READ} FROM event e WHERE e.device = ? AND e.seq = ?", (device, event.seq)
        ).fetchone()
        if row is not None:
            each = _together(each, fitting(event, Contents(*row[11:15])).contents)
        for table in ("event", *PROJECTIONS):
            connection.execute(
                f"DELETE FROM {table} WHERE device = ? AND seq = ?", (device, event.seq)
            )
        keep(connection, event, each)
        helped += 1
    mark_broken(connection, device, first_unproven(connection, device, last + 1))
    return helped


def _together(one: Contents, other: Contents) -> Contents:
    body, contact = (one if one.body is not None else other), (one if one.sealed else other)
    return Contents(body.salt, body.body, contact.key_id, contact.sealed)


def _spared(
    connection: sqlite.Connection, events: Sequence[Event], contents: Sequence[Contents]
) -> Sequence[Contents]:
    """The contents without those that redactions which arrived earlier name."""
    first, last = events[0], events[-1]
    named = connection.execute(
        "SELECT target_seq, what FROM redaction"
        " WHERE target_device = ? AND target_seq BETWEEN ? AND ?",
        (first.device, first.seq, last.seq),
    ).fetchall()
    if not named:
        return contents
    return spared(events, contents, ((seq, Erased(what)) for seq, what in named))


def _event_row(event: Event, contents: Contents) -> Row:
    """The row of an event; a short one for the usual event of a page: a receipt and a body, no
    contact, and no signature of its own.
    """
    if not event.receipt or not contents.salt or event.sealed_hash or event.signature:
        return bound(event, contents)
    return (
        event.device, event.seq, bytearray(event.id), event.kind, event.subject, event.at_us,
        bytearray(event.receipt), bytearray(event.body_hash), bytearray(event.chain),
        bytearray(contents.salt), contents.body,
    )  # fmt: skip


def _plain_row(event: Event, contents: Contents) -> Row | None:
    """The row of a feedback as most are: whole, and about a project or about nothing on the map.
    None for any other.
    """
    if contents.body is None:
        return None
    about, _slash, named = event.subject.partition("/")
    if about not in _USUAL_ABOUTS or (about == _PROJECT and not named):
        return None
    body = _feedback_body(contents.body)
    if body is None or body.lat is not None or body.lon is not None or body.salvaged_from:
        return None
    return (
        event.device,
        event.seq,
        bytearray(event.id),
        about,
        event.at_us,
        code_number(event.receipt) if event.receipt else -1,
        0 if contents.sealed is None else 1,
        named if about == _PROJECT else "",
        # The plain string: one that knows of its enum would be asked how to store it.
        body.kind._value_,
        body.site or "",
        body.rating or 0,
    )


def _feedback_body(text: str) -> FeedbackBody | None:
    """The body, without its words where they can hold no surprise; None when it is no feedback.

    With neither an escape nor a second `text` in it, words that are a string and not too long are
    as good as read.
    """
    try:
        if len(text) <= LONGEST_WRITTEN and "\\" not in text and text.count('"text"') <= 1:
            body = _decode_unread(text)
            if memoryview(body.text)[0] == _QUOTE:
                return body
        return _decode(text)
    except (msgspec.MsgspecError, RecursionError):
        return None

"""The thread of one feedback: the resident's words, and what officers said and did about them."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import TypeVar

import msgspec

from db.officers.accounts import Officers
from db.officers.act_log import acts
from db.participation.feedback import rows_of
from db.participation.reviews import Decision, decisions, require_feedback
from db.receipts.code import code_of
from db.records.event_kinds import NOTE, REPLY, REVIEW
from db.records.feedback import Body, FeedbackRow, ReplyBody, ReviewBody, ReviewState
from db.records.officers import ActKind, NoteRecord
from db.store.events import Event
from db.store.journal import bodies, event_at
from db.store.projections import NOT_SUPERSEDED
from db.store.sound import READ
from db.store.store import Store

_Body = TypeVar("_Body", bound=Body)


class EntryKind(StrEnum):
    REVIEW = "review"
    REPLY = "reply"
    NOTE = "note"
    READ = "read"
    UNDONE = "undone"


class ThreadEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that was said or done. `ref` is device/seq; `officer` is None where nobody's name
    is known, as of what was decided by a command. `out` means that it stands on a carrier.
    """

    kind: EntryKind
    ref: str
    at_us: int
    officer: str | None
    text: str = ""
    text_en: str | None = None
    state: ReviewState | None = None
    department: str | None = None
    public: bool = False
    replaced: bool = False
    out: bool = False


class Thread(msgspec.Struct, frozen=True, kw_only=True):
    """`standing` has several decisions in a conflict. `code` is the receipt number's words."""

    feedback: FeedbackRow
    code: str | None
    standing: tuple[Decision, ...]
    entries: tuple[ThreadEntry, ...]


def thread(store: Store, officers: Officers, feedback: str) -> Thread:
    """All there is about one feedback, oldest first. Raises InputRefused, StorageUnavailable."""
    feedback = require_feedback(store, feedback)
    id, names = bytes.fromhex(feedback), officers.names()
    sent = {str(device): int(seq) for device, seq in store.rows("SELECT device, seq FROM sent")}
    entries: list[ThreadEntry] = []

    def is_out(device: str, seq: int) -> bool:
        return not store.is_own(device) or seq <= sent.get(device, 0)

    replies = list(_bodies(store, id, REPLY, "reply", ReplyBody))
    replaced = {body.replaces for _event, body in replies}
    for event, body in replies:
        entries.append(
            ThreadEntry(
                kind=EntryKind.REPLY,
                ref=f"{event.device}/{event.seq}",
                at_us=event.at_us,
                officer=names.get(body.by or ""),
                text=body.text,
                text_en=body.text_en,
                department=body.department,
                public=body.public,
                replaced=event.id.hex() in replaced,
                out=is_out(event.device, event.seq),
            )
        )
    for event, decision in _bodies(store, id, REVIEW, "review", ReviewBody):
        entries.append(
            ThreadEntry(
                kind=EntryKind.REVIEW,
                ref=f"{event.device}/{event.seq}",
                at_us=event.at_us,
                officer=names.get(decision.by or ""),
                text=decision.reason or "",
                state=decision.state,
                department=decision.department,
                out=is_out(event.device, event.seq),
            )
        )
    for event, note in officers.records.read(NOTE, NoteRecord, feedback=feedback):
        entries.append(
            ThreadEntry(
                kind=EntryKind.NOTE,
                ref=f"{event.device}/{event.seq}",
                at_us=event.at_us,
                officer=names.get(note.officer),
                text=note.text,
            )
        )
    shown = {ActKind.OPENED: EntryKind.READ, ActKind.UNDONE: EntryKind.UNDONE}
    for act in acts(officers.records, feedback=feedback):
        if act.record.act in shown:
            entries.append(
                ThreadEntry(
                    kind=shown[act.record.act],
                    ref=act.ref,
                    at_us=act.at_us,
                    officer=names.get(act.record.officer or ""),
                    text=act.record.words,
                )
            )
    row = _row(store, id)
    pair = event_at(store.connection, row.device, row.seq)
    receipt = pair[0].receipt if pair else None
    return Thread(
        feedback=row,
        code=code_of(receipt) if receipt else None,
        standing=decisions(store, feedback),
        entries=tuple(sorted(entries, key=lambda each: (each.at_us, each.ref))),
    )


def _bodies(
    store: Store, id: bytes, kind: str, table: str, record: type[_Body]
) -> Iterator[tuple[Event, _Body]]:
    rows = store.rows(
        f"SELECT {READ} FROM {table} t JOIN event e ON e.device = t.device AND e.seq = t.seq"
        " WHERE t.feedback = ? ORDER BY t.rowid",
        (id,),
    )
    return bodies(store, rows, kind, record)


def _row(store: Store, id: bytes) -> FeedbackRow:
    ((rowid,), *_) = store.rows(
        f"SELECT f.rowid FROM feedback f WHERE f.id = ? AND {NOT_SUPERSEDED}"
        " ORDER BY f.rowid LIMIT 1",
        (id,),
    )
    row = rows_of(store, [int(rowid)])[0]
    assert row is not None
    return row

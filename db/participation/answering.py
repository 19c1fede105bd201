"""Answering: the city's replies to a feedback, given and read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from db.bilingual import Bilingual
from db.participation.reviews import require_feedback, told_about
from db.problems import InputRefused
from db.records.event_kinds import REPLY
from db.records.feedback import LONGEST_DEPARTMENT, LONGEST_WRITTEN, ReplyBody
from db.store.events import Event
from db.store.journal import append
from db.store.sound import READ
from db.store.store import Store
from db.text import name_if_any, official_text, text_if_any

if TYPE_CHECKING:
    import pysqlite3.dbapi2 as sqlite


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    text: str
    text_en: str | None
    department: str | None
    public: bool
    at_us: int

    def words(self, language: str) -> str:
        return Bilingual(self.text, self.text_en or self.text).in_(language)


def add_reply(
    store: Store,
    feedback: str,
    text: str,
    *,
    text_en: str | None = None,
    department: str | None = None,
    public: bool = False,
    replaces: str | None = None,
) -> Reply:
    """Publishes the city's reply to one feedback. Raises InputRefused, StorageUnavailable."""
    with store.change() as connection:
        return publish_reply(
            store,
            connection,
            feedback,
            text,
            text_en=text_en,
            department=department,
            public=public,
            replaces=replaces,
        )


def publish_reply(
    store: Store,
    connection: sqlite.Connection,
    feedback: str,
    text: str,
    *,
    text_en: str | None = None,
    department: str | None = None,
    public: bool = False,
    replaces: str | None = None,
    by: str | None = None,
) -> Reply:
    """The same inside the caller's transaction; `by` is the id of the officer."""
    feedback = require_feedback(store, feedback)
    if replaces is not None:
        _require_reply(store, feedback, replaces)
    words = official_text(text, "text", LONGEST_WRITTEN)
    body = ReplyBody(
        feedback=feedback,
        text=words,
        text_en=text_if_any(text_en, "text-en", LONGEST_WRITTEN),
        department=name_if_any(department, "department", LONGEST_DEPARTMENT),
        public=public,
        replaces=replaces,
        by=by,
    )
    event = append(store, connection, REPLY, f"feedback/{feedback}", body)
    return _reply(event, body)


def _require_reply(store: Store, feedback: str, reply: str) -> None:
    """Raises InputRefused unless this feedback has a reply with this id here."""
    known = store.rows("SELECT id FROM reply WHERE feedback = ?", (bytes.fromhex(feedback),))
    if reply not in {id.hex() for (id,) in known}:
        raise InputRefused(
            "replaces",
            f"이 의견에는 '{reply[:64]}'(이)라는 답변이 없습니다.",
            f"this feedback has no reply '{reply[:64]}' here.",
        )


def replies_to(store: Store, feedback: str, *, public_only: bool = False) -> tuple[Reply, ...]:
    """The replies to one feedback that no later reply replaced, oldest first."""
    found = told_about(
        store,
        feedback,
        f"SELECT {READ} FROM reply p JOIN event e ON e.device = p.device AND e.seq = p.seq"
        " WHERE p.feedback = ?1 AND NOT EXISTS("
        "SELECT 1 FROM reply later WHERE later.feedback = ?1 AND later.replaces = p.id)"
        " ORDER BY p.rowid",
        (REPLY, ReplyBody),
    )
    return tuple(_reply(*each) for each in found if each[1].public or not public_only)


def _reply(event: Event, body: ReplyBody) -> Reply:
    return Reply(
        id=event.id.hex(),
        text=body.text,
        text_en=body.text_en,
        department=body.department,
        public=body.public,
        at_us=event.at_us,
    )

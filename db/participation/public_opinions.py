"""What other residents may read: opinions the city has answered in public, with the answers."""

from __future__ import annotations

import msgspec

from db.participation.reviews import decisions
from db.records.feedback import FeedbackBody, Kind, ReplyBody, ReviewState
from db.store.journal import event_at
from db.store.projections import NOT_SUPERSEDED, decode
from db.store.store import Store


class PublicOpinion(msgspec.Struct, frozen=True, kw_only=True):
    """One opinion and the city's latest public reply; `replied` is when it was given."""

    kind: Kind
    text: str
    reply: str
    reply_en: str | None
    replied: int


def published_about(store: Store, project: str) -> tuple[PublicOpinion, ...]:
    """The answered opinions about one project, newest reply first.

    What the city withheld or erased never appears, nor does anything but the words themselves.
    """
    rows = store.rows(
        # Replies the city gave in public are few; from them to their feedback is the short way.
        "SELECT f.device, f.seq, p.device, p.seq FROM reply p"
        " CROSS JOIN feedback f ON f.id = p.feedback"
        " WHERE p.public = 1 AND f.project = ? AND f.erased = 0"
        f" AND {NOT_SUPERSEDED}"
        " AND NOT EXISTS(SELECT 1 FROM reply later WHERE later.feedback = f.id"
        " AND (later.replaces = p.id OR (later.public = 1 AND later.rowid > p.rowid)))"
        " GROUP BY f.id ORDER BY max(p.rowid) DESC",
        (project,),
    )
    found = (_published(store, project, tuple(row[:2]), tuple(row[2:])) for row in rows)
    return tuple(each for each in found if each is not None)


def _published(
    store: Store, project: str, asked: tuple[str, int], answered: tuple[str, int]
) -> PublicOpinion | None:
    """None where one of the two is not what the tables say, or nobody may read it."""
    feedback, reply = (event_at(store.connection, *place) for place in (asked, answered))
    if feedback is None or reply is None or feedback[0].subject != f"project/{project}":
        return None
    id = feedback[0].id.hex()
    opinion = decode(feedback[1].body, FeedbackBody)
    answer = decode(reply[1].body, ReplyBody)
    if opinion is None or not opinion.text or answer is None:
        return None
    if answer.feedback != id or not answer.public:
        return None
    if any(decision.state is ReviewState.WITHHELD for decision in decisions(store, id)):
        return None
    return PublicOpinion(
        kind=opinion.kind,
        text=opinion.text,
        reply=answer.text,
        reply_en=answer.text_en,
        replied=reply[0].at_us,
    )

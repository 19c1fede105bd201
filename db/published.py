"""What other residents may read: opinions the city has answered in public, with the answers."""

from __future__ import annotations

import msgspec

from db.projections import NOT_SUPERSEDED, decode
from db.records.feedback import FeedbackBody, Kind, ReviewState
from db.reviews import decisions
from db.store import Store


class Published(msgspec.Struct, frozen=True, kw_only=True):
    """One opinion and the city's latest public reply; `replied` is when it was given."""

    kind: Kind
    text: str
    reply: str
    reply_en: str | None
    replied: int


def published_about(store: Store, project: str) -> tuple[Published, ...]:
    """The answered opinions about one project, newest reply first.

    What the city withheld or erased never appears, nor does anything but the words themselves.
    """
    rows = store.rows(
        # Replies the city gave in public are few; from them to their feedback is the short way.
        "SELECT f.id, e.body, p.text, p.text_en, p.at_us FROM reply p"
        " CROSS JOIN feedback f ON f.id = p.feedback"
        " CROSS JOIN event e ON e.device = f.device AND e.seq = f.seq"
        " WHERE p.public = 1 AND f.project = ? AND f.erased = 0"
        f" AND {NOT_SUPERSEDED}"
        " AND NOT EXISTS(SELECT 1 FROM reply later WHERE later.feedback = f.id"
        " AND (later.replaces = p.id OR (later.public = 1 AND later.rowid > p.rowid)))"
        " GROUP BY f.id ORDER BY max(p.rowid) DESC",
        (project,),
    )
    published = []
    for id, body, reply, reply_en, at_us in rows:
        opinion = decode(body, FeedbackBody)
        withheld = any(
            decision.state is ReviewState.WITHHELD for decision in decisions(store, id.hex())
        )
        if opinion and opinion.text and not withheld:
            published.append(
                Published(
                    kind=opinion.kind,
                    text=opinion.text,
                    reply=reply,
                    reply_en=reply_en,
                    replied=at_us,
                )
            )
    return tuple(published)

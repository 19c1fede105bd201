"""What a receipt may show, from the events it leads to: the rules of `look_up` without a store.

Never a contact, and not the resident's own words: somebody may be looking over their shoulder.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from db.clock import is_suspect
from db.events import Contents, Event
from db.projections import FEEDBACK, REPLY, REVIEW, decode
from db.records.feedback import FeedbackBody, Kind, PlantingBody, ReplyBody, ReviewBody, ReviewState

Pairs = Sequence[tuple[Event, Contents]]


class ShownReply(msgspec.Struct, frozen=True, kw_only=True):
    text: str
    text_en: str | None
    department: str | None
    at_us: int


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """Where one feedback or registered planting stands. `at_us` is None where the clock of the
    device cannot have been right.
    """

    planting: bool
    kind: Kind | None
    at_us: int | None
    erased: bool
    state: ReviewState
    reason: str | None
    department: str | None
    replies: tuple[ShownReply, ...]


def shown(pairs: Pairs) -> Shown | None:
    """None where the receipt leads to nothing."""
    if not pairs:
        return None
    event, contents = pairs[0]
    told = [pair for pair in pairs[1:] if pair[0].subject == f"feedback/{event.id.hex()}"]
    feedback = event.kind == FEEDBACK
    body = decode(contents.body, FeedbackBody if feedback else PlantingBody)
    decision = _decision(told)
    return Shown(
        planting=not feedback,
        kind=body.kind if isinstance(body, FeedbackBody) else None,
        at_us=None if is_suspect(event.at_us) else event.at_us,
        erased=body is None,
        state=decision.state if decision else ReviewState.RECEIVED,
        reason=decision.reason if decision else None,
        department=decision.department if decision else None,
        replies=_replies(told),
    )


def _decision(told: Pairs) -> ReviewBody | None:
    """The review that stands. While two offices disagree it is being looked at, no more."""
    reviews = {
        f"{event.device}/{event.seq}": body
        for event, contents in told
        if event.kind == REVIEW and (body := decode(contents.body, ReviewBody))
    }
    seen = {ref for body in reviews.values() for ref in body.saw}
    standing = [body for ref, body in reviews.items() if ref not in seen]
    if len(standing) > 1:
        return ReviewBody(feedback=standing[0].feedback, state=ReviewState.IN_REVIEW)
    return standing[0] if standing else None


def _replies(told: Pairs) -> tuple[ShownReply, ...]:
    """The replies that no later one replaced."""
    replies = [
        (event, body)
        for event, contents in told
        if event.kind == REPLY and (body := decode(contents.body, ReplyBody))
    ]
    replaced = {body.replaces for _event, body in replies}
    return tuple(
        ShownReply(
            text=body.text,
            text_en=body.text_en,
            department=body.department,
            at_us=event.at_us,
        )
        for event, body in replies
        if event.id.hex() not in replaced
    )

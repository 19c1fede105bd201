"""What a receipt may show, from the events it leads to: the rules of `look_up` without a store.

Never a contact, and not the resident's own words: somebody may be looking over their shoulder.
Of the feedback that a duplicate repeats, only what the city said to it in public.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from db.hub.database.shelf import HubShelf
from db.participation.issue_receipt import Found, at_most
from db.participation.reviews import MOST_STEPS
from db.receipts.code import receipt_keys
from db.records.event_kinds import FEEDBACK, REPLY, REVIEW, WITH_RECEIPT
from db.records.feedback import FeedbackBody, Kind, PlantingBody, ReplyBody, ReviewBody, ReviewState
from db.store.events import Contents, Event
from db.store.projections import decode

"""Kinds of events that residents get a receipt for."""

Pairs = Sequence[tuple[Event, Contents]]


class ShownReply(msgspec.Struct, frozen=True, kw_only=True):
    text: str
    text_en: str | None
    department: str | None
    at_us: int


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """Where one feedback or registered planting stands."""

    planting: bool
    kind: Kind | None
    at_us: int
    erased: bool
    state: ReviewState
    reason: str | None
    department: str | None
    replies: tuple[ShownReply, ...]
    original_replies: tuple[ShownReply, ...] = ()


def all_shown(shelf: HubShelf, token: bytes) -> Found[Shown]:
    """Everything that names the receipt key of a QR token. There is one, unless somebody wrote
    another's key into an event of their own; what was answered comes first.
    """
    pairs = shelf.about_receipt(*receipt_keys(token))
    answers = [pair for pair in pairs if pair[0].kind not in WITH_RECEIPT]
    ways = (
        the_way([pair, *answers], shelf.about_feedback)
        for pair in pairs
        if pair[0].kind in WITH_RECEIPT
    )
    return at_most([status for way in ways if (status := shown(way)) is not None])


def the_way(pairs: Pairs, about_feedback: Callable[[str, int], Pairs]) -> list[Pairs]:
    """What a receipt leads to, and behind it each feedback that the one before it repeats."""
    way = [pairs]
    while len(way) <= MOST_STEPS and (repeated := _repeated(way[-1])) is not None:
        device, _slash, seq = (repeated.duplicate_at or "").partition("/")
        found = about_feedback(device, int(seq)) if seq else ()
        if not found or found[0][0].id.hex() != repeated.duplicate_of:
            # Not here yet, or a place that holds something else.
            found = ()
        way.append(found)
    return way


def shown(way: Sequence[Pairs]) -> Shown | None:
    """None where the receipt leads to nothing."""
    pairs = way[0]
    if not pairs:
        return None
    event, contents = pairs[0]
    told = _told(pairs)
    feedback = event.kind == FEEDBACK
    body = decode(contents.body, FeedbackBody if feedback else PlantingBody)
    decision = _decision(told)
    return Shown(
        planting=not feedback,
        kind=body.kind if isinstance(body, FeedbackBody) else None,
        at_us=event.at_us,
        erased=body is None,
        state=decision.state if decision else ReviewState.RECEIVED,
        reason=decision.reason if decision else None,
        department=decision.department if decision else None,
        replies=_replies(told),
        original_replies=_public_replies(way[-1]) if len(way) > 1 else (),
    )


def _told(pairs: Pairs) -> Pairs:
    """What was said about the first of them."""
    subject = f"feedback/{pairs[0][0].id.hex()}" if pairs else ""
    return [pair for pair in pairs[1:] if pair[0].subject == subject]


def _repeated(pairs: Pairs) -> ReviewBody | None:
    """The review that makes it a duplicate, if one stands alone and names an original."""
    decision = _decision(_told(pairs))
    if decision is None or decision.state is not ReviewState.DUPLICATE:
        return None
    return decision if decision.duplicate_of else None


def _public_replies(original: Pairs) -> tuple[ShownReply, ...]:
    """Nothing of what was withheld or erased, nor of what is itself still a duplicate: then the
    way was too long or a circle.
    """
    if not original or original[0][1].body is None or _repeated(original) is not None:
        return ()
    told = _told(original)
    if any(body.state is ReviewState.WITHHELD for body in _standing(told)):
        return ()
    return _replies(told, public_only=True)


def _standing(told: Pairs) -> list[ReviewBody]:
    reviews = {
        f"{event.device}/{event.seq}": body
        for event, contents in told
        if event.kind == REVIEW and (body := decode(contents.body, ReviewBody))
    }
    seen = {ref for body in reviews.values() for ref in body.saw}
    return [body for ref, body in reviews.items() if ref not in seen]


def _decision(told: Pairs) -> ReviewBody | None:
    """The review that stands. While two offices disagree it is being looked at, no more."""
    standing = _standing(told)
    if len(standing) > 1:
        return ReviewBody(feedback=standing[0].feedback, state=ReviewState.IN_REVIEW)
    return standing[0] if standing else None


def _replies(told: Pairs, *, public_only: bool = False) -> tuple[ShownReply, ...]:
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
        if event.id.hex() not in replaced and (body.public or not public_only)
    )

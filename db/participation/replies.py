"""Replies 답변, and what a receipt opens: where my feedback stands and what the city said."""

from __future__ import annotations

import msgspec

from db.clock import is_suspect
from db.exchange.status.log import last_exchange
from db.participation.answering import Reply, add_reply, replies_to
from db.participation.issue_receipt import MOST_FOUND, Found, at_most, is_guessable
from db.participation.plantings import PlantingRow, find_plantings
from db.participation.reviews import (
    Decision,
    decisions,
    original_of,
)
from db.receipts.code import code_number, read_code, read_token, receipt_keys
from db.records.event_kinds import FEEDBACK
from db.records.feedback import (
    About,
    FeedbackBody,
    Kind,
    ReviewState,
)
from db.store.journal import read
from db.store.projections import NOT_SUPERSEDED, decode, feedback_columns
from db.store.sound import READ
from db.store.store import Store

__all__ = [
    "Reply",
    "Status",
    "add_reply",
    "look_up",
    "look_up_all",
    "look_up_token",
    "look_up_token_all",
    "replies_to",
]


class Status(msgspec.Struct, frozen=True, kw_only=True):
    """Where one feedback stands, or one registered planting, which then stands in `planting`.

    The contact is never part of it.

    `original_replies` are what the city said in public to the feedback that this one repeats.
    `conflict` means that two offices decided differently and nobody has settled it yet.
    `for_holder` means that words for whoever holds the receipt were left out, because a number
    alone could have been guessed; the token of the QR shows them.
    `last_exchange_us` is None until replies first travelled here.
    """

    id: str
    about: About
    project: str | None
    dong: str | None
    kind: Kind | None
    text: str
    site: str | None
    at_us: int
    clock_suspect: bool
    erased: bool
    state: ReviewState
    reason: str | None
    department: str | None
    conflict: bool
    replies: tuple[Reply, ...]
    original_replies: tuple[Reply, ...] = ()
    last_exchange_us: int | None
    planting: PlantingRow | None = None
    for_holder: bool = False


def look_up(store: Store, code: str) -> Status | None:
    """What stands behind a spoken code, or None. The caller limits how often one may ask."""
    these, _more = look_up_all(store, code)
    return these[0] if these else None


def look_up_all(store: Store, code: str) -> Found[Status]:
    """Every feedback and planting with this code, this device's own first.

    One kiosk never gives a code twice, but two kiosks that have not met may: then the resident
    is asked which one it was. Where a guess might hit, only what is public is told.
    """
    read = read_code(code)
    if read.number is None:
        return Found(())
    found = (*_found(store, "f.code = ?", read.number), *_planted(store, "f.code = ?", read.number))
    if found and is_guessable(store, read.number):
        found = tuple(map(_in_public, found))
    return at_most(found)


def look_up_token(store: Store, token: str) -> Status | None:
    """What stands behind a QR token, or None."""
    these, _more = look_up_token_all(store, token)
    return these[0] if these else None


def look_up_token_all(store: Store, token: str) -> Found[Status]:
    """Every feedback and planting that names the receipt key of a QR token.

    There is one, unless somebody wrote another's key into an event of their own. What the city
    answered comes first, because only a desk can answer.
    """
    raw = read_token(token)
    if raw is None:
        return Found(())
    found: list[Status] = []
    for receipt in receipt_keys(raw):
        # The code follows from the receipt key, so its index finds both.
        at = code_number(receipt), receipt
        found += _found(store, "f.code = ? AND e.receipt = ?", *at)
        found += _planted(store, "f.code = ? AND e.receipt = ?", *at)
    return at_most(sorted(found, key=lambda each: not each.replies))


def _in_public(status: Status) -> Status:
    public = tuple(reply for reply in status.replies if reply.public)
    return msgspec.structs.replace(
        status,
        replies=public,
        reason=None,
        for_holder=len(public) < len(status.replies) or status.reason is not None,
    )


def _of_the_original(store: Store, feedback: str) -> tuple[Reply, ...]:
    """What anybody may read of the replies to the original; nothing once it was withheld or
    erased. Neither its words nor who wrote them are asked for.
    """
    original = original_of(store, feedback)
    if original is None:
        return ()
    rows = store.rows("SELECT erased FROM feedback WHERE id = ?", (bytes.fromhex(original),))
    withheld = any(each.state is ReviewState.WITHHELD for each in decisions(store, original))
    if withheld or not rows or any(erased for (erased,) in rows):
        return ()
    return replies_to(store, original, public_only=True)


def _found(store: Store, condition: str, *values: int | bytes) -> tuple[Status, ...]:
    rows = store.rows(
        f"SELECT {READ} FROM feedback f JOIN event e ON e.device = f.device AND e.seq = f.seq"
        f" WHERE {condition} AND {NOT_SUPERSEDED}"
        " ORDER BY NOT EXISTS(SELECT 1 FROM reply WHERE reply.feedback = f.id),"
        f" f.device <> ?, f.rowid LIMIT {MOST_FOUND + 1}",
        (*values, store.device),
    )
    exchange = last_exchange(store)
    found = []
    for row in rows:
        pair = read(store.connection, row)
        if pair is None or pair[0].kind != FEEDBACK:
            continue
        event, contents = pair
        id, columns = event.id.hex(), feedback_columns(event, contents)
        if columns.code != values[0]:
            # The table leads to somebody else's.
            continue
        body = decode(contents.body, FeedbackBody)
        standing = decisions(store, id)
        decision = _shown(standing)
        found.append(
            Status(
                id=id,
                about=About(columns.about),
                project=columns.project,
                dong=columns.dong,
                kind=body.kind if body else None,
                text=body.text if body else "",
                site=body.site if body else None,
                at_us=event.at_us,
                clock_suspect=is_suspect(event.at_us),
                erased=body is None,
                state=decision.state if decision else ReviewState.RECEIVED,
                reason=decision.reason if decision else None,
                department=decision.department if decision else None,
                conflict=len(standing) > 1,
                replies=replies_to(store, id),
                original_replies=_of_the_original(store, id),
                last_exchange_us=exchange,
            )
        )
    return tuple(found)


def _planted(store: Store, condition: str, *values: int | bytes) -> tuple[Status, ...]:
    return tuple(
        Status(
            id=planting.id,
            about=About.TREES,
            project=None,
            dong=planting.dong,
            kind=None,
            text="",
            site=planting.site,
            at_us=planting.at_us,
            clock_suspect=is_suspect(planting.at_us),
            erased=planting.erased,
            state=ReviewState.RECEIVED,
            reason=None,
            department=None,
            conflict=False,
            replies=replies_to(store, planting.id),
            last_exchange_us=last_exchange(store),
            planting=planting,
        )
        for planting in find_plantings(store, condition, *values, limit=MOST_FOUND + 1)
        if planting.code == values[0]
    )


def _shown(standing: tuple[Decision, ...]) -> Decision | None:
    """While two offices disagree the resident is told that it is being looked at, no more."""
    if len(standing) <= 1:
        return standing[0] if standing else None
    return msgspec.structs.replace(
        standing[0], state=ReviewState.IN_REVIEW, reason=None, department=None
    )

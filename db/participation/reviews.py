"""Reviews 검토: what officers decided about a feedback, and where two of them disagree.

Nobody's decision overwrites another's. A review names the reviews its author had seen; those not
seen by any later one are the heads. One head is the state; several are a conflict that stays open
until a person settles it.

A duplicate names its original. Two desks that do not know of each other may make a chain of them,
which is followed, or a circle, which leads nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeVar

import msgspec

from db.problems import InputRefused
from db.records.event_kinds import REVIEW
from db.records.feedback import (
    LONGEST_DEPARTMENT,
    LONGEST_WRITTEN,
    ReplyBody,
    ReviewBody,
    ReviewState,
)
from db.store.events import Event
from db.store.journal import append, bodies
from db.store.projections import STANDING
from db.store.sound import READ
from db.store.store import Store
from db.text import name_if_any, text_if_any

if TYPE_CHECKING:
    import pysqlite3.dbapi2 as sqlite

_Told = TypeVar("_Told", ReviewBody, ReplyBody)
MOST_STEPS = 4
"""From a duplicate to its original at most."""
_NEEDS_REASON = {
    ReviewState.DECLINED: ("불채택에는 까닭을 적어야 합니다.", "declining needs a reason."),
    ReviewState.WITHHELD: ("비공개에는 까닭을 적어야 합니다.", "withholding needs a reason."),
}


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """One standing review. `ref` is device/seq."""

    ref: str
    state: ReviewState
    reason: str | None
    department: str | None
    duplicate_of: str | None
    at_us: int


def decisions(store: Store, feedback: str) -> tuple[Decision, ...]:
    """The standing reviews of one feedback: none before any, several in a conflict."""
    found = told_about(
        store,
        feedback,
        f"SELECT {READ} FROM review r JOIN event e ON e.device = r.device AND e.seq = r.seq"
        f" WHERE r.feedback = ?1 AND {STANDING} ORDER BY r.device, r.seq",
        (REVIEW, ReviewBody),
    )
    return tuple(
        Decision(
            ref=f"{event.device}/{event.seq}",
            state=body.state,
            reason=body.reason,
            department=body.department,
            duplicate_of=body.duplicate_of,
            at_us=event.at_us,
        )
        for event, body in found
    )


def told_about(
    store: Store, feedback: str, sql: str, what: tuple[str, type[_Told]]
) -> Iterator[tuple[Event, _Told]]:
    """The events in rows of `sql`, a kind and its record, that are about this feedback indeed:
    a table only says where to look.
    """
    rows = store.rows(sql, (bytes.fromhex(feedback),))
    return (pair for pair in bodies(store, rows, *what) if pair[1].feedback == feedback)


def set_review(
    store: Store,
    feedback: str,
    state: ReviewState,
    *,
    reason: str | None = None,
    department: str | None = None,
    duplicate_of: str | None = None,
) -> Decision:
    """Decides about one feedback, having seen all that stands here now; settles a conflict too.

    Raises InputRefused when a declined or withheld feedback has no reason, an assigned one no
    department, an answered one no reply, a duplicate no original that is one itself, or the
    feedback is not here.
    Reviews that travel here are taken as they are: another program's may know other rules.
    """
    with store.change() as connection:
        return decide(
            store,
            connection,
            feedback,
            state,
            reason=reason,
            department=department,
            duplicate_of=duplicate_of,
        )


def decide(
    store: Store,
    connection: sqlite.Connection,
    feedback: str,
    state: ReviewState,
    *,
    reason: str | None = None,
    department: str | None = None,
    duplicate_of: str | None = None,
    by: str | None = None,
) -> Decision:
    """The same inside the caller's transaction; `by` is the id of the officer."""
    feedback = require_feedback(store, feedback)
    reason = text_if_any(reason, "reason", LONGEST_WRITTEN)
    department = name_if_any(department, "department", LONGEST_DEPARTMENT)
    if state is ReviewState.ASSIGNED and department is None:
        raise InputRefused(
            "department",
            "담당부서 지정에는 부서의 이름을 적어야 합니다.",
            "assigning needs the name of the department.",
        )
    if state is ReviewState.ANSWERED and not _is_answered(store, feedback):
        raise InputRefused(
            "state",
            "아직 답변이 없습니다. 먼저 'cheonman reply'로 답변하세요.",
            "it has no reply yet; reply first, with 'cheonman reply'.",
        )
    if reason is None and state in _NEEDS_REASON:
        raise InputRefused("reason", *_NEEDS_REASON[state])
    if (state is ReviewState.DUPLICATE) != (duplicate_of is not None):
        raise InputRefused(
            "duplicate-of",
            "중복에는, 그리고 중복에만, 먼저 들어온 다른 의견을 적어야 합니다.",
            "a duplicate, and only a duplicate, names the other feedback it repeats.",
        )
    original = None if duplicate_of is None else _require_original(store, feedback, duplicate_of)
    seen = tuple(decision.ref for decision in decisions(store, feedback))
    body = ReviewBody(
        feedback=feedback,
        state=state,
        saw=seen,
        reason=reason,
        department=department,
        duplicate_of=original,
        duplicate_at=None if original is None else _place(store, original),
        by=by,
    )
    append(store, connection, REVIEW, f"feedback/{feedback}", body)
    return decisions(store, feedback)[0]


def _is_answered(store: Store, feedback: str) -> bool:
    return (
        store.row("SELECT 1 FROM reply WHERE feedback = ?", (bytes.fromhex(feedback),)) is not None
    )


def original_of(store: Store, feedback: str) -> str | None:
    """The id of the feedback that this one repeats in the end, None where it repeats none, is in
    a conflict, or the way leads in a circle.
    """
    passed = [feedback]
    while len(passed) <= MOST_STEPS + 1:
        named = _repeated(decisions(store, passed[-1]))
        if named is None:
            return passed[-1] if len(passed) > 1 else None
        if named in passed:
            return None
        passed.append(named)
    return None


def _repeated(standing: tuple[Decision, ...]) -> str | None:
    if len(standing) == 1 and standing[0].state is ReviewState.DUPLICATE:
        return standing[0].duplicate_of
    return None


def _require_original(store: Store, feedback: str, named: str) -> str:
    """The id of the original. Raises InputRefused where it cannot be one: a duplicate of another
    would make a chain, and one of this feedback a circle.
    """
    original = require_feedback(store, named, "duplicate-of")
    if original == feedback:
        raise InputRefused(
            "duplicate-of",
            "의견이 자기 자신의 중복일 수는 없습니다. 먼저 들어온 다른 의견을 적으세요.",
            "a feedback cannot repeat itself; name the other one that came first.",
        )
    for decision in decisions(store, original):
        if decision.state is not ReviewState.DUPLICATE or decision.duplicate_of is None:
            continue
        further = original_of(store, original) or decision.duplicate_of
        if further == feedback:
            raise InputRefused(
                "duplicate-of",
                "그 의견이 이 의견의 중복으로 되어 있습니다. 먼저 그 결정을 바꾸세요.",
                "that feedback stands as a duplicate of this one; decide about it first.",
            )
        raise InputRefused(
            "duplicate-of",
            f"{original}도 중복입니다. 그 원래 의견 {further}을(를) 적으세요.",
            f"{original} is a duplicate itself; name its original, {further}.",
        )
    return original


def _place(store: Store, feedback: str) -> str:
    ((device, seq),) = store.rows(
        "SELECT device, seq FROM feedback WHERE id = ? ORDER BY rowid LIMIT 1",
        (bytes.fromhex(feedback),),
    )
    return f"{device}/{seq}"


def require_feedback(store: Store, feedback: str, field: str = "feedback") -> str:
    """The id as it is written everywhere. Raises InputRefused, naming the field, unless a feedback
    with this id (32 hexadecimal digits) is here.
    """
    try:
        id = bytes.fromhex(feedback)
    except ValueError:
        id = b""
    if len(id) != 16 or store.row("SELECT 1 FROM feedback WHERE id = ?", (id,)) is None:
        raise InputRefused(
            field,
            f"'{feedback[:64]}'(이)라는 의견이 없습니다. 'cheonman feedback list'로 확인하세요.",
            f"there is no feedback '{feedback[:64]}'; see 'cheonman feedback list'.",
        )
    return id.hex()

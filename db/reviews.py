"""Reviews 검토: what officers decided about a feedback, and where two of them disagree.

Nobody's decision overwrites another's. A review names the reviews its author had seen; those not
seen by any later one are the heads. One head is the state; several are a conflict that stays open
until a person settles it.
"""

from __future__ import annotations

import msgspec

from db.journal import append
from db.problems import InputRefused
from db.projections import REVIEW
from db.records.feedback import (
    LONGEST_DEPARTMENT,
    LONGEST_WRITTEN,
    ReviewBody,
    ReviewState,
)
from db.store import Store
from db.writing import official_text


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
    rows = store.rows(
        "SELECT r.device, r.seq, r.state, r.reason, r.department, r.duplicate_of, r.at_us"
        " FROM review r WHERE r.feedback = ?1 AND NOT EXISTS(SELECT 1 FROM review_saw s"
        " JOIN review later ON later.device = s.device AND later.seq = s.seq"
        " AND later.feedback = ?1"
        " WHERE s.saw_device = r.device AND s.saw_seq = r.seq) ORDER BY r.device, r.seq",
        (bytes.fromhex(feedback),),
    )
    return tuple(
        Decision(
            ref=f"{device}/{seq}",
            state=ReviewState(state),
            reason=reason,
            department=department,
            duplicate_of=duplicate_of.hex() if duplicate_of else None,
            at_us=at_us,
        )
        for device, seq, state, reason, department, duplicate_of, at_us in rows
    )


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

    Raises InputRefused when a declined feedback has no reason, a duplicate no original, or the
    feedback is not here.
    """
    reason = official_text(reason, "reason", LONGEST_WRITTEN)
    department = official_text(department, "department", LONGEST_DEPARTMENT)
    if state is ReviewState.DECLINED and reason is None:
        raise InputRefused(
            "reason", "불채택에는 까닭을 적어야 합니다.", "declining needs a reason."
        )
    if (state is ReviewState.DUPLICATE) != (duplicate_of is not None) or duplicate_of == feedback:
        raise InputRefused(
            "duplicate-of",
            "중복에는, 그리고 중복에만, 먼저 들어온 다른 의견을 적어야 합니다.",
            "a duplicate, and only a duplicate, names the other feedback it repeats.",
        )
    require_feedback(store, feedback)
    if duplicate_of is not None:
        require_feedback(store, duplicate_of, "duplicate-of")
        _refuse_circle(store, feedback, duplicate_of)
    seen = tuple(decision.ref for decision in decisions(store, feedback))
    body = ReviewBody(
        feedback=feedback,
        state=state,
        saw=seen,
        reason=reason,
        department=department,
        duplicate_of=duplicate_of,
    )
    with store.change() as connection:
        append(store, connection, REVIEW, f"feedback/{feedback}", body)
    return decisions(store, feedback)[0]


def _refuse_circle(store: Store, feedback: str, original: str) -> None:
    """Raises InputRefused where the original is itself said to repeat this feedback."""
    met, ahead = {original}, [original]
    while ahead:
        for decision in decisions(store, ahead.pop()):
            further = decision.duplicate_of
            if further == feedback:
                raise InputRefused(
                    "duplicate-of",
                    "그 의견이 이 의견의 중복으로 되어 있습니다. 먼저 그 결정을 바꾸세요.",
                    "that feedback stands as a duplicate of this one; decide about it first.",
                )
            if further is not None and further not in met:
                met.add(further)
                ahead.append(further)


def require_feedback(store: Store, feedback: str, field: str = "feedback") -> None:
    """Raises InputRefused unless a feedback with this id (32 hexadecimal digits) is here."""
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

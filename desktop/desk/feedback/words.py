"""How acts and entries of a thread are said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.records.feedback import ReviewState
from db.records.officers import ActKind
from desktop.i18n import tr
from desktop.words.feedback import office_state_word

if TYPE_CHECKING:  # the store behind it is heavy
    from db.inbox.acts import ActDone

#: The states an officer may choose outright; the others follow from a reply, an assignment, or the
#: original that a duplicate names.
CHOOSABLE = (
    ReviewState.IN_REVIEW,
    ReviewState.ADOPTED,
    ReviewState.DECLINED,
    ReviewState.WITHHELD,
    ReviewState.RECEIVED,
)
#: These need a reason that the resident reads.
WITH_REASON = frozenset((ReviewState.DECLINED, ReviewState.WITHHELD))


def done_words(done: ActDone) -> str:
    """What an act did, for the strip that can take it back."""
    match done.act:
        case ActKind.REPLIED:
            return tr("답변 {n}건을 저장했습니다", n=done.of)
        case ActKind.NOTED:
            return tr("메모를 남겼습니다")
        case ActKind.UNDONE:
            return tr("되돌렸습니다")
        case ActKind.GROUPED:
            return tr("{n}건을 묶었습니다", n=done.of)
        case ActKind.UNGROUPED:
            return tr("묶음을 풀었습니다")
        case ActKind.KEPT_APART:
            return tr("따로 두었습니다. 이 조합은 다시 제안하지 않습니다")
        case _:
            pass
    state = office_state_word(ReviewState(done.words)) if done.words else ""
    return tr("{n}건을 '{state}' 상태로 바꾸었습니다", n=done.of, state=state)

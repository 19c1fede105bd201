"""What a kind of feedback and where it stands are called to residents, in both languages: on the
kiosk, on the hub's page and in tables for offices.
"""

from __future__ import annotations

from db.bilingual import Bilingual
from db.records.feedback import Kind, ReviewState

KIND_NAMES = {
    Kind.PRAISE: Bilingual("칭찬", "Praise"),
    Kind.SUGGESTION: Bilingual("건의", "Suggestion"),
    Kind.PROBLEM: Bilingual("불편", "Problem"),
    Kind.QUESTION: Bilingual("질문", "Question"),
}
STATE_NAMES = {
    ReviewState.RECEIVED: Bilingual("접수했습니다", "Received"),
    ReviewState.IN_REVIEW: Bilingual("검토하고 있습니다", "Under review"),
    ReviewState.ASSIGNED: Bilingual("담당 부서가 보고 있습니다", "With the department in charge"),
    ReviewState.ANSWERED: Bilingual("답변했습니다", "Answered"),
    ReviewState.ADOPTED: Bilingual("받아들이기로 했습니다", "Adopted"),
    ReviewState.DECLINED: Bilingual("받아들이지 않기로 했습니다", "Not adopted"),
    ReviewState.DUPLICATE: Bilingual(
        "같은 의견과 함께 다룹니다", "Handled together with the same feedback"
    ),
    ReviewState.WITHHELD: Bilingual("공개하지 않기로 했습니다", "Not made public"),
}

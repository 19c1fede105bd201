"""The words of the feedback steps that more than one screen uses."""

from __future__ import annotations

from db.records.feedback import Kind, ReviewState
from db.records.names import KIND_NAMES, STATE_NAMES
from desktop.i18n import language, tr

RATINGS = (3, 2, 1)
RATING_ICONS = {3: "smile", 2: "meh", 1: "frown"}


def step_words() -> tuple[str, ...]:
    """One word for each step, for the row of steps."""
    return tr("대상"), tr("종류"), tr("느낌"), tr("글"), tr("연락처"), tr("확인")


def kind_word(kind: str) -> str:
    return KIND_NAMES[Kind(kind)].in_(language())


def state_word(state: ReviewState) -> str:
    return STATE_NAMES[state].in_(language())


def kind_line(kind: str) -> str:
    """What the kind means, in the resident's own voice."""
    return {
        Kind.PRAISE: tr("잘하고 있어요"),
        Kind.SUGGESTION: tr("이렇게 해 주세요"),
        Kind.PROBLEM: tr("고쳐 주세요"),
        Kind.QUESTION: tr("알고 싶어요"),
    }[Kind(kind)]


def rating_word(rating: int) -> str:
    return {3: tr("만족해요"), 2: tr("보통이에요"), 1: tr("아쉬워요")}[rating]


def verbatim(text: str) -> str:
    """A resident's own words for a `Text`: two asterisks are two asterisks, not bold."""
    return text.replace("**", "*\u2060*")


def office_state_word(state: ReviewState) -> str:
    """What officers call it; what a resident reads at a kiosk is a sentence of its own."""
    match state:
        case ReviewState.RECEIVED:
            return tr("접수")
        case ReviewState.IN_REVIEW:
            return tr("검토 중")
        case ReviewState.ASSIGNED:
            return tr("담당부서 지정")
        case ReviewState.ANSWERED:
            return tr("답변 완료")
        case ReviewState.ADOPTED:
            return tr("채택")
        case ReviewState.DECLINED:
            return tr("불채택")
        case ReviewState.DUPLICATE:
            return tr("중복")
        case ReviewState.WITHHELD:
            return tr("비공개")

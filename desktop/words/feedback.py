"""The words of the feedback steps that more than one screen uses."""

from __future__ import annotations

from desktop.i18n import tr

RATINGS = (3, 2, 1)
RATING_ICONS = {3: "smile", 2: "meh", 1: "frown"}


def step_words() -> tuple[str, ...]:
    """One word for each step, for the row of steps."""
    return tr("대상"), tr("종류"), tr("느낌"), tr("글"), tr("연락처"), tr("확인")


def kind_word(kind: str) -> str:
    return {
        "praise": tr("칭찬"),
        "suggestion": tr("건의"),
        "problem": tr("불편"),
        "question": tr("질문"),
    }[kind]


def kind_line(kind: str) -> str:
    """What the kind means, in the resident's own voice."""
    return {
        "praise": tr("잘하고 있어요"),
        "suggestion": tr("이렇게 해 주세요"),
        "problem": tr("고쳐 주세요"),
        "question": tr("알고 싶어요"),
    }[kind]


def rating_word(rating: int) -> str:
    return {3: tr("만족해요"), 2: tr("보통이에요"), 1: tr("아쉬워요")}[rating]


def verbatim(text: str) -> str:
    """A resident's own words for a `Text`: two asterisks are two asterisks, not bold."""
    return text.replace("**", "*\u2060*")

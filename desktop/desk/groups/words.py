"""How groups are said: their size, their span, and why they may be one matter or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.i18n import tr
from desktop.words.feedback import kind_word

if TYPE_CHECKING:  # the store behind them is heavy
    from db.groups.board import GroupCard
    from db.records.feedback import FeedbackRow

_DAY_US = 86_400_000_000
_HOUR_US, _MINUTE_US = 3_600_000_000, 60_000_000


def card_name(card: GroupCard) -> str:
    """What officers call it, or how its lead begins: never a made-up title."""
    return card.name or first_line(card.lead)


def first_line(row: FeedbackRow) -> str:
    return " ".join(row.text.split()) or tr("글 없이 보낸 의견")


def card_about(card: GroupCard, project: str) -> str:
    """Kind, place and how long it went on."""
    parts = [
        kind_word(card.lead.kind.value) if card.lead.kind else "",
        project or card.lead.dong or tr("시 전역"),
        span_words(card.last_us - card.first_us),
    ]
    return " · ".join(part for part in parts if part)


def span_words(span_us: int) -> str:
    """From the first to the last: minutes, hours or days."""
    if span_us < _HOUR_US:
        return tr("{n}분", n=max(1, round(span_us / _MINUTE_US)))
    if span_us < _DAY_US:
        return tr("{n}시간", n=round(span_us / _HOUR_US))
    return tr("{n}일", n=f"{max(1, round(span_us / _DAY_US)):,}")


def like_words(score: float) -> str:
    return f"{score:.2f}"


def against_words(reason: str) -> str:
    """Why two opinions may be two matters; empty for what is no such reason."""
    match reason:
        case "other-place":
            return tr("다른 곳 이야기")
        case "other-side":
            return tr("같은 곳의 다른 쪽이나 다른 때 이야기")
        case "far":
            return tr("300 m 넘게 떨어짐")
        case "long-ago":
            return tr("다섯 달 넘게 떨어진 때")
        case "opposite":
            return tr("바라는 것이 반대임")
        case "swapped":
            return tr("대상을 서로 바꾸어 말함")
        case "praise":
            return tr("한쪽은 칭찬, 한쪽은 불편")
        case "follows":
            return tr("앞선 의견에 이어서 보낸 글")
        case "number":
            return tr("숫자가 서로 다름")
        case "other-matter":
            return tr("다른 일을 말함")
        case _:
            return ""

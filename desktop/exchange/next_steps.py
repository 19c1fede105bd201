"""Where on the operator's screen one goes on after a refusal.

What is wrong, and who has to act, stands in the refusal's own sentence, which knows no screen.
"""

from __future__ import annotations

from collections.abc import Iterable

from db.exchange.hub_trouble import HubTrouble
from db.problems import Problem
from db.refusals import Reason, Refused
from desktop.i18n import tr


def steps_after(problem: Problem) -> list[str]:
    """One sentence, or none where this screen can do nothing about it."""
    refused = problem.why if isinstance(problem, HubTrouble) else problem
    return next_steps([refused.reason]) if isinstance(refused, Refused) else []


def next_steps(causes: Iterable[str]) -> list[str]:
    """Each step once, in the order of the causes, which are reasons as the log has them."""
    steps = (_step(cause) for cause in causes)
    return list(dict.fromkeys(step for step in steps if step))


def _step(cause: str) -> str:
    if cause == Reason.NOT_ENROLLED:
        return tr("'등록'의 '신청서 쓰기'에서 신청합니다.")
    if cause in (Reason.UNKNOWN_DEVICE, Reason.EXPIRED, Reason.DAMAGED_PAPERS):
        return tr("새 인증서나 목록은 '등록'의 '서류 받기'에서 받습니다.")
    if cause in (Reason.FORK, Reason.REVOKED, Reason.ROLE):
        return tr("'교환 상태'의 '따로 둔 기록'에서 열어 볼 수 있습니다.")
    return ""

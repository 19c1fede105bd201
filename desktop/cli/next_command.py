"""What to type next. The sentences of `db` say what is to be done in words that hold on a screen as
well, where nobody can type; here the command stands behind them.
"""

from __future__ import annotations

from db.exchange.hub_trouble import HubTrouble, Trouble
from db.problems import Problem
from db.refusals import Reason, Refused

_AFTER = {
    Reason.NOT_ENROLLED: "cheonman enroll request",
    Reason.UNKNOWN_DEVICE: "cheonman authority sign",
    Reason.FORK: "cheonman authority revoke",
    Reason.DAMAGED_PAPERS: "cheonman enroll accept",
}


def with_command(sentence: str, reason: Reason) -> str:
    """Why something was refused, and the command that mends it, if there is one."""
    return f"{sentence}: '{_AFTER[reason]}'" if reason in _AFTER else sentence


def sentence_of(problem: Problem) -> str:
    """The problem's own sentence, and the command that mends it, if there is one."""
    refused = problem.why if isinstance(problem, HubTrouble) else problem
    if isinstance(refused, Refused):
        return with_command(problem.en, refused.reason)
    if isinstance(problem, HubTrouble) and problem.trouble is Trouble.UNTRUSTED:
        return f"{problem.en}: 'SSL_CERT_FILE=ROOT cheonman sync --hub URL'"
    return problem.en

"""What is said of a refusal holds wherever it is shown: a kiosk has no prompt."""

from __future__ import annotations

import pytest

from db.exchange.carriers.hub_address import address_fault
from db.exchange.hub_trouble import HubTrouble, Trouble
from db.problems import Problem
from db.refusals import Reason, Refused

PROBLEMS: list[Problem] = [
    *(Refused(reason, "막대기/꾸러미.age") for reason in Reason),
    *(
        HubTrouble(trouble, "https://hub.example.kr")
        for trouble in Trouble
        if trouble is not Trouble.ADDRESS
    ),
    *(
        HubTrouble(Trouble.ADDRESS, url, said=address_fault(url))
        for url in ("", "ftp://hub.example.kr", "https://hub.example.kr?a", "https://a b")
    ),
]


@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda problem: problem.en)
def test_no_refusal_asks_for_what_only_a_prompt_can_do(problem: Problem) -> None:
    for words in (problem.ko, problem.en):
        assert not any(typed in words for typed in ("cheonman", "--", "SSL_CERT_FILE"))

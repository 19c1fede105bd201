"""The notice says how long a contact is kept: the period in force, and no figure without one."""

from __future__ import annotations

import re

import pytest
from pytestqt.qtbot import QtBot

from desktop import i18n
from desktop.kiosk.feedback.state import FULL_CONSENT, FeedbackState
from desktop.kiosk.feedback.steps.contact import _how_long


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize(("days", "after"), [(0, 0), (365, 0), (0, 14), (365, 14)])
def test_the_notice_names_each_period_that_is_set(
    qtbot: QtBot, language: str, days: int, after: int
) -> None:
    i18n.use_language(language)
    words = _how_long(FeedbackState(keep_days=days, keep_days_after_reply=after))
    assert sorted(map(int, re.findall(r"\d+", words))) == sorted(n for n in (days, after) if n)
    assert bool(re.search("[가-힣]", words)) is (language == "ko")


@pytest.mark.parametrize(("language", "promise", "who"), [
    ("ko", "바로 지웁니다", "담당자"), ("en", "deleted at once", "officer"),
])  # fmt: skip
def test_without_a_period_the_notice_says_who_deletes_and_promises_nothing_that_happens_by_itself(
    qtbot: QtBot, language: str, promise: str, who: str
) -> None:
    i18n.use_language(language)
    none_set = _how_long(FeedbackState())
    assert promise not in none_set and who in none_set
    for days, after in ((365, 0), (0, 14), (365, 14)):
        set_ = _how_long(FeedbackState(keep_days=days, keep_days_after_reply=after))
        assert who not in set_
    i18n.use_language("ko")


def test_other_periods_are_another_version_of_the_consent() -> None:
    versions = {
        FeedbackState(keep_days=days, keep_days_after_reply=after).consent.version
        for days in (0, 30, 3650)
        for after in (0, 30, 3650)
    }
    assert len(versions) == 9 and FULL_CONSENT.version in versions
    assert all(len(version) <= 40 for version in versions)

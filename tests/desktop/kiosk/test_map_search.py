"""The search field over the map's list: what it says of itself, in the language of the visit."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from desktop import i18n
from desktop.kiosk.map.search_row import SearchRow
from tests.desktop.kiosk.feedback_stage import look

OTHER = {"ko": re.compile("[A-Za-z]"), "en": re.compile("[가-힣ㄱ-ㅎ]")}


@pytest.fixture(autouse=True)
def korean_afterwards() -> Iterator[None]:
    yield
    i18n.use_language(i18n.KOREAN)


@pytest.mark.parametrize("panel", [(1920, 1080), (1080, 1920)])
@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("language", ["ko", "en"])
def test_no_word_of_the_other_language_stands_on_it(
    qtbot: QtBot, language: str, large: bool, panel: tuple[int, int]
) -> None:
    row = SearchRow(look(*panel, language=language, large=large))
    qtbot.addWidget(row)
    row.set_query("덕진" if language == "ko" else "park")
    said = [row.field.accessibleName(), row.field._hint]
    for button in row.findChildren(QAbstractButton):
        said += [button.text(), button.accessibleName(), button.accessibleDescription()]
    assert any(said) and not any(OTHER[language].search(words) for words in said)

"""Everything that is said can be read meanwhile."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt

from desktop.access.caption import MOST_LINES, Caption
from desktop.theme.look import Look
from tests.desktop.access.conftest import Window

OVER = QRect(0, 0, 1000, 500)


@pytest.fixture
def caption(window: Window, look: Look) -> Caption:
    window.present()
    return Caption(look, window)


def test_what_is_said_stands_over_the_foot_and_takes_no_touch(caption: Caption) -> None:
    caption.say("보내기, 버튼", OVER, 1)
    assert caption.isVisible()
    assert OVER.contains(caption.geometry())
    assert caption.geometry().top() > OVER.center().y()
    assert caption.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    caption.hush()
    assert not caption.isVisible()


@pytest.mark.parametrize("sentence", ["나무를 더 심어 주세요. ", "나무와 꽃과 풀과 "])
def test_a_long_text_is_shown_whole_two_lines_at_a_time(caption: Caption, sentence: str) -> None:
    words = (sentence * 40).strip()
    caption.say(words, OVER, 1)
    shown = caption._pages(words)
    assert " ".join(shown) == words
    assert len(shown) > 2
    assert all(len(caption._laid(page).lines) <= MOST_LINES for page in shown)
    for _ in shown:
        assert caption.isVisible()
        caption._turn()
    assert not caption.isVisible()

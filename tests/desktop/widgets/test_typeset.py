"""Korean lines break between words, and no letter is ever lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from desktop.app import add_fonts
from desktop.theme.look import Look
from desktop.theme.metrics import Metrics
from desktop.theme.palette import LIGHT
from desktop.theme.type import Role
from desktop.widgets import typeset
from desktop.widgets.text import Text

WORDS = st.lists(st.text("가나다라마바사아자차 카타파하abc12·", min_size=1, max_size=9), min_size=1)


@pytest.fixture
def look(qtbot: QtBot) -> Look:
    add_fonts()
    return Look(Metrics.for_panel(1920, 1080, 24), LIGHT)


def lines(layout: typeset.Paragraphs) -> list[str]:
    return ["".join(run.text for run in line.runs) for line in layout.lines]


def test_hangul_breaks_between_words_and_never_inside_one(look: Look) -> None:
    text = "천만정원에서 여러분의 의견을 기다립니다"
    layout = typeset.lay_out(look, text, Role.BODY, False, 300)
    words = {word for line in layout.lines for word in (run.text for run in line.runs)}
    assert words == set(text.split())
    assert len(layout.lines) > 1


def test_a_word_wider_than_the_line_breaks_and_stays_whole_in_letters(look: Look) -> None:
    layout = typeset.lay_out(look, "가" * 60, Role.BODY, False, 200)
    assert "".join(lines(layout)) == "가" * 60
    assert all(line.width <= 201 for line in layout.lines)


@given(words=WORDS, width=st.integers(60, 900))
def test_no_letter_is_lost_at_any_width(words: list[str], width: int) -> None:
    metrics = Metrics.for_panel(1920, 1080, 24)
    text = " ".join(words)
    layout = typeset.lay_out(Look(metrics, LIGHT), text, Role.BODY, False, width)
    assert "".join(lines(layout)) == text.replace(" ", "")


def test_bold_runs_are_heavier_and_their_marks_are_not_read_out(look: Look) -> None:
    text = Text(look, "그루 심기 **공식 계획** · 2026-06까지")
    assert text.text() == "그루 심기 공식 계획 · 2026-06까지"
    assert text.accessibleName() == text.text()
    layout = typeset.lay_out(look, "가 **나** 다", Role.BODY, False, 1e9)
    assert [run.bold for run in layout.lines[0].runs] == [False, True, False]


def test_a_text_with_too_little_room_says_so(look: Look) -> None:
    text = Text(look, "도움이 필요하면 직원에게 말씀하세요")
    text.resize(300, 40)
    assert text.overflows()
    text.resize(300, text.heightForWidth(300))
    assert not text.overflows()

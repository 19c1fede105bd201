"""Korean lines break between words, and no letter is ever lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from db.letters import letters
from desktop.theme.fonts import add_fonts
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


@pytest.mark.parametrize(
    "letter",
    [
        "👨\u200d👩\u200d👧",
        "🇰🇷",
        "\u1112\u119e\u11ab",
        "กำ",
        "ก็",
        "e\u0301",
        "👍🏽",
        "가\ufe0f",
        "क्ष",
    ],
)
def test_no_line_breaks_inside_a_letter(look: Look, letter: str) -> None:
    assert letters(letter) == [letter]
    for width in range(30, 400, 23):
        layout = typeset.lay_out(look, letter * 7, Role.BODY, False, width)
        for line in layout.lines:
            text = "".join(run.text for run in line.runs)
            assert text == letter * (len(text) // len(letter))
        assert "".join(run.text for line in layout.lines for run in line.runs) == letter * 7


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("전주혁신창업허브(첨단벤처단지)", ["전주혁신창업허브", "(첨단벤처단지)"]),
        ("금암도서관·송천도서관", ["금암도서관·", "송천도서관"]),
        ("어린이도서관/전주시립", ["어린이도서관/", "전주시립"]),
    ],
)
def test_a_word_too_wide_is_parted_where_it_has_a_seam(
    look: Look, word: str, parts: list[str]
) -> None:
    widest = max(typeset.natural_width(look, part, Role.BODY) for part in parts)
    layout = typeset.lay_out(look, f"새 {word} 길", Role.BODY, False, widest + 2)
    lines = ["".join(run.text for run in line.runs) for line in layout.lines]
    assert parts[0] in lines


def test_a_word_of_two_weights_stays_inside_the_line(look: Look) -> None:
    layout = typeset.lay_out(look, "은행나무**느티나무**", Role.BODY, False, 200)
    assert max(line.width for line in layout.lines) <= 200.5


def test_nothing_that_was_measured_is_remembered_after_a_visit(look: Look) -> None:
    typeset.lay_out(look, "은행나무 길", Role.BODY, False, 500)
    typeset.forget_words()
    memories = [(m.width, m.laid_out, m.widest) for m in typeset._measures.values()]
    assert {memory.cache_info().currsize for each in memories for memory in each} == {0}


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

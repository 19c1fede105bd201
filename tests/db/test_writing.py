"""Texts are counted as a reader counts, kept to the letter, and bounded."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.letters import count_letters, first_letters
from db.problems import InputRefused
from db.text import LONGEST, clean_text

TEXTS = st.text(
    st.one_of(
        st.sampled_from("가각힣ㄱㅏㄳ나무 \n.?!aZé漢🌳"),
        st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3),
        st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cf")),
    ),
    max_size=60,
)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("나무", 2),
        (unicodedata.normalize("NFD", "각난닭힣"), 4),
        ("ㅋㅋㅋ", 3),
        ("ᄒᆞᆫ글", 2),
        ("🌳", 1),
        ("👨‍👩‍👧‍👦", 1),
        ("👍🏽", 1),
        ("🇰🇷", 1),
        ("🇰🇷🇯🇵", 2),
        ("🇰🇷🇯", 2),
        ("é", 1),
        ("e\u0301", 1),
        ("☂️", 1),
        ("1️⃣", 1),
        ("가\n나", 3),
        ("한 글", 3),
    ],
)
def test_a_character_is_what_a_reader_sees_as_one(text: str, count: int) -> None:
    assert count_letters(text) == count


@pytest.mark.parametrize("letter", ["가", "각", "ᄒᆞᆫ", "👨‍👩‍👧‍👦", "🇰🇷", "กำ", "ກຳ", "ｶﾞ", "é", "1️⃣"])
def test_a_beginning_holds_whole_letters(letter: str) -> None:
    assert first_letters(letter * 61, 60) == unicodedata.normalize("NFC", letter) * 60
    assert first_letters(letter * 3, 60) == unicodedata.normalize("NFC", letter) * 3
    assert count_letters(letter * 60) == 60
    assert len(first_letters("가" + "\u0301" * 1_000_000, 60)) < 10_000


@given(TEXTS)
def test_composed_and_taken_apart_count_alike(text: str) -> None:
    assert count_letters(unicodedata.normalize("NFD", text)) == count_letters(
        unicodedata.normalize("NFC", text)
    )


@given(TEXTS, TEXTS)
def test_joining_texts_never_makes_them_longer(first: str, second: str) -> None:
    joined = count_letters(first + second)
    assert max(count_letters(first), count_letters(second)) - 1 <= joined
    assert joined <= count_letters(first) + count_letters(second)


@given(st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), max_size=400))
def test_three_hundred_syllables_fit_and_one_more_does_not(text: str) -> None:
    if len(text) <= LONGEST:
        assert clean_text(text) == text
    else:
        with pytest.raises(InputRefused, match=r"300"):
            clean_text(text)


@given(TEXTS)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean_text(text)
    assert clean_text(once) == once
    assert unicodedata.is_normalized("NFC", once)


@pytest.mark.parametrize(
    "text", ["종\x07", "\x1b[31m", "\u202e뒤집기", "a\u2066b", "\x00", "\x9f", "\ud800"]
)
def test_control_characters_are_refused_by_their_number(text: str) -> None:
    with pytest.raises(InputRefused, match=r"U\+[0-9A-F]{4}") as refused:
        clean_text(text)
    assert refused.value.field == "text"
    assert "U+" in refused.value.sentence("ko")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("  나무\r\n숲\r\t길 ", "나무\n숲\n 길"),
        ("\ufeff머리말", "머리말"),
        ("나\u200b무", "나무"),
        ("\u2060 \u3164\u200d", ""),
        ("👩‍🌾", "👩‍🌾"),
        ("각", "각"),
    ],
)
def test_line_ends_edges_and_unseen_marks_are_tidied(text: str, kept: str) -> None:
    assert clean_text(text) == kept


@pytest.mark.parametrize("text", ["가" * 10_000_000, "e" + "\u0301" * 15_000, "👨‍👩‍👧‍👦" * 299])
def test_a_paste_without_end_is_refused_at_once(text: str) -> None:
    with pytest.raises(InputRefused, match=r"300"):
        clean_text(text)

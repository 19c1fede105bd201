"""One rule for what a person counts as a letter: field, counter, limit and store."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QTextBoundaryFinder

from db.letters import _PLAIN, count_letters, first_letters, letters
from db.problems import InputRefused
from db.text import LONGEST, clean_text
from db.unseen import is_empty
from desktop.widgets.limit import Limit, readable

OLD = "ᄒᆞᆫᄀᆞᄅᆞᅀᆡᅙᅢᇹᄫᅳᆯꥠힰퟋ"
FAMILY, FLAG = "👨\u200d👩\u200d👧\u200d👦", "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e007f"
PIECES = (
    *OLD, "가", "각", "힣", "ㄱ", "ㅏ", "ㆍ", "나무", " ", "\n", "a", "é", "e\u0301", "…", "·",
    *(unicodedata.normalize("NFD", each) for each in ("각", "닭", "뷁", "ñ", "ế")),
    "🇰", "🇷", "🇯", "🇵", FLAG, "👨", "👩", "👧", "\u200d", FAMILY, "👍", "🏽", "❤", "\ufe0f", "漢",
    "1\ufe0f\u20e3", "ｶ", "ﾞ", "ه\u0651", "\u0301", "\u200b", "\u034f", "ﷺ", "🌳",
)  # fmt: skip
# Qt has rules of its own for Thai and Tamil, which break in the middle of signs beyond 16 bits.
THAI = ("நி", "ก", "ที่", "กำ", "น้ำ", "ກຳ", "\u0e33")
# Qt parts the two letters of a flag that stands right behind a picture: there a blank goes between.
_FLAG_BEHIND_PICTURE = re.compile("(?<=[👨👩👧👦👍❤🌳🏴])(?=[\U0001f1e6-\U0001f1ff])")
BY_QT = (
    st.lists(st.sampled_from(PIECES), max_size=40)
    .map("".join)
    .map(lambda text: _FLAG_BEHIND_PICTURE.sub(" ", text))
)
TEXTS = st.lists(st.sampled_from((*PIECES, *THAI)), max_size=40).map("".join)


def by_qt(text: str) -> list[str]:
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Grapheme, text)
    raw, start = text.encode("utf-16-le"), 0
    found: list[str] = []
    while (end := finder.toNextBoundary()) > 0:
        letter = raw[start * 2 : end * 2].decode("utf-16-le")
        start = end
        # A vowel that is being written with 천지인 is nobody's rule but ours.
        if found and letter[0] == "ㆍ" and re.fullmatch("[ㄱ-ㅎ]ㆍ?|ㆍ", found[-1]):
            found[-1] += letter
        else:
            found.append(letter)
    return found


@given(BY_QT)
def test_letters_are_those_between_which_a_caret_stands(text: str) -> None:
    assert "".join(letters(text)) == text
    assert letters(text) == by_qt(text)


@given(TEXTS)
def test_composed_or_taken_apart_a_text_has_as_many_letters(text: str) -> None:
    number = count_letters(text)
    assert number == count_letters(unicodedata.normalize("NFD", text))
    assert number == len(letters(unicodedata.normalize("NFC", text)))


@given(st.from_regex(_PLAIN, fullmatch=True))
def test_the_short_way_for_plain_words_counts_the_same(text: str) -> None:
    assert list(text) == letters(text) == by_qt(text)
    assert unicodedata.is_normalized("NFC", text)


@settings(max_examples=25)
@given(st.lists(st.sampled_from((*PIECES, *THAI)), min_size=280, max_size=420).map("".join))
def test_what_fits_the_field_fits_the_store_and_one_letter_more_fits_neither(text: str) -> None:
    typed = readable(text, lines=True)
    limit = Limit(LONGEST)
    held = limit.room_for("", typed, "", lines=True)
    assert limit.allows(held) and count_letters(clean_text(held)) <= count_letters(held) <= LONGEST
    assert first_letters(typed, LONGEST).startswith(held)
    if held != typed:
        more = held + letters(typed[len(held) :])[0]
        assert not limit.allows(more)
        # Blank edges and what nobody sees are not stored: without them both say the same.
        if clean_text(held) == held and is_kept(more):
            with pytest.raises(InputRefused):
                clean_text(more)


def is_kept(text: str) -> bool:
    """True where nothing is taken out or away before the store counts."""
    return text == text.strip() and "\u200b" not in text


def test_letters_of_every_kind_are_cut_alike_at_the_limit() -> None:
    for letter in (
        "ᄒᆞᆫ",
        "👨\u200d👩\u200d👧\u200d👦",
        "🇰🇷",
        "กำ",
        "각",
        unicodedata.normalize("NFD", "각"),
    ):
        text = readable(letter * 400, lines=False)
        room = Limit(30).room_for("", text, "", lines=False)
        assert room == unicodedata.normalize("NFC", letter) * 30 == first_letters(text, 30)


@pytest.mark.parametrize("kind", ["Zs", "Cf", "Mn", "Me", "Zl"])
def test_words_of_nothing_but_what_nobody_sees_are_empty(kind: str) -> None:
    for code in range(0x20, 0x30000):
        if unicodedata.category(chr(code)) == kind:
            assert is_empty(chr(code)), hex(code)


@pytest.mark.parametrize("letter", "\u3164\u115f\u1160\uffa0\u2800\u034f\ufe0f\u0301\U000e0041")
def test_letters_made_to_be_unseen_are_empty_and_beside_a_letter_are_not(letter: str) -> None:
    assert is_empty(letter * 3) and is_empty(f" {letter}\n")
    assert not is_empty(f"가{letter}")


@pytest.mark.parametrize("text", [".", "ㅋ", "ㆍ", "⠁", "🌳", "0", "ᄒᆞᆫ", "\U0001fae8"])
def test_what_is_seen_is_not_empty(text: str) -> None:
    assert not is_empty(text)

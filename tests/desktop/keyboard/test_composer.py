"""What is typed key by key is what stands in the field."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.keyboard.cheonjiin import CONSONANTS, VOWELS, Cheonjiin
from desktop.keyboard.composer import Composer, Dubeolsik, assemble
from tests.desktop.keyboard import words

JAMO = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎㅏㅐㅑㅒㅓㅔㅕㅖㅗㅛㅜㅠㅡㅣ"
SYLLABLES = st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3)


def write(composer: Composer, keys: str) -> str:
    """The field's text after `keys`, the syllable being composed included."""
    text = ""
    for key in keys:
        if key == ">":
            assert isinstance(composer, Cheonjiin)
            typed = composer.next_letter()
        else:
            typed = composer.press(key)
        text += typed.commit
    return text + composer.preedit


def wipe(composer: Composer, text: str) -> int:
    """Press delete until nothing is left of `text`; the number of presses."""
    field = text.removesuffix(composer.preedit)
    presses = 0
    while field or composer.preedit:
        presses += 1
        typed = composer.backspace()
        field = field[:-1] if typed is None else field + typed.commit
        assert presses < 1000
    return presses


def test_there_are_more_than_two_hundred_words_with_every_hard_case() -> None:
    assert len(set(words.WORDS)) >= 200
    everything = "".join(words.WORDS)
    finals = {(ord(c) - 0xAC00) % 28 for c in everything}
    medials = {(ord(c) - 0xAC00) % 588 // 28 for c in everything}
    doubles = {i for i, f in enumerate(words.FINALS) if len(f) == 2}
    assert doubles - finals == set()
    assert medials == set(range(21))


@pytest.mark.parametrize("word", sorted(set(words.WORDS)))
def test_every_word_typed_by_its_jamo_is_that_word(word: str) -> None:
    assert write(Dubeolsik(), words.strokes(word)) == word


@pytest.mark.parametrize(("keys", "text"), words.STROKES.items())
def test_tricky_strokes_make_what_a_real_keyboard_makes(keys: str, text: str) -> None:
    assert write(Dubeolsik(), keys) == text


@pytest.mark.parametrize(("keys", "text"), words.CHEONJIIN.items())
def test_cheonjiin_strokes_make_what_a_phone_makes(keys: str, text: str) -> None:
    assert write(Cheonjiin(), keys) == text


@given(st.text(SYLLABLES, max_size=12))
def test_any_syllables_typed_by_their_jamo_are_those_syllables(text: str) -> None:
    assert write(Dubeolsik(), words.strokes(text)) == text


@given(st.text(JAMO, max_size=20))
def test_committing_step_by_step_equals_assembling_everything_at_once(keys: str) -> None:
    assert write(Dubeolsik(), keys) == assemble(keys)


@given(st.text(JAMO, max_size=20))
def test_only_one_syllable_is_ever_provisional(keys: str) -> None:
    composer = Dubeolsik()
    for key in keys:
        composer.press(key)
        assert len(composer.preedit) == 1


@given(st.text(JAMO, max_size=20))
def test_deleting_everything_leaves_nothing(keys: str) -> None:
    composer = Dubeolsik()
    wipe(composer, write(composer, keys))
    assert composer.preedit == ""


@given(st.text([*CONSONANTS, "ㅣ", "ㆍ", "ㅡ", ">"], max_size=24))
def test_deleting_everything_leaves_nothing_in_cheonjiin_either(keys: str) -> None:
    composer = Cheonjiin()
    wipe(composer, write(composer, keys))
    assert composer.preedit == ""


def _taps(jamo: str) -> str:
    for key, turns in CONSONANTS.items():
        if jamo in turns:
            return key * (turns.index(jamo) + 1)
    return next(taps for taps, vowel in VOWELS.items() if vowel == jamo)


def _cheonjiin_keys(word: str) -> str:
    """Taps for `word`, with 다음 글자 after every consonant, which is always allowed."""
    keys = ""
    for syllable in word:
        index = ord(syllable) - 0xAC00
        medial = chr(0x314F + index % 588 // 28)
        keys += _taps(words.INITIALS[index // 588]) + ">" + _taps(medial)
        keys += "".join(_taps(final) + ">" for final in words.FINALS[index % 28])
    return keys


@given(st.text(SYLLABLES, max_size=6))
def test_any_syllables_can_be_written_in_cheonjiin(text: str) -> None:
    assert write(Cheonjiin(), _cheonjiin_keys(text)) == text


def test_delete_takes_jamo_inside_the_syllable_and_then_whole_syllables() -> None:
    composer = Dubeolsik()
    assert write(composer, "ㅇㅣㄹㄱㅇㅓㄴ") == "읽언"
    steps = [composer.backspace() for _ in range(4)]
    assert [s and s.preedit for s in steps] == ["어", "ㅇ", "", None]


def test_delete_in_cheonjiin_takes_a_whole_letter_and_then_whole_syllables() -> None:
    composer = Cheonjiin()
    assert write(composer, "ㄱㅣㆍㄴㅣㆍ") == "가나"
    steps = [composer.backspace() for _ in range(3)]
    assert [s and (s.commit, s.preedit) for s in steps] == [("가", "ㄴ"), ("", ""), None]


def test_finishing_commits_the_syllable_and_forgets_it() -> None:
    composer = Dubeolsik()
    write(composer, "ㄱㅏㄴ")
    done = composer.finish()
    assert (done.commit, done.preedit, composer.preedit) == ("간", "", "")
    assert composer.press("ㅏ").commit == ""


def test_a_tap_after_next_letter_begins_a_new_letter_however_slow_the_hand_is() -> None:
    assert write(Cheonjiin(), "ㄱㄱ") == "ㅋ"
    assert write(Cheonjiin(), "ㄱ>ㄱ") == "ㄱㄱ"
    assert write(Cheonjiin(), "ㄱㄱㄱㄱ") == "ㄱ"

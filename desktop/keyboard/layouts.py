"""Which keys lie where. Data only: rows of keys with their width in parts of the row."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from desktop.keyboard.cheonjiin import CONSONANTS, DOT


class KeyLayout(Enum):
    DUBEOLSIK = "dubeolsik"
    CHEONJIIN = "cheonjiin"
    ENGLISH = "english"
    SYMBOLS = "symbols"
    DIGITS = "digits"


class Act(Enum):
    """What a key does besides writing its letter."""

    LETTER = "letter"
    SHIFT = "shift"
    DELETE = "delete"
    SPACE = "space"
    ENTER = "enter"
    LANGUAGE = "language"
    NUMBERS = "numbers"
    WAY = "way"
    NEXT_LETTER = "next letter"
    PUT_AWAY = "put away"


@dataclass(frozen=True, slots=True)
class Key:
    """One key. `text` is what it writes; `width`, and the empty room before (`gap`) and `after` it,
    count in letter keys; `label` is what its face says when that is not `text`."""

    act: Act
    text: str = ""
    width: float = 1.0
    variant: str = "soft"
    gap: float = 0.0
    after: float = 0.0
    label: str = ""


Row = tuple[Key, ...]

#: Letters of the two-set keyboard under Shift; all others stay what they are.
SHIFTED = {"ㅂ": "ㅃ", "ㅈ": "ㅉ", "ㄷ": "ㄸ", "ㄱ": "ㄲ", "ㅅ": "ㅆ", "ㅐ": "ㅒ", "ㅔ": "ㅖ"}
VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅛㅜㅠㅡㅣ"

#: What a jamo is called, for those who hear the keys.
NAMES = {
    each[0]: each[1:]
    for line in (
        "ㄱ기역 ㄲ쌍기역 ㄴ니은 ㄷ디귿 ㄸ쌍디귿 ㄹ리을 ㅁ미음 ㅂ비읍 ㅃ쌍비읍 ㅅ시옷 ㅆ쌍시옷",
        "ㅇ이응 ㅈ지읒 ㅉ쌍지읒 ㅊ치읓 ㅋ키읔 ㅌ티읕 ㅍ피읖 ㅎ히읗 ㅏ아 ㅐ애 ㅑ야 ㅒ얘 ㅓ어 ㅔ에",
        "ㅕ여 ㅖ예 ㅗ오 ㅛ요 ㅜ우 ㅠ유 ㅡ으 ㅣ이 ㆍ점",
    )
    for each in line.split()
}


def _letters(text: str, indent: float = 0.0) -> Row:
    return tuple(
        Key(
            Act.LETTER,
            letter,
            variant="vowel" if letter in VOWELS else "key",
            gap=indent if index == 0 else 0.0,
            after=indent if index == len(text) - 1 else 0.0,
        )
        for index, letter in enumerate(text)
    )


_SHIFT, _DELETE = Key(Act.SHIFT, width=1.5), Key(Act.DELETE, width=1.5)

_LETTERS = {
    KeyLayout.DUBEOLSIK: ("ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔ", "ㅁㄴㅇㄹㅎㅗㅓㅏㅣ", "ㅋㅌㅊㅍㅠㅜㅡ"),
    KeyLayout.ENGLISH: ("qwertyuiop", "asdfghjkl", "zxcvbnm"),
    KeyLayout.SYMBOLS: ("1234567890", '-/:;()&@_"', "'!,~%+*#"),
}


def typing_rows(page: KeyLayout, *, multi_line: bool, email: bool, narrow: bool) -> tuple[Row, ...]:
    """A page with letters in ten columns. A keyboard for an address has @ where the question mark
    is; `narrow` gives the words of the function keys two rows of their own."""
    first, second, third = _LETTERS[page]
    indent = (10 - len(second)) / 2
    shift = () if page is KeyLayout.SYMBOLS else (_SHIFT,)
    way = (Key(Act.WAY, width=1.25),) if page is KeyLayout.DUBEOLSIK else ()
    ways = (Key(Act.LANGUAGE, width=1.05), Key(Act.NUMBERS, width=0.95), *way)
    space = Key(Act.SPACE, width=1.85, variant="key")
    signs = f".{'@' if email else '?'}"
    if page is KeyLayout.ENGLISH:
        signs = f"',{signs}"
        space = replace(space, width=1.75 if narrow else 1.5)
    small = 0.62 if len(signs) > 2 and narrow else 0.7
    marks = tuple(Key(Act.LETTER, sign, small, "key") for sign in signs)
    ends = (Key(Act.ENTER, width=1.35 if multi_line else 1.1), Key(Act.PUT_AWAY, width=1.25))
    upper = (_letters(first), _letters(second, indent))
    if not narrow:
        delete = _DELETE if shift else replace(_DELETE, width=2.0)
        return (*upper, (*shift, *_letters(third), delete), (*ways, space, *marks, *ends))
    return (
        *upper,
        _letters(third, (10 - len(third)) / 2),
        (*(replace(key, width=1.6) for key in shift), space, *marks, replace(_DELETE, width=1.9)),
        (*ways, *ends),
    )


def cheonjiin_rows(*, multi_line: bool) -> tuple[Row, ...]:
    """Three columns of letters as on the phones people know, functions on both sides."""

    def letter(key: str) -> Key:
        variant = "vowel" if key in ("ㅣ", DOT, "ㅡ") else "key"
        return Key(Act.LETTER, key, 1.25, variant, label=CONSONANTS.get(key, key)[:2])

    return (
        (
            Key(Act.LANGUAGE, width=1.15),
            *(letter(k) for k in ("ㅣ", DOT, "ㅡ")),
            Key(Act.DELETE, width=1.5),
        ),
        (
            Key(Act.NUMBERS, width=1.15),
            *(letter(k) for k in "ㄱㄴㄷ"),
            Key(Act.NEXT_LETTER, width=1.5, variant="key"),
        ),
        (
            Key(Act.WAY, width=1.15),
            *(letter(k) for k in "ㅂㅅㅈ"),
            Key(Act.SPACE, width=1.5, variant="key"),
        ),
        (
            Key(Act.PUT_AWAY, width=1.15),
            Key(Act.LETTER, ".", 0.625, "key"),
            Key(Act.LETTER, "?", 0.625, "key"),
            letter("ㅇ"),
            Key(Act.LETTER, ",", 0.625, "key"),
            Key(Act.LETTER, "!", 0.625, "key"),
            Key(Act.ENTER, width=1.5),
        ),
    )


def digit_rows() -> tuple[Row, ...]:
    """A pad for telephone numbers and receipt codes."""

    def digits(text: str) -> Row:
        return tuple(Key(Act.LETTER, d, 1.4, "key") for d in text)

    return (
        (*digits("123"), Key(Act.DELETE, width=1.5)),
        (*digits("456"), Key(Act.LETTER, "-", 1.5, "key")),
        (*digits("789"), Key(Act.ENTER, width=1.5)),
        (Key(Act.LETTER, "0", 1.4, "key", gap=1.4), Key(Act.PUT_AWAY, width=1.5, gap=1.4)),
    )

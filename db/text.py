"""What people write: cleaned, counted as they count it, and bounded.

One count serves the screen, the command line and the store, so a text that fits on one fits on
all.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice

from db.problems import InputRefused

LONGEST = 300
"""Characters of one feedback, as a reader counts them."""

_LARGEST_INPUT = 20_000
_CODES_PER_LETTER = 32
_LARGEST_BYTES = 4_000
_MARKS = ("Mn", "Me", "Mc")
_JOINER = "\u200d"
# The vowels of Thai and Lao that stand behind their letter, half-width marks of sound, and the
# mark that keeps letters apart: letters of their own to Unicode, but to no reader.
_TRAILING = "\u0e33\u0eb3\uff9e\uff9f\u200c"
# Direction overrides can make a sentence read as another one.
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_UNSEEN = re.compile(r"[\u00ad\u061c\u180e\u200b\u200e\u200f\u2060-\u2065\ufeff\ufff9-\ufffb]")
# What nearly everybody writes: every one of these is a character by itself.
_PLAIN = re.compile(r"[\n -~가-힣ㄱ-ㆌㆎ]*")
#: A syllable that is being written with 천지인: its vowel begins with one dot or two.
_OPEN_SYLLABLE = re.compile("[ㄱ-ㅎ]ㆍ?|ㆍ")
_INVISIBLE = re.compile(
    r"[\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028\u2029\u2060-\u206f"
    r"\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]*"
)


def count_characters(text: str) -> int:
    """How many letters a reader sees: a syllable is one however it was composed, so is an
    emoji with its modifiers, a flag, and a letter with its marks.
    """
    return len(text) if _PLAIN.fullmatch(text) else sum(1 for _ in _letters(text))


def first_letters(text: str, most: int) -> str:
    """As much of the beginning of a text as so many letters hold, composed; none is cut in two."""
    if _PLAIN.fullmatch(text, 0, most + 1):
        return text[:most]
    # Marks without end belong to one letter.
    return "".join(islice(_letters(text[: most * _CODES_PER_LETTER]), most))


def _letters(text: str) -> Iterator[str]:
    letter = ""
    flags = 0
    for character in unicodedata.normalize("NFC", text):
        joined = bool(letter) and (
            _continues(letter[-1], character, flags) or _next_dot(letter, character)
        )
        if letter and not joined:
            yield letter
        letter = letter + character if joined else character
        flags = flags + 1 if _is_flag_letter(character) else 0
        if joined and flags == 2:
            flags = 0
    if letter:
        yield letter


def clean_text(text: str, field: str = "text") -> str:
    """The text as it is stored: NFC, plain line ends, no blank edges. Raises InputRefused.

    Emoji and rare or single jamo are kept as they are; marks nobody sees are taken out, but for
    those that join emoji and letters.
    """
    if len(text) > _LARGEST_INPUT:
        raise _too_long(field)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    _refuse_control(text, field)
    text = unicodedata.normalize("NFC", _UNSEEN.sub("", text)).strip()
    if is_empty(text):
        return ""
    if count_characters(text) > LONGEST or len(text.encode()) > _LARGEST_BYTES:
        raise _too_long(field)
    return text


def official_text(text: str | None, field: str, most: int) -> str | None:
    """What an officer writes, as it is stored: NFC, plain line ends, no blank edges, no marks that
    nobody sees; None where there is nothing to see. Raises InputRefused.
    """
    text = (text or "").replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > _LARGEST_INPUT + most:
        raise _longer_than(most, field)
    _refuse_control(text, field)
    text = composed(_UNSEEN.sub("", text)).strip()
    if is_empty(text):
        return None
    # As the records of whoever receives it count.
    if len(text) > most:
        raise _longer_than(most, field)
    return text


def composed(text: str) -> str:
    """NFC. What macOS writes and what others write is the same word, and becomes the same bytes."""
    return unicodedata.normalize("NFC", text)


def composed_bytes(raw: bytes) -> bytes:
    """The same of UTF-8 in a file, without a byte order mark; what is no UTF-8 stays as it is."""
    raw = raw.removeprefix(b"\xef\xbb\xbf")
    if raw.isascii():
        return raw
    try:
        return composed(raw.decode()).encode()
    except UnicodeDecodeError:
        return raw


def is_empty(text: str) -> bool:
    """True for words of which nobody would see anything."""
    return _INVISIBLE.fullmatch(text) is not None


def official_name(text: str | None, field: str, most: int) -> str | None:
    """The same of what stands in one line, as a name does. Raises InputRefused."""
    return official_text(" ".join((text or "").split()), field, most)


def _refuse_control(text: str, field: str) -> None:
    forbidden = _FORBIDDEN.search(text)
    if forbidden:
        raise InputRefused(
            field,
            f"쓸 수 없는 제어 문자(U+{ord(forbidden[0]):04X})가 들어 있습니다. 그 글자를 지우세요.",
            f"contains the control character U+{ord(forbidden[0]):04X}; remove it.",
        )


def _longer_than(most: int, field: str) -> InputRefused:
    return InputRefused(
        field, f"{most:,}자까지 쓸 수 있습니다.", f"may have {most:,} characters; shorten it."
    )


def _too_long(field: str) -> InputRefused:
    return InputRefused(
        field,
        f"글은 {LONGEST}자까지 쓸 수 있습니다. 조금 줄여 주세요.",
        f"a text may have {LONGEST} characters; please shorten it.",
    )


def _next_dot(letter: str, character: str) -> bool:
    """Whether `character` is the next dot of a vowel: ㅅㆍ is one letter, the beginning of 서."""
    return character == "ㆍ" and _OPEN_SYLLABLE.fullmatch(letter) is not None


def _continues(previous: str, character: str, flags: int) -> bool:
    """True when `character` belongs to the same visible character as `previous`."""
    if character == _JOINER or previous == _JOINER:
        return previous not in "\n " and character not in "\n "
    if _is_flag_letter(character):
        return flags == 1
    code = ord(character)
    if 0x1F3FB <= code <= 0x1F3FF or 0xFE00 <= code <= 0xFE0F or 0xE0020 <= code <= 0xE007F:
        return previous != "\n"
    if _continues_syllable(ord(previous), code):
        return True
    marks = character in _TRAILING or unicodedata.category(character) in _MARKS
    return marks and previous != "\n"


def _continues_syllable(previous: int, code: int) -> bool:
    """Old Korean syllables stay three letters even when composed: 첫소리, 가운뎃소리, 끝소리."""
    leading = 0x1100 <= previous <= 0x115F or 0xA960 <= previous <= 0xA97C
    vowel = 0x1160 <= previous <= 0x11A7 or 0xD7B0 <= previous <= 0xD7C6
    final = 0x11A8 <= previous <= 0x11FF or 0xD7CB <= previous <= 0xD7FB
    syllable = 0xAC00 <= previous <= 0xD7A3
    open_syllable = syllable and (previous - 0xAC00) % 28 == 0
    if 0x1100 <= code <= 0x115F or 0xA960 <= code <= 0xA97C or 0xAC00 <= code <= 0xD7A3:
        return leading
    if 0x1160 <= code <= 0x11A7 or 0xD7B0 <= code <= 0xD7C6:
        return leading or vowel or open_syllable
    if 0x11A8 <= code <= 0x11FF or 0xD7CB <= code <= 0xD7FB:
        return vowel or final or syllable
    return False


def _is_flag_letter(character: str) -> bool:
    return 0x1F1E6 <= ord(character) <= 0x1F1FF

"""What a person calls one letter: a syllable however it was composed, also of old Hangul, a flag,
a family, a Thai vowel with its consonant. One rule (Unicode's grapheme clusters) for what is
counted, cut and broken, in a field, on the command line and in the store.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import regex

CODES_PER_LETTER = 32
"""Code points looked at for each letter that is allowed; a family has about ten."""
LARGEST_BYTES = 4_000
"""A bound on the size of what a resident writes, whatever the letters are."""

# What nearly everybody writes: every one of these is a letter by itself and composed already.
_PLAIN = re.compile("[\n -~\u00a1-\u02ff\u2010-\u2027\u3000-\u3029一-鿿가-힣ㄱ-ㆌㆎ]*")
# A syllable that is being written with 천지인, with one dot or two of its vowel, and what Unicode
# calls one letter: ㅅㆍ is the beginning of 서.
_LETTER = r"(?:[ㄱ-ㅎ]ㆍ{1,2}|ㆍㆍ)[\p{GCB=Extend}\p{GCB=SpacingMark}\u200d]*|\X"


def letters(text: str) -> list[str]:
    """`text` letter by letter, as it stands."""
    if _PLAIN.fullmatch(text):
        return list(text)
    return [found[0] for found in _letter().finditer(text)]


def count_letters(text: str) -> int:
    """How many letters a reader sees, taken apart or composed."""
    if _PLAIN.fullmatch(text):
        return len(text)
    return sum(1 for _ in _letter().finditer(unicodedata.normalize("NFC", text)))


def first_letters(text: str, most: int) -> str:
    """As much of the beginning of a text as so many letters hold, composed; none is cut in two."""
    if _PLAIN.fullmatch(text, 0, most + 1):
        return text[:most]
    # Marks without end belong to one letter.
    return "".join(letters(unicodedata.normalize("NFC", text[: most * CODES_PER_LETTER]))[:most])


@cache
def _letter() -> regex.Pattern[str]:
    # It takes 40 ms, and whoever shows plain words never needs it.
    import regex

    return regex.compile(_LETTER)

"""What a person calls one letter: a syllable in old Hangul, a flag, a family, a Thai vowel with its
consonant. Nothing on the screen is counted, cut or broken inside one."""

from __future__ import annotations

import re

from PySide6.QtCore import QTextBoundaryFinder

#: A syllable being written with 천지인, with the next dot of its vowel; `db.text` counts alike.
_NEXT_DOT = re.compile("[ㄱ-ㅎ]ㆍ{1,2}|ㆍㆍ")


def letters(text: str) -> list[str]:
    """`text` letter by letter."""
    if text.isascii():
        return list(text)
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Grapheme, text)
    raw, start = text.encode("utf-16-le", "surrogatepass"), 0
    found: list[str] = []
    while (end := finder.toNextBoundary()) > 0:
        letter = raw[start * 2 : end * 2].decode("utf-16-le", "surrogatepass")
        start = end
        if found and letter == "ㆍ" and _NEXT_DOT.fullmatch(found[-1] + letter):
            found[-1] += letter
        else:
            found.append(letter)
    return found

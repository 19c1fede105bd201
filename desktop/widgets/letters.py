"""What a person calls one letter: a syllable in old Hangul, a flag, a family, a Thai vowel with its
consonant. Nothing on the screen is counted, cut or broken inside one."""

from __future__ import annotations

from PySide6.QtCore import QTextBoundaryFinder


def letters(text: str) -> list[str]:
    """`text` letter by letter."""
    if text.isascii():
        return list(text)
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Grapheme, text)
    raw, found, start = text.encode("utf-16-le", "surrogatepass"), [], 0
    while (end := finder.toNextBoundary()) > 0:
        found.append(raw[start * 2 : end * 2].decode("utf-16-le", "surrogatepass"))
        start = end
    return found

"""Words of which nobody would see anything: the one judge for every surface.

Settings ask before the first frame: nothing is imported here but what that needs anyway.
"""

from __future__ import annotations

from unicodedata import category

_UNSEEN_KINDS = frozenset(("Cc", "Cf", "Cs", "Mc", "Me", "Mn", "Zl", "Zp", "Zs"))
#: Fillers of Hangul, the sign of braille without a dot, and what Unicode keeps free for more of
#: the kind, as it does the range of tags.
_BLANK_LETTERS = "\u115f\u1160\u3164\uffa0\u2800\u2065" + "".join(map(chr, range(0xFFF0, 0xFFF9)))


def is_empty(text: str) -> bool:
    """True for words of which nobody would see anything: blanks, what only steers other letters,
    marks without a letter, and letters that Unicode made to be seen by nobody.
    """
    return all(
        letter in _BLANK_LETTERS
        or category(letter) in _UNSEEN_KINDS
        or 0xE0000 <= ord(letter) <= 0xE0FFF
        for letter in text
    )

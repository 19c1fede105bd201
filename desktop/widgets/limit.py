"""How much fits into a text field, counted the way people count letters."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from itertools import accumulate

from db.letters import CODES_PER_LETTER, LARGEST_BYTES, count_letters, letters

#: Marks that turn the direction of writing: they can make a sentence read as another one.
_TURNING = {*map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))}


def readable(text: str, *, lines: bool) -> str:
    """`text` composed (NFC), with tabs and line ends made plain and other control characters left
    out; without `lines` a line end is a space."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = text.replace("\t", " ").replace("\u2028", "\n").replace("\u2029", "\n")
    if not lines:
        text = text.replace("\n", " ")
    return "".join(c for c in text if c == "\n" or _writable(c))


def _writable(character: str) -> bool:
    return character not in _TURNING and unicodedata.category(character) not in ("Cc", "Cs")


def split_at(text: str, units: int) -> tuple[str, str]:
    """`text` before and after a Qt position, which counts UTF-16 units."""
    raw = text.encode("utf-16-le")
    return raw[: units * 2].decode("utf-16-le"), raw[units * 2 :].decode("utf-16-le")


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` letters as a reader counts them."""

    most: int

    def allows(self, text: str) -> bool:
        if len(text) > self.most * CODES_PER_LETTER or len(text.encode()) > LARGEST_BYTES:
            return False
        return count_letters(text) <= self.most

    def room_for(self, before: str, added: str, after: str, *, lines: bool) -> str:
        """The longest beginning of `added` that still fits between `before` and `after`.

        Work is bounded whatever the length of `added` is: a paste of megabytes costs milliseconds.
        """
        added = readable(added[: self.most * CODES_PER_LETTER], lines=lines)
        if self.allows(before + added + after):
            return added
        # Whole letters only.
        ends = [0, *accumulate(map(len, letters(added)))]
        low, high = 0, len(ends) - 1
        while low < high:
            middle = (low + high + 1) // 2
            if self.allows(before + added[: ends[middle]] + after):
                low = middle
            else:
                high = middle - 1
        return added[: ends[low]]

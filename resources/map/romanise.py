"""English names of legal dongs by the Revised Romanisation of Korean, for make_city.py only."""

from __future__ import annotations

import re
from itertools import pairwise


def _table(parts: str) -> tuple[str, ...]:
    return tuple(part.strip("-") for part in parts.split())


INITIALS = _table("g kk n d tt r m b pp s ss - j jj ch k t p h")
MEDIALS = _table("a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i")
FINALS = _table("- k k k n n n t l k m l l l p l m p p t t ng t t k t p t")
NASAL = {"k": "ng", "t": "n", "p": "m"}


def group_name(name: str) -> str:
    """송천동1가 -> 송천동: the name people use for all the numbered parts together."""
    return re.sub(r"\d+가$", "", name)


def english_dong(name: str) -> str:
    """송천동1가 -> Songcheon-dong 1-ga. Raises ValueError for a name of another pattern."""
    match = re.fullmatch(r"(.+)동(?:(\d+)가)?", name)
    if match is None:
        raise ValueError(f"not the name of a legal dong: {name}")
    stem, part = match.groups()
    return f"{romanise(stem).capitalize()}-dong" + (f" {part}-ga" if part else "")


def romanise(word: str) -> str:
    parts = []
    for letter in word:
        index = ord(letter) - 0xAC00
        parts.append([INITIALS[index // 588], MEDIALS[index % 588 // 28], FINALS[index % 28]])
    for left, right in pairwise(parts):
        join(left, right)
    return "".join("".join(part) for part in parts)


def join(left: list[str], right: list[str]) -> None:
    """Sound changes between two syllables that occur in the city's names."""
    final, initial = left[2], right[0]
    if initial == "r" and final == "l":
        right[0] = "l"
    elif initial == "r" and final:
        right[0] = "n"
        left[2] = NASAL.get(final, final)
    elif initial in ("n", "m") and final in NASAL:
        left[2] = NASAL[final]
    elif initial == "" and final in ("k", "t", "p", "l"):
        left[2] = {"k": "g", "t": "s", "p": "b", "l": "r"}[final]

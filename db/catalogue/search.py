"""Finds projects by name, place, dong or English name, and by initial consonants 초성.

ㄷㅈㄱㅇ finds 덕진공원, and so does every stage of typing it: 덕ㅈ, 덕지, 덕진고. All of it in
memory; a keystroke over ten thousand projects takes a few milliseconds.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable

from db.letters import first_letters
from db.records.projects import Project

LONGEST_QUERY = 60
_FIRST, _LAST = 0xAC00, 0xD7A3
_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
# Final consonants by their place in the syllable block; those in two letters end in the second.
_FINAL_LETTERS = (
    "- ㄱ ㄲ ㄱㅅ ㄴ ㄴㅈ ㄴㅎ ㄷ ㄹ ㄹㄱ ㄹㅁ ㄹㅂ ㄹㅅ ㄹㅌ ㄹㅍ ㄹㅎ "
    "ㅁ ㅂ ㅂㅅ ㅅ ㅆ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ"
)
_FINALS = ["" if letters == "-" else letters for letters in _FINAL_LETTERS.split()]
_PARTS = "ㄱㅅ ㄴㅈ ㄴㅎ ㄹㄱ ㄹㅁ ㄹㅂ ㄹㅅ ㄹㅌ ㄹㅍ ㄹㅎ ㅂㅅ"
_CLUSTERS = str.maketrans(dict(zip("ㄳㄵㄶㄺㄻㄼㄽㄾㄿㅀㅄ", _PARTS.split(), strict=True)))
# How many of the vowels and finals that follow one in the syllable block grow out of it while it
# is typed: ㅜ into ㅝ, ㅞ, ㅟ and ㄹ into ㄺ to ㅀ.
_GROWING_VOWELS = {8: 3, 9: 1, 13: 3, 14: 1, 18: 1}
_GROWING_FINALS = {1: 2, 4: 2, 8: 7, 17: 1}
_TO_INITIALS = {code: _INITIALS[(code - _FIRST) // 588] for code in range(_FIRST, _LAST + 1)}
_TO_OPENED = {code: code - (code - _FIRST) % 28 for code in range(_FIRST, _LAST + 1)}
_END = "\n"


class ProjectIndex:
    """An index over the searchable words of projects, built once."""

    def __init__(self, projects: Iterable[Project]) -> None:
        self._ids: list[str] = []
        self._names: list[int] = []
        plain: list[str] = []
        for project in projects:
            name = _folded(project.name_ko)
            others = (project.name_en, project.place_ko, project.legal_dong, project.place_en)
            self._ids.append(project.id)
            self._names.append(len(name))
            plain.append(_END.join((name, *(_folded(other) for other in others if other))))
        self._plain = plain
        self._opened = [text.translate(_TO_OPENED) for text in plain]
        self._initials = [text.translate(_TO_INITIALS) for text in plain]

    def find(self, query: str) -> list[str]:
        """Ids of the projects that hold every word of `query`; names that begin with it first,
        then other names, then places. All ids, in their own order, when there is no word.
        """
        words = _words(query)
        if not words:
            return list(self._ids)
        found = self._found(words[0], range(len(self._ids)))
        for word in words[1:]:
            rows = {row for row, _ in self._found(word, [row for row, _ in found])}
            found = [each for each in found if each[0] in rows]
        ranked: tuple[list[str], list[str], list[str]] = ([], [], [])
        for row, at in found:
            rank = 2 if at >= self._names[row] else 1 if at else 0
            ranked[rank].append(self._ids[row])
        return [*ranked[0], *ranked[1], *ranked[2]]

    def _found(self, word: str, rows: Iterable[int]) -> list[tuple[int, int]]:
        """The rows that hold `word`, each with the first place where it stands."""
        plain, initials = self._plain, self._initials
        if is_initials(word):
            return _literally(word, initials, rows)
        settled = _settled(word)
        if settled == word:
            return _literally(word, plain, rows)
        # What stands fast is found at the speed of memory, what still moves only in what is left.
        if settled:
            rows = [row for row in rows if settled in plain[row]]
        elif _is_open(word[-1]):
            beginning = self._beginning(word[-1], rows)
            if len(word) == 1 and not _final(word):
                return beginning
            rows = [row for row, _ in beginning]
        place = _placer(word)
        return [(row, at) for row in rows if (at := place(plain[row], initials[row])) >= 0]

    def _beginning(self, syllable: str, rows: Iterable[int]) -> list[tuple[int, int]]:
        """Rows with a syllable that `syllable` may become, whatever its final consonant."""
        opened = self._opened
        bare = ord(syllable) - _final(syllable)
        grown = 0 if _final(syllable) else _GROWING_VOWELS.get((bare - _FIRST) // 28 % 21, 0)
        forms = [chr(bare + 28 * step) for step in range(grown + 1)]
        if not grown:
            return _literally(forms[0], opened, rows)
        rows = list(rows)
        first: dict[int, int] = {}
        for form in forms:
            for row, at in _literally(form, opened, rows):
                first[row] = min(at, first.get(row, at))
        return [(row, first[row]) for row in rows if row in first]


def _literally(word: str, texts: list[str], rows: Iterable[int]) -> list[tuple[int, int]]:
    return [(row, at) for row in rows if (at := texts[row].find(word)) >= 0]


def _placer(word: str) -> Callable[[str, str], int]:
    """Tells where `word`, as far as it is typed, stands in a text that is given plain and in
    initials; -1 where it does not. No pattern is made of it: those stay in memory for long, and
    words of residents must not.
    """
    head = _settled(word)
    rest, begun = word.translate(_TO_INITIALS)[len(head) :], len(head)
    inner = [(at, word[at]) for at in range(begun, len(word) - 1) if _is_open(word[at])]
    end = len(word) - 1
    low, high, kept, moved = _last(word[-1])

    def place(plain: str, initials: str) -> int:
        text, known = (plain, head) if head else (initials, rest)
        at = text.find(known)
        while at >= 0:
            last = plain[at + end : at + end + 1]
            if (
                (low <= last <= high or (last == kept and initials[at + end + 1 :][:1] == moved))
                and (not head or initials.startswith(rest, at + begun))
                and (not inner or all(plain[at + by] == letter for by, letter in inner))
            ):
                return at
            at = text.find(known, at + 1)
        return -1

    return place


def _words(query: str) -> list[str]:
    normal = unicodedata.normalize("NFKC", first_letters(query, LONGEST_QUERY))
    # NFKC turns single keyboard letters into the ones syllables are composed of; back again.
    normal = "".join(_keyboard_letter(character) for character in normal)
    return [word.casefold() for word in normal.translate(_CLUSTERS).split()]


def _keyboard_letter(character: str) -> str:
    code = ord(character)
    if 0x1100 <= code <= 0x1112:
        return _INITIALS[code - 0x1100]
    if 0x11A8 <= code <= 0x11C2:
        return _FINALS[code - 0x11A7]
    return character


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).casefold().split())


def initials_of(text: str) -> str:
    """The first sounds of a name's syllables, without what stands between its words."""
    return _folded(text).translate(_TO_INITIALS)


def is_initials(word: str) -> bool:
    return all(character in _INITIALS for character in word)


def _is_open(character: str) -> bool:
    """True when typing on could still change this character."""
    return _FIRST <= ord(character) <= _LAST


def _final(syllable: str) -> int:
    """The place of the final consonant in the syllable block; 0 where there is none."""
    return (ord(syllable) - _FIRST) % 28


def _settled(word: str) -> str:
    """The longest beginning of `word` that stands as it is in what is searched for."""
    for index, character in enumerate(word):
        if character in _INITIALS:
            return word[:index]
    return word[:-1] if _is_open(word[-1]) else word


def _last(character: str) -> tuple[str, str, str, str]:
    """What the last character may become while it is being typed: any from the first to the second,
    or the third before a syllable that begins with the fourth. 지 may become 진 and 우 원, and the
    ㅁ of 남 may move on to make 나무.
    """
    if not _is_open(character):
        return "", chr(0x10FFFF), "", ""  # its initial says all
    code = ord(character)
    final = _final(character)
    if final == 0:
        vowel = (code - _FIRST) // 28 % 21
        return character, chr(code + 28 * _GROWING_VOWELS.get(vowel, 0) + 27), "", ""
    letters = _FINALS[final]
    if letters[-1] not in _INITIALS:
        return character, character, "", ""
    kept = chr(code - final + _FINALS.index(letters[:-1]))
    return character, chr(code + _GROWING_FINALS.get(final, 0)), kept, letters[-1]

"""How alike two opinions are, with the reasons for and against their being one matter."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache
from operator import add

import msgspec

from db.groups.gist import Gist, beside_the_point, matters_of, opposite_sides, squeezed

NEAR_M = 300
"""Farther apart than this, two points are two places."""
LONG_AGO_DAYS = 150
"""What was said so long before is another season's matter."""
ENOUGH = 0.42
"""From this likeness on two opinions are proposed as one matter."""
_BESIDE = 0.25
"""What a matter counts that is only told along."""
_SAME_WORD = 0.7
_ALIKE = 0.35
"""From this on it is the words that differ which tell."""
_SECOND = 1_000_000
_WORD = re.compile(r"\S+")
_EARTH_M = 6_371_000
_MOST_KNOWN = 65_536
_OF_MATTER, _OF_TEXT, _OF_PLACE = 0.8, 0.6, 0.3
_UNPLACED = -0.05
"""How much more alike words must be where nothing says that they mean one place."""


class LikeReason(StrEnum):
    """Why two opinions may be one matter, or may not."""

    WORDS = "words"
    MATTER = "matter"
    PLACE = "place"
    TIME = "time"
    OTHER_PLACE = "other-place"
    OTHER_SIDE = "other-side"
    FAR = "far"
    LONG_AGO = "long-ago"
    OPPOSITE = "opposite"
    SWAPPED = "swapped"
    PRAISE = "praise"
    FOLLOWS = "follows"
    NUMBER = "number"
    OTHER_MATTER = "other-matter"
    OTHER_WORDS = "other-words"


class Likeness(msgspec.Struct, frozen=True, kw_only=True):
    """`score` is from 0 to 1; `against` holds whatever speaks for two matters. One such reason
    keeps two opinions apart, however alike their words are.
    """

    score: float
    text: float
    matter: float
    reasons: tuple[LikeReason, ...]
    against: tuple[LikeReason, ...]

    @property
    def together(self) -> bool:
        return self.score >= ENOUGH and not self.against


class Rarity:
    """How much each pair of letters says, in nats: what many opinions hold says little."""

    def __init__(self, gists: Iterable[Gist] = ()) -> None:
        seen: Counter[str] = Counter()
        of = 2
        for gist in gists:
            seen.update(gist.grams)
            of += 1
        self._weight = {gram: math.log(of / (times + 1)) for gram, times in seen.items()}
        self._unseen = math.log(of)
        self.total = lru_cache(_MOST_KNOWN)(self.weight)

    def weight(self, grams: frozenset[str]) -> float:
        """The weight of these together."""
        weight, unseen = self._weight, self._unseen
        return sum([weight.get(gram, unseen) for gram in grams])


def likeness(one: Gist, other: Gist, rarity: Rarity) -> Likeness:
    """Compares two opinions; the order does not matter."""
    found = likeness_from(0.0, one, other, rarity)
    assert found is not None
    return found


def likeness_from(least: float, one: Gist, other: Gist, rarity: Rarity) -> Likeness | None:
    """The same for who looks for his like among many: None where the score is below `least`,
    without asking what speaks against it.
    """
    text = _text(one, other, rarity)
    matter = _matter(one, other)
    placed, against = _places(one, other)
    score = _OF_MATTER * matter + _OF_TEXT * text + (_OF_PLACE if placed else -_UNPLACED)
    score = min(1.0, max(0.0, text, score))
    if score < least:
        return None
    against += _matters_against(one, other, text)
    reasons = []
    if text >= 0.3:
        reasons.append(LikeReason.WORDS)
    if matter >= 0.3:
        reasons.append(LikeReason.MATTER)
    if placed:
        reasons.append(LikeReason.PLACE)
    if _days_between(one, other) <= 30:
        reasons.append(LikeReason.TIME)
    return Likeness(
        score=score,
        text=text,
        matter=matter,
        reasons=tuple(reasons),
        against=tuple(dict.fromkeys(against)),
    )


def shared_words(lead: Gist, text: str) -> tuple[tuple[int, int], ...]:
    """From where to where the words of `text` lie that the lead has too, or other words for the
    same matter.
    """
    marks = []
    for word in _WORD.finditer(text):
        tight = squeezed(word[0])
        grams = [tight[at : at + 2] for at in range(len(tight) - 1)]
        known = sum(gram in lead.grams for gram in grams)
        if (grams and 2 * known >= len(grams)) or matters_of(word[0]) & lead.matters:
            marks.append(word.span())
    return tuple(marks)


def _text(one: Gist, other: Gist, rarity: Rarity) -> float:
    shared = rarity.weight(one.grams & other.grams)
    if not shared:
        return 0.0
    return shared / math.sqrt(rarity.total(one.grams) * rarity.total(other.grams))


def _matter(one: Gist, other: Gist) -> float:
    """How much of the shorter list of matters is in the longer one: a long opinion tells more."""
    given = one.given | other.given
    shared = _weight(one.matters & other.matters, given)
    if not shared:
        return 0.0
    mine, yours = _weight(one.matters, given), _weight(other.matters, given)
    return shared / (0.7 * min(mine, yours) + 0.3 * max(mine, yours))


def _weight(matters: frozenset[str], given: frozenset[str]) -> float:
    beside = beside_the_point() | given
    return sum(_BESIDE if each in beside else 1.0 for each in matters)


def _places(one: Gist, other: Gist) -> tuple[bool, list[LikeReason]]:
    """Whether something says that both mean one place, and what speaks against it."""
    against: list[LikeReason] = []
    a, b = one.told, other.told
    if opposite_sides(one.sides, other.sides):
        against.append(LikeReason.OTHER_SIDE)
    if a.lat is not None and b.lat is not None and a.lon is not None and b.lon is not None:
        if _metres(a.lat, a.lon, b.lat, b.lon) > NEAR_M:
            against.append(LikeReason.FAR)
        else:
            return True, against
    if a.project and b.project:
        if a.project != b.project:
            against.append(LikeReason.OTHER_PLACE)
        return a.project == b.project, against
    mine, yours = one.places | one.placed, other.places | other.placed
    if mine and yours:
        if not mine & yours:
            against.append(LikeReason.OTHER_PLACE)
        return bool(mine & yours), against
    if a.dong and b.dong:
        if a.dong != b.dong:
            against.append(LikeReason.OTHER_PLACE)
        return a.dong == b.dong, against
    return False, against


def _matters_against(one: Gist, other: Gist, text: float) -> list[LikeReason]:
    against = []
    if one.follows != other.follows:
        against.append(LikeReason.FOLLOWS)
    if _days_between(one, other) > LONG_AGO_DAYS:
        against.append(LikeReason.LONG_AGO)
    if len(one.wants) == len(other.wants) == 1 and one.wants != other.wants:
        against.append(LikeReason.OPPOSITE)
    if one.objects != other.objects and one.asks and other.asks:
        against.append(LikeReason.OPPOSITE)
    if (one.denied & other.matters - other.denied) or (other.denied & one.matters - one.denied):
        against.append(LikeReason.OPPOSITE)
    if {one.told.kind, other.told.kind} == {"praise", "problem"}:
        against.append(LikeReason.PRAISE)
    if (one.kept_off & other.meant) or (one.meant & other.kept_off):
        against.append(LikeReason.SWAPPED)
    if _other_numbers(one, other):
        against.append(LikeReason.NUMBER)
    if text >= _ALIKE and _tells(one, other) and _tells(other, one):
        against.append(LikeReason.OTHER_WORDS)
    if one.matters and other.matters and not one.matters & other.matters and text < 0.6:
        against.append(LikeReason.OTHER_MATTER)
    return against


def _tells(one: Gist, other: Gist) -> bool:
    """Whether some word of the one is nowhere in the other: where all else is alike, it decides.

    Jamo are compared, so that a slip of the finger is no other word.
    """
    known = _pairs("".join(other.words))
    for word in set(one.words).difference(other.words):
        pairs = _pairs(word[:3])
        if len(word) > 1 and len(pairs & known) < _SAME_WORD * len(pairs):
            return True
    return False


@lru_cache(_MOST_KNOWN)
def _pairs(word: str) -> frozenset[str]:
    jamo = unicodedata.normalize("NFD", word)
    return frozenset(map(add, jamo, jamo[1:]))


def _other_numbers(one: Gist, other: Gist) -> bool:
    units = {unit for _, unit in one.numbers} & {unit for _, unit in other.numbers}
    return any(
        not {n for n, u in one.numbers if u == unit} & {n for n, u in other.numbers if u == unit}
        for unit in units
    )


def _days_between(one: Gist, other: Gist) -> float:
    return abs(one.told.at_us - other.told.at_us) / (86_400 * _SECOND)


def _metres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Over a few kilometres the ground is flat."""
    east = math.radians(other_lon - lon) * math.cos(math.radians((lat + other_lat) / 2))
    return _EARTH_M * math.hypot(math.radians(other_lat - lat), east)

"""What one opinion is about, taken out of its words: of which matter, at which part of which place,
asking for what, and whether it goes on with an earlier one.

No model and no network: lists of words (`resources/words/matters.toml`) and pairs of letters, so
that whatever the desk proposes can be said in a reason that a person can check.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import resources

import msgspec

_NO_WORD = re.compile(r"[^0-9a-z가-힣ㄱ-ㆎ一-鿿]+")
_ASIDE = re.compile(
    r"(\S+?)(?:은|는|이|가|을|를|에|에는|쪽은)? ?(?:말고|대신에?|아니라|아니고|보다) +(\S+)"
)
_COUNTED = re.compile(
    r"(\d+(?:\.\d+)?|열한|열두|한|두|세|네|다섯|여섯|일곱|여덟|아홉|열|스무) ?"
    r"(시|번|호|월|년|층|코스|구간|미터|센티|m|km|차로|개|대|그루|단계|동|억|만|분|퍼센트|%)"
)
_NUMERALS = dict(
    zip(
        ["한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉", "열", "열한", "열두"],
        range(1, 13),
        strict=True,
    )
) | {"스무": 20}
_ASKS = re.compile("주세요|주십|주시|줘요|줘라|줍시|바랍|바라|요망|했으면|좋겠|부탁|합시다|늘려|싶")
_DENIED = re.compile(r"[가-힣]{0,2}(?:지는?|진|질|지가|지를|지도)(?:않|안|못)")
_AXES = (
    ("north", "south", "east", "west"),
    ("front", "back", "entrance", "exit"),
    ("upper", "lower"),
    ("left", "right"),
    ("inside", "outside"),
    ("morning", "evening"),
    ("spring", "summer", "autumn", "winter"),
)


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """One opinion as it came. `at_us` is its sender's clock in microseconds since 1970, `lat` and
    `lon` degrees.
    """

    text: str
    kind: str = ""
    project: str | None = None
    dong: str | None = None
    site: str | None = None
    lat: float | None = None
    lon: float | None = None
    at_us: int = 0


class Gist(msgspec.Struct, frozen=True, kw_only=True):
    """What of an opinion is compared with others.

    `grams` are pairs of letters of what is left without greetings; `places` are keys of the places
    the words name, `placed` of those its project's name does; `kept_off` is what was said not to
    be meant (A 말고 B: A), `meant` is B; `given` are matters the project is all about.
    """

    told: Told
    words: tuple[str, ...]
    grams: frozenset[str]
    matters: frozenset[str]
    given: frozenset[str]
    denied: frozenset[str]
    praises: bool
    wants: frozenset[str]
    objects: bool
    asks: bool
    follows: bool
    sides: frozenset[str]
    numbers: frozenset[tuple[str, str]]
    places: frozenset[str]
    placed: frozenset[str]
    kept_off: frozenset[str]
    meant: frozenset[str]


class GistReader:
    """Takes gists out of opinions.

    `names` leads from each name of a place, in small letters without blanks, to its key, and
    `of_projects` from a project to the keys its own name holds; `project_names` to that name.
    """

    def __init__(
        self,
        names: Mapping[str, str] | None = None,
        of_projects: Mapping[str, frozenset[str]] | None = None,
        project_names: Mapping[str, str] | None = None,
    ) -> None:
        self._names, self._of_projects = names or {}, of_projects or {}
        self._given = {project: matters_of(name) for project, name in (project_names or {}).items()}
        longest_first = sorted(self._names, key=len, reverse=True)
        self._name = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")

    def gist(self, told: Told) -> Gist:
        """What this opinion is about."""
        plain = unicodedata.normalize("NFC", told.text).lower()
        core = _boilerplate().sub(" ", plain)
        spaced = _NO_WORD.sub(" ", core).strip()
        tight = spaced.replace(" ", "")
        words = tuple(spaced.split())
        found: dict[str, set[str]] = defaultdict(set)
        denied: set[str] = set()
        for stem, end in _stems().found(words, tight):
            found[stem.room].add(stem.name)
            if stem.room == "matters" and _DENIED.match(tight, end):
                denied.add(stem.name)
        aside = _ASIDE.findall(spaced)
        return Gist(
            told=told,
            words=words,
            grams=frozenset(tight[i : i + 2] for i in range(len(tight) - 1)),
            matters=frozenset(found["matters"]),
            given=self._given.get(told.project or "", frozenset()),
            denied=frozenset(denied),
            praises=bool(found["praises"]),
            wants=frozenset(found["wants"]),
            objects=bool(found["against"]),
            asks=_ASKS.search(tight) is not None,
            follows=bool(found["follows"]),
            sides=frozenset(found["sides"]),
            numbers=frozenset(_numbers(spaced)),
            places=frozenset(self._names[each] for each in self._name.findall(tight)),
            placed=self._of_projects.get(told.project or "", frozenset()),
            kept_off=frozenset(_stem(off) for off, _ in aside),
            meant=frozenset(_stem(on) for _, on in aside),
        )


def matters_of(words: str) -> frozenset[str]:
    """The matters a few words name."""
    plain = _NO_WORD.sub(" ", words.lower()).strip()
    found = _stems().found(tuple(plain.split()), plain.replace(" ", ""))
    return frozenset(stem.name for stem, _ in found if stem.room == "matters")


def squeezed(text: str) -> str:
    """Small letters without blanks and marks: 덕진 공원, and 덕진공원, are one."""
    return _NO_WORD.sub("", unicodedata.normalize("NFC", text).lower())


def opposite_sides(one: Iterable[str], other: Iterable[str]) -> tuple[str, str] | None:
    """Two words for different parts of one place, one of each; None where they agree, or one says
    nothing.
    """
    ours, theirs = set(one), set(other)
    for axis in _AXES:
        mine, yours = ours.intersection(axis), theirs.intersection(axis)
        if mine and yours and not mine & yours:
            return min(mine), min(yours)
    return None


class _Stem(msgspec.Struct, frozen=True):
    stem: str
    room: str
    name: str


class _Stems:
    """All stems of the lists by their first letters: a text is gone through once for all of them.

    `within` are found anywhere in a text without blanks, `begins` at the beginning of a word.
    """

    def __init__(self, rooms: Mapping[str, Mapping[str, str]]) -> None:
        self._within: dict[str, list[_Stem]] = defaultdict(list)
        self._begins: dict[str, list[_Stem]] = defaultdict(list)
        for room, stems_by_name in rooms.items():
            for name, stems in stems_by_name.items():
                for stem in stems.split():
                    plain = stem.removeprefix("^")
                    if plain != stem or plain.isascii():
                        self._begins[plain[0]].append(_Stem(plain, room, name))
                    else:
                        self._within[plain[:2]].append(_Stem(plain, room, name))

    def found(self, words: tuple[str, ...], tight: str) -> Iterator[tuple[_Stem, int]]:
        """Each stem that is there, with the place in the text without blanks where it ends."""
        within = self._within
        for at in range(len(tight) - 1):
            for each in within.get(tight[at : at + 2], ()):
                if tight.startswith(each.stem, at):
                    yield each, at + len(each.stem)
        at = 0
        for word in words:
            for each in self._begins.get(word[0], ()):
                if word.startswith(each.stem):
                    yield each, at + len(each.stem)
            at += len(word)


@cache
def _list() -> dict[str, dict[str, str]]:
    words = resources.files("resources").joinpath("words", "matters.toml").read_bytes()
    return tomllib.loads(words.decode())


@cache
def _stems() -> _Stems:
    others = ("boilerplate", "beside")
    return _Stems({room: names for room, names in _list().items() if room not in others})


@cache
def beside_the_point() -> frozenset[str]:
    """Matters that are mostly told along with another."""
    return frozenset(_list()["beside"]["matters"])


@cache
def _boilerplate() -> re.Pattern[str]:
    phrases = sorted(_list()["boilerplate"]["phrases"], key=len, reverse=True)
    return re.compile("|".join(r"\s*".join(map(re.escape, each.split())) for each in phrases))


def _numbers(spaced: str) -> Iterable[tuple[str, str]]:
    for amount, unit in _COUNTED.findall(spaced):
        yield str(_NUMERALS.get(amount, amount)), unit


def _stem(word: str) -> str:
    """The beginning of a word, by which its other forms are known."""
    return word[:2]

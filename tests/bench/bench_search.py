"""The part of a search keystroke that the index takes, over ten thousand projects."""

from __future__ import annotations

from time import perf_counter

import msgspec

from db.catalogue.loading import load_catalogue
from db.catalogue.search import ProjectIndex
from tests.bench.figure import Figure, at_95

PROJECTS = 10_000
_WORDS = (
    "ㄱ ㄷ ㄷㅈ ㄷㅈㄱ ㄷㅈㄱㅇ 더 덕 덕ㅈ 덕지 덕진 덕진고 덕진공원 나 남 나무 고 공 ㅈ원"
    " d deok deokjin 없는이름"
)
TYPED = [*_WORDS.split(), "도서관 ㄷㅈ"]
ROUNDS = 5


def measure() -> dict[str, Figure]:
    real = load_catalogue().projects
    many = [
        msgspec.structs.replace(
            real[number % len(real)],
            id=f"{real[number % len(real)].id}-{number}",
            name_ko=f"{real[number % len(real)].name_ko} {number}호",
        )
        for number in range(PROJECTS)
    ]
    began = perf_counter()
    index = ProjectIndex(many)
    built = (perf_counter() - began) * 1000
    taken = []
    for _ in range(ROUNDS):
        for typed in TYPED:
            began = perf_counter()
            index.find(typed)
            taken.append((perf_counter() - began) * 1000)
    return {
        "keystroke in the index, 10,000 projects": at_95(taken, "ms", 10, "95th of all keystrokes"),
        "building the index": Figure(built, "ms", None, 1, None, "once, off the UI thread"),
    }

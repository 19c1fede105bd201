"""What feedback can be about, found by name: projects and legal dongs."""

from __future__ import annotations

import unicodedata

from db.catalogue.search import ProjectIndex
from db.records import Catalogue
from db.records.feedback import About
from desktop.kiosk.feedback.state import Hit, Subject
from desktop.map.city import City
from desktop.map.projection import to_world

#: Projects shown for one search; a longer list is narrowed by writing, not by paging.
MOST_HITS = 24


_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_FINALS = "ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"


class Subjects:
    """Names subjects and finds them while their name is being written."""

    def __init__(
        self, catalogue: Catalogue, city: City, here: tuple[float, float] | None = None
    ) -> None:
        """`here` is where the kiosk stands, WGS84 degrees."""
        self._catalogue, self._city = catalogue, city
        self._own_dong = city.dong_at(*to_world(*here)) if here else None
        self._index: ProjectIndex | None = None

    def of_project(self, ident: str) -> Subject | None:
        project = self._catalogue.project_by_id.get(ident)
        if project is None:
            return None
        return Subject(
            About.PROJECT,
            project=project.id,
            name_ko=project.name_ko,
            name_en=project.name_en,
            theme=str(project.theme),
        )

    def of_dong(self, name_ko: str) -> Subject | None:
        dong = self._city.dong_named(name_ko)
        if dong is None:
            return None
        return Subject(About.DONG, dong=name_ko, name_ko=name_ko, name_en=dong.name("en"))

    def of_place(self, lat: float, lon: float) -> Subject | None:
        """A point in the city, named after the dong it lies in; None outside."""
        dong = self._city.dong_at(*to_world(lat, lon))
        if dong is None:
            return None
        return Subject(
            About.POINT,
            lat=lat,
            lon=lon,
            name_ko=f"{dong.name('ko')}의 한 곳",
            name_en=f"A place in {dong.name('en')}",
        )

    @staticmethod
    def of_trees() -> Subject:
        return Subject(About.TREES, name_ko="나무 심기", name_en="Planting trees")

    @staticmethod
    def of_everything() -> Subject:
        return Subject(About.GENERAL, name_ko="전주시 전체", name_en="All of Jeonju")

    def projects(self, query: str) -> tuple[tuple[Hit, ...], int]:
        """Projects that match, at most MOST_HITS, and how many more there are."""
        if self._index is None:
            self._index = ProjectIndex(self._catalogue.projects)
        found = self._index.find(query)
        by_id = self._catalogue.project_by_id
        hits = [by_id[ident] for ident in found[:MOST_HITS]]
        return (
            tuple(Hit(p.id, p.name_ko, p.name_en, str(p.theme)) for p in hits),
            max(0, len(found) - MOST_HITS),
        )

    def dongs(self, query: str) -> tuple[tuple[Hit, ...], int]:
        """All legal dongs that match: the one the kiosk stands in, then by the dictionary."""
        wanted = "".join(query.split()).casefold()
        named = sorted(
            (d is not self._own_dong, d.name("ko"), d.name("en")) for d in self._city.dongs
        )
        found = [(ko, en) for _far, ko, en in named if _matches(wanted, ko, en)]
        return tuple(Hit(ko, ko, en) for ko, en in found), 0


def _matches(wanted: str, ko: str, en: str) -> bool:
    if wanted in en.casefold() or not wanted:
        return True
    initials = "".join(_letters(each)[0] for each in ko)
    return wanted in initials or _letters(wanted) in _letters(ko)


def _letters(text: str) -> str:
    """`text` in keyboard letters, so that 남 is the beginning of 나무."""
    letters = ""
    for part in unicodedata.normalize("NFD", text):
        code = ord(part)
        if 0x1100 <= code <= 0x1112:
            letters += _INITIALS[code - 0x1100]
        elif 0x1161 <= code <= 0x1175:
            letters += chr(0x314F + code - 0x1161)
        elif 0x11A8 <= code <= 0x11C2:
            letters += _FINALS[code - 0x11A8]
        else:
            letters += part
    return letters

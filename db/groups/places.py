"""How people name the places of the city: by the word that tells one from the others."""

from __future__ import annotations

import re
from functools import cached_property

from db.groups.gist import squeezed
from db.records.catalogue import Catalogue

_ASIDE = re.compile(r"\(.*?\)")
_EVERYWHERE = re.compile(r"(?:국립|옛|전주시립|전주시|전주|에코시티)+")
"""Begin many names and tell none from another."""
_OF_MANY = ("대학교", "지방법원", "도서관꽃심", "도서관")
_PLACES = re.compile(
    r".+(?:공원|호수?|제|숲|길|센터|관|시장|산|천|역|정원|마을|동물원|로|곡|허브|촌)"
)
"""Projects that are places are named so; others are programmes."""
_SHORTEST = 3
_KEY = 2


class PlaceNames:
    """What the words of an opinion name, and what a project's own name names. A place is known by
    the first letters that are its own: 덕진공원 and 덕진연못 lie together.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    @cached_property
    def keys(self) -> dict[str, str]:
        """From each name, small and without blanks, to the key of its place."""
        found = {}
        for landmark in self._catalogue.landmarks:
            for name in _names(landmark.name_ko):
                found[name] = _key(name)
        for project in self._catalogue.projects:
            for word in (project.name_ko, *project.name_ko.split(" ")):
                for name in _names(word):
                    if _PLACES.fullmatch(name):
                        found[name] = _key(name)
        return {name: key for name, key in found.items() if len(key) == _KEY}

    @cached_property
    def of_projects(self) -> dict[str, frozenset[str]]:
        """From a project's id to the keys its own name holds."""
        found = {}
        for project in self._catalogue.projects:
            name = squeezed(project.name_ko)
            found[project.id] = frozenset(key for each, key in self.keys.items() if each in name)
        return found

    @cached_property
    def project_names(self) -> dict[str, str]:
        return {project.id: project.name_ko for project in self._catalogue.projects}


def _names(name: str) -> list[str]:
    plain = squeezed(_ASIDE.sub("", name))
    both = dict.fromkeys((plain, _key_part(plain)))
    return [each for each in both if len(each) >= _SHORTEST and each not in _OF_MANY]


def _key(name: str) -> str:
    return _key_part(name)[:_KEY]


def _key_part(name: str) -> str:
    begins = _EVERYWHERE.match(name)
    return name[begins.end() :] if begins else name

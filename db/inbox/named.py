"""Names by their first sounds: ㄷㅈㄱㅇ finds what is about 덕진공원."""

from __future__ import annotations

from collections.abc import Mapping

from db.catalogue.search import initials_of, is_initials


class Names:
    """What projects are called, by their ids. A dong is called what it is."""

    def __init__(self, projects: Mapping[str, str]) -> None:
        self._initials = {ident: initials_of(name) for ident, name in projects.items()}

    def is_initials(self, word: str) -> bool:
        return is_initials(word)

    def project(self, ident: str, initials: str) -> bool:
        return initials in self._initials.get(ident, "")

    def dong(self, name: str, initials: str) -> bool:
        return initials in initials_of(name)

"""Whose work and whose facts are shown: read once, from `resources/help/credits.toml`."""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache

from db.bilingual import Bilingual
from db.records.catalogue import Catalogue
from desktop import assets


@dataclass(frozen=True, slots=True)
class Credit:
    ko: str
    en: str
    by_ko: str
    by_en: str
    licence: str = ""

    def what(self, language: str) -> str:
        return Bilingual(self.ko, self.en).in_(language)

    def by(self, language: str) -> str:
        words = Bilingual(self.by_ko, self.by_en).in_(language)
        return f"{words} · {self.licence}" if self.licence else words


@cache
def credits() -> tuple[Credit, ...]:
    """The credits in the file's order."""
    entries = tomllib.loads(assets.read("help", "credits.toml").decode())["credit"]
    return tuple(Credit(**entry) for entry in entries)


@dataclass(frozen=True, slots=True)
class Publisher:
    ko: str
    en: str
    count: int

    def name(self, language: str) -> str:
        return Bilingual(self.ko, self.en).in_(language)


def publishers(catalogue: Catalogue) -> tuple[Publisher, ...]:
    """Who published the sources of the projects and of the tree ledger, most quoted first.

    A page quoted by both counts once.
    """
    pages = {
        source.url or ident: source
        for group in (catalogue.sources, catalogue.trees.sources)
        for ident, source in group.items()
    }
    counted = Counter(source.publisher for source in pages.values() if source.publisher)
    english = {s.publisher: s.publisher_en for s in pages.values() if s.publisher_en}
    ranked = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Publisher(name, english.get(name) or name, count) for name, count in ranked)

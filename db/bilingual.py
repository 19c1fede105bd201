"""A thing said in both languages, Korean first."""

from __future__ import annotations

from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")


class Bilingual(NamedTuple, Generic[T]):
    """The one place that chooses between the two. Where English may be missing, whoever makes the
    pair says what stands there instead: mostly the Korean.
    """

    ko: T
    en: T

    def in_(self, language: str) -> T:
        return self.en if language == "en" else self.ko

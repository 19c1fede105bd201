"""The names of Jeonju's legal dongs 법정동, as feedback may name them."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

import msgspec


class _Named(msgspec.Struct):
    name: str


class _City(msgspec.Struct):
    dongs: list[_Named]


@lru_cache(maxsize=1)
def dong_names() -> frozenset[str]:
    """The 83 legal dongs of the built-in map."""
    raw = (files("resources") / "map" / "city.json").read_bytes()
    return frozenset(dong.name for dong in msgspec.json.decode(raw, type=_City).dongs)

"""What other parts give the map to draw: descriptions, never records."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Pin:
    """One project. `name` is in the visit's language; an area hint is known to more than 500 m."""

    ident: str
    lat: float
    lon: float
    theme: str
    name: str
    area_hint: bool = False


@dataclass(frozen=True)
class TreeSpot:
    """One planting site: a glyph whose height follows `trees` (None: count unknown)."""

    ident: str
    lat: float
    lon: float
    kind: str
    trees: int | None
    name: str


@dataclass(frozen=True)
class Here:
    """Where this kiosk stands."""

    lat: float
    lon: float
    word: str


@dataclass(frozen=True)
class NamedPlace:
    """A named point to steer by. `kind` is water, hill or landmark."""

    lat: float
    lon: float
    name: str
    kind: str

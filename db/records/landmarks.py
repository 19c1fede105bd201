"""Landmarks: what a resident steers by on the map, the libraries with kiosks among them."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import msgspec

from db.bilingual import Bilingual
from db.records.base import (
    Id,
    Latitude,
    Line,
    Longitude,
    Name,
    Paragraph,
    PartialDate,
    Record,
    Source,
)


class LandmarkKind(StrEnum):
    BRIDGE = "bridge"
    CIVIC = "civic"
    CULTURE = "culture"
    DISTRICT = "district"
    HILL = "hill"
    LAKE = "lake"
    LIBRARY = "library (kiosk site)"
    PARK = "park"
    STATION = "station"
    STREAM = "stream"
    UNIVERSITY = "university"


class Landmark(Record, frozen=True):
    """One named point, WGS84 degrees. `order` counts bridges downstream along `river`."""

    id: Id
    name_ko: Name
    name_en: Name
    kind: LandmarkKind
    lat: Latitude
    lon: Longitude
    basis: Id
    legal_dong: Name | None = None
    note_ko: Line | None = None
    note_en: Line | None = None
    order: Annotated[int, msgspec.Meta(ge=1, le=200)] | None = None
    river: Name | None = None

    @property
    def is_library(self) -> bool:
        """True where a kiosk can stand."""
        return self.kind is LandmarkKind.LIBRARY

    def name(self, language: str) -> str:
        return Bilingual(self.name_ko, self.name_en).in_(language)


class BridgeOrder(Record, frozen=True):
    """The bridges of one stream from upstream to downstream, most of them without a coordinate."""

    river: Name
    river_en: Name
    direction: Line
    bridges_ko: Annotated[tuple[Name, ...], msgspec.Meta(max_length=200)]
    order_confidence: Line
    basis: Paragraph | None = None


class LandmarksFile(Record, frozen=True):
    """The whole of landmarks.json."""

    as_of: PartialDate
    landmarks: Annotated[tuple[Landmark, ...], msgspec.Meta(max_length=5_000)]
    bridge_order: Annotated[tuple[BridgeOrder, ...], msgspec.Meta(max_length=50)]
    sources: Annotated[dict[Id, Source], msgspec.Meta(max_length=50_000)]

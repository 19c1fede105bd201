"""The bounds every record obeys: lengths, dates, identifiers and coordinates.

Whatever comes from a file is hostile until these types have accepted it, so each bound lives here
once and the records only name it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import msgspec

SOUTH, NORTH = 35.70, 35.95
WEST, EAST = 126.95, 127.30
"""A generous box around Jeonju in degrees, WGS84. A point outside it is a mistake, not a place."""

# Line feed and tab are writing; every other control character and the direction overrides that
# can make a name read backwards are not.
_PLAIN = r"^[^\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]*$"

Id = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$(?!\n)")]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=120, pattern=_PLAIN)]
Line = Annotated[str, msgspec.Meta(max_length=500, pattern=_PLAIN)]
Paragraph = Annotated[str, msgspec.Meta(max_length=2000, pattern=_PLAIN)]
PartialDate = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^(19|20)[0-9][0-9](-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$(?!\n)"
    ),
]
"""YYYY, YYYY-MM or YYYY-MM-DD: as precise as the source was."""
Latitude = Annotated[float, msgspec.Meta(ge=SOUTH, le=NORTH)]
Longitude = Annotated[float, msgspec.Meta(ge=WEST, le=EAST)]
Count = Annotated[int, msgspec.Meta(ge=0, le=100_000_000)]
Won = Annotated[int, msgspec.Meta(ge=0, le=1_000_000_000_000_000)]
SquareMetres = Annotated[int, msgspec.Meta(ge=0, le=1_000_000_000)]
Metres = Annotated[int, msgspec.Meta(ge=0, le=50_000)]


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Something written once and then only read; a field nobody declared is an error."""


class Source(Record, frozen=True):
    """Where a figure or a date was published, in our own words."""

    url: Line
    publisher: Name
    title_ko: Line | None = None
    date: PartialDate | None = None
    url_form: Line | None = None
    note: Line | None = None
    note_ko: Line | None = None
    title_en: Line | None = None
    publisher_en: Line | None = None


class Theme(StrEnum):
    GARDEN = "garden"
    CARBON_NEUTRAL = "carbon-neutral"
    REGENERATION = "regeneration"
    CULTURE_LIBRARY = "culture-library"
    ECONOMY = "economy"
    HEALTH = "health"


class ProjectStatus(StrEnum):
    UNDER_WAY = "under-way"
    COMPLETED = "completed"
    PLANNED = "planned"
    CHANGED = "changed"
    STOPPED = "stopped"
    UNKNOWN = "unknown"


class LocationBasis(StrEnum):
    ADDRESS = "address in source"
    LANDMARK = "well-known landmark"
    DONG_CENTRE = "dong centre"
    CITY_WIDE = "city-wide"

"""Projects 사업: what the city set out to do, where, how far it came, and who says so."""

from __future__ import annotations

from typing import Annotated

import msgspec

from db.bilingual import Bilingual
from db.records.base import (
    Id,
    Latitude,
    Line,
    LocationBasis,
    Longitude,
    Metres,
    Name,
    Paragraph,
    PartialDate,
    ProjectStatus,
    Record,
    Source,
    SquareMetres,
    Theme,
    Won,
)

#: A point known only to more metres than this stands for a neighbourhood.
EXACT_M = 500


class TimelineEntry(Record, frozen=True):
    date: PartialDate
    event_ko: Line
    event_en: Line
    source_id: Id


class ContextEntry(Record, frozen=True):
    """Something that happened around the projects, such as a change of mayor."""

    date: PartialDate
    text_ko: Line
    text_en: Line
    source_id: Id | None = None


class PlanChange(Record, frozen=True):
    """What was planned before and what took its place, each with the day it was announced."""

    before_ko: Name
    before_en: Name
    before_date: PartialDate
    after_ko: Name
    after_en: Name
    after_date: PartialDate


class BudgetClaim(Record, frozen=True):
    """One of several amounts that sources give for the same project."""

    krw: Won
    date: PartialDate


class Project(Record, frozen=True):
    """One project. Money in won, area in square metres, precision in metres, WGS84 degrees."""

    id: Id
    name_ko: Name
    name_en: Name
    theme: Theme
    summary_ko: Paragraph
    summary_en: Paragraph
    place_ko: Name
    location_basis: LocationBasis
    status: ProjectStatus
    sources: Annotated[tuple[Id, ...], msgspec.Meta(min_length=1, max_length=40)]
    place_en: Name | None = None
    in_seed: bool = False
    seed_words: Line | None = None
    seed_words_more: Annotated[tuple[Line, ...], msgspec.Meta(max_length=20)] = ()
    legal_dong: Name | None = None
    lat: Latitude | None = None
    lon: Longitude | None = None
    location_precision_m: Metres | None = None
    location_source: Id | None = None
    status_date: PartialDate | None = None
    timeline: Annotated[tuple[TimelineEntry, ...], msgspec.Meta(max_length=100)] = ()
    budget_krw: Won | None = None
    area_m2: SquareMetres | None = None
    lead_department: Name | None = None
    notes_ko: Paragraph | None = None
    notes_en: Paragraph | None = None
    related: Annotated[tuple[Id, ...], msgspec.Meta(max_length=40)] = ()
    change: PlanChange | None = None
    #: Amounts that disagree, to be shown side by side; empty when sources agree.
    budget_claims: Annotated[tuple[BudgetClaim, ...], msgspec.Meta(max_length=10)] = ()

    @property
    def is_city_wide(self) -> bool:
        """True when there is no point to draw: it belongs on the shelf 시 전역."""
        return self.location_basis is LocationBasis.CITY_WIDE

    @property
    def is_area_hint(self) -> bool:
        """True when the point is only a dong's centre."""
        return self.location_basis is LocationBasis.DONG_CENTRE

    @property
    def is_area(self) -> bool:
        """True when the point stands for a neighbourhood: it is never drawn as an exact pin, and
        nobody is told how many minutes it is away."""
        return self.is_area_hint or (self.location_precision_m or 0) > EXACT_M

    def name(self, language: str) -> str:
        return Bilingual(self.name_ko, self.name_en).in_(language)

    def summary(self, language: str) -> str:
        return Bilingual(self.summary_ko, self.summary_en).in_(language)

    def notes(self, language: str) -> str | None:
        return Bilingual(self.notes_ko, self.notes_en).in_(language)


class ProjectsFile(Record, frozen=True):
    """The whole of projects.json."""

    as_of: PartialDate
    area: Line
    note: Line
    context: Annotated[tuple[ContextEntry, ...], msgspec.Meta(max_length=1000)]
    projects: Annotated[tuple[Project, ...], msgspec.Meta(max_length=10_000)]
    sources: Annotated[dict[Id, Source], msgspec.Meta(max_length=50_000)]

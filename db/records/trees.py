"""The tree ledger: plan, statements, plantings, removals, participation and benefit factors.

Figures stay exactly as their sources gave them. Nothing here adds up; a screen that adds must
obey `LedgerMeta.counting_rule` and say which kind of figure it shows.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import msgspec

from db.bilingual import Bilingual
from db.records.base import (
    Count,
    Id,
    Latitude,
    Line,
    Longitude,
    Name,
    Paragraph,
    PartialDate,
    Record,
    Source,
    Won,
)
from db.records.programme import Noted, Programme, Sector, Series

Year = Annotated[int, msgspec.Meta(ge=1900, le=2099)]
DateOrSpan = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^(19|20)[0-9][0-9](-[0-9][0-9](-[0-9][0-9])?)?(/(19|20)[0-9][0-9](-[0-9][0-9](-[0-9][0-9])?)?)?$(?!\n)",
        max_length=21,
    ),
]
Values = Annotated[tuple[float, ...], msgspec.Meta(max_length=100)]


class PlantingStatus(StrEnum):
    COMPLETED = "completed"
    DISTRIBUTED = "distributed"
    DONATION_PLEDGED = "donation_pledged"
    PLANNED = "planned"
    PRE_PROGRAMME = "pre_programme"
    TRANSPLANTED = "transplanted"


class CountBasis(StrEnum):
    WOODY_PLANTS = "woody_plants"
    TREES_AND_FLOWERS_MIXED = "trees_and_flowers_mixed"


class DatePrecision(StrEnum):
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class LedgerMeta(Record, frozen=True):
    compiled: PartialDate
    language_note: Line
    coordinate_system: Line
    date_semantics: Paragraph
    status_values: tuple[PlantingStatus, ...]
    counting_rule: Paragraph
    counting_rule_ko: Paragraph | None = None
    date_semantics_ko: Paragraph | None = None


class RunningTotal(Noted, frozen=True):
    """A statement of how many trees stand at a date; `programme_total` says of what."""

    date: PartialDate
    trees: Count
    scope: Line
    derived: bool
    programme_total: bool
    sector: Sector | None = None
    source_id: Id | None = None
    approximate: bool = False
    scope_ko: Line | None = None


class AnnualFigure(Noted, frozen=True):
    kind: Name
    source_id: Id
    year: Year | None = None
    trees: Count | None = None
    budget_krw: Won | None = None
    derived: bool = False
    kind_ko: Name | None = None


class Planting(Noted, frozen=True):
    """One planting 식재. `trees` is None where no source states a count."""

    id: Id
    place_ko: Line
    place_en: Line
    species: Annotated[tuple[Name, ...], msgspec.Meta(max_length=100)]
    date: PartialDate
    date_precision: DatePrecision
    sector: Sector
    status: PlantingStatus
    category: Name
    source_id: Id
    dong: Name | None = None
    dong_en: Name | None = None
    lat: Latitude | None = None
    lon: Longitude | None = None
    location_basis: Line | None = None
    trees: Count | None = None
    flowers: Count | None = None
    group: Id | None = None
    count_basis: CountBasis | None = None
    category_ko: Name | None = None
    category_en: Name | None = None
    species_en: Annotated[tuple[Name, ...], msgspec.Meta(max_length=100)] = ()
    location_basis_ko: Line | None = None
    location_basis_en: Line | None = None

    def place(self, language: str) -> str:
        return Bilingual(self.place_ko, self.place_en).in_(language)

    def dong_name(self, language: str) -> str:
        """The dong as the record gives it, "" where it gives none."""
        dong = self.dong or ""
        return Bilingual(dong, self.dong_en or dong).in_(language)

    def category_name(self, language: str) -> str:
        ko, en = self.category_ko or self.category, self.category_en or self.category
        return Bilingual(ko, en).in_(language)

    def species_names(self, language: str) -> tuple[str, ...]:
        return Bilingual(self.species, self.species_en or self.species).in_(language)

    def location_note(self, language: str) -> str:
        """How well the position is known, "" where there is no position."""
        basis = self.location_basis or ""
        ko, en = self.location_basis_ko or basis, self.location_basis_en or basis
        return Bilingual(ko, en).in_(language)

    @property
    def counts(self) -> bool:
        """True when the ledger's counting rule lets this planting be added to others."""
        return (
            self.status is PlantingStatus.COMPLETED
            and self.count_basis is CountBasis.WOODY_PLANTS
            and self.trees is not None
        )


class Removal(Noted, frozen=True):
    """Trees felled, moved or dead 제거·이식; some statements overlap, as their notes say."""

    date: PartialDate
    place_ko: Line
    trees: Count
    action: Line
    species: tuple[Name, ...]
    source_id: Id
    approximate: bool = False
    place_en: Line | None = None
    action_ko: Line | None = None
    species_en: tuple[Name, ...] = ()

    def place(self, language: str) -> str:
        return Bilingual(self.place_ko, self.place_en or self.place_ko).in_(language)

    def deed(self, language: str) -> str:
        """What was done to the trees."""
        return Bilingual(self.action_ko or self.action, self.action).in_(language)

    def species_names(self, language: str) -> tuple[str, ...]:
        return Bilingual(self.species, self.species_en or self.species).in_(language)


class Participation(Noted, frozen=True):
    kind: Name
    kind_ko: Name
    date: DateOrSpan
    source_id: Id
    value: Won | None = None
    unit: Name | None = None
    kind_en: Name | None = None
    unit_ko: Name | None = None


class Benefit(Noted, frozen=True):
    """What a mature tree does. Never to be multiplied by sapling counts in silence."""

    id: Id
    metric: Line
    value: float | Values | Series
    unit: Name
    basis: Line
    source_id: Id
    metric_ko: Line | None = None
    unit_ko: Name | None = None
    basis_ko: Line | None = None
    labels_ko: Annotated[dict[Name, Name], msgspec.Meta(max_length=100)] | None = None
    labels_en: Annotated[dict[Name, Name], msgspec.Meta(max_length=100)] | None = None


class Glyph(StrEnum):
    """How a species is drawn; one that is not listed is drawn round."""

    ROUND = "round"
    PINE = "pine"
    GINKGO = "ginkgo"
    POPLAR = "poplar"
    SHRUB = "shrub"


class Version(Record, frozen=True):
    """What one source says about a disputed point."""

    text_ko: Line
    text_en: Line
    date: PartialDate | None = None
    source_id: Id | None = None

    def text(self, language: str) -> str:
        return Bilingual(self.text_ko, self.text_en).in_(language)


class Conflict(Noted, frozen=True):
    """A point on which sources differ; screens show the versions side by side."""

    id: Id
    point_ko: Line
    point_en: Line
    versions: Annotated[tuple[Version, ...], msgspec.Meta(min_length=2, max_length=20)]

    def point(self, language: str) -> str:
        return Bilingual(self.point_ko, self.point_en).in_(language)


class TreesFile(Record, frozen=True):
    """The whole of trees.json."""

    meta: LedgerMeta
    programme: Programme
    cumulative: Annotated[tuple[RunningTotal, ...], msgspec.Meta(max_length=1000)]
    annual: Annotated[tuple[AnnualFigure, ...], msgspec.Meta(max_length=1000)]
    plantings: Annotated[tuple[Planting, ...], msgspec.Meta(max_length=20_000)]
    removals: Annotated[tuple[Removal, ...], msgspec.Meta(max_length=20_000)]
    participation: Annotated[tuple[Participation, ...], msgspec.Meta(max_length=5_000)]
    benefits: Annotated[tuple[Benefit, ...], msgspec.Meta(max_length=500)]
    gaps: Annotated[tuple[Paragraph, ...], msgspec.Meta(max_length=500)]
    sources: Annotated[dict[Id, Source], msgspec.Meta(max_length=50_000)]
    gaps_ko: Annotated[tuple[Paragraph, ...], msgspec.Meta(max_length=500)] = ()
    gaps_en: Annotated[tuple[Paragraph, ...], msgspec.Meta(max_length=500)] = ()
    conflicts: Annotated[tuple[Conflict, ...], msgspec.Meta(max_length=500)] = ()
    glyphs: Annotated[dict[Name, Glyph], msgspec.Meta(max_length=1000)] = msgspec.field(
        default_factory=dict
    )

    def glyph(self, species: tuple[str, ...]) -> str:
        """How a planting is drawn: like the first of its species."""
        return self.glyphs.get(species[0], Glyph.ROUND).value if species else Glyph.ROUND.value

    def unknown(self, language: str) -> tuple[str, ...]:
        """What was looked for and not found, one sentence each."""
        return Bilingual(self.gaps_ko or self.gaps, self.gaps_en or self.gaps).in_(language)

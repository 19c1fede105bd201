"""The tree ledger: plan, statements, plantings, removals, participation and benefit factors.

Figures stay exactly as their sources gave them. Nothing here adds up; a screen that adds must
obey `LedgerMeta.counting_rule` and say which kind of figure it shows.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import msgspec

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

Year = Annotated[int, msgspec.Meta(ge=1900, le=2099)]
Also = Annotated[tuple[Id, ...], msgspec.Meta(max_length=40)]
Period = Annotated[str, msgspec.Meta(pattern=r"^(19|20)\d\d-\d\d\.\.(19|20)\d\d-\d\d$")]
DateOrSpan = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^(19|20)\d\d(-\d\d(-\d\d)?)?(/(19|20)\d\d(-\d\d(-\d\d)?)?)?$", max_length=21
    ),
]
Series = Annotated[dict[Name, float], msgspec.Meta(max_length=100)]
Values = Annotated[tuple[float, ...], msgspec.Meta(max_length=100)]


class Sector(StrEnum):
    PUBLIC = "public"
    PRIVATE = "private"
    CITIZEN = "citizen"


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


class TargetSplit(Record, frozen=True):
    public: Count
    private: Count
    date: PartialDate
    source_id: Id
    also: Also = ()
    note: Paragraph | None = None
    note_ko: Paragraph | None = None


class TargetPhase(Record, frozen=True):
    phase: Period
    trees: Count
    source_id: Id


class Subtarget(Record, frozen=True):
    sector: Sector
    kind_ko: Name
    trees: Count
    source_id: Id
    kind_en: Name | None = None
    also: Also = ()
    derived: bool = False
    note: Paragraph | None = None
    note_ko: Paragraph | None = None


class BudgetStatement(Record, frozen=True):
    amount_krw: Won
    date: PartialDate
    source_id: Id
    note: Paragraph | None = None
    note_ko: Paragraph | None = None


class GardenTarget(Record, frozen=True):
    kind_ko: Name
    target: Count
    by: PartialDate
    date: PartialDate
    source_id: Id
    kind_en: Name | None = None
    note: Paragraph | None = None
    note_ko: Paragraph | None = None


class DatedFact(Record, frozen=True):
    date: PartialDate
    fact: Paragraph
    source_id: Id
    fact_ko: Paragraph | None = None


class AirFact(Record, frozen=True):
    """Yearly means keyed by year; the unit stands in the fact's own words."""

    fact: Paragraph
    values: Series
    national: Series
    source_id: Id
    fact_ko: Paragraph | None = None


class Programme(Record, frozen=True):
    name_ko: Name
    name_en: Name
    earlier_names_ko: tuple[Name, ...]
    approved: PartialDate
    approved_by: Line
    period_start: PartialDate
    period_end: PartialDate
    period_note: Paragraph
    target_total: Count
    target_split: tuple[TargetSplit, ...]
    target_phases: tuple[TargetPhase, ...]
    subtargets: tuple[Subtarget, ...]
    budget: tuple[BudgetStatement, ...]
    garden_targets: tuple[GardenTarget, ...]
    organisation: tuple[DatedFact, ...]
    after_2022: tuple[DatedFact, ...]
    air_and_heat_context: tuple[AirFact, ...]
    earlier_names_en: tuple[Name, ...] = ()
    approved_by_ko: Line | None = None
    period_note_ko: Paragraph | None = None


class RunningTotal(Record, frozen=True):
    """A statement of how many trees stand at a date; `programme_total` says of what."""

    date: PartialDate
    trees: Count
    scope: Line
    derived: bool
    programme_total: bool
    note: Paragraph
    sector: Sector | None = None
    source_id: Id | None = None
    approximate: bool = False
    scope_ko: Line | None = None
    note_ko: Paragraph | None = None


class AnnualFigure(Record, frozen=True):
    kind: Name
    source_id: Id
    note: Paragraph
    year: Year | None = None
    trees: Count | None = None
    budget_krw: Won | None = None
    derived: bool = False
    kind_ko: Name | None = None
    note_ko: Paragraph | None = None


class Planting(Record, frozen=True):
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
    note: Paragraph
    dong: Name | None = None
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
    note_ko: Paragraph | None = None

    @property
    def counts(self) -> bool:
        """True when the ledger's counting rule lets this planting be added to others."""
        return (
            self.status is PlantingStatus.COMPLETED
            and self.count_basis is CountBasis.WOODY_PLANTS
            and self.trees is not None
        )


class Removal(Record, frozen=True):
    """Trees felled, moved or dead 제거·이식; some statements overlap, as their notes say."""

    date: PartialDate
    place_ko: Line
    trees: Count
    action: Line
    species: tuple[Name, ...]
    source_id: Id
    note: Paragraph
    place_en: Line | None = None
    action_ko: Line | None = None
    species_en: tuple[Name, ...] = ()
    note_ko: Paragraph | None = None


class Participation(Record, frozen=True):
    kind: Name
    kind_ko: Name
    date: DateOrSpan
    source_id: Id
    note: Paragraph
    value: Won | None = None
    unit: Name | None = None
    kind_en: Name | None = None
    unit_ko: Name | None = None
    note_ko: Paragraph | None = None


class Benefit(Record, frozen=True):
    """What a mature tree does. Never to be multiplied by sapling counts in silence."""

    id: Id
    metric: Line
    value: float | Values | Series
    unit: Name
    basis: Line
    source_id: Id
    note: Paragraph
    metric_ko: Line | None = None
    unit_ko: Name | None = None
    basis_ko: Line | None = None
    note_ko: Paragraph | None = None


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

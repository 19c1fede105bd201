"""The programme 사업 behind the tree ledger: its plan, its money and what became of its name."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import msgspec

from db.bilingual import Bilingual
from db.records.base import (
    Count,
    Id,
    Line,
    Name,
    Paragraph,
    PartialDate,
    Record,
    Won,
)

Also = Annotated[tuple[Id, ...], msgspec.Meta(max_length=40)]
Period = Annotated[
    str,
    msgspec.Meta(pattern=r"^(19|20)[0-9][0-9]-[0-9][0-9]\.\.(19|20)[0-9][0-9]-[0-9][0-9]$(?!\n)"),
]
Series = Annotated[dict[Name, float], msgspec.Meta(max_length=100)]


class Noted(Record, frozen=True, kw_only=True):
    """A record with a remark; `note_en` stands where the note itself names our own ids."""

    note: Paragraph | None = None
    note_ko: Paragraph | None = None
    note_en: Paragraph | None = None

    def remark(self, language: str) -> str:
        """The remark in one language, "" where there is none."""
        note = self.note or ""
        return Bilingual(self.note_ko or note, self.note_en or note).in_(language)


class Sector(StrEnum):
    PUBLIC = "public"
    PRIVATE = "private"
    CITIZEN = "citizen"


class TargetSplit(Noted, frozen=True):
    public: Count
    private: Count
    date: PartialDate
    source_id: Id
    also: Also = ()


class TargetPhase(Record, frozen=True):
    phase: Period
    trees: Count
    source_id: Id


class Subtarget(Noted, frozen=True):
    sector: Sector
    kind_ko: Name
    trees: Count
    source_id: Id
    kind_en: Name | None = None
    also: Also = ()
    derived: bool = False


class BudgetStatement(Noted, frozen=True):
    """Money in won; `part` where it is for one part of the programme only."""

    amount_krw: Won
    date: PartialDate
    source_id: Id
    part: bool = False


class GardenTarget(Noted, frozen=True):
    kind_ko: Name
    target: Count
    by: PartialDate
    date: PartialDate
    source_id: Id
    kind_en: Name | None = None


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
    period_note_en: Paragraph | None = None

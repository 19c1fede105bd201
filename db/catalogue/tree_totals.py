"""What the tree ledger adds up to, and what must never be added.

Every function is pure and reads one ledger. Bases stay apart: an official plan, an official
statement, a lower bound of what reports itemise, announcements, gifts. Nothing here divides one
by another, because no source states such a share.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from db.records.programme import Sector, TargetSplit
from db.records.trees import (
    CountBasis,
    Planting,
    PlantingStatus,
    RunningTotal,
    TreesFile,
)

SEVERAL = ""
"""Key of the plantings that name no dong, or more than one."""

_DONG = re.compile(r"[가-힣]+?\d*동")
_LEGAL = re.compile(r"^([가-힣]+동)\d+가$")


@dataclass(frozen=True, slots=True)
class Plan:
    """The official plan: trees in all, first and last month (YYYY-MM), its first stated split and
    how many different splits were stated."""

    trees: int
    start: str
    end: str
    split: TargetSplit | None
    splits: int


@dataclass(frozen=True, slots=True)
class Share:
    """One part of the lower bound: `plantings` counted records holding `trees` trees."""

    key: str
    trees: int
    plantings: int


@dataclass(frozen=True, slots=True)
class YearFigure:
    """One year. `confirmed` is None where no counted record exists: unknown, which is not zero.
    `announced` are trees of unconfirmed plans, `mixed` the part of them counted with flowers.
    """

    year: int
    confirmed: int | None
    announced: int
    mixed: int


@dataclass(frozen=True, slots=True)
class Apart:
    """Trees of records that are never added to the lower bound."""

    trees: int
    records: tuple[Planting, ...]


@dataclass(frozen=True, slots=True)
class DongFigure:
    """The lower bound in one place. `area` is the dong as records name it; `whole` is True when
    that area is larger than the legal dong that was asked for."""

    area: str
    trees: int
    plantings: tuple[Planting, ...]
    whole: bool


def plan(ledger: TreesFile) -> Plan:
    programme = ledger.programme
    splits = programme.target_split
    return Plan(
        programme.target_total,
        programme.period_start,
        programme.period_end,
        min(splits, key=lambda split: split.date, default=None),
        len({(split.public, split.private) for split in splits}),
    )


def official_total(ledger: TreesFile) -> RunningTotal | None:
    """The latest total of the whole programme that the city itself stated."""
    stated = [t for t in ledger.cumulative if t.programme_total and not t.derived]
    return max(stated, key=lambda total: total.date, default=None)


def confirmed(ledger: TreesFile) -> tuple[Planting, ...]:
    """The records that may be added: completed, counted, woody plants only.

    A group is one count. Should several of its records carry one, only the largest is taken: a
    lower bound must not hold a head and its members twice.
    """
    heads: dict[str, Planting] = {}
    for each in ledger.plantings:
        if each.counts and each.group is not None:
            head = heads.get(each.group)
            if head is None or (each.trees or 0) > (head.trees or 0):
                heads[each.group] = each
    return tuple(
        each
        for each in ledger.plantings
        if each.counts and (each.group is None or heads[each.group] is each)
    )


def confirmed_trees(ledger: TreesFile) -> int:
    """The lower bound: trees that published reports itemise one by one."""
    return _sum(confirmed(ledger))


def by_category(ledger: TreesFile) -> tuple[Share, ...]:
    """Largest first; keys are the records' categories."""
    return _shares(confirmed(ledger), lambda planting: planting.category)


def by_sector(ledger: TreesFile) -> tuple[Share, ...]:
    """Public, private, citizen, each present even when empty."""
    found = {share.key: share for share in _shares(confirmed(ledger), lambda p: p.sector.value)}
    return tuple(found.get(s.value, Share(s.value, 0, 0)) for s in Sector)


def by_dong(ledger: TreesFile) -> tuple[Share, ...]:
    """Largest first; keys are dongs exactly as the records name them, `SEVERAL` comes last."""
    shares = _shares(confirmed(ledger), _one_dong)
    return tuple(sorted(shares, key=lambda share: share.key == SEVERAL))


def by_year(ledger: TreesFile) -> tuple[YearFigure, ...]:
    """Every year of the programme in order, and any other year that has a counted record."""
    counted: dict[int, int] = {}
    for each in confirmed(ledger):
        counted[_year(each)] = counted.get(_year(each), 0) + (each.trees or 0)
    planned: dict[int, int] = {}
    mixed: dict[int, int] = {}
    for each in announced(ledger).records:
        planned[_year(each)] = planned.get(_year(each), 0) + (each.trees or 0)
        if each.count_basis is CountBasis.TREES_AND_FLOWERS_MIXED:
            mixed[_year(each)] = mixed.get(_year(each), 0) + (each.trees or 0)
    programme = ledger.programme
    years = set(range(int(programme.period_start[:4]), int(programme.period_end[:4]) + 1))
    years |= set(counted) | set(planned)
    return tuple(
        YearFigure(year, counted.get(year), planned.get(year, 0), mixed.get(year, 0))
        for year in sorted(years)
    )


def by_species(ledger: TreesFile) -> tuple[Share, ...]:
    """How many records name a species. `trees` stays 0: reports give no count for each species."""
    named: dict[str, int] = {}
    for each in ledger.plantings:
        if each.status is not PlantingStatus.TRANSPLANTED:
            for species in dict.fromkeys(each.species):
                named[species] = named.get(species, 0) + 1
    return tuple(
        Share(species, 0, records)
        for species, records in sorted(named.items(), key=lambda item: (-item[1], item[0]))
    )


def announced(ledger: TreesFile) -> Apart:
    """Counted plans whose completion nobody confirmed; some count flowers too."""
    return _apart(ledger, lambda p: p.status is PlantingStatus.PLANNED)


def given(ledger: TreesFile) -> Apart:
    """Trees handed out or promised; where and whether they were planted is unknown."""
    gifts = (PlantingStatus.DISTRIBUTED, PlantingStatus.DONATION_PLEDGED)
    return _apart(ledger, lambda p: p.status in gifts)


def mixed(ledger: TreesFile) -> Apart:
    """Completed plantings whose count mixes trees with flowers."""
    return _apart(
        ledger,
        lambda p: (
            p.status is PlantingStatus.COMPLETED
            and p.count_basis is CountBasis.TREES_AND_FLOWERS_MIXED
        ),
    )


def transplanted(ledger: TreesFile) -> Apart:
    """Standing trees that were moved: not plantings."""
    return _apart(ledger, lambda p: p.status is PlantingStatus.TRANSPLANTED)


def before_programme(ledger: TreesFile) -> Apart:
    return _apart(ledger, lambda p: p.status is PlantingStatus.PRE_PROGRAMME)


def confirmed_in_dong(ledger: TreesFile, legal_dong: str) -> DongFigure:
    """The lower bound recorded in the area of a legal dong such as 덕진동1가 or 교동.

    Reports name whole or administrative dongs (덕진동, 효자4동), so a record is matched by the
    name without its numbers. A record that names several dongs belongs to none of them.
    """
    match = _LEGAL.match(legal_dong)
    area = match[1] if match else legal_dong
    here = tuple(p for p in confirmed(ledger) if area in _areas(p))
    exact = match is None and all(area == p.dong or f"({area})" in (p.dong or "") for p in here)
    return DongFigure(area, _sum(here), here, bool(here) and not exact)


def _year(planting: Planting) -> int:
    return int(planting.date[:4])


def _sum(plantings: Iterable[Planting]) -> int:
    return sum(each.trees or 0 for each in plantings)


def _apart(ledger: TreesFile, belongs: Callable[[Planting], bool]) -> Apart:
    records = tuple(p for p in ledger.plantings if p.trees is not None and belongs(p))
    return Apart(_sum(records), records)


def _shares(plantings: Iterable[Planting], key: Callable[[Planting], str]) -> tuple[Share, ...]:
    trees: dict[str, int] = {}
    records: dict[str, int] = {}
    for each in plantings:
        name = key(each)
        trees[name] = trees.get(name, 0) + (each.trees or 0)
        records[name] = records.get(name, 0) + 1
    ordered = sorted(trees, key=lambda name: (-trees[name], name))
    return tuple(Share(name, trees[name], records[name]) for name in ordered)


def _names_several(dong: str) -> bool:
    return any(mark in dong for mark in ("~", "/", " 외 "))


def _one_dong(planting: Planting) -> str:
    dong = planting.dong or SEVERAL
    return SEVERAL if _names_several(dong) else dong


def _areas(planting: Planting) -> frozenset[str]:
    """The dong names in a record, administrative numbers taken out: 효자4동 is 효자동."""
    dong = _one_dong(planting)
    return frozenset(re.sub(r"\d+(?=동$)", "", name) for name in _DONG.findall(dong))

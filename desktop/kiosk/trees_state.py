"""What the tree screens show: one frozen state, and the figures of the ledger computed once."""

from __future__ import annotations

from dataclasses import dataclass

from db import stats
from db.records.trees import RunningTotal, TreesFile

OVERVIEW, MAP, YEARS, KINDS, DONGS = "overview", "map", "years", "kinds", "dongs"
BENEFITS, MORE, REMOVALS, CONFLICTS = "benefits", "more", "removals", "conflicts"
APART, PEOPLE, SOURCES, PROGRAMME = "apart", "people", "sources", "programme"
PLANTED = "planted"
"""Not a topic: the way to 나도 심었어요."""
TOPICS = (
    OVERVIEW, MAP, YEARS, KINDS, DONGS, BENEFITS, MORE, REMOVALS, CONFLICTS, APART, PEOPLE, SOURCES,
    PROGRAMME,
)  # fmt: skip

#: The views of a topic that has more than one; the first is shown first.
TABS = {
    MAP: ("confirmed", "announced"),
    KINDS: ("category", "species", "sector"),
    PROGRAMME: ("plan", "money", "story"),
    PEOPLE: ("people", "gardens", "expo", "gifts"),
}


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything the ledger adds up to; bases stay apart (see db.stats)."""

    plan: stats.Plan
    official: RunningTotal | None
    confirmed: int
    records: int  #: counted records
    since: str  #: date of the earliest counted record
    until: str  #: date the ledger was compiled
    years: tuple[stats.YearFigure, ...]
    categories: tuple[stats.Share, ...]
    sectors: tuple[stats.Share, ...]
    dongs: tuple[stats.Share, ...]
    species: tuple[stats.Share, ...]
    announced: stats.Apart
    given: stats.Apart
    mixed: stats.Apart
    transplanted: stats.Apart
    before: stats.Apart


def figures_of(ledger: TreesFile) -> Figures:
    counted = stats.confirmed(ledger)
    return Figures(
        plan=stats.plan(ledger),
        official=stats.official_total(ledger),
        confirmed=stats.confirmed_trees(ledger),
        records=len(counted),
        since=min((p.date for p in counted), default=""),
        until=ledger.meta.compiled,
        years=stats.by_year(ledger),
        categories=stats.by_category(ledger),
        sectors=stats.by_sector(ledger),
        dongs=stats.by_dong(ledger),
        species=stats.by_species(ledger),
        announced=stats.announced(ledger),
        given=stats.given(ledger),
        mixed=stats.mixed(ledger),
        transplanted=stats.transplanted(ledger),
        before=stats.before_programme(ledger),
    )


@dataclass(frozen=True, slots=True)
class TreesState:
    topic: str
    ledger: TreesFile
    figures: Figures
    tab: str = ""
    selected: str | None = None  #: id of the planting whose panel is open on the map
    position: object = None  #: the map's MapPosition, kept while views come and go
    here: tuple[float, float] | None = None  #: WGS84 of the site this kiosk stands at
    registered: int = 0  #: trees residents registered here; nobody has confirmed them

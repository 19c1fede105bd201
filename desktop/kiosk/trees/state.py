"""What the tree screens show: one frozen state, and the figures of the ledger computed once."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from db.catalogue import tree_totals
from db.records.trees import RunningTotal, TreesFile
from desktop.kiosk.shell.routes import TreesTopic
from desktop.map.viewport import MapPosition


class TopicTab(StrEnum):
    """The views of a topic that has more than one."""

    CONFIRMED = "confirmed"
    ANNOUNCED = "announced"
    CATEGORY = "category"
    SPECIES = "species"
    SECTOR = "sector"
    PLAN = "plan"
    MONEY = "money"
    STORY = "story"
    PEOPLE = "people"
    GARDENS = "gardens"
    EXPO = "expo"
    GIFTS = "gifts"


#: The first is shown first.
TABS = {
    TreesTopic.MAP: (TopicTab.CONFIRMED, TopicTab.ANNOUNCED),
    TreesTopic.KINDS: (TopicTab.CATEGORY, TopicTab.SPECIES, TopicTab.SECTOR),
    TreesTopic.PROGRAMME: (TopicTab.PLAN, TopicTab.MONEY, TopicTab.STORY),
    TreesTopic.PEOPLE: (TopicTab.PEOPLE, TopicTab.GARDENS, TopicTab.EXPO, TopicTab.GIFTS),
}


def first_tab(topic: TreesTopic) -> TopicTab | None:
    return TABS[topic][0] if topic in TABS else None


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything the ledger adds up to; bases stay apart (see db.catalogue.tree_totals)."""

    plan: tree_totals.Plan
    official: RunningTotal | None
    confirmed: int
    records: int  #: counted records
    since: str  #: date of the earliest counted record
    until: str  #: date the ledger was compiled
    years: tuple[tree_totals.YearFigure, ...]
    categories: tuple[tree_totals.Share, ...]
    sectors: tuple[tree_totals.Share, ...]
    dongs: tuple[tree_totals.Share, ...]
    species: tuple[tree_totals.Share, ...]
    announced: tree_totals.Apart
    given: tree_totals.Apart
    mixed: tree_totals.Apart
    transplanted: tree_totals.Apart
    before: tree_totals.Apart


def figures_of(ledger: TreesFile) -> Figures:
    counted = tree_totals.confirmed(ledger)
    return Figures(
        plan=tree_totals.plan(ledger),
        official=tree_totals.official_total(ledger),
        confirmed=tree_totals.confirmed_trees(ledger),
        records=len(counted),
        since=min((p.date for p in counted), default=""),
        until=ledger.meta.compiled,
        years=tree_totals.by_year(ledger),
        categories=tree_totals.by_category(ledger),
        sectors=tree_totals.by_sector(ledger),
        dongs=tree_totals.by_dong(ledger),
        species=tree_totals.by_species(ledger),
        announced=tree_totals.announced(ledger),
        given=tree_totals.given(ledger),
        mixed=tree_totals.mixed(ledger),
        transplanted=tree_totals.transplanted(ledger),
        before=tree_totals.before_programme(ledger),
    )


@dataclass(frozen=True, slots=True)
class TreesState:
    topic: TreesTopic
    ledger: TreesFile
    figures: Figures
    tab: TopicTab | None = None  #: None where the topic has but one view
    selected: str | None = None  #: id of the planting whose panel is open on the map
    position: MapPosition | None = None  #: the map's, kept while views come and go
    here: tuple[float, float] | None = None  #: WGS84 of the site this kiosk stands at
    registered: int = 0  #: trees residents registered here; nobody has confirmed them

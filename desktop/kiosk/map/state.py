"""What the map screen shows at one moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from db.records.projects import Project
from desktop.map.viewport import MapPosition


class Panel(Enum):
    """What stands beside the map."""

    LIST = "list"
    CITY_WIDE = "city-wide"
    GROUP = "group"
    STATUS = "status"
    DONG = "dong"
    DONG_ALL = "dong-all"


class MapTab(Enum):
    """In one column: what fills it."""

    MAP = "map"
    LIST = "list"
    CITY = "city"


#: Panels that lie over the list and close with 지도로 or 닫기.
OF_DONG = (Panel.DONG, Panel.DONG_ALL)


@dataclass(frozen=True)
class DongSummary:
    """One legal dong: its projects in list order, and what reports confirm was planted there.

    `trees` is a lower bound, None where no report names a planting in the dong.
    """

    code: str
    name_ko: str
    name_en: str
    gu_ko: str
    gu_en: str
    projects: tuple[Project, ...]
    sites: int
    trees: int | None


@dataclass(frozen=True)
class MapState:
    """`listing` are the projects with a point that pass the filters, nearest first; the map shows
    exactly them. `city_wide` pass the same filters and have no point."""

    listing: tuple[Project, ...] = ()
    city_wide: tuple[Project, ...] = ()
    group: tuple[Project, ...] = ()
    theme: str | None = None
    status: str | None = None
    query: str = ""
    panel: Panel = Panel.LIST
    dong: DongSummary | None = None
    selected: str | None = None
    #: Straight metres from here by project id; empty where the kiosk's place is not known.
    metres: Mapping[str, float] = field(default_factory=dict)
    here: tuple[float, float] | None = None
    arrows: bool = False
    #: In one column: the list instead of the map.
    list_tab: bool = False
    position: MapPosition | None = None
    #: Where the map was before a dong was looked at.
    return_to: MapPosition | None = None

    @property
    def filtered(self) -> bool:
        return bool(self.theme or self.status or self.query.strip())

    @property
    def rows(self) -> tuple[Project, ...]:
        """The projects in the list now."""
        if self.panel in OF_DONG and self.dong is not None:
            return self.dong.projects
        return {Panel.CITY_WIDE: self.city_wide, Panel.GROUP: self.group}.get(
            self.panel, self.listing
        )

"""The map: which projects pass the filters, in which order, and what was chosen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import assert_never

from db.catalogue.search import LONGEST_QUERY
from db.catalogue.tree_totals import confirmed
from db.letters import first_letters
from db.records.projects import Project
from desktop.kiosk.map.intents import (
    ChooseStatus,
    ChooseTab,
    ChooseTheme,
    ClearFilters,
    ListAll,
    ListCityWide,
    ListDong,
    ListGroup,
    MapIntent,
    OpenDong,
    SendDongFeedback,
    TurnArrows,
    TurnStatuses,
)
from desktop.kiosk.map.state import DongSummary, MapState, MapTab, Panel
from desktop.kiosk.shell.intents import MoveMap, OpenProject, TypeQuery
from desktop.kiosk.shell.routes import ToFeedback, ToMap, ToProject
from desktop.kiosk.shell.screen import Presenter, Services
from desktop.map.city import City, Dong
from desktop.map.projection import distance_m, to_world
from desktop.map.viewport import MapPosition

Find = Callable[[str], list[str]]
#: A planting that names several dongs belongs to none of them.
SEVERAL = ("~", "/", " 외 ")


class MapPresenter(Presenter[MapState, MapIntent, ToMap]):
    def __init__(self, services: Services, city: City, find: Find | None = None) -> None:
        super().__init__(services)
        self._city = city
        self._find = find
        self._matches: tuple[str, list[Project]] | None = None
        site = services.catalogue.landmark_by_id.get(services.settings.site)
        here = (site.lat, site.lon) if site else None
        self._metres = _distances(services.catalogue.projects, here)
        self._ordered = sorted(services.catalogue.projects, key=self._rank)
        self._start = MapState(metres=self._metres, here=here, position=self._first_position(here))
        self._state = self._listed(self._start)

    def do(self, intent: MapIntent) -> None:
        state = self._state
        match intent:
            case ChooseTheme(theme):
                self._filter(replace(state, theme=theme))
            case ChooseStatus(status):
                self._filter(replace(state, status=status))
            case TurnStatuses():
                opened = state.panel is Panel.STATUS
                self._show(replace(state, panel=Panel.LIST if opened else Panel.STATUS))
            case TypeQuery(query):
                self._search(first_letters(query, LONGEST_QUERY))
            case ClearFilters():
                self._filter(replace(state, theme=None, status=None, query=""))
            case OpenProject(ident):
                self._show(replace(state, selected=ident))
                self.go.emit(ToProject(ident))
            case OpenDong(code):
                self._open_dong(code)
            case ListGroup(idents):
                group = tuple(p for p in self._ordered if p.id in frozenset(idents))
                self._show(replace(state, panel=Panel.GROUP, group=group, list_tab=True, dong=None))
            case ListCityWide():
                self._show(replace(state, panel=Panel.CITY_WIDE, list_tab=True))
            case ListAll():
                self._list_all()
            case ListDong():
                self._show(replace(state, panel=Panel.DONG_ALL))
            case SendDongFeedback():
                if state.dong is not None:
                    self.go.emit(ToFeedback(dong=state.dong.name_ko))
            case ChooseTab(tab):
                panel = Panel.CITY_WIDE if tab is MapTab.CITY else Panel.LIST
                listed = tab is not MapTab.MAP
                self._show(replace(state, list_tab=listed, panel=panel, group=()))
            case MoveMap(position):
                self._state = replace(state, position=position)
            case TurnArrows(shown):
                self._show(replace(state, arrows=shown))
            case _:
                assert_never(intent)

    def wipe(self) -> None:
        self._matches = None
        self._state = self._listed(self._start)

    def _search(self, query: str) -> None:
        if query != self._state.query:
            panel = Panel.CITY_WIDE if self._state.panel is Panel.CITY_WIDE else Panel.LIST
            self._filter(replace(self._state, query=query, panel=panel, list_tab=True))

    def _open_dong(self, code: str) -> None:
        dong, was = self._city.dong(code), self._state
        if dong is not None:
            self._show(
                replace(
                    was,
                    panel=Panel.DONG,
                    dong=self._summary(dong),
                    selected=None,
                    return_to=was.return_to if was.dong else was.position,
                )
            )

    def _list_all(self) -> None:
        self._show(replace(self._state, panel=Panel.LIST, group=(), dong=None, return_to=None))

    def on_back(self) -> None:
        """What was opened over the list closes first."""
        if self._state.panel is Panel.DONG_ALL:
            self._show(replace(self._state, panel=Panel.DONG))
        elif self._state.panel is not Panel.LIST:
            self._list_all()
        else:
            self.back.emit()

    # Working it out

    def _filter(self, state: MapState) -> None:
        """Another filter closes the dong that lay over the list."""
        self._show(self._listed(replace(state, dong=None, return_to=None)))

    def _listed(self, state: MapState) -> MapState:
        """`state` with the projects that pass its filters: nearest first, or as they were found."""
        passing = [
            p
            for p in self._found(state.query)
            if (state.theme is None or p.theme == state.theme)
            and (state.status is None or p.status == state.status)
        ]
        return replace(
            state,
            listing=tuple(p for p in passing if p.lat is not None and p.lon is not None),
            city_wide=tuple(p for p in passing if p.lat is None or p.lon is None),
        )

    def _found(self, query: str) -> list[Project]:
        query = query.strip()
        if not query:
            return self._ordered
        if self._matches is None or self._matches[0] != query:
            if self._find is None:
                # Built at the first letter: the index of many projects takes a while.
                from db.catalogue.search import ProjectIndex

                self._find = ProjectIndex(self.services.catalogue.projects).find
            by_id = self.services.catalogue.project_by_id
            self._matches = (query, [by_id[ident] for ident in self._find(query)])
        return self._matches[1]

    def _rank(self, project: Project) -> tuple[float, str]:
        return (self._metres.get(project.id, float("inf")), project.name_ko)

    def _summary(self, dong: Dong) -> DongSummary:
        name = dong.spot.name_ko
        sites = [
            p
            for p in confirmed(self.services.catalogue.trees)
            if p.lat is not None
            and p.lon is not None
            and not any(mark in (p.dong or "") for mark in SEVERAL)
            and dong.contains(*to_world(p.lat, p.lon))
        ]
        return DongSummary(
            dong.code,
            name,
            dong.spot.name_en,
            dong.gu_ko,
            dong.gu_en,
            tuple(p for p in self._ordered if p.lat is not None and p.legal_dong == name),
            len(sites),
            sum(p.trees or 0 for p in sites) if sites else None,
        )

    @staticmethod
    def _first_position(here: tuple[float, float] | None) -> MapPosition:
        return MapPosition(*to_world(*here)) if here else MapPosition(0.0, 0.0)


def _distances(projects: tuple[Project, ...], here: tuple[float, float] | None) -> dict[str, float]:
    if here is None:
        return {}
    return {
        p.id: distance_m(*here, p.lat, p.lon)
        for p in projects
        if p.lat is not None and p.lon is not None
    }

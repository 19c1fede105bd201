"""The map: which projects pass the filters, in which order, and what was chosen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal

from db.catalogue.search import LONGEST_QUERY
from db.catalogue.tree_totals import confirmed
from db.records.projects import Project
from db.text import first_letters
from desktop.kiosk.map.state import DongSummary, MapState, Panel
from desktop.kiosk.shell.routes import Route, ScreenName
from desktop.kiosk.shell.screen import Presenter, Services
from desktop.map.city import City, Dong
from desktop.map.projection import distance_m, to_world
from desktop.map.viewport import MapPosition

Find = Callable[[str], list[str]]
#: A dong that another screen asks for is shown with its surroundings (reference px per metre).
DONG_ZOOM = 0.2
#: A planting that names several dongs belongs to none of them.
SEVERAL = ("~", "/", " 외 ")


class MapPresenter(Presenter):
    """`enter` takes None (as it was left), ("project", id) or ("dong", Korean name).

    Signals besides those of every presenter: `project_opened(id)`, `feedback_on_dong(name)`.
    """

    project_opened = Signal(str)
    feedback_on_dong = Signal(str)

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

    @property
    def state(self) -> MapState:
        return self._state

    def enter(self, argument: object) -> None:
        if isinstance(argument, tuple) and len(argument) == 2:
            kind, value = argument
            if kind == "project":
                self._state = self._listed(replace(self._start, selected=str(value)))
            elif kind == "dong" and (dong := self._city.dong_named(str(value))):
                self._state = replace(
                    self._state,
                    panel=Panel.DONG,
                    dong=self._summary(dong),
                    position=MapPosition(dong.spot.x, dong.spot.y, DONG_ZOOM),
                    return_to=self._state.position,
                )

    def wipe(self) -> None:
        self._matches = None
        self._state = self._listed(self._start)

    def listen(self, view: Any) -> None:
        view.back_pressed.connect(self.on_back_pressed)
        for name in (
            "theme_chosen", "status_chosen", "status_pressed", "query_edited", "filters_cleared",
            "project_chosen", "dong_chosen", "group_chosen", "city_wide_pressed", "list_pressed",
            "dong_all_pressed", "dong_feedback_pressed", "map_moved", "arrows_toggled",
            "tab_chosen",
        ):  # fmt: skip
            getattr(view, name).connect(getattr(self, f"on_{name}"))

    # Filters

    def on_theme_chosen(self, theme: str) -> None:
        """Show one theme only; the empty word shows all."""
        self._filter(theme=theme or None)

    def on_status_pressed(self) -> None:
        """Open or close the choice of statuses."""
        opened = self._state.panel is Panel.STATUS
        self._set(panel=Panel.LIST if opened else Panel.STATUS)

    def on_status_chosen(self, status: str) -> None:
        self._filter(status=status or None)

    def on_query_edited(self, query: str) -> None:
        query = first_letters(query, LONGEST_QUERY)
        if query != self._state.query:
            panel = Panel.CITY_WIDE if self._state.panel is Panel.CITY_WIDE else Panel.LIST
            self._filter(query=query, panel=panel, list_tab=True)

    def on_filters_cleared(self) -> None:
        self._filter(theme=None, status=None, query="")

    # Choices

    def on_project_chosen(self, ident: str) -> None:
        """Mark it on the map and in the list, so that it is found again, and open it."""
        self._set(selected=ident)
        self.project_opened.emit(ident)
        self.go.emit(Route(ScreenName.PROJECT, ident))

    def on_dong_chosen(self, code: str) -> None:
        dong = self._city.dong(code)
        if dong is not None:
            was = self._state
            self._set(
                panel=Panel.DONG,
                dong=self._summary(dong),
                selected=None,
                return_to=was.return_to if was.dong else was.position,
            )

    def on_group_chosen(self, idents: tuple[str, ...]) -> None:
        """Pins at one place that no zoom parts: list just them."""
        wanted = frozenset(idents)
        group = tuple(p for p in self._ordered if p.id in wanted)
        self._set(panel=Panel.GROUP, group=group, list_tab=True, dong=None)

    def on_city_wide_pressed(self) -> None:
        self._set(panel=Panel.CITY_WIDE, list_tab=True)

    def on_list_pressed(self) -> None:
        self._set(panel=Panel.LIST, group=(), dong=None, return_to=None)

    def on_dong_all_pressed(self) -> None:
        self._set(panel=Panel.DONG_ALL)

    def on_dong_feedback_pressed(self) -> None:
        dong = self._state.dong
        if dong is not None:
            self.feedback_on_dong.emit(dong.name_ko)
            self.go.emit(Route(ScreenName.FEEDBACK, ("dong", dong.name_ko)))

    def on_back_pressed(self) -> None:
        """What was opened over the list closes first."""
        if self._state.panel is Panel.DONG_ALL:
            self._set(panel=Panel.DONG)
        elif self._state.panel is not Panel.LIST:
            self.on_list_pressed()
        else:
            self.back.emit()

    # The map

    def on_map_moved(self, position: MapPosition) -> None:
        # Remembered for the next view; the map that moved already shows it.
        self._state = replace(self._state, position=position)

    def on_arrows_toggled(self, shown: bool) -> None:
        self._set(arrows=shown)

    def on_tab_chosen(self, tab: str) -> None:
        """In one column: the map, the list, or the projects without a point."""
        panel = Panel.CITY_WIDE if tab == "city" else Panel.LIST
        self._set(list_tab=tab != "map", panel=panel, group=())

    # Working it out

    def _set(self, **fields: Any) -> None:
        self._state = replace(self._state, **fields)
        self.changed.emit(self._state)

    def _filter(self, **fields: Any) -> None:
        self._state = self._listed(replace(self._state, dong=None, return_to=None, **fields))
        self.changed.emit(self._state)

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

"""Home: four doors."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from desktop.kiosk.page import Presenter, Route, Services


@dataclass(frozen=True, slots=True)
class HomeState:
    site_ko: str
    site_en: str
    projects: int
    plan: int | None  #: the official plan's number of trees
    plan_until: str  #: YYYY-MM, empty when unknown
    notice: bool = False  #: something typed was lost to a fault; say so once
    closed: bool = False  #: feedback cannot be stored here now
    phone: str = ""


DOORS = {"map": Route("map"), "trees": Route("trees"), "feedback": Route("feedback")}


class HomePresenter(Presenter):
    def __init__(self, services: Services) -> None:
        super().__init__(services)
        catalogue = services.catalogue
        site = catalogue.landmark_by_id.get(services.settings.site)
        programme = catalogue.trees.programme
        self._state = HomeState(
            site_ko=site.name_ko if site else services.settings.name,
            site_en=site.name_en if site else services.settings.name,
            projects=len(catalogue.projects),
            plan=programme.target_total,
            plan_until=programme.period_end or "",
            phone=services.settings.phone,
        )

    @property
    def state(self) -> HomeState:
        return self._state

    def attach(self, view: Any) -> None:
        view.door_chosen.connect(self.on_door_chosen)
        super().attach(view)

    def tell_of_loss(self) -> None:
        """What was being written is gone through a fault: say so until the screen is left."""
        self._state = replace(self._state, notice=True)
        self.changed.emit(self._state)

    def leave(self) -> None:
        self._state = replace(self._state, notice=False)

    def on_door_chosen(self, door: str) -> None:
        self.go.emit(DOORS.get(door, Route(door)))

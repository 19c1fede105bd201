"""Home: four doors."""

from __future__ import annotations

from dataclasses import replace

from db.problems import Problem
from db.publishing.announcements import Announcement, standing_announcements
from db.store.store import LAST_HOME
from desktop.background.tasks import Changes
from desktop.kiosk.home.intents import HomeIntent
from desktop.kiosk.home.state import HomeState
from desktop.kiosk.shell.routes import ToHome
from desktop.kiosk.shell.screen import Presenter, Services


class HomePresenter(Presenter[HomeState, HomeIntent, ToHome]):
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

    def do(self, intent: HomeIntent) -> None:
        self.go.emit(intent.to)

    def tell_of_loss(self) -> None:
        """What was being written is gone through a fault: say so until the screen is left."""
        self._show(replace(self._state, notice=True))

    def enter(self, route: ToHome) -> None:
        """Find out with a real write whether feedback can be taken, before a resident types it."""
        opened = str(self.services.clock())
        self.services.tasks.change(
            lambda store: store.set_meta(LAST_HOME, opened),
            self._on_open,
            self._on_closed,
            changes=Changes.NOTHING,
        )
        self.services.tasks.query(
            standing_announcements,
            self.on_announcements,
            lambda error: self.on_announcements(()),
            channel="home-announcements",
        )

    def on_announcements(self, told: tuple[Announcement, ...]) -> None:
        """What stands stays known from visit to visit: Home moves only when it has changed."""
        announced = told[0].day if told else ""
        if (len(told), announced) != (self._state.announcements, self._state.announced):
            self._show(replace(self._state, announcements=len(told), announced=announced))

    def _on_open(self, result: object) -> None:
        self._set_closed(False)

    def _on_closed(self, error: Exception) -> None:
        if not isinstance(error, Problem):
            raise error
        self._set_closed(True)

    def _set_closed(self, closed: bool) -> None:
        if closed != self._state.closed:
            self._show(replace(self._state, closed=closed))

    def leave(self) -> None:
        self._state = replace(self._state, notice=False)

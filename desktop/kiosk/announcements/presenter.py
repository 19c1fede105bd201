"""Announcements 공지: what the city tells residents, the newest first."""

from __future__ import annotations

from dataclasses import replace

from db.problems import Problem
from db.publishing.announcements import Announcement, standing_announcements
from desktop.kiosk.announcements.intents import AnnouncementsIntent
from desktop.kiosk.announcements.state import AnnouncementsState
from desktop.kiosk.shell.routes import ToAnnouncements, ToProject
from desktop.kiosk.shell.screen import Presenter, Services

MOST_SHOWN = 50


class AnnouncementsPresenter(Presenter[AnnouncementsState, AnnouncementsIntent, ToAnnouncements]):
    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._state = AnnouncementsState(projects=frozenset(services.catalogue.project_by_id))

    def enter(self, route: ToAnnouncements) -> None:
        self.services.tasks.query(
            standing_announcements,
            self.on_told,
            self.on_trouble,
            channel="announcements",
        )

    def do(self, intent: AnnouncementsIntent) -> None:
        self.go.emit(ToProject(intent.project))

    def on_told(self, told: tuple[Announcement, ...]) -> None:
        older = max(0, len(told) - MOST_SHOWN)
        told = told[:MOST_SHOWN]
        if not self._state.known or (told, older) != (self._state.told, self._state.older):
            self._show(replace(self._state, told=told, older=older, known=True, failed=False))

    def on_trouble(self, error: Exception) -> None:
        """Nobody is told that there is nothing, when nobody could look."""
        if not isinstance(error, Problem):
            raise error
        self._show(replace(self._state, failed=True))

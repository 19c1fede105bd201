"""Project: what it is, how far it came, what is not known, and who says so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from desktop.kiosk.project.state import TIMELINE, ProjectState, ShownOpinion, ShownSource
from desktop.kiosk.shell.routes import Route, ScreenName
from desktop.kiosk.shell.screen import Presenter, Services

MOST_OPINIONS = 20


class ProjectPresenter(Presenter):
    def __init__(self, services: Services, dong_en: Callable[[str], str]) -> None:
        super().__init__(services)
        self._dong_en = dong_en
        self._state = ProjectState()

    @property
    def state(self) -> ProjectState:
        return self._state

    def enter(self, argument: object) -> None:
        project = self.services.catalogue.project_by_id[str(argument)]
        if self._state.project is project:
            return
        known = self.services.catalogue.sources
        by_id = self.services.catalogue.project_by_id
        self._state = ProjectState(
            project=project,
            sources=tuple(
                ShownSource(known[s].title_ko or "", known[s].publisher or "", known[s].date or "")
                for s in project.sources
            ),
            related=tuple(by_id[r] for r in project.related),
            dong_en=self._dong_en(project.legal_dong or ""),
        )
        self._ask_for_opinions(project.id)

    def _ask_for_opinions(self, project_id: str) -> None:
        # the store behind it is heavy; read late
        from db.participation.public_opinions import published_about

        self.services.tasks.query(
            lambda store: published_about(store, project_id), self._on_opinions, self._no_opinions,
            channel="project-opinions",
        )  # fmt: skip

    def _on_opinions(self, found: Any) -> None:
        english = self.services.visit.language == "en"
        opinions = tuple(
            ShownOpinion(o.kind, o.text, (o.reply_en if english else None) or o.reply, o.replied)
            for o in found[:MOST_OPINIONS]
        )
        if (opinions, len(found)) != (self._state.opinions, self._state.opinions_in_all):
            self._set(opinions=opinions, opinions_in_all=len(found))

    def _no_opinions(self, error: Exception) -> None:
        """The store is out of reach: the project is shown without what others said."""

    def wipe(self) -> None:
        self._state = ProjectState()

    def listen(self, view: Any) -> None:
        view.panel_chosen.connect(self.on_panel_chosen)
        view.related_chosen.connect(self.on_related_chosen)
        view.feedback_pressed.connect(self.on_feedback_pressed)
        super().listen(view)

    def _set(self, **changes: Any) -> None:
        self._state = replace(self._state, **changes)
        self.changed.emit(self._state)

    def on_panel_chosen(self, panel: str) -> None:
        """Open a side panel whole; the same one again closes it."""
        if self._state.whole_panel and self._state.panel == panel:
            self._set(panel=TIMELINE, whole_panel=False)
        else:
            self._set(panel=panel, whole_panel=True)

    def on_related_chosen(self, project_id: str) -> None:
        self.go.emit(Route(ScreenName.PROJECT, project_id))

    def on_feedback_pressed(self) -> None:
        if self._state.project is not None:
            self.go.emit(Route(ScreenName.FEEDBACK, ("project", self._state.project.id)))

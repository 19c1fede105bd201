"""Project: what it is, how far it came, what is not known, and who says so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from desktop.kiosk.project.intents import ChooseSide, OpenRelated, ProjectIntent, SendFeedback
from desktop.kiosk.project.state import ProjectState, ShownOpinion, ShownSource, Side
from desktop.kiosk.shell.routes import ToFeedback, ToProject
from desktop.kiosk.shell.screen import Presenter, Services

if TYPE_CHECKING:
    from db.participation.public_opinions import PublicOpinion

MOST_OPINIONS = 20


class ProjectPresenter(Presenter[ProjectState, ProjectIntent, ToProject]):
    def __init__(self, services: Services, dong_en: Callable[[str], str]) -> None:
        super().__init__(services)
        self._dong_en = dong_en
        self._state = ProjectState()

    def enter(self, route: ToProject) -> None:
        project = self.services.catalogue.project_by_id[route.project]
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

    def _on_opinions(self, found: tuple[PublicOpinion, ...]) -> None:
        english = self.services.visit.language == "en"
        opinions = tuple(
            ShownOpinion(o.kind, o.text, (o.reply_en if english else None) or o.reply, o.replied)
            for o in found[:MOST_OPINIONS]
        )
        if (opinions, len(found)) != (self._state.opinions, self._state.opinions_in_all):
            self._show(replace(self._state, opinions=opinions, opinions_in_all=len(found)))

    def _no_opinions(self, error: Exception) -> None:
        """The store is out of reach: the project is shown without what others said."""

    def wipe(self) -> None:
        self._state = ProjectState()

    def do(self, intent: ProjectIntent) -> None:
        match intent:
            case ChooseSide(side):
                self._choose(side)
            case OpenRelated(project):
                self.go.emit(ToProject(project))
            case SendFeedback():
                if self._state.project is not None:
                    self.go.emit(ToFeedback(project=self._state.project.id))
            case _:
                assert_never(intent)

    def _choose(self, side: Side) -> None:
        if self._state.whole_panel and self._state.panel is side:
            side, whole = Side.TIMELINE, False
        else:
            whole = True
        self._show(replace(self._state, panel=side, whole_panel=whole))

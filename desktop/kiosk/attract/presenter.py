"""Attract: the city's map, the promise of ten million trees, one project at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING, assert_never

from PySide6.QtCore import QTimer

from desktop.kiosk.attract.intents import AttractIntent
from desktop.kiosk.attract.state import AttractState, ShownProject
from desktop.kiosk.shell.routes import ToAttract, ToHome
from desktop.kiosk.shell.screen import StagePresenter

if TYPE_CHECKING:
    from db.records.catalogue import Catalogue
    from db.records.projects import Project

DWELL_MS = 12_000


def _shown(project: Project, dong_en: Callable[[str], str]) -> ShownProject:
    assert project.lat is not None and project.lon is not None
    dong = project.legal_dong or ""
    return ShownProject(
        project.name_ko,
        project.name_en,
        str(project.theme),
        str(project.status),
        project.status_date or "",
        dong,
        dong_en(dong),
        project.lat,
        project.lon,
    )


def _themes_in_turn(projects: list[Project]) -> list[Project]:
    """Gardens first, then one theme after another, each with its newest news first."""
    newest = sorted(projects, key=lambda p: (p.status_date or "", p.id), reverse=True)
    queues: dict[str, list[Project]] = {"garden": []}
    for project in newest:
        queues.setdefault(str(project.theme), []).append(project)
    turns = zip_longest(*queues.values())
    return [project for turn in turns for project in turn if project is not None]


class AttractPresenter(StagePresenter[AttractState, AttractIntent, ToAttract]):
    """Stands before everything else is loaded; `show_catalogue` brings it to life.

    Changes the project by itself every twelve seconds unless paused or motion is reduced.
    """

    def __init__(self, *, still: bool = False) -> None:
        super().__init__()
        self._still = still
        self._state = AttractState(playing=not still)
        self._projects: tuple[ShownProject, ...] = ()
        self._index = 0
        self._timer = QTimer(self)
        self._timer.setInterval(DWELL_MS)
        self._timer.timeout.connect(self._next)

    def show_catalogue(
        self, catalogue: Catalogue, site: str, dong_en: Callable[[str], str]
    ) -> None:
        """Shows projects that have a place and can be told in a glance; `dong_en` answers a
        dong's English name."""
        placed = [p for p in catalogue.projects if p.lat is not None and len(p.name_ko) <= 18]
        self._projects = tuple(_shown(p, dong_en) for p in _themes_in_turn(placed))
        programme = catalogue.trees.programme
        split = programme.target_split[0] if programme.target_split else None
        library = catalogue.landmark_by_id.get(site)
        self._show(
            replace(
                self._state,
                site_ko=library.name_ko if library else "",
                site_en=library.name_en if library else "",
                plan=programme.target_total,
                public=split.public if split else None,
                private=split.private if split else None,
                period=(programme.period_start or "", programme.period_end or ""),
                project=self._projects[0] if self._projects else None,
            )
        )

    def enter(self, route: ToAttract) -> None:
        if self._state.playing:
            self._timer.start()

    def leave(self) -> None:
        self._timer.stop()

    def wipe(self) -> None:
        self._state = replace(self._state, playing=not self._still)

    def do(self, intent: AttractIntent) -> None:
        match intent:
            case AttractIntent.START:
                self.go.emit(ToHome())
            case AttractIntent.NEXT:
                self._next()
            case AttractIntent.PREVIOUS:
                self._turn(-1)
            case AttractIntent.PAUSE:
                self._pause()
            case _:
                assert_never(intent)

    def _next(self) -> None:
        self._turn(1)

    def _pause(self) -> None:
        playing = not self._state.playing
        self._timer.start() if playing else self._timer.stop()
        self._show(replace(self._state, playing=playing))

    def _turn(self, step: int) -> None:
        if not self._projects:
            return
        self._index = (self._index + step) % len(self._projects)
        if self._timer.isActive():
            self._timer.start()
        self._show(replace(self._state, project=self._projects[self._index]))

"""A map screen on the built-in facts, for tests: presenter, view, and a kiosk at 금암도서관."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec

from db.catalogue.loading import load_catalogue
from db.records import Catalogue
from db.records.projects import Project
from desktop import i18n
from desktop.access.bar import AccessBar
from desktop.kiosk.map.presenter import MapPresenter
from desktop.kiosk.map.view import MapView
from desktop.kiosk.shell.screen import Services
from desktop.map.city import City, load_city
from desktop.theme.look import Look
from desktop.theme.metrics import Metrics
from desktop.theme.palette import CONTRAST, LIGHT
from tests.db.in_memory import NOON
from tests.desktop.kiosk.services import services as services_of

SITE = "lib-geumam"


@cache
def facts() -> Catalogue:
    return load_catalogue(None)


@cache
def the_city() -> City:
    return load_city()


def services(catalogue: Catalogue | None = None, site: str = SITE) -> Services:
    """What the map's presenter uses; it runs no tasks."""
    return services_of(None, Path(), lambda: NOON, catalogue=catalogue or facts(), site=site)


def presenter(site: str = SITE) -> MapPresenter:
    return MapPresenter(services(site=site), the_city())


def map_look(
    width: int = 1920,
    height: int = 1080,
    *,
    large: bool = False,
    contrast: bool = False,
    low: bool = False,
    language: str = "ko",
    inches: float = 24,
) -> Look:
    i18n.use_language(language)
    metrics = Metrics.for_panel(width, height, inches, large=large, low=low)
    return Look(metrics, CONTRAST if contrast else LIGHT, language, reduced_motion=True)


@dataclass
class Shown:
    presenter: MapPresenter
    view: MapView


def shown(look: Look, made: MapPresenter | None = None) -> Shown:
    """The view as the shell would size it, not yet visible; the caller disposes of it."""
    made = made or presenter()
    library = facts().landmark_by_id[SITE]
    view = MapView(look, the_city(), facts().landmarks, made.state, library.name(look.language))
    bar = AccessBar(look).sizeHint().height()
    view.resize(look.metrics.width, look.metrics.height - look.metrics.band - bar)
    made.attach(view)
    return Shown(made, view)


def many_projects(count: int) -> tuple[Project, ...]:
    """`count` projects with the shapes of real ones, each with its own id and place."""
    real = [p for p in facts().projects if p.lat is not None]
    made = []
    for i in range(count):
        like = real[i % len(real)]
        made.append(
            msgspec.structs.replace(
                like,
                id=f"many-{i}",
                name_ko=f"{like.name_ko} {i}",
                lat=35.78 + (i * 7919 % 1000) / 10_000,
                lon=127.06 + (i * 104_729 % 1000) / 10_000,
            )
        )
    return tuple(made)

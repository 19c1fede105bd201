"""All screens of the kiosk. Imported after the first frame, because together they are heavy."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from db.catalogue import load_catalogue
from db.records.catalogue import Catalogue
from desktop.kiosk.home_presenter import HomePresenter
from desktop.kiosk.home_view import HomeView
from desktop.kiosk.page import Services
from desktop.kiosk.pictures import Band, home_picture, site_map
from desktop.kiosk.project_presenter import ProjectPresenter
from desktop.kiosk.project_view import ProjectView
from desktop.map.city import City, load_city
from desktop.theme.look import Look

if TYPE_CHECKING:
    from desktop.app import Kiosk


@dataclass(frozen=True)
class Content:
    """What is shown: facts and geometry, read once and checked."""

    catalogue: Catalogue
    city: City


def load_content(data_dir: Path) -> Content:
    """Read and check all content; runs on the worker thread."""
    return Content(load_catalogue(data_dir), load_city(data_dir))


def add_pages(kiosk: Kiosk) -> None:
    """Make every presenter and tell the director how its views are made."""
    content = kiosk.content
    assert content is not None
    services = Services(
        content.catalogue, kiosk.tasks, kiosk.visit, kiosk.settings, kiosk.data_dir, kiosk.clock
    )
    add = kiosk.director.add

    home = HomePresenter(services)

    def home_view(look: Look) -> QWidget:
        return HomeView(
            look, partial(home_picture, content=content, site=kiosk.settings.site), home.state
        )

    add("home", home, home_view)
    kiosk.director.make_band = partial(Band, content=content)

    project = ProjectPresenter(services)

    def project_view(look: Look) -> QWidget:
        return ProjectView(look, partial(site_map, content=content), project.state)

    add("project", project, project_view)

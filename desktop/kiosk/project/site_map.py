"""Where a project stands: its place cut out of the map."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from db.records.projects import Project
from desktop.i18n import tr
from desktop.kiosk.content import Content
from desktop.map.from_records import pin_of, told_places
from desktop.map.still import MapStill, position_of
from desktop.theme.look import Look

ZOOM = 0.2


def site_map(look: Look, project: Project, content: Content) -> QWidget:
    """A project's place cut out of the map."""
    assert project.lat is not None and project.lon is not None
    # The pin stands above its point: show the place a little below the middle.
    position = position_of(project.lat + 0.0022, project.lon, ZOOM)
    still = MapStill(
        look,
        content.city,
        position,
        pins=(pin_of(look, project),),
        places=told_places(look, content.catalogue.landmarks),
        selected=project.id,
        dong_names=True,
        outline=False,
        radius=22,
    )
    still.setAccessibleName(tr("{name} 위치를 나타낸 지도", name=project.name(look.language)))
    return still

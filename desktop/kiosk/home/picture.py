"""The city on the Home door: a few projects, the trees, and where one stands."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from db.records.projects import Project
from desktop.kiosk.content import Content
from desktop.map.features import Pin
from desktop.map.from_records import HEART, here_of, pin_of, planted_trees, told_places
from desktop.map.projection import to_world
from desktop.map.still import MapStill, position_of
from desktop.theme.look import Look

ZOOM = 0.066
#: Projects drawn on the Home door stand at least this far from each other, reference px.
DOOR_SPACING = 150


def home_picture(look: Look, content: Content, site: str) -> QWidget:
    library = content.catalogue.landmark_by_id.get(site)
    here = here_of((library.lat, library.lon) if library else None)
    pins = tuple(
        pin
        for pin in _door_pins(look, content)
        if here is None or (pin.lat - here.lat) ** 2 + (pin.lon - here.lon) ** 2 > 0.012**2
    )
    return MapStill(
        look,
        content.city,
        position_of(*HEART, ZOOM),
        pins=pins,
        trees=planted_trees(content.catalogue.trees.plantings),
        places=told_places(look, content.catalogue.landmarks),
        here=here,
        radius=0,
        outline=False,
    )


def _door_pins(look: Look, content: Content) -> tuple[Pin, ...]:
    """A few projects with room between them, every theme before a second of one theme."""
    placed = [
        p
        for p in content.catalogue.projects
        if p.lat is not None and not p.is_area and _on_the_door(p)
    ]
    placed.sort(key=lambda p: (p.status_date or "", p.id), reverse=True)
    chosen: list[tuple[float, float, Project]] = []
    seen: dict[str, int] = {}
    for most in (1, 2):
        for project in placed:
            x, y = to_world(project.lat or 0, project.lon or 0)
            far = all(
                (x - cx) ** 2 + (y - cy) ** 2 > (DOOR_SPACING / ZOOM) ** 2 for cx, cy, _ in chosen
            )
            if far and seen.get(str(project.theme), 0) < most:
                chosen.append((x, y, project))
                seen[str(project.theme)] = seen.get(str(project.theme), 0) + 1
    return tuple(pin_of(look, project) for _x, _y, project in chosen[:9])


def _on_the_door(project: Project) -> bool:
    """Whether the whole pin can be seen on the Home door (1090 x 646 reference px)."""
    x, y = to_world(project.lat or 0, project.lon or 0)
    middle_x, middle_y = to_world(*HEART)
    dx, dy = (x - middle_x) * ZOOM, (y - middle_y) * ZOOM
    return abs(dx) < 480 and -210 < dy < 290

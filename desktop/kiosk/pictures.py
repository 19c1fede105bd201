"""The stills of the map: on the doors, on the attract screen, in the low position, at a project."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QWidget

from desktop.i18n import tr
from desktop.kiosk.map_features import pin_of
from desktop.map.features import Here, Pin, Place, TreeSpot
from desktop.map.projection import to_world
from desktop.map.still import MapStill, position_of
from desktop.theme.look import Look
from desktop.theme.trees import KINDS

if TYPE_CHECKING:
    from db.records.landmarks import Landmark
    from db.records.projects import Project
    from desktop.kiosk.content import Content

#: The middle of the old town in degrees: where the city looks most like itself.
HEART = (35.8285, 127.1300)
HOME_ZOOM, SITE_ZOOM, BAND_ZOOM = 0.066, 0.2, 0.075
#: Projects drawn on the Home door stand at least this far from each other, reference px.
DOOR_SPACING = 150
_KINDS = {"lake": "water", "stream": "water", "hill": "hill", "station": "landmark"}
#: Names that tell a resident where they look; the door has no room for all.
_TOLD = frozenset(("jeonju-station", "lake-ajung", "hill-geonji"))


def planted_trees(content: Content) -> tuple[TreeSpot, ...]:
    """Trees only where a completed planting is recorded; taller where more were planted."""
    return tuple(
        TreeSpot(p.id, p.lat, p.lon, KINDS[i % 4], p.trees, p.place_ko)
        for i, p in enumerate(content.catalogue.trees.plantings)
        if p.lat is not None and p.lon is not None and p.status == "completed"
    )


def places(look: Look, landmarks: tuple[Landmark, ...]) -> tuple[Place, ...]:
    return tuple(
        Place(m.lat, m.lon, m.name_ko if look.korean else m.name_en, _KINDS[m.kind])
        for m in landmarks
        if m.kind in _KINDS and m.id in _TOLD
    )


def here_of(content: Content, site: str) -> Here | None:
    library = content.catalogue.landmark_by_id.get(site)
    return Here(library.lat, library.lon, tr("여기")) if library else None


def _on_the_door(project: Project) -> bool:
    """Whether the whole pin can be seen on the Home door (1090 x 646 reference px)."""
    x, y = to_world(project.lat or 0, project.lon or 0)
    middle_x, middle_y = to_world(*HEART)
    dx, dy = (x - middle_x) * HOME_ZOOM, (y - middle_y) * HOME_ZOOM
    return abs(dx) < 480 and -210 < dy < 290


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
                (x - cx) ** 2 + (y - cy) ** 2 > (DOOR_SPACING / HOME_ZOOM) ** 2
                for cx, cy, _ in chosen
            )
            if far and seen.get(str(project.theme), 0) < most:
                chosen.append((x, y, project))
                seen[str(project.theme)] = seen.get(str(project.theme), 0) + 1
    return tuple(pin_of(look, project) for _x, _y, project in chosen[:9])


def home_picture(look: Look, content: Content, site: str) -> QWidget:
    here = here_of(content, site)
    pins = tuple(
        pin
        for pin in _door_pins(look, content)
        if here is None or (pin.lat - here.lat) ** 2 + (pin.lon - here.lon) ** 2 > 0.012**2
    )
    return MapStill(
        look,
        content.city,
        position_of(*HEART, HOME_ZOOM),
        pins=pins,
        trees=planted_trees(content),
        places=places(look, content.catalogue.landmarks),
        here=here,
        radius=0,
        outline=False,
    )


def site_map(look: Look, project: Project, content: Content) -> QWidget:
    """A project's place cut out of the map."""
    assert project.lat is not None and project.lon is not None
    # The pin stands above its point: show the place a little below the middle.
    position = position_of(project.lat + 0.0022, project.lon, SITE_ZOOM)
    still = MapStill(
        look,
        content.city,
        position,
        pins=(pin_of(look, project),),
        places=places(look, content.catalogue.landmarks),
        selected=project.id,
        dong_names=True,
        outline=False,
        radius=22,
    )
    still.setAccessibleName(tr("{name} 위치를 나타낸 지도", name=project.name(look.language)))
    return still


class Band(QWidget):
    """The upper part in the low position: only the map, nothing to read or press."""

    def __init__(self, look: Look, content: Content) -> None:
        super().__init__()
        self._still = MapStill(
            look,
            content.city,
            position_of(*HEART, BAND_ZOOM),
            trees=planted_trees(content),
            outline=False,
            radius=0,
        )
        self._still.setParent(self)

    def resizeEvent(self, event: object) -> None:
        self._still.setGeometry(QRect(QPoint(0, 0), QSize(self.width(), self.height())))

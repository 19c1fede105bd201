"""Turns records into what the map draws."""

from __future__ import annotations

from db.records.landmarks import Landmark, LandmarkKind
from db.records.projects import Project
from db.records.trees import Planting
from desktop.i18n import tr
from desktop.map.features import Here, NamedPlace, Pin, TreeSpot
from desktop.map.viewport import LEGAL_NAMES_FROM
from desktop.theme.look import Look
from desktop.theme.trees import KINDS as TREE_KINDS

KINDS = {
    LandmarkKind.LAKE: "water",
    LandmarkKind.HILL: "hill",
    LandmarkKind.STATION: "landmark",
    LandmarkKind.CIVIC: "landmark",
    LandmarkKind.UNIVERSITY: "landmark",
    LandmarkKind.CULTURE: "landmark",
    LandmarkKind.PARK: "landmark",
    LandmarkKind.LIBRARY: "landmark",
}
#: Known to everybody, so they help even when the whole city is on the map.
KNOWN_AFAR = frozenset(("jeonju-station", "hanok-village"))
#: They tell a resident where they look; a still has no room for all.
TOLD_ON_STILLS = frozenset(("jeonju-station", "lake-ajung", "hill-geonji"))
#: The middle of the old town in degrees: where the city looks most like itself.
HEART = (35.8285, 127.1300)


def pins_of(look: Look, projects: tuple[Project, ...]) -> tuple[Pin, ...]:
    """A pin for each project with a point, in the same order."""
    return tuple(pin_of(look, p) for p in projects if p.lat is not None and p.lon is not None)


def pin_of(look: Look, project: Project) -> Pin:
    """The pin of a project with a point, alike wherever a map shows it."""
    assert project.lat is not None and project.lon is not None
    name = project.name(look.language)
    return Pin(project.id, project.lat, project.lon, str(project.theme), name, project.is_area)


def places_of(
    look: Look, landmarks: tuple[Landmark, ...], zoom: float, besides: str | None = None
) -> tuple[NamedPlace, ...]:
    """Names to steer by at a zoom (reference px per metre), without `besides`, the
    library where the kiosk stands."""
    found = []
    for mark in landmarks:
        kind = KINDS.get(mark.kind)
        near = zoom >= LEGAL_NAMES_FROM * (2 if mark.is_library else 1)
        if kind is None or mark.name(look.language) == besides:
            continue
        if kind != "landmark" or mark.id in KNOWN_AFAR or near:
            found.append(NamedPlace(mark.lat, mark.lon, short_name(mark.name(look.language)), kind))
    return tuple(found)


def short_name(name: str) -> str:
    """A name without what stands in brackets: a map has little room."""
    return name.split("(")[0].strip() or name


def here_of(here: tuple[float, float] | None) -> Here | None:
    return Here(*here, tr("여기")) if here else None


def planted_trees(plantings: tuple[Planting, ...]) -> tuple[TreeSpot, ...]:
    """Trees only where a completed planting is recorded; taller where more were planted."""
    return tuple(
        TreeSpot(p.id, p.lat, p.lon, TREE_KINDS[i % 4], p.trees, p.place_ko)
        for i, p in enumerate(plantings)
        if p.lat is not None and p.lon is not None and p.status == "completed"
    )


def told_places(look: Look, landmarks: tuple[Landmark, ...]) -> tuple[NamedPlace, ...]:
    """The few names that a still of the city has room for."""
    return tuple(
        NamedPlace(m.lat, m.lon, m.name(look.language), KINDS[m.kind])
        for m in landmarks
        if m.id in TOLD_ON_STILLS
    )

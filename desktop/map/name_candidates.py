"""Which names a view could carry, and where each may stand."""

from __future__ import annotations

from math import dist, hypot

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFontMetricsF

from desktop.map import names
from desktop.map.city import City, Dong, NamedSpot
from desktop.map.features import NamedPlace
from desktop.map.projection import to_world
from desktop.map.viewport import LEGAL_NAMES_FROM, Viewport
from desktop.theme.look import Look

KINDS = {"water": names.WATER, "landmark": names.LANDMARK, "hill": names.HILL}
#: A dong whose free circle is smaller than this (reference px) is too small to be named.
SMALLEST_DONG = 15
STREAM_STEP = 180
#: So far from every other stream (reference px) nobody asks which one a name means.
APART = 260
Metrics = dict[bool, QFontMetricsF]


def name_candidates(
    look: Look,
    city: City,
    view: Viewport,
    places: tuple[NamedPlace, ...],
    metrics: Metrics,
    legal_names: bool | None = None,
    selected: Dong | None = None,
) -> list[names.Candidate]:
    """All names of the view. `legal_names` None: by the zoom, grouped names when far away."""
    zoom = view.scale / look.metrics.scale
    legal = zoom >= LEGAL_NAMES_FROM if legal_names is None else legal_names
    found = _streams(look, city, view, metrics) + _places(view, places, metrics)
    if selected is not None:
        text = selected.name(look.language)
        points = [view.to_screen(selected.spot.x, selected.spot.y), *_seen_points(selected, view)]
        found.append(_candidate("selected", text, names.SELECTED, points, metrics))
    language, smallest = look.language, look.px(SMALLEST_DONG)
    spots = [d.spot for d in city.dongs] if legal else list(city.groups)
    if selected is not None:
        spots = [s for s in spots if s.name_ko not in (selected.spot.name_ko, selected.group)]
    for spot in sorted(spots, key=lambda s: -s.radius):
        if spot.radius * view.scale >= smallest:
            found.append(_dong_name(spot, language, view, metrics))
    if legal:
        found += _large_dongs(look, city, view, metrics, selected)
    return found


def _candidate(
    key: str,
    text: str,
    kind: int,
    points: list[tuple[float, float]],
    metrics: Metrics,
    *,
    dot: bool = False,
    roam: float = float("inf"),
) -> names.Candidate:
    measure = metrics[kind in names.BOLD]
    width, height = measure.horizontalAdvance(text), measure.capHeight() * 1.5
    return names.Candidate(key, text, kind, tuple(points), width, height, dot, roam)


def _dong_name(spot: NamedSpot, language: str, view: Viewport, metrics: Metrics) -> names.Candidate:
    """A dong's name stays near the middle of its ground, or it would name the neighbour."""
    text, roam = spot.name(language), spot.radius * view.scale * 0.75
    points = [view.to_screen(spot.x, spot.y)]
    return _candidate(text, text, names.DONG, points, metrics, roam=roam)


def _streams(look: Look, city: City, view: Viewport, metrics: Metrics) -> list[names.Candidate]:
    """A stream's name may stand anywhere along its course: best where no other stream is near,
    then towards the middle of the view.
    """
    along: dict[str, list[tuple[float, float]]] = {}
    for stream in city.streams:
        points = along.setdefault(stream.name(look.language), [])
        last: QPointF | None = None
        for world in stream.points:
            point = view.point(*world)
            far = (
                last is None or hypot(point.x() - last.x(), point.y() - last.y()) > STREAM_STEP / 4
            )
            if far and 0 <= point.x() <= view.width and 0 <= point.y() <= view.height:
                points.append((point.x(), point.y()))
                last = point
    middle = (view.width / 2, view.height / 2)
    alone = look.px(APART)
    found = []
    for text, points in along.items():
        others = [p for name, each in along.items() if name != text for p in each]

        def unfit(point: tuple[float, float], others: list[tuple[float, float]] = others) -> float:
            room = min((dist(point, other) for other in others), default=alone)
            return dist(point, middle) - 2 * min(room, alone)

        points.sort(key=unfit)
        found.append(_candidate(text, text, names.WATER, points[:40], metrics))
    return found


def _places(
    view: Viewport, places: tuple[NamedPlace, ...], metrics: Metrics
) -> list[names.Candidate]:
    found = []
    for place in places:
        x, y = view.to_screen(*to_world(place.lat, place.lon))
        if 0 <= x <= view.width and 0 <= y <= view.height:
            kind = KINDS[place.kind]
            found.append(
                _candidate(
                    place.name, place.name, kind, [(x, y)], metrics, dot=kind == names.LANDMARK
                )
            )
    return found


def _large_dongs(
    look: Look, city: City, view: Viewport, metrics: Metrics, selected: Dong | None
) -> list[names.Candidate]:
    """Close to the ground a dong's middle lies off the screen: name it where it is seen."""
    world = view.world_rect()
    found = []
    for dong in city.dongs:
        if dong is selected:
            continue
        if dong.bounds.intersects(world) and not world.contains(dong.spot.x, dong.spot.y):
            points = _seen_points(dong, view)
            if points:
                text = dong.name(look.language)
                found.append(_candidate(text, text, names.DONG, points, metrics))
    return found


def _seen_points(dong: Dong, view: Viewport) -> list[tuple[float, float]]:
    """Points of a coarse grid on the screen that lie well inside the dong, the middle one first."""
    step = max(1.0, min(view.width, view.height) / 6)
    inside = [
        (x, y)
        for x in _grid(view.width, step)
        for y in _grid(view.height, step)
        if all(
            dong.contains(*view.to_world(x + dx, y + dy))
            for dx, dy in ((0, 0), (step / 2, 0), (-step / 2, 0))
        )
    ]
    if not inside:
        return []
    middle_x = sum(p[0] for p in inside) / len(inside)
    middle_y = sum(p[1] for p in inside) / len(inside)
    return sorted(inside, key=lambda p: hypot(p[0] - middle_x, p[1] - middle_y))[:4]


def _grid(length: int, step: float) -> list[float]:
    count = max(1, int(length / step))
    return [(i + 0.5) * length / count for i in range(count)]

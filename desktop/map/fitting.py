"""Views that show something whole: points, a dong, the pins of a flower. Pure."""

from __future__ import annotations

from desktop.map.city import Dong
from desktop.map.marks import world_bounds
from desktop.map.projection import to_world
from desktop.map.scene import Mark
from desktop.map.viewport import ZOOM_STEP, Viewport
from desktop.theme.look import Look

MARGIN = 110
#: A dong of the old town is 150 m wide: shown no larger than this (reference px per metre).
CLOSEST_DONG = 0.7


def on_points(
    look: Look, view: Viewport, points: tuple[tuple[float, float], ...], closest: float
) -> Viewport:
    """All WGS84 points (lat, lon), no nearer than `closest` reference px per metre."""
    box = world_bounds([to_world(lat, lon) for lat, lon in points])
    return _no_nearer(look, view.fitting(box, look.px(MARGIN)), closest)


def on_dong(look: Look, view: Viewport, dong: Dong) -> Viewport:
    """The whole dong, a small one with its surroundings."""
    return _no_nearer(look, view.fitting(dong.bounds, look.px(MARGIN)), CLOSEST_DONG)


def on_flower(look: Look, view: Viewport, mark: Mark) -> Viewport:
    """The pins of a flower apart from each other, at least one step nearer than now."""
    box = world_bounds([to_world(pin.lat, pin.lon) for pin in mark.pins])
    into = view.fitting(box, look.px(MARGIN * 1.6))
    nearer = view.scale * ZOOM_STEP / into.scale
    return _scaled(into, nearer) if nearer > 1 else into


def _no_nearer(look: Look, view: Viewport, closest: float) -> Viewport:
    farther = closest * look.metrics.scale / view.scale
    return _scaled(view, farther) if farther < 1 else view


def _scaled(view: Viewport, factor: float) -> Viewport:
    return view.zoomed(factor, view.width / 2, view.height / 2)

"""The stills of the map on the attract and home screens and in the low position's band."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QPainter

from desktop.map.base_layer import Overlay
from desktop.map.picture import CityPicture
from desktop.map.projection import to_world
from desktop.map.viewport import Viewport
from desktop.theme.look import Look
from desktop.theme.trees import KINDS, paint_tree

if TYPE_CHECKING:
    from desktop.kiosk.pages import Content

#: The middle of the old town in degrees: where the city looks most like itself.
HEART = (35.8285, 127.1300)


def _frame(look: Look, shift_x: float, shift_y: float, zoom: float) -> object:
    """A view with the city's heart moved by shares of the width and height from the middle."""

    def frame(width: int, height: int) -> Viewport:
        x, y = to_world(*HEART)
        scale = zoom * look.metrics.scale
        return Viewport(
            max(1, width),
            max(1, height),
            x - shift_x * width / scale,
            y - shift_y * height / scale,
            scale,
        )

    return frame


def planted_trees(look: Look, content: Content) -> Overlay:
    """Trees only where a completed planting is recorded; taller where more were planted."""
    spots = []
    for i, planting in enumerate(content.catalogue.trees.plantings):
        if planting.lat is None or planting.lon is None or planting.status != "completed":
            continue
        size = 24 if not planting.trees else min(58, 22 + 7 * len(str(planting.trees)))
        spots.append((*to_world(planting.lat, planting.lon), KINDS[i % 4], size))
    spots.sort(key=lambda s: s[1])

    def over(painter: QPainter, view: Viewport) -> None:
        for x, y, kind, size in spots:
            paint_tree(painter, look.palette, kind, view.point(x, y), look.px(size))

    return over


def attract_picture(look: Look, content: Content | None) -> CityPicture:
    frame = _frame(look, 0.28, 0.04, 0.062)
    if content is None:
        return CityPicture(look, None, frame, None)  # type: ignore[arg-type]
    return CityPicture(look, content.city, frame, None)  # type: ignore[arg-type]


def home_picture(look: Look, content: Content) -> CityPicture:
    frame = _frame(look, 0.0, 0.0, 0.066)
    return CityPicture(look, content.city, frame, planted_trees(look, content))  # type: ignore[arg-type]

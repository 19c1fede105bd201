"""The marks of one map: what they are made of, which lie on the screen, which was touched."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF

from desktop.map.city import City, Dong
from desktop.map.features import Here, NamedPlace, Pin
from desktop.map.hit import Target, touched
from desktop.map.projection import to_world
from desktop.map.scene import (
    MERGE,
    Mark,
    Scene,
    compose,
    group_marks,
    mark_centre,
    mark_radius,
    mark_rect,
)
from desktop.map.viewport import CLOSEST, Viewport
from desktop.theme.look import Look

#: A finger's reach round a mark (mm).
REACH_MM = 7.5


class Marks:
    """Descriptions in, a scene out. Grouping is kept for a zoom, so panning costs nothing."""

    def __init__(self, look: Look, city: City) -> None:
        self._look, self._city = look, city
        self._pins: tuple[Pin, ...] = ()
        self._here: Here | None = None
        self._places: tuple[NamedPlace, ...] = ()
        self._keep_clear: tuple[QRectF, ...] = ()
        self._selected: str | None = None
        self._groups: tuple[float, list[Mark]] | None = None
        self.scene = Scene()

    @property
    def here(self) -> Here | None:
        return self._here

    @property
    def selected(self) -> str | None:
        return self._selected

    @property
    def controls(self) -> tuple[QRectF, ...]:
        return self._keep_clear

    def pin(self, ident: str) -> Pin | None:
        return next((pin for pin in self._pins if pin.ident == ident), None)

    def set_pins(self, pins: tuple[Pin, ...]) -> bool:
        """True when that changed something; the same for the other setters."""
        changed, self._pins = pins != self._pins, pins
        self._groups = None if changed else self._groups
        return changed

    def set_here(self, here: Here | None) -> bool:
        changed, self._here = here != self._here, here
        self._groups = None if changed else self._groups
        return changed

    def set_selected(self, ident: str | None) -> bool:
        changed, self._selected = ident != self._selected, ident
        self._groups = None if changed else self._groups
        return changed

    def set_places(self, places: tuple[NamedPlace, ...]) -> bool:
        changed, self._places = places != self._places, places
        return changed

    def set_controls(self, rects: tuple[QRectF, ...]) -> bool:
        changed, self._keep_clear = rects != self._keep_clear, rects
        return changed

    def compose(self, view: Viewport, dong: Dong | None, note: QRectF | None) -> None:
        """Work out the scene at rest; `note` is where the attribution stands."""
        self.scene = compose(
            self._look,
            self._city,
            view,
            self._grouped(view.scale),
            here=self._here,
            places=self._places,
            keep_clear=self._keep_clear,
            note=note,
            selected=self._selected,
            selected_dong=dong,
        )

    def _grouped(self, scale: float) -> list[Mark]:
        if self._groups is None or self._groups[0] != scale:
            # The chosen pin stands out of its flower, so that it can be seen.
            chosen = self.pin(self._selected) if self._selected else None
            others = tuple(pin for pin in self._pins if pin is not chosen)
            marks = group_marks(self._look, others, self._here, scale)
            if chosen is not None:
                marks.append(Mark(*to_world(chosen.lat, chosen.lon), (chosen,)))
            self._groups = (scale, marks)
        return self._groups[1]

    def visible(self, view: Viewport) -> list[Mark]:
        """Marks that are seen whole, in reading order."""
        screen = QRectF(0, 0, view.width, view.height)
        return [
            mark
            for mark in self.scene.marks
            if mark.ident not in self.scene.cut and screen.contains(self._centre(mark, view))
        ]

    def touched(self, view: Viewport, at: QPointF) -> Mark | None:
        targets = []
        for mark in self.scene.marks:
            if mark.ident in self.scene.cut:
                continue
            centre = self._centre(mark, view)
            radius = mark_radius(self._look, mark, mark.ident == self._selected)
            targets.append(Target(mark.ident, centre.x(), centre.y(), radius))
        found = touched(targets, at.x(), at.y(), REACH_MM * self._look.metrics.px_per_mm)
        return next((m for m in self.scene.marks if m.ident == found), None)

    def by_ident(self, ident: str) -> Mark | None:
        return next((m for m in self.scene.marks if m.ident == ident), None)

    def can_part(self, mark: Mark) -> bool:
        """False when no zoom shows the pins of a flower apart."""
        furthest = CLOSEST * self._look.metrics.scale
        box = world_bounds([to_world(p.lat, p.lon) for p in mark.pins])
        return max(box.width(), box.height()) * furthest > self._look.px(MERGE) * 1.5

    def is_free(self, pin: Pin, view: Viewport) -> bool:
        """True when the pin, chosen, would stand clear of edges and controls."""
        mark = Mark(*to_world(pin.lat, pin.lon), (pin,))
        rect = mark_rect(self._look, mark, view, True)
        inside = QRectF(0, 0, view.width, view.height).contains(rect)
        return inside and not any(rect.intersects(control) for control in self._keep_clear)

    def _centre(self, mark: Mark, view: Viewport) -> QPointF:
        return mark_centre(self._look, mark, view, mark.ident == self._selected)


def world_bounds(points: list[tuple[float, float]]) -> QRectF:
    """The smallest rectangle (world metres) round the points."""
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    top, bottom = min(y for _, y in points), max(y for _, y in points)
    return QRectF(left, top, right - left, bottom - top)

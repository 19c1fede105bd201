"""A map on the screen: land, marks and names, where it looks and how it gets there.

MapCanvas adds the fingers, the mouse and the keys.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.map import fitting
from desktop.map.base_layer import Overlay
from desktop.map.city import City
from desktop.map.features import Here, NamedPlace, Pin, TreeSpot
from desktop.map.frame import (
    attribution_picture,
    attribution_rect,
    paint_frame,
    paint_picked,
)
from desktop.map.land import Land
from desktop.map.marks import Marks
from desktop.map.painting import ScenePainter
from desktop.map.projection import to_world
from desktop.map.view_motion import ViewMotion
from desktop.map.viewport import FIRST_ZOOM, ZOOM_STEP, MapPosition, Viewport
from desktop.theme.look import Look

POLL_MS = 8


class MapSurface(QWidget):
    """Give it descriptions. All methods work before it is shown.

    With `caption` a band under it says where the borders come from, and it has no lower corners.

    Signal: `viewport_changed(MapPosition)` whenever the map has come to rest.
    """

    viewport_changed = Signal(object)

    def __init__(
        self,
        look: Look,
        city: City,
        *,
        position: MapPosition | None = None,
        radius: float = 24,
        caption: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look, self._city, self._radius, self._caption = look, city, radius, caption
        self._trees: tuple[TreeSpot, ...] = ()
        self._picked: tuple[float, float] | None = None
        self._focused: str | None = None
        self._show_focus = False
        self._stale = True
        self._once_sized: Callable[[Viewport], Viewport] | None = None
        self._note: tuple[QPixmap, QPointF] | None = None
        self._marks, self._painter = Marks(look, city), ScenePainter(look)
        self._land = Land(look, city)
        # A widget deleted while it is shown gets no hide event.
        self.destroyed.connect(self._land.stop)
        self._motion = ViewMotion(
            look, city.bounds, position or MapPosition(0, 0, FIRST_ZOOM), self
        )
        self._motion.moved.connect(self.update)
        self._motion.heading.connect(self._land.foresee)
        self._motion.rested.connect(self._on_rested)
        self._poll = QTimer(self, interval=POLL_MS)
        self._poll.timeout.connect(self._on_poll)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    # What is shown

    def show_pins(self, pins: tuple[Pin, ...]) -> None:
        self._recompose(self._marks.set_pins(pins))

    def show_trees(self, spots: tuple[TreeSpot, ...]) -> None:
        self._trees = spots
        self.update()

    def show_places(self, places: tuple[NamedPlace, ...]) -> None:
        """Named points to steer by."""
        self._recompose(self._marks.set_places(places))

    def show_here(self, here: Here | None) -> None:
        self._recompose(self._marks.set_here(here))

    def show_picked(self, lat_lon: tuple[float, float] | None) -> None:
        """The place the resident tapped, as the screen remembers it."""
        self._picked = lat_lon
        self.update()

    def set_overlay(self, overlay: Overlay | None) -> None:
        """Something dense drawn with the land, such as tree dots: called on the land's thread at
        any time, it must touch no widget and keep its own locks."""
        self._land.set_overlay(overlay)
        self.update()

    def set_keep_clear(self, rects: tuple[QRectF, ...]) -> None:
        """Parts of the map (device px) that controls cover: names and flowers stay out of them."""
        self._recompose(self._marks.set_controls(rects))

    def select_pin(self, ident: str | None) -> None:
        self._recompose(self._marks.set_selected(ident))

    def select_dong(self, code: str | None) -> None:
        self._land.select(self._city.dong(code) if code else None)
        self._recompose(True)

    # Where it looks

    @property
    def position(self) -> MapPosition:
        """Where the map is, or is going: keep it and give it to the next canvas."""
        return self._motion.position

    def set_position(self, position: MapPosition, *, animate: bool = False) -> None:
        self._motion.set_position(position, animate=animate)

    def zoom_in(self) -> None:
        self._zoom_step(ZOOM_STEP)

    def zoom_out(self) -> None:
        self._zoom_step(1 / ZOOM_STEP)

    def can_zoom_in(self) -> bool:
        return not self._motion.at_limit(ZOOM_STEP)

    def can_zoom_out(self) -> bool:
        return not self._motion.at_limit(1 / ZOOM_STEP)

    def pan(self, dx_ref: float, dy_ref: float) -> None:
        """Move the picture by reference px: positive shows what lies left and above."""
        if view := self._motion.target:
            self._motion.go(view.panned(self._look.px(dx_ref), self._look.px(dy_ref)))

    def recentre(self) -> None:
        """Back to 여기 at the first zoom; without a site, back to the middle of the city."""
        here = self._marks.here
        x, y = to_world(here.lat, here.lon) if here else (0.0, 0.0)
        self._motion.set_position(MapPosition(x, y, FIRST_ZOOM), animate=True)

    def fit(
        self, points: tuple[tuple[float, float], ...], *, closest: float = 0.3, animate: bool = True
    ) -> None:
        """Show all WGS84 points (lat, lon), no nearer than `closest` reference px per metre."""
        if points:
            self._go(lambda view: fitting.on_points(self._look, view, points, closest), animate)

    def fit_dong(self, code: str, *, animate: bool = True) -> None:
        """Show the whole dong, a small one with its surroundings."""
        dong = self._city.dong(code)
        if dong is not None:
            self._go(lambda view: fitting.on_dong(self._look, view, dong), animate)

    def reveal(self, ident: str) -> None:
        """Move only if needed, so that a pin stands free of edges and controls."""
        self._go(lambda view: self._revealing(ident, view))

    def _revealing(self, ident: str, view: Viewport) -> Viewport:
        pin = self._marks.pin(ident)
        if pin is None or self._marks.is_free(pin, view):
            return view
        x, y = to_world(pin.lat, pin.lon)
        return replace(view, x=x, y=y)

    def _go(self, to: Callable[[Viewport], Viewport], animate: bool = True) -> None:
        """Move to what `to` makes of the present target; at once when the map has its size."""
        view = self._motion.target
        if view is None:
            self._once_sized = to
        else:
            self._motion.go(to(view), animate)

    def settle(self, seconds: float = 2.0) -> None:
        """End every motion now and wait for the sharp land: for pictures and tests."""
        self._motion.finish()
        if view := self._motion.view:
            self._land.follow(view, moving=False)
        self._land.wait(seconds)
        self._compose_if_stale()
        self.update()

    # Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._motion.resize(event.size().width(), event.size().height())
        if self._once_sized is not None:
            to, self._once_sized = self._once_sized, None
            self._go(to, animate=False)
        if not self._caption and (view := self._motion.view):
            self._note = attribution_picture(self._look, self._city, view)

    def hideEvent(self, event: QHideEvent) -> None:
        self._poll.stop()
        self._motion.finish()
        self._land.stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        view = self._motion.view
        if view is None:
            return
        painter, look = QPainter(self), self._look
        self._compose_if_stale()
        self._land.paint(painter, view)
        if self._note is not None:
            # Under the marks: a pin is worth more than the last word of a note.
            painter.drawPixmap(self._note[1], self._note[0])
        self._painter.paint(
            painter,
            view,
            self._marks.scene,
            here=self._marks.here,
            trees=self._trees,
            selected=self._marks.selected,
            focused=self._focused if self._show_focus else None,
        )
        if self._picked is not None:
            paint_picked(painter, look, view.point(*to_world(*self._picked)))
        ring = self._show_focus and self._focused is None
        paint_frame(painter, look, self.rect(), self._radius, focused=ring, foot=self._caption)
        self._land.follow(view, moving=self._motion.moving)
        if self._land.pending and not self._poll.isActive():
            self._poll.start()

    def _zoom_step(self, factor: float) -> None:
        if view := self._motion.target:
            self._motion.go(view.zoomed(factor, view.width / 2, view.height / 2))

    # At rest

    def _on_rested(self) -> None:
        self._recompose(True)
        self.viewport_changed.emit(self.position)

    def _recompose(self, needed: bool) -> None:
        """Work the scene out anew before the next painting, however many things have changed."""
        if needed:
            self._stale = True
            self.update()

    def _compose_if_stale(self) -> None:
        view = self._motion.view
        if not self._stale or view is None or self._motion.moving:
            return
        self._stale = False
        note = attribution_rect(self._look, self._city, view) if not self._caption else None
        self._marks.compose(view, self._land.selected, note)
        marks = self._marks.visible(view)
        self.setAccessibleDescription(", ".join(pin.name for m in marks for pin in m.pins))

    def _on_poll(self) -> None:
        if self._land.take():
            self.update()
        if not self._land.pending:
            self._poll.stop()

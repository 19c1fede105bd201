"""The map a resident touches: land, marks and names under fingers, mouse, wheel and keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTouchEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.map import fitting
from desktop.map.base_layer import Overlay
from desktop.map.city import City
from desktop.map.features import Here, Pin, Place, TreeSpot
from desktop.map.frame import attribution_rect, paint_attribution, paint_frame, paint_picked
from desktop.map.gestures import Gestures, Meanings
from desktop.map.land import Land
from desktop.map.marks import Marks
from desktop.map.painting import ScenePainter
from desktop.map.projection import to_wgs84, to_world
from desktop.map.scene import Mark
from desktop.map.view_motion import ViewMotion
from desktop.map.viewport import FIRST_ZOOM, ZOOM_STEP, MapPosition
from desktop.theme.look import Look

#: How far a finger may slide and still have tapped (mm).
SLACK_MM = 3.0
#: A dong waits this long for a second tap, so that a double tap only zooms.
DONG_WAIT_MS = 260
POLL_MS = 8
_BY_KEY = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
_PANS = {
    Qt.Key.Key_Left: (1, 0),
    Qt.Key.Key_Right: (-1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}


class MapCanvas(QWidget):
    """Give it descriptions, it answers with ids. All methods work before it is shown.

    With `caption` a band under it says where the borders come from, and it has no lower corners.

    Signals: `pin_chosen(id)`; `cluster_chosen(tuple of ids)` when no zoom can part them;
    `dong_chosen(code)`; `place_chosen(lat, lon)` in pick mode; `viewport_changed(MapPosition)`
    whenever the map has come to rest.
    """

    pin_chosen = Signal(str)
    cluster_chosen = Signal(tuple)
    dong_chosen = Signal(str)
    place_chosen = Signal(float, float)
    viewport_changed = Signal(object)

    def __init__(
        self,
        look: Look,
        city: City,
        *,
        position: MapPosition | None = None,
        interactive: bool = True,
        pick: bool = False,
        radius: float = 24,
        caption: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look, self._city, self._pick, self._radius = look, city, pick, radius
        self._interactive, self._caption = interactive, caption
        self._trees: tuple[TreeSpot, ...] = ()
        self._picked: tuple[float, float] | None = None
        self._focused: str | None = None
        self._show_focus = False
        self._stale = True
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
        self._gestures = Gestures(self._meanings(), SLACK_MM * look.metrics.px_per_mm, ZOOM_STEP)
        self._poll = QTimer(self, interval=POLL_MS)
        self._poll.timeout.connect(self._on_poll)
        self._dong_wait = QTimer(self, singleShot=True, interval=DONG_WAIT_MS)
        self._dong_wait.timeout.connect(self._on_dong_wait)
        self._dong_tapped: str | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        if interactive:
            self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    # What is shown

    def show_pins(self, pins: tuple[Pin, ...]) -> None:
        self._recompose(self._marks.set_pins(pins))

    def show_trees(self, spots: tuple[TreeSpot, ...]) -> None:
        self._trees = spots
        self.update()

    def show_places(self, places: tuple[Place, ...]) -> None:
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
        view = self._motion.target
        if view is not None and points:
            self._motion.go(fitting.on_points(self._look, view, points, closest), animate)

    def fit_dong(self, code: str, *, animate: bool = True) -> None:
        """Show the whole dong, a small one with its surroundings."""
        view, dong = self._motion.target, self._city.dong(code)
        if view is not None and dong is not None:
            self._motion.go(fitting.on_dong(self._look, view, dong), animate)

    def reveal(self, ident: str) -> None:
        """Move only if needed, so that a pin stands free of edges and controls."""
        view, pin = self._motion.target, self._marks.pin(ident)
        if view is not None and pin is not None and not self._marks.is_free(pin, view):
            x, y = to_world(pin.lat, pin.lon)
            self._motion.set_position(MapPosition(x, y, self.position.zoom), animate=True)

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

    def hideEvent(self, event: QHideEvent) -> None:
        self._poll.stop()
        self._dong_wait.stop()
        self._motion.finish()
        self._land.stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        view = self._motion.view
        if view is None:
            return
        painter, look = QPainter(self), self._look
        self._compose_if_stale()
        self._land.paint(painter, view)
        if not self._caption:
            paint_attribution(painter, look, self._city, view)
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

    def event(self, event: QEvent) -> bool:
        if self._interactive and isinstance(event, QTouchEvent):
            event.accept()
            return self._gestures.touch(event)
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._mouse(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._mouse(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._mouse(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._mouse(event)

    def _mouse(self, event: QMouseEvent) -> None:
        if not (self._interactive and self._gestures.mouse(event)):
            event.ignore()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not (self._interactive and self._gestures.wheel(event)):
            event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _PANS:
            dx, dy = _PANS[key]
            self.pan(dx * self.width() / 4 / self._look.metrics.scale, dy * 180)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_in()
        elif key == Qt.Key.Key_Minus:
            self.zoom_out()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            mark = self._marks.by_ident(self._focused) if self._focused else None
            if mark is not None:
                self._choose(mark)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._show_focus = event.reason() in _BY_KEY
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._focused, self._show_focus = None, False
        self.update()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab walks the marks on the screen, then leaves the map."""
        self._compose_if_stale()
        view = self._motion.view
        idents = [mark.ident for mark in self._marks.visible(view)] if view else []
        at = idents.index(self._focused) if self._focused in idents else (-1 if forward else 0)
        following = at + (1 if forward else -1)
        if self._interactive and 0 <= following < len(idents):
            self._focused, self._show_focus = idents[following], True
            self.update()
            return True
        self._focused = None
        return super().focusNextPrevChild(forward)

    # What fingers mean

    def _meanings(self) -> Meanings:
        return Meanings(
            begin=self._motion.begin_gesture,
            pan=self._on_pan,
            zoom=self._on_zoom,
            end=self._motion.end_gesture,
            tap=self._on_tap,
            double_tap=self._on_double_tap,
        )

    def _on_pan(self, dx: float, dy: float) -> None:
        if view := self._motion.view:
            self._motion.drag(view.panned(dx, dy))

    def _on_zoom(self, factor: float, at: QPointF) -> None:
        if view := self._motion.view:
            self._motion.drag(view.zoomed(factor, at.x(), at.y()))

    def _on_double_tap(self, at: QPointF) -> None:
        self._dong_wait.stop()
        if view := self._motion.target:
            self._motion.go(view.zoomed(ZOOM_STEP, at.x(), at.y()))

    def _on_tap(self, at: QPointF) -> None:
        view = self._motion.view
        if view is None:
            return
        self._compose_if_stale()
        world = view.to_world(at.x(), at.y())
        if self._pick:
            self.place_chosen.emit(*to_wgs84(*world))
            return
        mark = self._marks.touched(view, at)
        if mark is not None:
            self._choose(mark)
        elif dong := self._city.dong_at(*world):
            self._dong_tapped = dong.code
            self._dong_wait.start()

    def _choose(self, mark: Mark) -> None:
        if mark.alone:
            self.pin_chosen.emit(mark.pins[0].ident)
        elif self._marks.can_part(mark):
            if view := self._motion.target:
                self._motion.go(fitting.on_flower(self._look, view, mark))
        else:
            self.cluster_chosen.emit(tuple(pin.ident for pin in mark.pins))

    def _on_dong_wait(self) -> None:
        if self._dong_tapped:
            self.dong_chosen.emit(self._dong_tapped)

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

"""The map a resident touches: what fingers, mouse, wheel and keys mean on it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QTouchEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from desktop.map import fitting
from desktop.map.city import City
from desktop.map.gestures import Gestures, Meanings
from desktop.map.projection import to_wgs84
from desktop.map.scene import Mark
from desktop.map.surface import MapSurface
from desktop.map.viewport import ZOOM_STEP, MapPosition
from desktop.theme.look import Look

#: How far a finger may slide and still have tapped (mm).
SLACK_MM = 3.0
#: A dong waits this long for a second tap, so that a double tap only zooms.
DONG_WAIT_MS = 260
#: A wheel that has not turned for so long has stopped.
WHEEL_REST_MS = 160
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


class MapCanvas(MapSurface):
    """Answers with ids. With `pick` a tap tells a place; without `interactive` nothing reacts.

    Signals: `pin_chosen(id)`; `cluster_chosen(tuple of ids)` when no zoom can part them;
    `cluster_parted()` when a zoom does; `dong_chosen(code)`; `place_chosen(lat, lon)` in pick mode;
    `outside_tapped()` where the city ends; `viewport_changed(MapPosition)` whenever the map has
    come to rest.
    """

    pin_chosen = Signal(str)
    cluster_chosen = Signal(tuple)
    cluster_parted = Signal()
    dong_chosen = Signal(str)
    place_chosen = Signal(float, float)
    outside_tapped = Signal()
    #: Qt sends events while the surface is still being made.
    _interactive = False

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
        super().__init__(
            look, city, position=position, radius=radius, caption=caption, parent=parent
        )
        self._interactive, self._pick = interactive, pick
        self._gestures = Gestures(self._meanings(), SLACK_MM * look.metrics.px_per_mm, ZOOM_STEP)
        self._dong_wait = QTimer(self, singleShot=True, interval=DONG_WAIT_MS)
        self._dong_wait.timeout.connect(self._on_dong_wait)
        self._dong_tapped: str | None = None
        self._wheel_rest = QTimer(self, singleShot=True, interval=WHEEL_REST_MS)
        self._wheel_rest.timeout.connect(self._motion.end_gesture)
        if interactive:
            self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def settle(self, seconds: float = 2.0) -> None:
        self._stop_wheel()
        super().settle(seconds)

    def hideEvent(self, event: QHideEvent) -> None:
        self._dong_wait.stop()
        self._stop_wheel()
        super().hideEvent(event)

    def _stop_wheel(self) -> None:
        if self._wheel_rest.isActive():
            self._wheel_rest.stop()
            self._motion.end_gesture()

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
        if self._interactive and self._gestures.wheel(event):
            self._wheel_rest.start()
        else:
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
            begin=self._on_begin,
            pan=self._on_pan,
            zoom=self._on_zoom,
            end=self._motion.end_gesture,
            tap=self._on_tap,
            double_tap=self._on_double_tap,
        )

    def _on_begin(self) -> None:
        self._wheel_rest.stop()
        self._motion.begin_gesture()

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
        dong = self._city.dong_at(*world)
        mark = None if self._pick else self._marks.touched(view, at)
        if mark is not None:
            self._choose(mark)
        elif dong is None:
            self.outside_tapped.emit()
        elif self._pick:
            self.place_chosen.emit(*to_wgs84(*world))
        else:
            self._dong_tapped = dong.code
            self._dong_wait.start()

    def _choose(self, mark: Mark) -> None:
        if mark.alone:
            self.pin_chosen.emit(mark.pins[0].ident)
        elif self._marks.can_part(mark):
            if view := self._motion.target:
                self._motion.go(fitting.on_flower(self._look, view, mark))
                self.cluster_parted.emit()
        else:
            self.cluster_chosen.emit(tuple(pin.ident for pin in mark.pins))

    def _on_dong_wait(self) -> None:
        if self._dong_tapped:
            self.dong_chosen.emit(self._dong_tapped)

"""Where a map looks, and how it gets from one place to the next."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QObject, QRectF, QVariantAnimation, Signal

from desktop.map.viewport import MapPosition, Viewport
from desktop.theme.look import Look

MOTION_MS = 280


class ViewMotion(QObject):
    """Owns the viewport. `moved` with every change, `heading(Viewport)` when a motion starts,
    `rested` when the map stands still again."""

    moved = Signal()
    heading = Signal(object)
    rested = Signal()

    def __init__(
        self, look: Look, bounds: QRectF, position: MapPosition, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._look, self._bounds, self._position = look, bounds, position
        self._view: Viewport | None = None
        self._way: tuple[Viewport, Viewport] | None = None
        self._gesture = False
        self._animation = QVariantAnimation(self)
        self._animation.setDuration(MOTION_MS)
        self._animation.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._animation.setStartValue(0.0)
        self._animation.setEndValue(1.0)
        self._animation.valueChanged.connect(self._on_value)
        self._animation.finished.connect(self._on_finished)

    @property
    def view(self) -> Viewport | None:
        """What is shown now; None before the map has a size."""
        return self._view

    @property
    def target(self) -> Viewport | None:
        """What is shown once the motion is over."""
        return self._way[1] if self._way else self._view

    @property
    def moving(self) -> bool:
        return self._gesture or self._way is not None

    @property
    def position(self) -> MapPosition:
        """Where the map is, or is going."""
        target = self.target
        return target.position(self._look.metrics.scale) if target else self._position

    def set_position(self, position: MapPosition, *, animate: bool) -> None:
        self._position = position
        if self._view is not None:
            scale = self._look.metrics.scale
            self.go(Viewport.at(position, self._view.width, self._view.height, scale), animate)

    def resize(self, width: int, height: int) -> None:
        position = self.position
        self._way = None
        self._animation.stop()
        self._view = self._clamped(Viewport.at(position, width, height, self._look.metrics.scale))
        self.moved.emit()
        self.rested.emit()

    def go(self, view: Viewport, animate: bool = True) -> None:
        """Move to `view`, at once where the look wants no motion."""
        if self._view is None:
            return
        view = self._clamped(view)
        self._animation.stop()
        self._way = None
        if view == self._view:
            self.rested.emit()
        elif animate and not self._look.reduced_motion:
            self._way = (self._view, view)
            self.heading.emit(view)
            self._animation.start()
        else:
            self._view = view
            self.moved.emit()
            self.rested.emit()

    def begin_gesture(self) -> None:
        """A finger takes the map: whatever moved stops where it is."""
        self._animation.stop()
        self._way = None
        self._gesture = True

    def drag(self, view: Viewport) -> None:
        """The finger moved the map to `view`."""
        self._view = self._clamped(view)
        self.moved.emit()

    def end_gesture(self) -> None:
        self._gesture = False
        self.rested.emit()

    def finish(self) -> None:
        """Be at the end of the motion now."""
        if self._way is not None:
            self._animation.stop()
            self._arrive()

    def at_limit(self, factor: float) -> bool:
        """True when the map cannot be zoomed by `factor` any more."""
        target = self.target
        if target is None:
            return False
        zoomed = self._clamped(target.zoomed(factor, 0, 0))
        return abs(zoomed.scale / target.scale - 1) < 1e-3

    def _clamped(self, view: Viewport) -> Viewport:
        return view.clamped(self._bounds, self._look.metrics.scale)

    def _on_value(self, share: float) -> None:
        if self._way is not None and share < 1.0:
            self._view = self._way[0].between(self._way[1], share)
            self.moved.emit()

    def _on_finished(self) -> None:
        if self._way is not None:
            self._arrive()

    def _arrive(self) -> None:
        assert self._way is not None
        self._view, self._way = self._way[1], None
        self.moved.emit()
        self.rested.emit()

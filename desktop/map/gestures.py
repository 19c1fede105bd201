"""Fingers, mouse and wheel on a map: what was meant, in device px. Every one has a button too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import hypot

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEventPoint, QMouseEvent, QTouchEvent, QWheelEvent

#: Degrees of wheel rotation for one zoom step.
WHEEL_STEP = 120.0
DOUBLE_TAP_SECONDS = 0.35


@dataclass(frozen=True)
class Meanings:
    """What a map does with them; points are device px, factors multiply the zoom."""

    begin: Callable[[], None]
    pan: Callable[[float, float], None]
    zoom: Callable[[float, QPointF], None]
    end: Callable[[], None]
    tap: Callable[[QPointF], None]
    double_tap: Callable[[QPointF], None]


class Gestures:
    """Feed it a widget's events; it says True for those it understood.

    `slack` is how far (device px) a finger may slide and still have tapped.
    """

    def __init__(self, meanings: Meanings, slack: float, wheel_factor: float) -> None:
        self._to, self._slack, self._wheel_factor = meanings, slack, wheel_factor
        self._start: QPointF | None = None
        self._last: QPointF | None = None
        self._moving = False
        self._spread: float | None = None
        self._several = False
        self._tapped: tuple[float, QPointF] | None = None

    def mouse(self, event: QMouseEvent) -> bool:
        """Left button: tap or drag. Touches that Qt also sends as mouse events never come here."""
        kind = event.type()
        if kind == QEvent.Type.MouseButtonDblClick:
            self._start = self._tapped = None
            self._to.double_tap(event.position())
            return True
        if kind == QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton:
            self._press(event.position())
            return True
        if kind == QEvent.Type.MouseMove and self._start is not None:
            self._move(event.position())
            return True
        if kind == QEvent.Type.MouseButtonRelease and self._start is not None:
            self._lifted(event.position(), event.timestamp() / 1000)
            return True
        return False

    def wheel(self, event: QWheelEvent) -> bool:
        """Zooms at the pointer. A wheel never says when it stops: the map ends the gesture."""
        turns = event.angleDelta().y() / WHEEL_STEP
        if turns:
            self._to.begin()
            self._to.zoom(self._wheel_factor**turns, event.position())
        return True

    def touch(self, event: QTouchEvent) -> bool:
        points = event.points()
        if event.type() == QEvent.Type.TouchCancel:
            self._cancel()
            return True
        down = [p for p in points if p.state() != QEventPoint.State.Released]
        if len(down) >= 2:
            self._pinch(down[0].position(), down[1].position())
        elif len(down) == 1:
            self._one_finger(down[0].position())
        elif points:
            self._lifted(points[0].position(), event.timestamp() / 1000)
        return True

    def _one_finger(self, at: QPointF) -> None:
        if self._spread is not None:
            # One of two fingers went up: go on dragging with the other.
            self._spread, self._last = None, at
        elif self._start is None:
            self._press(at)
        else:
            self._move(at)

    def _lifted(self, at: QPointF, seconds: float) -> None:
        tapped = self._start is not None and not self._moving and not self._several
        self._spread, self._several = None, False
        before, self._tapped = self._tapped, None
        soon = before is not None and seconds - before[0] <= DOUBLE_TAP_SECONDS
        if tapped and before and soon and _apart(at, before[1]) <= 3 * self._slack:
            self._start = self._last = None
            self._to.double_tap(at)
            return
        if tapped:
            self._tapped = (seconds, at)
        self._release(at)

    def _pinch(self, one: QPointF, other: QPointF) -> None:
        middle, spread = (one + other) / 2, max(1.0, _apart(one, other))
        self._several = True
        if self._spread is None:
            if not self._moving:
                self._to.begin()
            self._start, self._moving = middle, True
        else:
            if self._last is not None:
                self._to.pan(middle.x() - self._last.x(), middle.y() - self._last.y())
            self._to.zoom(spread / self._spread, middle)
        self._spread, self._last = spread, middle

    def _press(self, at: QPointF) -> None:
        self._start = self._last = at
        self._moving = False

    def _move(self, at: QPointF) -> None:
        if self._start is None or self._last is None:
            return
        if not self._moving:
            if _apart(at, self._start) < self._slack:
                return
            self._moving = True
            self._to.begin()
        self._to.pan(at.x() - self._last.x(), at.y() - self._last.y())
        self._last = at

    def _release(self, at: QPointF) -> None:
        moved, self._moving = self._moving, False
        started, self._start = self._start is not None, None
        self._last = None
        if moved:
            self._to.end()
        elif started:
            self._to.tap(at)

    def _cancel(self) -> None:
        if self._moving:
            self._to.end()
        self._start = self._last = self._spread = None
        self._moving = self._several = False


def _apart(a: QPointF, b: QPointF) -> float:
    return hypot(a.x() - b.x(), a.y() - b.y())

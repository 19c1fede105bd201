"""The hidden way to the operator's screen: by touch alone, and never by accident.

Five taps on the brand mark within three seconds, then the upper right corner, then the brand mark
once more, each within three seconds of the last. A PIN still stands behind it.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Signal

from desktop.access.input import point_of

TAPS, SECONDS = 5, 3.0
#: Size of the corner, as a share of the window's shorter side.
CORNER = 0.16


class OperatorGesture(QObject):
    """Input handler that only watches. `mark` answers the brand mark's rectangle on the screen
    (None when it is not shown), `window` the window's; both in global device px."""

    opened = Signal()

    def __init__(
        self,
        mark: Callable[[], QRect | None],
        window: Callable[[], QRect],
        clock: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._mark, self._window, self._clock = mark, window, clock
        self._taps: list[float] = []
        self._step = 0
        self._step_at = 0.0
        self._down = False

    def handle(self, target: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonRelease:
            self._down = False
        # One press passes here many times: for the window, the widget, and what the widget is in.
        if event.type() == QEvent.Type.MouseButtonPress and not self._down:
            self._down = True
            point = point_of(event)
            if point is not None:
                self._tapped(point)
        return False

    def _tapped(self, point: QPoint) -> None:
        now, mark = self._clock(), self._mark()
        on_mark = mark is not None and mark.contains(point)
        if self._step and now - self._step_at > SECONDS:
            self._step = 0
        if self._step == 1 and self._corner().contains(point):
            self._step, self._step_at = 2, now
            return
        if self._step == 2 and on_mark:
            self._step, self._taps = 0, []
            self.opened.emit()
            return
        if not on_mark:
            self._step, self._taps = 0, []
            return
        self._taps = [at for at in self._taps if now - at <= SECONDS] + [now]
        if len(self._taps) >= TAPS:
            self._step, self._step_at, self._taps = 1, now, []

    def _corner(self) -> QRect:
        window = self._window()
        side = round(min(window.width(), window.height()) * CORNER)
        return QRect(window.right() - side, window.top(), side + 1, side)

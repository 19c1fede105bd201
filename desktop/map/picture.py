"""A still of the map for places where it is not worked with: doors, crops, the attract screen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.map.base_layer import Overlay, paint_base
from desktop.map.city import City
from desktop.map.viewport import Viewport
from desktop.theme.look import Look

Frame = Callable[[int, int], Viewport]


class CityPicture(QWidget):
    """Paints the land and `over` (trees, names) once for its size, then `front` on every paint.

    `frame(width, height)` answers which part of the world a widget of that size shows.
    """

    def __init__(self, look: Look, city: City | None, frame: Frame, over: Overlay | None) -> None:
        super().__init__()
        self._look, self._city, self._frame, self._over = look, city, frame, over
        self._front: Overlay | None = None
        self._land: QPixmap | None = None
        self._shift = (0.0, 0.0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def view(self) -> Viewport:
        return self._frame(self.width(), self.height()).panned(*self._shift)

    def shift(self, dx: float, dy: float) -> None:
        """Show the frame moved by device px."""
        if (dx, dy) != self._shift:
            self._shift, self._land = (dx, dy), None
            self.update()

    def paint_in_front(self, front: Overlay) -> None:
        """What changes more often than the land: painted on every paint."""
        self._front = front
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._city is None:
            painter.fillRect(self.rect(), self._look.palette.outside)
            return
        view = self.view()
        if self._land is None or self._land.size() != self.size():
            self._land = QPixmap(self.size())
            land = QPainter(self._land)
            paint_base(land, self._look, self._city, view)
            if self._over is not None:
                land.resetTransform()
                self._over(land, view)
            land.end()
        painter.drawPixmap(0, 0, self._land)
        if self._front is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._front(painter, view)

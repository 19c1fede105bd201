"""A still of the map for places where it is not worked with: doors, crops, the attract screen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.map.base_layer import Overlay, paint_base
from desktop.map.city import City
from desktop.map.viewport import Viewport
from desktop.theme.look import Look

Frame = Callable[[int, int], Viewport]


class CityPicture(QWidget):
    """Paints the land once for its size, then `over` (pins, trees, names) on every paint.

    `frame(width, height)` answers which part of the world a widget of that size shows.
    """

    def __init__(self, look: Look, city: City | None, frame: Frame, over: Overlay | None) -> None:
        super().__init__()
        self._look, self._city, self._frame, self._over = look, city, frame, over
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

    def show_city(self, city: City) -> None:
        self._city, self._land = city, None
        self.update()

    def show_over(self, over: Overlay | None) -> None:
        """Paint something else on the same land."""
        self._over = over
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
            land.end()
        painter.drawPixmap(0, 0, self._land)
        if self._over is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._over(painter, view)


def whole_city(city: City, margin: float = 24) -> Frame:
    """A frame that shows the whole city with `margin` device px round it."""

    def frame(width: int, height: int) -> Viewport:
        view = Viewport(max(1, width), max(1, height), 0, 0, 1)
        return view.fitting(QRectF(city.bounds), margin)

    return frame

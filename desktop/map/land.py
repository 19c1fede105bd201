"""The land under a moving map: keeps the last picture, moves it, and asks for the next one."""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from desktop.map.base_layer import Overlay
from desktop.map.base_renderer import (
    BasePicture,
    BaseRenderer,
    BaseRequest,
    oversized,
    render_base,
)
from desktop.map.city import City, Dong
from desktop.map.viewport import Viewport
from desktop.theme.look import Look

#: Ask for the next picture while this share of a screen is still in hand.
RESERVE = 0.03
#: Under a moving finger so many seconds lie between two pictures: drawing them takes its share of
#: the machine from the frames.
PAUSE_S = 0.2
#: A drag goes on the way it came: the next picture lies so far ahead of it (share of a screen).
AHEAD = 0.08
#: A picture drawn scaled by more than this is asked for anew even while a finger is down.
SOFT = 1.5


class Land:
    """Draws the land for any viewport at once: exactly when it can, moved or scaled until then."""

    def __init__(self, look: Look, city: City) -> None:
        self._look, self._city = look, city
        self._renderer = BaseRenderer(look, city)
        self._picture: BasePicture | None = None
        self._selected: Dong | None = None
        self._overlay: Overlay | None = None
        self._changed = False
        self._asked_at = 0.0

    @property
    def pending(self) -> bool:
        return self._renderer.pending

    @property
    def selected(self) -> Dong | None:
        return self._selected

    def select(self, dong: Dong | None) -> None:
        self._changed |= dong is not self._selected
        self._selected = dong

    def set_overlay(self, overlay: Overlay | None) -> None:
        """Trees drawn with the land, on the renderer's thread; None takes them away."""
        self._overlay, self._changed = overlay, True

    def follow(self, view: Viewport, *, moving: bool) -> None:
        """Ask for a new picture where the one at hand will not do for `view`."""
        if moving and perf_counter() - self._asked_at < PAUSE_S:
            return
        if self._picture is None:
            self._ask(view)
        elif self._needs(self._picture.request.view, view, moving):
            self._ask(_ahead(self._picture.request.view, view) if moving else view)

    def foresee(self, view: Viewport) -> None:
        """An animation will end at `view`: draw it meanwhile."""
        self._ask(view)

    def take(self) -> bool:
        """True when a new picture has come and the map should be painted again."""
        return self._accept(self._renderer.take())

    def wait(self, seconds: float) -> bool:
        return self._accept(self._renderer.wait(seconds))

    def stop(self) -> None:
        self._renderer.stop()

    def paint(self, painter: QPainter, view: Viewport) -> None:
        """Copy the land into `view`; the very first picture is drawn here and now."""
        if self._picture is None:
            request = BaseRequest(view, self._selected, self._overlay)
            self._picture = render_base(self._look, self._city, request)
            self._changed = False
        picture = self._picture
        of = picture.request.view
        left, top = view.to_screen(*of.to_world(0, 0))
        factor = view.scale / of.scale
        width, height = of.width * factor, of.height * factor
        covered = left <= 0 and top <= 0 and left + width >= view.width
        if not (covered and top + height >= view.height):
            painter.fillRect(0, 0, view.width, view.height, self._look.palette.outside)
        if abs(factor - 1) < 1e-4:
            painter.drawImage(QPointF(round(left), round(top)), picture.image)
        else:
            painter.drawImage(QRectF(left, top, width, height), picture.image)

    def _accept(self, picture: BasePicture | None) -> bool:
        if picture is None:
            return False
        if self._picture is not None:
            self._renderer.give_back(self._picture.image)
        self._picture = picture
        return True

    def _ask(self, view: Viewport) -> None:
        self._changed = False
        self._asked_at = perf_counter()
        self._renderer.ask(BaseRequest(oversized(view), self._selected, self._overlay))

    def _needs(self, of: Viewport, view: Viewport, moving: bool) -> bool:
        if self._changed:
            return True
        factor = view.scale / of.scale
        if moving:
            if self._renderer.pending:
                return False
            if not 1 / SOFT < factor < SOFT:
                return True
        elif abs(factor - 1) > 1e-4:
            return True
        left, top = view.to_screen(*of.to_world(0, 0))
        spare_x, spare_y = RESERVE * view.width, RESERVE * view.height
        return not (
            left <= -spare_x
            and top <= -spare_y
            and left + of.width * factor >= view.width + spare_x
            and top + of.height * factor >= view.height + spare_y
        )


def _ahead(of: Viewport, view: Viewport) -> Viewport:
    """`view` moved on in the direction it has moved since the last picture."""
    far_x, far_y = AHEAD * view.width / view.scale, AHEAD * view.height / view.scale
    dx = min(max(view.x - of.x, -far_x), far_x)
    dy = min(max(view.y - of.y, -far_y), far_y)
    return replace(view, x=view.x + dx, y=view.y + dy)

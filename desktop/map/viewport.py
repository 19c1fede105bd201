"""What part of the world a map shows: a pure transform with clamping and zoom steps."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QTransform

#: One press of 크게 or 작게.
ZOOM_STEP = 1.5
#: Reference px per metre: a panel shows two kilometres. Nearer there is nothing new to see.
CLOSEST = 0.8
FIRST_ZOOM = 0.0914
#: From here on a map names legal dongs (송천동1가) instead of groups (송천동).
LEGAL_NAMES_FROM = 0.12


@dataclass(frozen=True)
class MapPosition:
    """Centre in world metres and zoom in reference px per metre: holds on any panel and look."""

    x: float
    y: float
    zoom: float = FIRST_ZOOM


@dataclass(frozen=True)
class Viewport:
    """A rectangle of `width` x `height` device px; `scale` is device px per world metre."""

    width: int
    height: int
    x: float
    y: float
    scale: float

    @classmethod
    def at(cls, position: MapPosition, width: int, height: int, px_per_ref: float) -> Viewport:
        return cls(width, height, position.x, position.y, position.zoom * px_per_ref)

    def position(self, px_per_ref: float) -> MapPosition:
        return MapPosition(self.x, self.y, self.scale / px_per_ref)

    def to_screen(self, x: float, y: float) -> tuple[float, float]:
        """Device px of a world point."""
        return (
            (x - self.x) * self.scale + self.width / 2,
            (y - self.y) * self.scale + self.height / 2,
        )

    def point(self, x: float, y: float) -> QPointF:
        return QPointF(*self.to_screen(x, y))

    def to_world(self, px: float, py: float) -> tuple[float, float]:
        """World metres of a device px."""
        return (
            (px - self.width / 2) / self.scale + self.x,
            (py - self.height / 2) / self.scale + self.y,
        )

    def transform(self) -> QTransform:
        """World metres to device px, for a painter."""
        return QTransform(
            self.scale,
            0,
            0,
            self.scale,
            self.width / 2 - self.x * self.scale,
            self.height / 2 - self.y * self.scale,
        )

    def world_rect(self) -> QRectF:
        left, top = self.to_world(0, 0)
        return QRectF(left, top, self.width / self.scale, self.height / self.scale)

    def panned(self, dx: float, dy: float) -> Viewport:
        """The picture moved by device px: a finger moving right shows what lay left."""
        return replace(self, x=self.x - dx / self.scale, y=self.y - dy / self.scale)

    def zoomed(self, factor: float, px: float, py: float) -> Viewport:
        """Scaled by `factor` with the world point under the device px staying where it is."""
        x, y = self.to_world(px, py)
        scale = self.scale * factor
        return replace(
            self,
            x=x - (px - self.width / 2) / scale,
            y=y - (py - self.height / 2) / scale,
            scale=scale,
        )

    def resized(self, width: int, height: int) -> Viewport:
        return replace(self, width=width, height=height)

    def clamped(self, bounds: QRectF, px_per_ref: float) -> Viewport:
        """Between the whole city and `CLOSEST`, with the middle inside `bounds` (world metres)."""
        whole = min(self.width / bounds.width(), self.height / bounds.height()) * 0.94
        widest = min(whole, CLOSEST * px_per_ref / 2)
        scale = min(max(self.scale, widest), CLOSEST * px_per_ref)
        # The city never leaves the screen: its bounds keep at least half of the view.
        x = min(max(self.x, bounds.left()), bounds.right())
        y = min(max(self.y, bounds.top()), bounds.bottom())
        return replace(self, x=x, y=y, scale=scale)

    def fitting(self, world: QRectF, margin: float, free: QRectF | None = None) -> Viewport:
        """The view that shows `world` inside the `free` part (device px), `margin` px round it."""
        area = free or QRectF(0, 0, self.width, self.height)
        wide = max(1.0, area.width() - 2 * margin)
        high = max(1.0, area.height() - 2 * margin)
        scale = min(wide / max(world.width(), 1.0), high / max(world.height(), 1.0))
        centre = world.center()
        return replace(
            self,
            scale=scale,
            x=centre.x() - (area.center().x() - self.width / 2) / scale,
            y=centre.y() - (area.center().y() - self.height / 2) / scale,
        )

    def between(self, other: Viewport, share: float) -> Viewport:
        """A view on the way to `other` (share 0..1); the zoom moves evenly in factors."""
        scale = self.scale * (other.scale / self.scale) ** share
        if abs(other.scale / self.scale - 1) < 1e-6:
            part = share
        else:
            # The middle moves with the zoom, so that the point zoomed at holds still.
            part = (1 / self.scale - 1 / scale) / (1 / self.scale - 1 / other.scale)
        return replace(
            self,
            x=self.x + (other.x - self.x) * part,
            y=self.y + (other.y - self.y) * part,
            scale=scale,
        )

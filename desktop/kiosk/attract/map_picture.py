"""The city on the attract screen, with one project's pin tied to its plaque."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPixmap

from desktop.kiosk.attract.state import ShownProject
from desktop.kiosk.attract.view import Picture
from desktop.map.base_layer import paint_base
from desktop.map.from_records import HEART, planted_trees
from desktop.map.painting import ScenePainter
from desktop.map.projection import to_world
from desktop.map.scene import compose
from desktop.map.viewport import Viewport
from desktop.theme.look import Look
from desktop.theme.shapes import paint_theme_tile

if TYPE_CHECKING:
    from desktop.kiosk.content import Content

ZOOM = 0.062
#: Where the city's heart lies from the middle, as shares of the width and height.
SHIFT = (0.28, 0.04)
PIN_RADIUS = 46
#: Between the place and the pin's tile, and round the tile.
PIN_LIFT, PIN_FRAME = 24, 18
_STEM_FOOT = QColor("#58493A")


class MapPicture(Picture):
    """Land, waters, names and trees are painted once for a place; the pin on every paint."""

    def __init__(self, look: Look, content: Content) -> None:
        super().__init__()
        self._look, self._city = look, content.city
        self._trees = planted_trees(content.catalogue.trees.plantings)
        self._names = ScenePainter(look)
        self._project: ShownProject | None = None
        self._plaque = QRectF()
        self._bleeding = True
        self._ground: tuple[Viewport, ShownProject | None, QPixmap] | None = None

    def tie(self, project: ShownProject | None, plaque: QRectF, *, bleeding: bool) -> None:
        self._project, self._plaque, self._bleeding = project, plaque, bleeding
        self.update()

    # -- what is shown ---------------------------------------------------------------------------

    def _view(self) -> Viewport:
        width, height = max(1, self.width()), max(1, self.height())
        if not self._bleeding:
            whole = Viewport(width, height, 0, 0, 1)
            return self._whole_pin(whole.fitting(self._city.bounds, self._look.px(20)))
        x, y = to_world(*HEART)
        scale = ZOOM * self._look.metrics.scale
        right, down = SHIFT
        view = Viewport(width, height, x - right * width / scale, y - down * height / scale, scale)
        return self._project_in_sight(view)

    def _whole_pin(self, view: Viewport) -> Viewport:
        """The view moved down as far as the pin over its place needs, and no further."""
        if self._project is None:
            return view
        foot = view.point(*to_world(self._project.lat, self._project.lon))
        high = self._look.px(2 * PIN_RADIUS + PIN_LIFT + PIN_FRAME + 4)
        return view.panned(0, max(0.0, high - foot.y()))

    def _project_in_sight(self, view: Viewport) -> Viewport:
        """The view moved as little as needed for the pin to stand above its plaque."""
        if self._project is None:
            return view
        px = self._look.px
        foot = view.point(*to_world(self._project.lat, self._project.lon))
        x = min(max(foot.x(), self._plaque.left() + px(90)), self._plaque.right() - px(90))
        y = min(max(foot.y(), px(2 * PIN_RADIUS + 220)), self._plaque.top() - px(60))
        return view.panned(x - foot.x(), y - foot.y())

    def _ground_of(self, view: Viewport) -> QPixmap:
        if self._ground is not None and self._ground[:2] == (view, self._project):
            return self._ground[2]
        ground = QPixmap(self.size())
        painter = QPainter(ground)
        paint_base(painter, self._look, self._city, view)
        painter.resetTransform()
        scene = compose(
            self._look,
            self._city,
            view,
            [],
            legal_names=False,
            dongs=False,
            keep_clear=self._taken_by_the_pin(view),
        )
        self._names.paint(painter, view, scene, trees=self._trees)
        painter.end()
        self._ground = (view, self._project, ground)
        return ground

    def _taken_by_the_pin(self, view: Viewport) -> tuple[QRectF, ...]:
        """Where the pin and the line to its plaque stand: names keep off."""
        if self._project is None:
            return ()
        px = self._look.px
        foot = view.point(*to_world(self._project.lat, self._project.lon))
        around, tall = px(PIN_RADIUS + 24), px(2 * PIN_RADIUS + 60)
        line = QRectF(foot.x() - px(12), foot.y(), px(24), self._plaque.top() - foot.y())
        return (QRectF(foot.x() - around, foot.y() - tall, 2 * around, tall), line)

    def paintEvent(self, event: QPaintEvent) -> None:
        view = self._view()
        ground = self._ground_of(view)
        painter = QPainter(self)
        painter.drawPixmap(0, 0, ground)
        if self._project is not None:
            self._paint_pin(painter, view, self._project)

    def _paint_pin(self, painter: QPainter, view: Viewport, project: ShownProject) -> None:
        look, p = self._look, self._look.palette
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        foot = view.point(*to_world(project.lat, project.lon))
        painter.setPen(QPen(p.ink, look.px(5)))
        painter.drawLine(foot, QPointF(foot.x(), self._plaque.top() + look.px(4)))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(p.ink if p.contrast else _STEM_FOOT)
        painter.drawEllipse(foot, look.px(11), look.px(6))
        r = look.px(PIN_RADIUS)
        centre = QPointF(foot.x(), foot.y() - r - look.px(PIN_LIFT))
        frame = r + look.px(PIN_FRAME)
        painter.setBrush(p.ink)
        painter.drawEllipse(centre, frame, frame)
        painter.setBrush(p.casing)
        painter.drawEllipse(centre, r + look.px(11), r + look.px(11))
        paint_theme_tile(painter, p, project.theme, centre, r, look.px(4))

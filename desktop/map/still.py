"""A map that only shows: the Home door, the crop of a project, the attract screen."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.map.base_layer import paint_base
from desktop.map.city import City
from desktop.map.features import Here, NamedPlace, Pin, TreeSpot
from desktop.map.painting import ScenePainter
from desktop.map.projection import to_world
from desktop.map.scene import Mark, compose, group_marks
from desktop.map.viewport import FIRST_ZOOM, MapPosition, Viewport
from desktop.theme.look import Look


def position_of(lat: float, lon: float, zoom: float = FIRST_ZOOM) -> MapPosition:
    """The map position whose middle is a WGS84 point; zoom in reference px per metre."""
    return MapPosition(*to_world(lat, lon), zoom)


def paint_city(
    painter: QPainter,
    rect: QRect,
    look: Look,
    city: City,
    position: MapPosition,
    *,
    pins: tuple[Pin, ...] = (),
    trees: tuple[TreeSpot, ...] = (),
    places: tuple[NamedPlace, ...] = (),
    here: Here | None = None,
    selected: str | None = None,
    clustered: bool = False,
    dong: str | None = None,
    dong_names: bool = False,
) -> None:
    """Draw a piece of the city into `rect` (device px of the painter).

    Pins are drawn where they are, or gathered into flowers with `clustered`. `selected` names a
    pin, `dong` a dong's code to outline. Dongs are named only with `dong_names`.
    """
    view = Viewport.at(position, rect.width(), rect.height(), look.metrics.scale)
    painter.save()
    painter.setClipRect(rect)
    picture = QPixmap(rect.size())
    inner = QPainter(picture)
    outlined = city.dong(dong) if dong else None
    paint_base(inner, look, city, view, outlined)
    if clustered:
        marks = group_marks(look, pins, here, view.scale)
    else:
        marks = sorted(
            (Mark(*to_world(p.lat, p.lon), (p,)) for p in pins), key=lambda m: (m.y, m.x)
        )
    scene = compose(
        look,
        city,
        view,
        marks,
        here=here,
        places=places,
        selected=selected,
        legal_names=None if dong_names else False,
        dongs=dong_names,
        selected_dong=outlined if dong_names else None,
    )
    ScenePainter(look).paint(inner, view, scene, here=here, trees=trees, selected=selected)
    inner.end()
    painter.drawPixmap(rect.topLeft(), picture)
    painter.restore()


class MapStill(QWidget):
    """A picture of the city in a rounded frame; `radius` in reference px. Nothing can be pressed.

    Give it an accessible name that says what it shows.
    """

    def __init__(
        self,
        look: Look,
        city: City,
        position: MapPosition,
        *,
        pins: tuple[Pin, ...] = (),
        trees: tuple[TreeSpot, ...] = (),
        places: tuple[NamedPlace, ...] = (),
        here: Here | None = None,
        selected: str | None = None,
        clustered: bool = False,
        dong: str | None = None,
        dong_names: bool = False,
        radius: float = 24,
        outline: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look, self._city, self._position = look, city, position
        self._pins, self._trees, self._places, self._here = pins, trees, places, here
        self._selected, self._clustered, self._dong = selected, clustered, dong
        self._dong_names, self._radius, self._outline = dong_names, radius, outline
        self._picture: QPixmap | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._picture = None

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._picture is None:
            self._picture = self._paint_picture()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame, radius = QRectF(self.rect()), self._look.px(self._radius)
        if radius:
            path = QPainterPath()
            path.addRoundedRect(frame.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
            painter.setClipPath(path)
        painter.drawPixmap(0, 0, self._picture)
        if self._outline:
            painter.setClipping(False)
            width = self._look.line(2)
            inset = width / 2
            painter.setPen(QPen(self._look.palette.line, width))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(frame.adjusted(inset, inset, -inset, -inset), radius, radius)

    def _paint_picture(self) -> QPixmap:
        picture = QPixmap(self.size())
        painter = QPainter(picture)
        paint_city(
            painter,
            self.rect(),
            self._look,
            self._city,
            self._position,
            pins=self._pins,
            trees=self._trees,
            places=self._places,
            here=self._here,
            selected=self._selected,
            clustered=self._clustered,
            dong=self._dong,
            dong_names=self._dong_names,
        )
        painter.end()
        return picture

"""Paints a scene over the land: trees, halo, names, marks, 여기.

Pins, flowers and names are painted once into pixmaps, so that a frame of a gesture only copies.
"""

from __future__ import annotations

from collections.abc import Callable
from math import log10

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap

from desktop.map import names, pins
from desktop.map.features import Here, TreeSpot
from desktop.map.projection import to_world
from desktop.map.scene import Mark, Scene, mark_centre, mark_radius
from desktop.map.viewport import Viewport
from desktop.theme.look import Look
from desktop.theme.trees import paint_tree
from desktop.theme.type import Role

NAME_HALO = 7
TREE_TALLEST, TREE_SMALLEST = 58, 22
_MOST_PICTURES = 400

Picture = tuple[QPixmap, QPointF]
Draw = Callable[[QPainter, QPointF], None]


def tree_height(trees: int | None) -> float:
    """Reference px of a planting's glyph: it grows with the logarithm of the count."""
    if not trees:
        return TREE_SMALLEST
    return min(TREE_TALLEST, TREE_SMALLEST + 9 * log10(trees))


class ScenePainter:
    """Draws scenes in one look and remembers the pictures it made."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._pictures: dict[tuple[object, ...], Picture] = {}

    def paint(
        self,
        painter: QPainter,
        view: Viewport,
        scene: Scene,
        *,
        here: Here | None = None,
        trees: tuple[TreeSpot, ...] = (),
        selected: str | None = None,
        focused: str | None = None,
    ) -> None:
        """Everything above the land. `selected` and `focused` are ids of marks."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        at = view.point(*to_world(here.lat, here.lon)) if here else None
        if at is not None and not self._look.contrast:
            self._copy(painter, self._halo(), at)
        self._paint_trees(painter, view, trees)
        self._paint_names(painter, view, scene)
        chosen = [mark for mark in scene.marks if mark.ident == selected]
        # On the way a mark slides in and out like everything else.
        cut = scene.cut if view == scene.view else frozenset()
        for mark in scene.marks:
            if mark.ident != selected and mark.ident not in cut:
                self._paint_mark(painter, view, mark, False, mark.ident == focused)
        if here is not None and at is not None:
            self._copy(painter, self._here(here.word, scene.here_above), at)
        for mark in chosen:
            self._paint_mark(painter, view, mark, True, mark.ident == focused)

    def _halo(self) -> Picture:
        r = self._look.px(pins.HALO_RADIUS) + 2

        def draw(painter: QPainter, middle: QPointF) -> None:
            pins.paint_halo(painter, self._look, middle.x(), middle.y())

        return self._picture(("halo",), 2 * r, 2 * r, QPointF(r, r), draw)

    def _here(self, word: str, above: bool) -> Picture:
        look = self._look
        bubble = pins.bubble_rect(look, word, 0, 0, above)
        width, reach = bubble.width() + look.px(20), max(bubble.bottom(), -bubble.top())
        hot = QPointF(width / 2, reach + look.px(10))

        def draw(painter: QPainter, at: QPointF) -> None:
            pins.paint_here(painter, look, at.x(), at.y(), word, above)

        return self._picture(("here", word, above), width, 2 * hot.y(), hot, draw)

    def _paint_trees(self, painter: QPainter, view: Viewport, trees: tuple[TreeSpot, ...]) -> None:
        for tree in trees:
            point = view.point(*to_world(tree.lat, tree.lon))
            height = round(self._look.px(tree_height(tree.trees)))
            if -height < point.x() < view.width + height and 0 < point.y() < view.height + height:
                self._copy(painter, self._tree(tree.kind, height), point)

    def _tree(self, kind: str, height: int) -> Picture:
        def draw(painter: QPainter, foot: QPointF) -> None:
            paint_tree(painter, self._look.palette, kind, foot, height)

        return self._picture(
            ("tree", kind, height), height * 2, height + 4, QPointF(height, height + 2), draw
        )

    def _paint_names(self, painter: QPainter, view: Viewport, scene: Scene) -> None:
        placed_for = scene.view
        if placed_for is None:
            return
        for name in scene.names:
            anchor = view.point(*placed_for.to_world(*name.anchor))
            shift = anchor - QPointF(*name.anchor)
            if name.dot:
                self._paint_dot(painter, anchor)
            middle = name.rect.center() + shift
            self._copy(painter, self._name(name.text, name.kind), middle)

    def _paint_dot(self, painter: QPainter, at: QPointF) -> None:
        palette, r = self._look.palette, self._look.px(7)
        painter.setPen(QPen(palette.halo, self._look.px(3)))
        painter.setBrush(palette.ink2)
        painter.drawEllipse(at, r, r)

    def _name(self, text: str, kind: int) -> Picture:
        look, palette = self._look, self._look.palette
        colour: QColor = {
            names.WATER: palette.water_text,
            names.HILL: palette.hill_text,
            names.LANDMARK: palette.ink,
            names.DONG: palette.ink2,
            names.SELECTED: palette.ink,
        }[kind]
        font = look.font(Role.BODY, bold=kind in names.BOLD)
        metrics, halo = QFontMetricsF(font), look.px(NAME_HALO)
        width = metrics.horizontalAdvance(text) + 2 * halo + 4
        height = metrics.height() + 2 * halo
        centre = QPointF(width / 2, height / 2)

        def draw(painter: QPainter, middle: QPointF) -> None:
            path = QPainterPath()
            # The letters' own middle, not the font's, stands on the point.
            baseline = middle.y() + metrics.capHeight() / 2
            path.addText(QPointF(halo + 2, baseline), font, text)
            pen = QPen(palette.halo, halo)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.strokePath(path, pen)
            # Filled like its halo: glyphs of the font's cache would sit a hair beside it.
            painter.fillPath(path, colour)

        return self._picture(("name", text, kind), width, height, centre, draw)

    def _paint_mark(
        self, painter: QPainter, view: Viewport, mark: Mark, chosen: bool, focused: bool
    ) -> None:
        look, point = self._look, view.point(mark.x, mark.y)
        reach = look.px(90)
        if not (
            -reach < point.x() < view.width + reach and -reach < point.y() < view.height + 2 * reach
        ):
            return
        if mark.alone:
            pin = mark.pins[0]
            key: tuple[object, ...] = ("pin", pin.theme, chosen, pin.area_hint)
            if key not in self._pictures:
                self._pictures[key] = pins.pin_pixmap(look, pin.theme, chosen, pin.area_hint)
        else:
            key = ("flower", len(mark.pins), chosen)
            if key not in self._pictures:
                self._pictures[key] = pins.flower_pixmap(look, len(mark.pins), chosen)
        self._copy(painter, self._pictures[key], point)
        if focused:
            centre = mark_centre(look, mark, view, chosen)
            radius = mark_radius(look, mark, chosen) + look.px(16 if chosen else 8)
            pins.paint_focus(painter, look, centre, radius)

    def _copy(self, painter: QPainter, picture: Picture, at: QPointF) -> None:
        pixmap, hot = picture
        painter.drawPixmap(QPointF(round(at.x() - hot.x()), round(at.y() - hot.y())), pixmap)

    def _picture(
        self, key: tuple[object, ...], width: float, height: float, hot: QPointF, draw: Draw
    ) -> Picture:
        found = self._pictures.get(key)
        if found is None:
            if len(self._pictures) > _MOST_PICTURES:
                self._pictures.clear()
            pixmap = QPixmap(round(width), round(height))
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            draw(painter, hot)
            painter.end()
            found = self._pictures[key] = (pixmap, hot)
        return found

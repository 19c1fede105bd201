"""The upper part of the panel in the low position: only the map, nothing to read or press."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QWidget

from desktop.kiosk.content import Content
from desktop.map.from_records import HEART, planted_trees
from desktop.map.still import MapStill, position_of
from desktop.theme.look import Look

ZOOM = 0.075


class Band(QWidget):
    """The upper part in the low position: only the map, nothing to read or press."""

    def __init__(self, look: Look, content: Content) -> None:
        super().__init__()
        self._still = MapStill(
            look,
            content.city,
            position_of(*HEART, ZOOM),
            trees=planted_trees(content.catalogue.trees.plantings),
            outline=False,
            radius=0,
        )
        self._still.setParent(self)

    def resizeEvent(self, event: object) -> None:
        self._still.setGeometry(QRect(QPoint(0, 0), QSize(self.width(), self.height())))

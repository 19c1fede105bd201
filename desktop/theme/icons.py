"""Line icons (lucide, ISC) drawn in any colour and size. Every icon stands beside a word."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desktop import assets


@lru_cache(maxsize=256)
def _renderer(name: str, colour: str, stroke: float) -> QSvgRenderer:
    svg = assets.read("icons", f"{name}.svg")
    svg = svg.replace(b"currentColor", colour.encode())
    svg = svg.replace(b'stroke-width="2"', f'stroke-width="{stroke}"'.encode())
    return QSvgRenderer(svg)


def paint_icon(
    painter: QPainter, name: str, rect: QRectF, colour: QColor, stroke: float = 2.0
) -> None:
    """Draw icon `name` into `rect`; `stroke` is the line width on lucide's 24 unit grid."""
    _renderer(name, colour.name(), stroke).render(painter, rect)


@lru_cache(maxsize=512)
def _pixmap(name: str, px: int, colour: str, stroke: float) -> QPixmap:
    pixmap = QPixmap(px, px)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    _renderer(name, colour, stroke).render(painter, QRectF(0, 0, px, px))
    painter.end()
    return pixmap


def icon_pixmap(name: str, px: int, colour: QColor, stroke: float = 2.0) -> QPixmap:
    """A square pixmap of `px` device pixels; cached."""
    return _pixmap(name, px, colour.name(), stroke)

"""A ruler and contrast samples, drawn to be measured and looked at."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.theme.look import Look
from desktop.theme.palette import Palette
from desktop.theme.type import Role
from desktop.widgets import typeset

LINE_MM = 100


class RulerDrawing(QWidget):
    """Ticks every millimetre between two heavy strokes that are 100 mm apart."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(look.px(176 if look.large else 150))
        self.setMinimumWidth(round(LINE_MM * look.metrics.px_per_mm) + look.px(40))

    def paintEvent(self, event: QPaintEvent) -> None:
        look, p = self._look, self._look.palette
        painter = QPainter(self)
        mm = look.metrics.px_per_mm
        left, foot = look.px(20), self.height() - look.px(8)
        for tick in range(LINE_MM + 1):
            x = left + tick * mm
            end = tick in (0, LINE_MM)
            height = 76 if end else 56 if tick % 10 == 0 else 40 if tick % 5 == 0 else 26
            painter.setPen(QPen(p.ink, look.px(6 if end else 3 if tick % 10 == 0 else 1)))
            painter.drawLine(round(x), foot, round(x), foot - look.px(height))
        painter.setPen(p.ink)
        step = 50 if look.large or look.metrics.px_per_mm * 20 < look.px(76) else 20
        for tick in range(0, LINE_MM + 1, step):
            words = typeset.lay_out(look, str(tick), Role.BODY, False, 1e9)
            box = QRectF(left + tick * mm - words.width / 2, 0, words.width + 1, words.height)
            box.moveLeft(max(0.0, box.left()))
            typeset.draw(painter, look, words, Role.BODY, box)


def luminance(colour: QColor) -> float:
    """Relative luminance of WCAG 2.2."""
    parts = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast_ratio(one: QColor, other: QColor) -> float:
    """From 1 to 21, as WCAG 2.2 defines it."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def pairs(p: Palette) -> tuple[tuple[QColor, QColor], ...]:
    """(text, ground) as screens use them."""
    return (
        (p.ink, p.paper),
        (p.ink2, p.paper),
        (p.on_pine, p.pine),
        (p.danger, p.paper),
        (p.info, p.paper),
        (p.warn, p.warn_bed),
        (p.on_soil, p.soil2),
        (p.demo_text, p.demo),
    )


class Swatches(QWidget):
    """Eight samples of text on its ground, each with its ratio."""

    def __init__(self, look: Look, palette: Palette) -> None:
        super().__init__()
        self._look, self._pairs, self._line = look, pairs(palette), palette.line
        self._columns = 4
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)
        self.setFixedHeight(self._rows * self._cell + (self._rows - 1) * look.px(15))
        ratios = ", ".join(f"{contrast_ratio(*pair):.1f}" for pair in self._pairs)
        self.setAccessibleName(ratios)

    @property
    def _rows(self) -> int:
        return -(-len(self._pairs) // self._columns)

    @property
    def _cell(self) -> int:
        return self._look.px(104 if self._look.large else 88)

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(900), self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        look = self._look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        gap = look.px(15)
        width = (self.width() - gap * (self._columns - 1)) / self._columns
        for i, (text, ground) in enumerate(self._pairs):
            row, column = divmod(i, self._columns)
            box = QRectF(column * (width + gap), row * (self._cell + gap), width, self._cell)
            painter.setPen(QPen(look.palette.line, look.line(2)))
            painter.setBrush(ground)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), look.px(12), look.px(12))
            painter.setPen(text)
            words = typeset.lay_out(
                look, f"{contrast_ratio(text, ground):.1f} : 1", Role.BODY, True, 1e9
            )
            top = box.center().y() - words.height / 2
            typeset.draw(
                painter,
                look,
                words,
                Role.BODY,
                QRectF(box.left(), top, width, words.height),
                centre=True,
            )

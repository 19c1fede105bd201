"""Horizontal bars: a category a row, values at the ends, unknown shown as an empty dashed bed.

Flat fills with a small radius on a soil ground line; a second series is hatched, never told apart
by hue alone. No grid, no frame, nothing that reacts to a touch: the same figures stand as a list
beside every chart.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import ceil, floor

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPen, QTransform
from PySide6.QtWidgets import QSizePolicy, QStyleOptionGraphicsItem, QWidget

from desktop.charts.options import use_quiet_options
from desktop.theme.look import Look
from desktop.theme.type import Role

#: Length of the dashed bed that stands for an unknown value, reference px.
BED = 102


@dataclass(frozen=True, slots=True)
class Bar:
    """One row. `value` None is unknown; `words` and `second_words` stand at the ends of the bars.
    `second` is the hatched companion, None where there is none."""

    label: str
    value: float | None
    words: str
    second: float | None = None
    second_words: str = ""


@dataclass(frozen=True, slots=True)
class _Sizes:
    """Device px of the rows' parts; a row with a companion is taller. With `above` each label
    stands on a line of its own over its bar, for places too narrow for labels at the left."""

    above: bool
    line: float
    thick: float
    thin: float
    rows: tuple[float, ...]

    @classmethod
    def of(cls, look: Look, bars: tuple[Bar, ...]) -> _Sizes:
        line = look.metrics.font_px(look.size(Role.BODY)) * 1.26
        single, double = line + look.px(8), line * 2 + look.px(12)
        above = look.compact or look.portrait
        label = line if above else 0
        rows = tuple(label + (single if bar.second is None else double) for bar in bars)
        return cls(above, line, line * 0.68, line * 0.6, rows)

    @property
    def height(self) -> float:
        return sum(self.rows)

    def middles(self) -> list[float]:
        """Device px from the top to the middle of each row."""
        tops = [sum(self.rows[:row]) for row in range(len(self.rows))]
        return [top + height / 2 for top, height in zip(tops, self.rows, strict=True)]


class BarChart(pg.PlotWidget):  # type: ignore[misc]  # the library is untyped
    """`bars` from top to bottom. `name` and the list beside the chart speak for it."""

    def __init__(
        self, look: Look, bars: tuple[Bar, ...], name: str, parent: QWidget | None = None
    ) -> None:
        use_quiet_options()
        self._look, self.bars = look, bars
        self._sizes = _Sizes.of(look, bars)
        axis = _LabelAxis(look, tuple(bar.label for bar in bars), self._sizes)
        super().__init__(parent, background=None, axisItems={"left": axis})
        self._axis = axis
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        plot = self.getPlotItem()
        plot.setMenuEnabled(False)
        plot.hideButtons()
        plot.setMouseEnabled(x=False, y=False)
        plot.hideAxis("bottom")
        plot.setContentsMargins(0, 0, 0, 0)
        self.setFixedHeight(round(self._sizes.height) + look.px(4))
        plot.addItem(_BarsItem(look, bars, self._sizes))
        plot.setXRange(0, 1, padding=0)
        plot.setYRange(-self._sizes.height, 0, padding=0)

    def uncut(self) -> list[tuple[int, int]]:
        """Where its rows stand: a page may end between two of them."""
        ends = [0.0, *accumulate(self._sizes.rows)]
        return [(ceil(top), floor(bottom)) for top, bottom in pairwise(ends)]

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(900), self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(300), self.height())

    def overflows(self) -> bool:
        """True when a label or a value would be cut."""
        room = self.width() - self._axis.width()
        return bool(room < value_room(self._look, self.bars) + self._look.px(40))


def value_room(look: Look, bars: tuple[Bar, ...]) -> float:
    """Device px that the widest words at a bar's end need."""
    metrics = QFontMetricsF(look.font(Role.BODY, bold=True))
    words = [bar.words for bar in bars if bar.value is not None]
    words += [bar.second_words for bar in bars if bar.second is not None]
    return max((metrics.horizontalAdvance(w) for w in words), default=0.0) + look.px(20)


class _LabelAxis(pg.AxisItem):  # type: ignore[misc]  # the library is untyped
    """Row labels in the body size, right beside the ground line; wide enough for the longest."""

    def __init__(self, look: Look, labels: tuple[str, ...], sizes: _Sizes) -> None:
        super().__init__("left")
        self._look, self._labels, self._sizes = look, labels, sizes
        metrics = QFontMetricsF(look.font(Role.BODY))
        longest = max((metrics.horizontalAdvance(label) for label in labels), default=0)
        self.setWidth(0 if sizes.above else round(longest + look.px(26)))
        self.setStyle(showValues=False, tickLength=0)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None
    ) -> None:
        if self._sizes.above:
            return
        look = self._look
        view = self.linkedView()
        rect = self.mapRectFromItem(view, view.boundingRect())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        painter.setFont(look.font(Role.BODY))
        painter.setPen(look.palette.ink)
        stretch = rect.height() / max(1.0, self._sizes.height)
        left, width = self.boundingRect().left(), self.width() - look.px(18)
        align = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        rows = zip(self._labels, self._sizes.middles(), self._sizes.rows, strict=True)
        for label, middle, height in rows:
            top = rect.top() + (middle - height / 2) * stretch
            painter.drawText(QRectF(left, top, width, height * stretch), align, label)
        painter.restore()


class _BarsItem(pg.GraphicsObject):  # type: ignore[misc]  # the library is untyped
    """All rows, painted in device px so that corners, hatching and words keep their sizes."""

    def __init__(self, look: Look, bars: tuple[Bar, ...], sizes: _Sizes) -> None:
        super().__init__()
        self._look, self._bars, self._sizes = look, bars, sizes

    def boundingRect(self) -> QRectF:
        return QRectF(0, -self._sizes.height, 1, self._sizes.height)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None
    ) -> None:
        look, p, sizes = self._look, self._look.palette, self._sizes
        place = painter.transform().mapRect(self.boundingRect())
        painter.save()
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = place.left() + look.px(4)
        room = place.width() - look.px(8) - value_room(look, self._bars)
        top_value = max(
            (v for bar in self._bars for v in (bar.value, bar.second) if v is not None), default=0.0
        )
        stretch = place.height() / max(1.0, sizes.height)
        for bar, at in zip(self._bars, sizes.middles(), strict=True):
            middle = place.top() + at * stretch
            if sizes.above:
                half = (sizes.line if bar.second is None else sizes.line * 2) / 2
                over = QPointF(left, middle - half)
                self._words(painter, over, bar.label, look.font(Role.BODY), p.ink)
                middle += sizes.line / 2
            rows = [(middle, sizes.thick, bar.value, bar.words, False)]
            if bar.second is not None:
                apart = sizes.line * 0.48
                rows = [
                    (middle - apart, sizes.thin, bar.value, bar.words, False),
                    (middle + apart, sizes.thin, bar.second, bar.second_words, True),
                ]
            for y, thickness, value, words, hatched in rows:
                length = self._length(value, top_value, room)
                self._bar(painter, QPointF(left, y), length, thickness, value is None, hatched)
                font = look.font(Role.BODY, bold=value is not None)
                colour = p.ink2 if value is None else p.ink
                self._words(painter, QPointF(left + length, y), words, font, colour)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(p.ink if p.contrast else p.soil)
        painter.drawRect(QRectF(left - look.px(4), place.top(), look.px(4), place.height()))
        painter.restore()

    def _length(self, value: float | None, top_value: float, room: float) -> float:
        if value is None:
            return self._look.px(BED)
        return max(float(self._look.px(4)), room * value / top_value) if top_value else 0.0

    def _bar(
        self,
        painter: QPainter,
        start: QPointF,
        length: float,
        thickness: float,
        unknown: bool,
        hatched: bool,
    ) -> None:
        """One bar whose left end's middle is `start`."""
        look, p = self._look, self._look.palette
        rect = QRectF(start.x(), start.y() - thickness / 2, length, thickness)
        if unknown:
            pen = QPen(p.reed, look.line(2))
            pen.setDashPattern([5, 4])
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            rect.adjust(look.px(6), 0, 0, 0)
            painter.drawRoundedRect(rect, look.px(4), look.px(4))
            return
        if hatched:
            painter.setPen(QPen(p.pine, look.line(2)))
            for brush in (QBrush(p.paper), _hatching(look, p.pine)):
                painter.setBrush(brush)
                painter.drawRoundedRect(rect, look.px(4), look.px(4))
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(p.pine)
        painter.drawRoundedRect(rect, look.px(4), look.px(4))

    def _words(
        self, painter: QPainter, end: QPointF, words: str, font: QFont, colour: QColor
    ) -> None:
        """Words behind a bar whose right end's middle is `end`."""
        painter.setFont(font)
        painter.setPen(colour)
        metrics = QFontMetricsF(font)
        baseline = end.y() + (metrics.ascent() - metrics.descent()) / 2
        painter.drawText(QPointF(end.x() + self._look.px(14), baseline), words)


def _hatching(look: Look, colour: QColor) -> QBrush:
    """Lines at 45 degrees, as far apart on every panel as on the reference one."""
    brush = QBrush(colour, Qt.BrushStyle.BDiagPattern)
    scale = max(1.0, look.metrics.scale * 1.6)
    brush.setTransform(QTransform.fromScale(scale, scale))
    return brush

"""What the receipt is made of: the number, the QR, and the ground a sapling grows on."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QEasingCurve, QPointF, QRectF, QSize, Qt, QVariantAnimation
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop.access.reader import spell
from desktop.kiosk.receipt.state import Modules
from desktop.theme.look import Look
from desktop.theme.trees import paint_tree
from desktop.theme.type import Role

QUIET = 4  #: modules of white that a QR needs round it
_LARGEST, _SMALLEST = 100.0, 64.0
_LEADING = 1.2
GROW_MS = 600


class CodeLabel(QLabel):
    """The receipt number as one writes it down, each word with its digits beside it: side by side
    where the panel is wide, else under each other. As large as its card allows and never cut.
    """

    def __init__(self, look: Look, code: str) -> None:
        super().__init__()
        self._look = look
        self.setText(code)
        self.setAccessibleName(spell(code))
        parts = code.split("-")
        self._halves = [" ".join(parts[at : at + 2]) for at in range(0, len(parts), 2)]
        self._stacked = look.compact or look.portrait
        self._largest = _LARGEST
        lines = len(self._halves) if self._stacked else 1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(look.px(self._largest * _LEADING * lines))

    @property
    def letter_size(self) -> float:
        """The largest size, in reference px, at which the number fits its place."""
        size = self._largest
        while size > _SMALLEST and self._starts(size)[-1] > self.width():
            size -= 2
        return size

    def _starts(self, size: float) -> list[float]:
        """Where each half begins, in device px, and behind them where the number ends."""
        metrics = self._metrics(size)
        widths = [metrics.horizontalAdvance(half) for half in self._halves]
        if self._stacked:
            return [*(0.0 for _ in widths), max(widths)]
        gap = metrics.height() * 0.5
        starts = [0.0]
        for width in widths:
            starts.append(starts[-1] + width + gap)
        return [*starts[:-1], starts[-1] - gap]

    def _metrics(self, size: float) -> QFontMetricsF:
        return QFontMetricsF(self._font(size))

    def _font(self, size: float) -> QFont:
        font = self._look.font(Role.FIGURE_M, bold=True)
        font.setPixelSize(self._look.metrics.font_px(size))
        return font

    def minimumSizeHint(self) -> QSize:
        return QSize(round(self._starts(_SMALLEST)[-1]) + 1, self.height())

    def overflows(self) -> bool:
        return self._starts(self.letter_size)[-1] > self.width() + 1

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        size, p = self.letter_size, self._look.palette
        painter.setFont(self._font(size))
        painter.setPen(p.figure if p.contrast else p.pine2)
        line = self.height() / len(self._halves) if self._stacked else self.height()
        middle = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        for number, (half, left) in enumerate(zip(self._halves, self._starts(size), strict=False)):
            top = line * number if self._stacked else 0
            painter.drawText(QRectF(left, top, self.width() - left, line), middle, half)


class QrCode(QWidget):
    """Always black on white, whole device pixels a module, `size` reference px at most."""

    def __init__(self, look: Look, modules: Modules, size: float, name: str) -> None:
        super().__init__()
        self._modules, self._radius = modules, look.px(20)
        self.setAccessibleName(name)
        self.setFixedSize(look.px(size), look.px(size))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(Qt.GlobalColor.white))
        painter.drawRoundedRect(QRectF(self.rect()), self._radius, self._radius)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        count = len(self._modules) + 2 * QUIET
        module = self.width() // count
        start = (self.width() - module * (count - 2 * QUIET)) // 2
        black = QColor(Qt.GlobalColor.black)
        for y, row in enumerate(self._modules):
            for x, dark in enumerate(row):
                if dark:
                    painter.fillRect(start + x * module, start + y * module, module, module, black)


class PaperHills(QWidget):
    """Paper hills, a few trees, and a sapling that grows once when the receipt appears."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._grown = 1.0 if look.reduced_motion else 0.0
        self._growth = QVariantAnimation(self)
        self._growth.setDuration(GROW_MS)
        self._growth.setStartValue(0.0)
        self._growth.setEndValue(1.0)
        self._growth.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._growth.valueChanged.connect(self._grow)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def uncut(self) -> list[tuple[int, int]]:
        """A page may end anywhere on it: it is the ground of others."""
        return []

    def play(self) -> None:
        """Grow, unless nothing may move."""
        if not self._look.reduced_motion:
            self._growth.start()

    def settle(self) -> None:
        """Show it grown."""
        self._growth.stop()
        self._grow(1.0)

    def _grow(self, value: float) -> None:
        self._grown = value
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        look, p = self._look, self._look.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        w, h = float(self.width()), float(self.height())
        px = look.px
        bed = QPainterPath()
        bed.addRoundedRect(QRectF(0, 0, w, h), px(28), px(28))
        painter.setClipPath(bed)
        painter.fillRect(self.rect(), p.receipt_bed)
        foot = min(px(150), h * 0.24)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(p.receipt_hill)
        painter.drawPath(_hill(w, h, foot, ((0.0, 0.58), (0.3, 1.0), (0.62, 0.5), (1.0, 0.74))))
        scale = foot / px(150)
        for x, kind, height, sink in (
            (0.545, "round", 92, 0.5), (0.588, "shrub", 26, 0.46), (0.618, "pine", 136, 0.43),
            (0.655, "ginkgo", 72, 0.45), (0.684, "poplar", 108, 0.47), (0.876, "shrub", 26, 0.62),
        ):  # fmt: skip
            paint_tree(painter, p, kind, QPointF(w * x, h - foot * sink), px(height) * scale)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(p.receipt_hill2)
        painter.drawPath(_hill(w, h, foot, ((0.0, 0.3), (0.3, 0.62), (0.7, 0.12), (1.0, 0.52))))
        self._sapling(painter, QPointF(w * 0.181, h - foot * 0.4), scale)
        if look.contrast:
            painter.setPen(QPen(p.line, look.line(2)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(1, 1, w - 2, h - 2), px(28), px(28))

    def _sapling(self, painter: QPainter, foot: QPointF, scale: float) -> None:
        p, px = self._look.palette, self._look.px
        painter.save()
        painter.translate(foot)
        painter.scale(px(100) / 100 * scale, px(100) / 100 * scale)
        painter.setBrush(p.glyph["trunk"])
        painter.drawEllipse(QPointF(0, 0), 59, 14)
        painter.scale(self._grown, self._grown)
        painter.setBrush(p.glyph["pine"])
        painter.drawRect(QRectF(-3, -62, 6, 62))
        left = QPainterPath(QPointF(-2, -48))
        left.cubicTo(-2, -84, -20, -96, -46, -96)
        left.cubicTo(-46, -66, -30, -48, -2, -48)
        painter.drawPath(left)
        right = QPainterPath(QPointF(2, -52))
        right.cubicTo(2, -86, 20, -98, 46, -98)
        right.cubicTo(46, -68, 30, -52, 2, -52)
        painter.setBrush(p.glyph["poplar"])
        painter.drawPath(right)
        painter.restore()


def _hill(w: float, h: float, foot: float, points: tuple[tuple[float, float], ...]) -> QPainterPath:
    """A soft outline through `points` (share of the width, share of `foot` above the ground)."""
    path = QPainterPath(QPointF(0, h - foot * points[0][1]))
    for (x0, y0), (x1, y1) in pairwise(points):
        middle = (x0 + x1) / 2 * w
        path.cubicTo(middle, h - foot * y0, middle, h - foot * y1, x1 * w, h - foot * y1)
    path.lineTo(w, h)
    path.lineTo(0, h)
    path.closeSubpath()
    return path

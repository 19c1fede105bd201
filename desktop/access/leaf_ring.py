"""Thirty leaves in a ring; one turns hollow each second. The number in the middle says the same."""

from __future__ import annotations

from math import hypot, pi

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.access.idle import WARNING_SECONDS
from desktop.i18n import tr
from desktop.theme.look import Look
from desktop.theme.type import Role
from desktop.widgets import typeset

#: Shares of the ring's own diameter.
LEAF_LENGTH, LEAF_WIDTH, LEAF_CENTRE = 0.112, 0.056, 0.44


def leaf_path(length: float, width: float) -> QPainterPath:
    """A pointed leaf standing on its end, centred on the origin."""
    tip, half = length / 2, width / 2
    path = QPainterPath(QPointF(0, -tip))
    path.cubicTo(QPointF(half * 1.25, -tip * 0.4), QPointF(half * 1.25, tip * 0.4), QPointF(0, tip))
    path.cubicTo(
        QPointF(-half * 1.25, tip * 0.4), QPointF(-half * 1.25, -tip * 0.4), QPointF(0, -tip)
    )
    path.closeSubpath()
    return path


class LeafRing(QWidget):
    """The countdown. `largest` and `smallest` are diameters in reference px."""

    def __init__(self, look: Look, *, largest: float = 432, smallest: float = 200) -> None:
        super().__init__()
        self._look = look
        self._seconds = WARNING_SECONDS
        self._largest, self._smallest = look.px(largest), look.px(smallest)
        self.setMinimumSize(self._smallest, self._smallest)
        self.setMaximumSize(self._largest, self._largest)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        return QSize(self._largest, self._largest)

    def render_seconds(self, seconds: int) -> None:
        """Show `seconds` (0 to 30) left."""
        self._seconds = seconds
        self.setAccessibleName(tr("{n}초 남음", n=seconds))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        look, p = self._look, self._look.palette
        size = min(self.width(), self.height())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(self.width() / 2, self.height() / 2)
        leaf = leaf_path(size * LEAF_LENGTH, size * LEAF_WIDTH)
        gone = QPen(p.reed, look.line(2))
        for i in range(WARNING_SECONDS):
            painter.save()
            painter.rotate(i * 360 / WARNING_SECONDS)
            painter.translate(0, -size * LEAF_CENTRE)
            if i < self._seconds:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(p.pine)
            else:
                painter.setPen(gone)
                painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(leaf)
            painter.restore()
        self._paint_number(painter, size)

    def _paint_number(self, painter: QPainter, size: float) -> None:
        look, p = self._look, self._look.palette
        word = tr("초 남음")
        free = size * (LEAF_CENTRE - LEAF_LENGTH / 2) * 2 * 0.94
        word_lines = typeset.lay_out(look, word, Role.BODY, False, 1e9)
        sizes = (Role.FIGURE_L, Role.FIGURE_M, Role.FIGURE_S)
        with_word = any(self._fits(role, word_lines, free) for role in sizes)
        below = word_lines if with_word else None
        role = next((r for r in sizes if self._fits(r, below, free)), Role.FIGURE_S)
        number = typeset.lay_out(look, str(self._seconds), role, True, 1e9)
        # Figures have no descender, so the word may move up under them.
        digits = number.height * 0.86
        total = digits + (word_lines.height if with_word else 0)
        top = -total / 2
        painter.setPen(p.ink)
        box = QRectF(-size / 2, top - (number.height - digits) / 2, size, number.height)
        typeset.draw(painter, look, number, role, box, centre=True)
        if with_word:
            painter.setPen(p.ink2)
            box = QRectF(-size / 2, top + digits, size, word_lines.height)
            typeset.draw(painter, look, word_lines, Role.BODY, box, centre=True)

    def _fits(self, role: Role, word: typeset.Paragraphs | None, free: float) -> bool:
        """Whether two digits in `role` (and the word under them) stay inside the leaves."""
        number = typeset.lay_out(self._look, "30", role, True, 1e9)
        wide = max(number.width, word.width if word else 0.0)
        high = number.height * 0.86 + (word.height if word else 0.0)
        return hypot(wide, high) * 0.92 <= free


assert 2 * pi * LEAF_CENTRE > LEAF_WIDTH * WARNING_SECONDS, "thirty leaves must fit round the ring"

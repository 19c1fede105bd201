"""A sentence in pictures: discs with an icon and a word, and arrows where the order matters."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.theme.icons import paint_icon
from desktop.theme.look import Look
from desktop.widgets.text import Text


class Disc(QWidget):
    """An icon on a round bed with a thick lower edge of earth."""

    def __init__(self, look: Look, icon: str, size: float) -> None:
        super().__init__()
        self._look, self._icon = look, icon
        self.setFixedSize(look.px(size), look.px(size + 8))

    def paintEvent(self, event: QPaintEvent) -> None:
        look, p = self._look, self._look.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = look.line(3)
        box = QRectF(0, 0, self.width(), self.width()).adjusted(width, width, -width, -width)
        painter.setPen(QPen(p.pine, width))
        painter.setBrush(p.sprout)
        painter.drawEllipse(box)
        inset = self.width() * 0.27
        paint_icon(painter, self._icon, box.adjusted(inset, inset, -inset, -inset), p.ink)


class Arrow(QWidget):
    """From one step to the next."""

    def __init__(self, look: Look, size: float, *, down: bool) -> None:
        super().__init__()
        self._look, self._name = look, "arrow-down" if down else "arrow-right"
        self.setFixedSize(look.px(size), look.px(size))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_icon(painter, self._name, QRectF(self.rect()), self._look.palette.reed)


class PictureSentence(QWidget):
    """`steps` are (icon, word). In a row where there is room, else one under the other."""

    def __init__(self, look: Look, steps: tuple[tuple[str, str], ...], *, in_order: bool) -> None:
        super().__init__()
        self._look = look
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        if look.large:
            self._stack(steps)
        else:
            self._row(steps, in_order)

    def _row(self, steps: tuple[tuple[str, str], ...], in_order: bool) -> None:
        look = self._look
        size = 120 if len(steps) < 5 else 108
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(8))
        for i, (icon, word) in enumerate(steps):
            if i and in_order:
                arrow = QVBoxLayout()
                arrow.addSpacing(look.px(size / 2 - 22))
                arrow.addWidget(Arrow(look, 44, down=False))
                arrow.addStretch(1)
                row.addLayout(arrow)
            column = QVBoxLayout()
            column.setSpacing(look.px(6))
            column.addWidget(Disc(look, icon, size), 0, Qt.AlignmentFlag.AlignHCenter)
            words = Text(look, word, bold=True, align=Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(words)
            column.addStretch(1)
            row.addLayout(column, 1)

    def _stack(self, steps: tuple[tuple[str, str], ...]) -> None:
        look = self._look
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(14))
        for icon, word in steps:
            row = QHBoxLayout()
            row.setSpacing(look.px(24))
            row.addWidget(Disc(look, icon, 112))
            row.addWidget(Text(look, word, bold=True, align=Qt.AlignmentFlag.AlignVCenter), 1)
            column.addLayout(row)

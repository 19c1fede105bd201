"""Numbers are ground: a large figure with trees standing on its digits."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from desktop.theme.look import Look
from desktop.theme.trees import paint_tree
from desktop.theme.type import Role

#: Height of a digit as a share of the type size (measured for the bundled font).
DIGIT = 0.727
#: (place along the figure 0..1, kind, height as a share of the digits' height).
GROVE = (
    (0.11, "shrub", 0.07), (0.15, "round", 0.40), (0.205, "round", 0.53), (0.268, "ginkgo", 0.32),
    (0.32, "round", 0.44), (0.365, "ginkgo", 0.40), (0.425, "round", 0.46), (0.49, "round", 0.50),
    (0.54, "round", 0.38), (0.585, "pine", 0.54), (0.635, "pine", 0.62), (0.69, "pine", 0.48),
    (0.74, "round", 0.36), (0.78, "shrub", 0.06), (0.815, "pine", 0.46), (0.885, "pine", 0.52),
)  # fmt: skip


class TreeFigure(QLabel):
    """`text` (digits) in a figure role; a grove stands on it. The label's words are the figure."""

    def __init__(
        self, look: Look, text: str, role: Role = Role.FIGURE_L, *, grove: bool = True
    ) -> None:
        super().__init__(text)
        self._look, self._role, self._grove = look, role, grove
        self.setAccessibleName(text)
        self.setFont(look.font(role, bold=True))
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def _size(self) -> float:
        return self._look.metrics.font_px(self._look.size(self._role))

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(self.font())
        size = self._size()
        crown = size * 0.48 if self._grove else 0
        return QSize(
            round(metrics.horizontalAdvance(self.text()) + size * 0.05),
            round(size * (DIGIT + 0.24) + crown),
        )

    minimumSizeHint = sizeHint

    def overflows(self) -> bool:
        whole = QSize(self.sizeHint().width(), round(self._size() * (DIGIT + 0.24)))
        return self.width() < whole.width() - 2 or self.height() < whole.height() - 2

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = self._size()
        digit = size * DIGIT
        baseline = self.height() - size * 0.2
        painter.setFont(self.font())
        painter.setPen(self._look.palette.figure)
        painter.drawText(QPointF(-size * 0.02, baseline), self.text())
        if not self._grove:
            return
        width = QFontMetricsF(self.font()).horizontalAdvance(self.text())
        painter.setPen(Qt.PenStyle.NoPen)
        for share, kind, height in GROVE:
            foot = QPointF(width * share, baseline - digit + 1)
            paint_tree(painter, self._look.palette, kind, foot, digit * height)

"""The short fade when a screen opens."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QRect, Qt, QVariantAnimation
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.theme.look import Look

FADE_MS = 180


class Fade(QWidget):
    """Paper over the stage that fades away when a screen opens; takes no touches."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._colour = look.palette.paper
        self._opacity = 0.0
        self._fade = QVariantAnimation(self)
        self._fade.setDuration(FADE_MS)
        self._fade.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._fade.setStartValue(0.7)
        self._fade.setEndValue(0.0)
        self._fade.valueChanged.connect(self._changed)
        self._fade.finished.connect(self.hide)
        self.hide()

    def _changed(self, value: float) -> None:
        self._opacity = value
        self.update()

    def play(self, rect: QRect) -> None:
        self.setGeometry(rect)
        self.show()
        self.raise_()
        self._fade.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setOpacity(self._opacity)
        painter.fillRect(self.rect(), self._colour)

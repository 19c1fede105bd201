"""The dark strip that says what happened, and takes it back.

Nothing asks "are you sure" where it can be undone. The strip goes by itself; Ctrl+Z works on until
what was done has been exported.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.i18n import tr
from desktop.theme.desk_look import DeskLook, Use
from desktop.widgets.mouse.button import MouseButton
from desktop.widgets.mouse.words import Label

SHOWN_MS = 8_000


class UndoStrip(QWidget):
    """Signals: `undo_asked()`."""

    undo_asked = Signal()

    def __init__(self, look: DeskLook, parent: QWidget) -> None:
        super().__init__(parent)
        self._look, self._over = look, parent
        self.setObjectName("undo-strip")
        self._words = Label(look, "", Use.TEXT, "on_strip", one_line=True)
        self._undo = MouseButton(look, tr("되돌리기"), icon="undo-2", cap="Ctrl Z", height=26)
        self._undo.setObjectName("undo")
        self._undo.clicked.connect(lambda: self.undo_asked.emit())
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(16), look.px(5), look.px(6), look.px(5))
        row.setSpacing(look.px(14))
        row.addWidget(self._words)
        row.addWidget(self._undo)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def say(self, words: str, *, undo: bool) -> None:
        self._words.say(words)
        self.setAccessibleName(words)
        self._undo.setVisible(undo)
        self.place()
        self.show()
        self.raise_()
        self._timer.start()

    def text(self) -> str:
        return self._words.text()

    def place(self) -> None:
        """In the middle, a little above the foot."""
        parent = self._over
        size = self.sizeHint()
        width = min(size.width(), parent.width() - self._look.px(32))
        self.resize(width, size.height())
        above = self._look.px(44)
        self.move((parent.width() - width) // 2, parent.height() - size.height() - above)

    def clear(self) -> None:
        self._timer.stop()
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.palette.strip)
        painter.drawRoundedRect(QRectF(self.rect()), 6, 6)

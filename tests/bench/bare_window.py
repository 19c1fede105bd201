"""The floor of every start: a PySide6 window that paints once, says so and leaves."""

from __future__ import annotations

import sys

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget


class BareWindow(QWidget):
    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self.palette().window())
        QTimer.singleShot(0, self._painted)

    def _painted(self) -> None:
        print("painted", flush=True)
        QApplication.quit()


if __name__ == "__main__":
    application = QApplication(sys.argv)
    window = BareWindow()
    window.resize(1920, 1080)
    window.show()
    sys.exit(application.exec())

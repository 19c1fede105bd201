"""The window is as large as its screen, whatever becomes of the screen while it runs.

Where there is a window manager it sees to that. Without one (the X recipe) nobody does: the window
would keep its first size when a monitor wakes up with another mode, or is exchanged.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget


def _primary() -> QRect:
    screen = QGuiApplication.primaryScreen()
    return screen.geometry() if screen is not None else QRect()


class FullScreen(QObject):
    """Shows `window` on the whole primary screen and keeps it there. `place` answers where that is
    (an empty one while no monitor is awake, when nothing is changed)."""

    def __init__(self, window: QWidget, place: Callable[[], QRect] = _primary) -> None:
        super().__init__(window)
        self._window, self._place = window, place
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        for screen in QGuiApplication.screens():
            self._watch(screen)
        app.screenAdded.connect(self._on_added)
        app.screenRemoved.connect(self.fit)
        app.primaryScreenChanged.connect(self.fit)
        window.setGeometry(place())
        window.showFullScreen()

    def _on_added(self, screen: QScreen) -> None:
        self._watch(screen)
        self.fit()

    def _watch(self, screen: QScreen) -> None:
        screen.geometryChanged.connect(self.fit)

    def fit(self, *_: object) -> None:
        """Take the screen's place and size, if they are others now; the look follows the window."""
        place = self._place()
        if not place.isEmpty() and self._window.geometry() != place:
            self._window.setGeometry(place)

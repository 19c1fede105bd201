"""The composition root: everything is created and connected here, and reads on one screen.

Two stages, because the first frame comes before anything heavy: the shell with the attract screen
is painted first, then the catalogue is read on the worker thread while the other screens are
imported, then all presenters are made.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication, QWidget

from desktop import assets
from desktop.kiosk.attract_presenter import AttractPresenter
from desktop.kiosk.attract_view import AttractView
from desktop.kiosk.director import Director
from desktop.kiosk.page import Route
from desktop.kiosk.shell import Shell
from desktop.map.picture import CityPicture
from desktop.settings import Settings
from desktop.tasks import Tasks
from desktop.theme.look import Look
from desktop.visit import Visit

if TYPE_CHECKING:
    from desktop.access.voice import Voice
    from desktop.kiosk.assistance import Assistance
    from desktop.kiosk.pages import Content

log = logging.getLogger("cheonman.app")
FONTS = ("Pretendard-Regular.otf", "Pretendard-Bold.otf")


def add_fonts() -> list[str]:
    """Load the bundled fonts; returns the names of those that could not be loaded."""
    missing = []
    for name in FONTS:
        try:
            number = QFontDatabase.addApplicationFontFromData(assets.read("fonts", name))
        except (assets.UnknownAsset, OSError):
            number = -1
        if number < 0:
            missing.append(name)
    return missing


def _microseconds() -> int:
    return time.time_ns() // 1000


class Kiosk(QObject):
    """The running kiosk. Signals: `ready()` when every screen can be opened."""

    ready = Signal()
    map_ready = Signal()

    def __init__(
        self,
        settings: Settings,
        data_dir: Path,
        *,
        clock: Callable[[], int] | None = None,
        open_store: Callable[[], Any] | None = None,
        voice: Voice | None = None,
        locked: bool = True,
    ) -> None:
        super().__init__()
        self.settings, self.data_dir = settings, data_dir
        self.clock = clock or _microseconds
        self._voice, self._locked = voice, locked
        self.visit = Visit(language=settings.language)
        self.shell = Shell()
        self.tasks = Tasks(open_store or self._open_store, self)
        self.director = Director(self.shell, self.visit, settings)
        self.attract = AttractPresenter(still=settings.reduced_motion)
        self.content: Content | None = None
        self.assistance: Assistance | None = None
        self.director.add("attract", self.attract, self._make_attract)  # type: ignore[arg-type]

    def start(self, size: tuple[int, int] | None = None) -> None:
        """Show the window; the rest is loaded after its first frame."""
        if size is not None:
            self.shell.setFixedSize(*size)
        elif self.settings.full_screen:
            self.shell.setGeometry(QApplication.primaryScreen().geometry())
        else:
            self.shell.resize(1600, 900)
        self.director.start()
        self.shell.first_frame.connect(self._load)
        if size is None and self.settings.full_screen:
            self.shell.showFullScreen()
        else:
            self.shell.show()

    def _load(self) -> None:
        # One turn of the loop later: the first frame must reach the screen first.
        QTimer.singleShot(0, self._load_content)

    def _load_content(self) -> None:
        from desktop.kiosk import pages  # all other screens: imported after the first frame
        from desktop.kiosk.assistance import Assistance
        from desktop.kiosk.keyboard_dock import KeyboardDock

        self.assistance = Assistance(self.director, voice=self._voice, locked=self._locked)
        KeyboardDock(self.director)
        self.tasks.load(lambda: pages.load_content(self.data_dir), self._on_content)

    def _on_content(self, content: Content) -> None:
        from desktop.kiosk import pages

        self.content = content
        self.attract.show_catalogue(content.catalogue, self.settings.site)
        pages.add_pages(self)
        current = self.director.current
        if current is not None and current.name == "attract":
            self.director.refresh_look()
        self.ready.emit()

    def open_map(self) -> None:
        """Go to the map and say `map_ready` when all its layers are drawn and can be used."""
        self.director.open(Route("map"))
        self._watch_map = QTimer(self)
        self._watch_map.setInterval(2)
        self._watch_map.timeout.connect(self._look_at_map)
        self._watch_map.start()

    def _look_at_map(self) -> None:
        view = self.shell.view
        canvases = view.findChildren(QWidget, "map-canvas") if view is not None else []
        if canvases and all(canvas.property("settled") for canvas in canvases):
            self._watch_map.stop()
            self.map_ready.emit()

    def _open_store(self) -> Any:
        from db.store import open_store  # brings sqlite-utils along: on the worker thread only

        return open_store(self.data_dir, clock=self.clock)

    def _make_attract(self, look: Look) -> AttractView:
        from desktop.kiosk import pictures

        picture: CityPicture = pictures.attract_picture(look, self.content)
        return AttractView(look, picture, self.attract.state)

    def stop(self) -> None:
        """End speech and filters, close the store on its thread and end the worker."""
        if self.assistance is not None:
            self.assistance.close()
        self.tasks.close()
        self.shell.may_close = True
        self.shell.close()

"""The composition root: everything is created and connected here or in `desktop.kiosk.screens`.

Three stages, because the first frame comes before anything heavy: the shell paints an empty stage;
then the attract screen is imported and shown; then the catalogue is read on the worker thread
while all other screens are imported, and their presenters are made.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from desktop.kiosk.shell.full_screen import FullScreen
from desktop.kiosk.shell.shell import Shell
from desktop.kiosk.shell.visit import Visit
from desktop.settings import Settings
from desktop.theme.fonts import add_fonts

if TYPE_CHECKING:
    from desktop.access.voice import Voice
    from desktop.background.tasks import Tasks
    from desktop.kiosk.attract.presenter import AttractPresenter
    from desktop.kiosk.attract.view import AttractView
    from desktop.kiosk.content import Content
    from desktop.kiosk.screens import Lasting
    from desktop.kiosk.shell.accessibility import Accessibility
    from desktop.kiosk.shell.navigator import Navigator
    from desktop.kiosk.shell.routes import Route
    from desktop.theme.look import Look

log = logging.getLogger("cheonman.site")

TIDY_AFTER_MS = 300


def _microseconds() -> int:
    return time.time_ns() // 1000


class Kiosk(QObject):
    """The running kiosk.

    Signals: `ready()` when every screen can be opened, `map_ready()` after `open_map`,
    `fonts_missing(names)`. `navigator`, `tasks` and `attract` exist from the second stage on.
    """

    ready = Signal()
    map_ready = Signal()
    fonts_missing = Signal(list)
    store_unavailable = Signal(object)  # the db.problems.Problem; browsing goes on

    navigator: Navigator
    tasks: Tasks
    attract: AttractPresenter
    accessibility: Accessibility

    def __init__(
        self,
        settings: Settings,
        data_dir: Path,
        *,
        clock: Callable[[], int] = _microseconds,
        seconds: Callable[[], float] = time.monotonic,
        open_store: Callable[[], Any] | None = None,
        voice: Voice | None = None,
        locked: bool = True,
    ) -> None:
        super().__init__()
        self.settings, self.data_dir, self.clock = settings, data_dir, clock
        self.visit = Visit(language=settings.language)
        self.shell = Shell()
        self.content: Content | None = None
        self.lasting: Lasting | None = None
        self._open, self._voice, self._locked = open_store or self._open_store, voice, locked
        self._seconds = seconds
        self._begun = False
        self._tidying: QTimer | None = None

    # -- stage one: a window -------------------------------------------------------------------

    def start(self, size: tuple[int, int] | None = None) -> None:
        """Show the window; the rest is loaded after its first frame."""
        self.shell.first_frame.connect(self._begin)
        if size is None and self.settings.full_screen:
            FullScreen(self.shell)
            return
        if size is not None:
            self.shell.setFixedSize(*size)
        else:
            self.shell.resize(1600, 900)
        self.shell.show()

    # -- stage two: the attract screen ---------------------------------------------------------

    def _begin(self) -> None:
        from desktop.background.tasks import Tasks
        from desktop.kiosk.attract.presenter import AttractPresenter
        from desktop.kiosk.shell.navigator import Navigator
        from desktop.kiosk.shell.routes import ToAttract
        from desktop.process.memory import give_back_large_blocks

        give_back_large_blocks()
        missing = add_fonts()
        if missing:
            self.fonts_missing.emit(missing)
        self._begun = True
        # Without a window manager nobody else gives the window the keys; before the first frame
        # it would not take them.
        self.shell.activateWindow()
        self.tasks = Tasks(self._open, self)
        self.navigator = Navigator(self.shell, self.visit, self.settings)
        self.attract = AttractPresenter(still=self.settings.reduced_motion)
        self.navigator.add(ToAttract, self.attract, self._make_attract)
        self.navigator.start()
        # The words reach the screen before the imports of the third stage hold the thread.
        self.shell.repaint()
        QTimer.singleShot(0, self._load_content)

    def _make_attract(self, look: Look) -> AttractView:
        from desktop.kiosk.attract.view import AttractView, Picture

        picture = Picture()
        if self.content is not None:
            from desktop.kiosk.attract.map_picture import MapPicture  # the map: in stage three

            picture = MapPicture(look, self.content)
        return AttractView(look, picture, self.attract.state)

    # -- stage three: everything ---------------------------------------------------------------

    def _load_content(self) -> None:
        from desktop.kiosk import screens  # noqa: F401  # while the worker reads the content
        from desktop.kiosk.content import load_content
        from desktop.kiosk.shell.accessibility import Accessibility
        from desktop.kiosk.shell.keyboard_dock import KeyboardDock

        self.tasks.load(lambda: load_content(self.data_dir), self._on_content)
        # Opened now and not with the first opinion: the installer must hear of trouble at once.
        self.tasks.query(lambda store: None, self._on_store, self.store_unavailable.emit)
        self.accessibility = Accessibility(
            self.navigator, clock=self._seconds, voice=self._voice, locked=self._locked
        )
        KeyboardDock(self.navigator)

    def _on_content(self, content: Content) -> None:
        self._show_content(content)
        self.navigator.refresh_look()
        self.navigator.opened.connect(self._on_opened)
        self.ready.emit()
        # brings the cipher of pages: nobody waits for it
        from desktop.kiosk.content_renewal import ContentRenewal

        ContentRenewal(self.navigator, self.tasks, self.data_dir, content, self._renew)

    def _on_store(self, _nothing: None) -> None:
        """The kiosk works; what an installer should still decide is said once, here and by the
        doctor."""
        from desktop.site import NO_PIN, site_fault

        if not self.settings.operator_pin_hash:
            log.warning("%s", NO_PIN[1])
        fault = site_fault(self.settings, self.content.catalogue) if self.content else None
        if fault is not None and not fault.empty:
            log.warning("%s", fault.en)

    def _show_content(self, content: Content) -> None:
        from desktop.kiosk import screens

        self.content = content = content.standing_at(self.settings)
        self.attract.show_catalogue(content.catalogue, self.settings.site, content.dong_en)
        parts = screens.Parts(
            self.navigator,
            self.tasks,
            self.visit,
            self.settings,
            self.data_dir,
            self.clock,
            self.accessibility.voice,
            self.leave,
        )
        self.lasting = screens.add_pages(parts, content, self.lasting)

    def _renew(self, content: Content) -> None:
        """Every screen is made anew of new content; nobody is there."""
        self._show_content(content)
        self.navigator.enter_anew()

    def _on_opened(self, route: Route) -> None:
        from desktop.kiosk.shell.routes import ToAttract, ToHome
        from desktop.process.memory import tidy_up

        if isinstance(route, ToHome | ToAttract):  # where a resident stops to think
            # One timer of its own: it ends with the kiosk, and many openings tidy up once.
            if self._tidying is None:
                self._tidying = QTimer(self)
                self._tidying.setSingleShot(True)
                self._tidying.setInterval(TIDY_AFTER_MS)
                self._tidying.timeout.connect(tidy_up)
            self._tidying.start()

    def _open_store(self) -> Any:
        # brings sqlite-utils along: on the worker thread only
        from db.store.opening import open_store

        return open_store(self.data_dir, clock=self.clock)

    # -- leaving -------------------------------------------------------------------------------

    def leave(self, status: int = 0) -> None:
        """Let the window close and end the event loop with `status`; the operator or a measurement
        asked."""
        self.shell.may_close = True
        QApplication.exit(status)

    def stop(self) -> None:
        """End speech and filters, close the store on its thread and end the worker."""
        if self._tidying is not None:
            self._tidying.stop()
        if self._begun:
            self.navigator.close()
            self.tasks.close()
            if hasattr(self, "accessibility"):
                self.accessibility.close()
        self.shell.may_close = True
        self.shell.close()

    # -- measuring -----------------------------------------------------------------------------

    def open_map(self) -> None:
        """Go to the map and say `map_ready` when all its layers are painted and can be used."""
        from desktop.kiosk.shell.routes import ToMap
        from desktop.map.canvas import MapCanvas

        self.navigator.open(ToMap())
        assert self.shell.view is not None
        for canvas in self.shell.view.findChildren(MapCanvas):
            canvas.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self.map_ready.emit)
        return False

"""The composition root of the review desk: everything is created and connected here or in
`desktop.desk.screens`.

The window comes first, empty; then fonts and the sign-in, behind which the store opens and the
catalogue is read. What the list needs is brought by the first officer who signs in.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from desktop import i18n
from desktop.desk.preferences import Preferences, keep_preferences, load_preferences
from desktop.desk.shell.screen import DeskScreen, DeskServices
from desktop.desk.shell.window import Window
from desktop.settings import Settings
from desktop.theme.fonts import add_fonts

if TYPE_CHECKING:
    from db.officers.accounts import Officer
    from db.records.catalogue import Catalogue
    from db.store.store import Store
    from desktop.background.tasks import Tasks
    from desktop.desk.screens import Screens
    from desktop.desk.sign_in.presenter import SignInPresenter

SIZE = (1440, 900)


def _microseconds() -> int:
    return time.time_ns() // 1000


class Desk(QObject):
    """The running desk.

    Signals: `ready()` when somebody can sign in, `signed_in()` when their inbox is on stage,
    `inbox_painted()`, `fonts_missing(names)`, `store_unavailable(Problem)`.
    """

    ready = Signal()
    signed_in = Signal()
    inbox_painted = Signal()
    fonts_missing = Signal(list)
    store_unavailable = Signal(object)

    tasks: Tasks
    entrance: SignInPresenter

    def __init__(
        self,
        settings: Settings,
        data_dir: Path,
        *,
        clock: Callable[[], int] = _microseconds,
        open_store: Callable[[], Store] | None = None,
    ) -> None:
        super().__init__()
        self.settings, self.data_dir, self.clock = settings, data_dir, clock
        self._open = open_store or self._open_store
        self.preferences = load_preferences(data_dir, settings.language)
        self.look = self.preferences.look()
        self.window = Window()
        self.officer: Officer | None = None
        self.screens: Screens | None = None
        self._begun = False
        self._at = DeskScreen.INBOX
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(settings.lock_minutes * 60_000)
        self._idle.timeout.connect(self.lock)

    # -- a window --------------------------------------------------------------------------------

    def start(self, size: tuple[int, int] | None = None) -> None:
        """Show the window; the rest is loaded after its first frame."""
        self.window.first_frame.connect(self._begin)
        self.window.resize(*(size or SIZE))
        if size is not None:
            self.window.setMinimumSize(0, 0)
        self.window.show()

    def _begin(self) -> None:
        from db.catalogue.loading import load_catalogue
        from desktop.background.tasks import Tasks
        from desktop.desk.office import Office

        missing = add_fonts()
        if missing:
            self.fonts_missing.emit(missing)
        i18n.use_language(self.preferences.language)
        self.window.activateWindow()
        self._begun = True
        self.tasks = Tasks(self._open, self)
        self.office = Office()
        self.tasks.load(lambda: load_catalogue(self.data_dir), self._on_catalogue)

    def _on_catalogue(self, catalogue: Catalogue) -> None:
        from desktop.desk.sign_in.presenter import SignInPresenter

        self.office.know(catalogue)
        self.services = DeskServices(
            self.tasks, self.office, catalogue, self.settings, self.data_dir, self.clock
        )
        self.entrance = SignInPresenter(self.services)
        self.entrance.signed_in.connect(self._on_signed_in)
        self.entrance.unavailable.connect(self.store_unavailable)
        window = self.window
        window.asked.connect(self.go)
        window.lock_asked.connect(self.lock)
        window.touched.connect(self._touched)
        self._show_entrance()
        self.entrance.begin()
        self.tasks.query(lambda store: None, lambda _: self.ready.emit(), lambda _: None)

    def _open_store(self) -> Store:
        from db.store.opening import open_store

        return open_store(self.data_dir, clock=self.clock)

    # -- in and out ------------------------------------------------------------------------------

    def _show_entrance(self) -> None:
        from desktop.desk.sign_in.view import SignInView

        self.window.dress(self.look)
        view = SignInView(self.look)
        self.window.show_alone(view)
        self.entrance.attach(view)

    def _on_signed_in(self, officer: Officer) -> None:
        from desktop.desk.screens import Screens

        if self.screens is None:
            self.screens = Screens(self.services, self.window, self.preferences)
            self.screens.preferred.connect(self._prefer)
            self.screens.inbox_painted.connect(self.inbox_painted)
            self.screens.go.connect(self.go)
        self.entrance.detach()
        if self.officer is not None and self.officer.id != officer.id:
            self.screens.wipe()
            self._at = DeskScreen.INBOX
        self.officer = officer
        self._frame()
        self._idle.start()
        self.signed_in.emit()

    def _frame(self) -> None:
        assert self.screens is not None and self.officer is not None
        self.window.dress(self.look)
        self.screens.open_frame(self.look, self.officer)
        self.go(self._at)

    def go(self, name: DeskScreen) -> None:
        if self.screens is not None and self.window.frame is not None:
            self._at = name
            self.screens.show(name)

    @property
    def locked(self) -> bool:
        return self.window.frame is None

    def lock(self) -> None:
        """Only the sign-in is there; what was being written waits for the same officer."""
        if self.locked or self.officer is None or self.screens is None:
            return
        self._idle.stop()
        self.screens.put_away()
        self._tell_lock(self.officer)
        self._show_entrance()
        self.entrance.locked(self.officer.name)

    def _tell_lock(self, officer: Officer) -> None:
        from db.officers.sign_in import sign_out
        from desktop.background.tasks import Changes

        office = self.office
        # A disk that refuses the line keeps no desk open.
        self.tasks.change(
            lambda store: sign_out(office.at(store).officers, officer),
            lambda _: None,
            lambda _: None,
            changes=Changes.NOTHING,
        )

    def _touched(self) -> None:
        if self._idle.isActive():
            self._idle.start()

    def _prefer(self, chosen: Preferences) -> None:
        assert self.screens is not None
        self.preferences = chosen
        keep_preferences(self.data_dir, chosen)
        self.look = chosen.look()
        i18n.use_language(chosen.language)
        self.screens.put_away()
        self._frame()

    # -- leaving ---------------------------------------------------------------------------------

    def leave(self, status: int = 0) -> None:
        QApplication.exit(status)

    def stop(self) -> None:
        """Put views away, close the store on its thread and end the worker."""
        self._idle.stop()
        if self.screens is not None:
            self.screens.put_away()
        if self._begun:
            if hasattr(self, "entrance"):
                self.entrance.detach()
            self.tasks.close()
        self.window.show_alone(QWidget())
        self.window.close()
        self.window.deleteLater()

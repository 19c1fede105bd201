"""Runs the kiosk's event loop, from the application object to the exit status."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from desktop.app import Kiosk, add_fonts
from desktop.settings import Settings


def make_application() -> QApplication:
    """The one application object, with our name and without native styling."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("cheonman")
    app.setCursorFlashTime(0)
    return app


def run_kiosk(
    settings: Settings,
    data_dir: Path,
    *,
    until: str | None = None,
    since_start: Callable[[], float] | None = None,
) -> int:
    """Open the kiosk and stay until it is closed; `until` leaves at that moment instead."""
    app = make_application()
    missing = add_fonts()
    if missing:
        names = ", ".join(missing)
        print(f"cheonman kiosk: resources/fonts: {names} cannot be loaded; reinstall", file=sys.stderr)
    kiosk = Kiosk(settings, data_dir)

    def reached() -> None:
        assert since_start is not None
        print(round(since_start(), 1), flush=True)
        QTimer.singleShot(0, app.quit)

    if until == "first-frame":
        kiosk.shell.first_frame.connect(reached)
    elif until == "ready":
        kiosk.map_ready.connect(reached)
        kiosk.ready.connect(kiosk.open_map)
    kiosk.start()
    status = app.exec()
    kiosk.stop()
    return status

"""Runs the desk's event loop, from the application object to the exit status."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from desktop.desk.app import Desk
from desktop.settings import Settings

TROUBLE = 1


def make_application() -> QApplication:
    """The one application object, in the style that looks the same on every machine."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("cheonman")
    app.setStyle("Fusion")
    return app


def run_desk(
    settings: Settings,
    data_dir: Path,
    *,
    until: str | None = None,
    since_start: Callable[[], float] | None = None,
) -> int:
    """Open the desk and stay until its window is closed; `until` leaves at that moment instead."""
    app = make_application()
    desk = Desk(settings, data_dir)
    trouble = 0

    def on_store_unavailable(problem: Exception) -> None:
        nonlocal trouble
        sys.stderr.write(f"cheonman desk: {problem}\n")
        if until is not None:
            trouble = TROUBLE
            desk.leave()

    def on_fonts_missing(names: list[str]) -> None:
        files = ", ".join(names)
        sys.stderr.write(f"cheonman desk: resources/fonts: {files} cannot be loaded\n")

    def reached() -> None:
        assert since_start is not None
        sys.stdout.write(f"{since_start():.1f}\n")
        sys.stdout.flush()
        QTimer.singleShot(0, desk.leave)

    desk.store_unavailable.connect(on_store_unavailable)
    desk.fonts_missing.connect(on_fonts_missing)
    desk.window.closed.connect(desk.leave)
    if until is not None:
        desk.inbox_painted.connect(reached)
        desk.ready.connect(lambda: _look_in(desk))
    desk.start()
    status = app.exec()
    # Closing it now would end whatever loop this process runs next.
    desk.window.closed.disconnect(desk.leave)
    desk.stop()
    return trouble or status


def _look_in(desk: Desk) -> None:
    """Measure how long the inbox takes: only where nobody's words are shown to whom they are not
    meant for."""
    # behind the sign-in
    from desktop.desk.sign_in.intents import LookAround
    from desktop.desk.sign_in.state import Stage

    if desk.entrance.state.stage is Stage.DEMONSTRATION:
        desk.entrance.do(LookAround())
        return
    sys.stderr.write(
        "cheonman desk: --until inbox opens demonstration stores alone; "
        "anything else asks for a name and a password\n"
    )
    desk.leave(TROUBLE)

"""Runs the kiosk's event loop, from the application object to the exit status."""

from __future__ import annotations

import builtins
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

_plain_import = builtins.__import__

from PySide6.QtCore import QTimer  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

# PySide6 replaces the import statement to look for `from __feature__ import ...` in the source of
# every later module. We use no such thing, and it costs a quarter of the time to the first frame.
builtins.__import__ = _plain_import

from desktop.kiosk.app import Kiosk  # noqa: E402
from desktop.settings import Settings  # noqa: E402

if TYPE_CHECKING:
    from desktop.kiosk.upkeep import Upkeep

TROUBLE = 1


def make_application() -> QApplication:
    """The one application object, with our name and without native styling."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("cheonman")
    app.setCursorFlashTime(0)
    return app


def _tell_fonts(names: list[str]) -> None:
    files = ", ".join(names)
    sys.stderr.write(f"cheonman kiosk: resources/fonts: {files} cannot be loaded; install again\n")


def _told_store(problem: Exception) -> bool:
    """Say why nothing can be kept; True when the kiosk must leave.

    Two kiosks on one directory, or a store of a newer program, will not pass by themselves.
    Anything else may, so residents can go on looking around.
    """
    from db.problems import Problem, StorageUnavailable  # only in trouble

    if not isinstance(problem, Problem):
        raise problem
    sys.stderr.write(f"cheonman kiosk: {problem.en}\n")
    return not isinstance(problem, StorageUnavailable)


def run_kiosk(
    settings: Settings,
    data_dir: Path,
    *,
    until: str | None = None,
    since_start: Callable[[], float] | None = None,
) -> int:
    """Open the kiosk and stay until it is closed; `until` leaves at that moment instead."""
    app = make_application()
    kiosk = Kiosk(settings, data_dir)
    kiosk.fonts_missing.connect(_tell_fonts)
    trouble = 0

    def on_store_unavailable(problem: Exception) -> None:
        nonlocal trouble
        if _told_store(problem):
            trouble = TROUBLE
            kiosk.leave()

    kiosk.store_unavailable.connect(on_store_unavailable)

    def reached() -> None:
        assert since_start is not None
        sys.stdout.write(f"{since_start():.1f}\n")
        sys.stdout.flush()
        if until == "ready":
            # Behind the opening of the store, whose trouble must not be swallowed by leaving early.
            kiosk.tasks.query(lambda store: None, leave, leave)
        else:
            leave()

    def leave(_: object = None) -> None:
        QTimer.singleShot(0, kiosk.leave)

    if until == "first-frame":
        kiosk.shell.first_frame.connect(reached)
    elif until == "ready":
        kiosk.map_ready.connect(reached)
        kiosk.ready.connect(kiosk.open_map)
    kept: list[Upkeep] = []

    def keep_up() -> None:
        from desktop.kiosk.upkeep import Upkeep  # after the first frame

        kept.append(Upkeep(kiosk))

    if until is None:
        kiosk.shell.first_frame.connect(lambda: QTimer.singleShot(0, kiosk, keep_up))
    kiosk.start()
    status = app.exec()
    for upkeep in kept:
        upkeep.close()
    kiosk.stop()
    return trouble or status

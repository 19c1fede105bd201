"""What the kiosk keeps of a library computer's memory once every screen was opened."""

from __future__ import annotations

import tempfile
from pathlib import Path

from PySide6.QtCore import QTimer

from desktop.kiosk.app import TIDY_AFTER_MS, Kiosk
from desktop.kiosk.event_loop import make_application
from desktop.settings import Settings
from desktop.tour.guide import Guide
from desktop.tour.run import SITE, SilentVoice, start
from desktop.tour.states import walk
from tests.bench.figure import Figure

SIZE = (1920, 1080)


def measure() -> dict[str, Figure]:
    make_application()
    with tempfile.TemporaryDirectory(prefix="cheonman-bench-") as scratch:
        settings = Settings(site=SITE, reduced_motion=True)
        kiosk = Kiosk(settings, Path(scratch) / "data", voice=SilentVoice(), locked=False)
        guide = Guide(kiosk, Path(scratch) / "pictures")
        try:
            start(kiosk, guide, SIZE)
            walk(guide)
            kiosk.navigator.home()
            tidied = QTimer(interval=2 * TIDY_AFTER_MS, singleShot=True)
            tidied.start()
            guide.wait_for(lambda: not tidied.isActive(), "tidying up")
            now, most = in_megabytes("VmRSS"), in_megabytes("VmHWM")
        finally:
            kiosk.stop()
    states = f"{len(guide.album)} states"
    return {
        "resident after every screen, back at home": Figure(now, "MB", 200, 1, None, states),
        "most at any moment": Figure(most, "MB", None, 1, None, "taking the pictures included"),
    }


def in_megabytes(what: str) -> float:
    """A line of this process's status as the kernel keeps it."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith(f"{what}:"):
            return int(line.split()[1]) / 1024
    raise LookupError(what)

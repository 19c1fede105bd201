"""Sets up the real kiosk off screen, on a fresh data directory, and walks through it."""

from __future__ import annotations

import logging
import tempfile
from pathlib import Path

from desktop.access.voice import Voice
from desktop.kiosk.app import Kiosk
from desktop.kiosk.event_loop import make_application
from desktop.settings import Settings
from desktop.tour.guide import Guide, Photograph, TourProblem
from desktop.tour.states import walk

__all__ = ["SITE", "TourProblem", "start", "tour"]


class SilentVoice(Voice):
    """Makes the bar complete on machines that cannot speak; a picture has no sound anyway."""

    def available(self) -> bool:
        return True

    def say(self, text: str, *, language: str, rate: int, volume: int) -> None:
        self.ended.emit()

    def stop(self) -> None:
        return


#: The library of the pictures.
SITE = "lib-geumam"


def start(kiosk: Kiosk, guide: Guide, size: tuple[int, int]) -> None:
    """Show the window and wait until every screen can be opened."""
    ready: list[bool] = []
    kiosk.ready.connect(lambda: ready.append(True))
    kiosk.start(size)
    guide.wait_for(lambda: bool(ready), "the start")


def tour(
    out: Path,
    *,
    size: tuple[int, int] = (1920, 1080),
    language: str = "ko",
    mode: frozenset[str] = frozenset(),
    panel_inches: float = 24.0,
    floor_to_panel_mm: int = 0,
    pictures: bool = True,
) -> list[Photograph]:
    """Photograph every state into `out` with those switches of the bar on; returns what tour.json
    holds. Writing pictures takes as long as all the rest on a large panel. Raises TourProblem."""
    make_application()
    # What an installer should still decide concerns no picture.
    logging.getLogger("cheonman.site").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory(prefix="cheonman-tour-") as data_dir:
        settings = Settings(
            site=SITE,
            language=language,
            panel_inches=panel_inches,
            floor_to_panel_mm=floor_to_panel_mm,
            reduced_motion=True,
        )
        kiosk = Kiosk(settings, Path(data_dir), voice=SilentVoice(), locked=False)
        v = kiosk.visit
        v.large, v.contrast = "large" in mode, "contrast" in mode
        v.low, v.speech = "low" in mode, "speech" in mode
        guide = Guide(kiosk, out, pictures=pictures)
        try:
            start(kiosk, guide, size)
            walk(guide)
        finally:
            kiosk.stop()
    guide.write_album()
    return guide.album

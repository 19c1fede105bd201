"""What a presenter may use, for every test of one: real facts, the settings that are named."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from db.catalogue.loading import load_catalogue
from db.clock import EARLIEST_US
from db.records.catalogue import Catalogue
from desktop.kiosk.shell.screen import Services
from desktop.kiosk.shell.visit import Visit
from desktop.settings import Settings

NOW_US = EARLIEST_US + 1


def clock() -> int:
    return NOW_US


@cache
def built_in() -> Catalogue:
    """Read once: nothing changes it."""
    return load_catalogue(None)


def services(
    tasks: Any,
    data_dir: Path,
    clock: Callable[[], int] = clock,
    *,
    catalogue: Catalogue | None = None,
    **settings: Any,
) -> Services:
    """A kiosk in the first library, unless other settings say so."""
    known = catalogue or built_in()
    if "site" not in settings:
        settings["site"] = next(mark.id for mark in known.landmarks if mark.is_library)
    given = Settings(**{"phone": "063-222-1000", **settings})
    return Services(known, tasks, Visit(), given, data_dir, clock)

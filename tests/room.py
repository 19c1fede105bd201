"""Keep the memory of a long run of tests small."""

from __future__ import annotations

import gc
import os
from pathlib import Path

#: A window that was thrown away is held by its own signals, and with it pictures of some MiB: the
#: collector counts objects and comes late. Without this a run ends at 3 GiB.
GROWN_MIB = 150


class Room:
    """Collects what nobody holds any more once this process has grown by `GROWN_MIB`."""

    def __init__(self) -> None:
        self._after_last = resident_mib()

    def make(self) -> None:
        if resident_mib() - self._after_last > GROWN_MIB:
            gc.collect()
            self._after_last = resident_mib()


def resident_mib() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20

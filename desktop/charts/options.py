"""The only place that touches pyqtgraph's global options."""

from __future__ import annotations

from functools import cache

import pyqtgraph as pg


@cache
def use_quiet_options() -> None:
    """Smooth edges, no OpenGL (kiosks have no GPU), no exit handler of the library's own."""
    pg.setConfigOptions(antialias=True, useOpenGL=False, exitCleanup=False)

"""The bundled fonts: Pretendard Regular and Bold, and nothing of the machine's own."""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QFontDatabase

from desktop import assets

FAMILY = "Pretendard"
FONTS = ("Pretendard-Regular.otf", "Pretendard-Bold.otf")


def add_fonts() -> list[str]:
    """Load the bundled fonts; returns the names of those that could not be loaded."""
    return [name for name in FONTS if not _add_font(name)]


@cache
def _add_font(name: str) -> bool:
    """Once in a process: Qt would keep a copy of the file, and what it drew of it, each time."""
    try:
        number = QFontDatabase.addApplicationFontFromData(assets.read("fonts", name))
    except (assets.UnknownAsset, OSError):
        return False
    return number >= 0

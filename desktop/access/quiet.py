"""While a screen is built, assistive technology is told nothing: it hears of the screen, not of
each of its hundred parts being named, shown and hidden."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtGui import QAccessible


@contextmanager
def quietly() -> Iterator[None]:
    """Whatever changes meanwhile is told to nobody. For what is done in one go: a listener that
    asks finds all of it, and what stands on stage afterwards is announced by the narrator."""
    listened = QAccessible.isActive()
    if listened:
        QAccessible.setActive(False)
    try:
        yield
    finally:
        if listened:
            QAccessible.setActive(True)

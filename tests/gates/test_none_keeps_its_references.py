"""PySide6 6.12.0 loses one reference to None a call on Python 3.11 and aborts: never let it in."""

from __future__ import annotations

import sys

from PySide6.QtGui import QTransform


def test_twenty_thousand_qt_calls_cost_none_no_reference() -> None:
    transform = QTransform()
    before = sys.getrefcount(None)
    for _ in range(20_000):
        transform.reset()
    assert abs(sys.getrefcount(None) - before) < 1_000

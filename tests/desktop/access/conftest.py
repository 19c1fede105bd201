"""A look on the reference panel, a clock that only the test moves, a voice that only remembers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop import i18n
from desktop.theme.fonts import add_fonts
from desktop.theme.look import Look
from desktop.theme.metrics import Metrics
from desktop.theme.palette import LIGHT
from tests.desktop.access.recording_voice import RecordingVoice


class HandClock:
    """Monotonic seconds that stand still until the test moves them."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    def forward(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def hand_clock() -> HandClock:
    return HandClock()


@pytest.fixture
def look(qapp: object) -> Look:
    add_fonts()
    return Look(Metrics.for_panel(1920, 1080, 24.0), LIGHT)


@pytest.fixture
def voice(qapp: object) -> RecordingVoice:
    return RecordingVoice()


class Window(QWidget):
    """A window that has the keyboard as soon as it is shown."""

    def present(self) -> None:
        self.show()
        self.activateWindow()
        QApplication.processEvents()


@pytest.fixture
def window(qtbot: QtBot, look: Look) -> Window:
    """An empty window to build in."""
    widget = Window()
    qtbot.addWidget(widget)
    widget.resize(1000, 600)
    return widget


@pytest.fixture(autouse=True)
def korean_again() -> Iterator[None]:
    yield
    i18n.use_language(i18n.KOREAN)

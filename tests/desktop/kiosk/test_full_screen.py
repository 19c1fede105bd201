"""A screen that changes while the kiosk runs: another mode, a monitor that sleeps, another one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.kiosk.shell.full_screen import FullScreen
from desktop.kiosk.shell.navigator import Navigator
from desktop.kiosk.shell.shell import Shell
from desktop.kiosk.shell.visit import Visit
from desktop.settings import Settings

FIRST, OTHER, UPRIGHT = QRect(0, 0, 1920, 1080), QRect(0, 0, 1366, 768), QRect(0, 0, 1080, 1920)
ASLEEP = QRect()


class Unmanaged(Shell):
    """Without a window manager nobody answers when a window asks for the whole screen."""

    def showFullScreen(self) -> None:  # noqa: N802
        self.show()


class Monitor:
    """What is plugged in; the window system tells of each change by its own signals."""

    def __init__(self) -> None:
        self.place = FIRST

    def __call__(self) -> QRect:
        return self.place


def another_mode(screen: QScreen, place: QRect) -> None:
    screen.geometryChanged.emit(place)


def exchanged(screen: QScreen, place: QRect) -> None:
    app = QGuiApplication.instance()
    assert isinstance(app, QGuiApplication)
    app.primaryScreenChanged.emit(screen)


def plugged_in(screen: QScreen, place: QRect) -> None:
    app = QGuiApplication.instance()
    assert isinstance(app, QGuiApplication)
    app.screenAdded.emit(screen)


def pulled_out(screen: QScreen, place: QRect) -> None:
    app = QGuiApplication.instance()
    assert isinstance(app, QGuiApplication)
    app.screenRemoved.emit(screen)


Change = Callable[[QScreen, QRect], None]


@pytest.fixture
def shell(qtbot: QtBot) -> Iterator[Shell]:
    shell = Unmanaged()
    shell.may_close = True
    qtbot.addWidget(shell)
    yield shell


@pytest.mark.parametrize("change", [another_mode, exchanged, plugged_in, pulled_out])
def test_the_window_is_as_large_as_its_screen_after_every_change(
    shell: Shell, change: Change
) -> None:
    monitor = Monitor()
    FullScreen(shell, monitor)
    screen = QGuiApplication.primaryScreen()
    assert shell.size() == FIRST.size()
    for place in (OTHER, UPRIGHT, FIRST):
        monitor.place = place
        change(screen, place)
        QApplication.processEvents()
        assert shell.size() == place.size()


def test_while_no_monitor_is_awake_nothing_changes_and_the_next_one_counts(shell: Shell) -> None:
    monitor = Monitor()
    FullScreen(shell, monitor)
    monitor.place = ASLEEP
    pulled_out(QGuiApplication.primaryScreen(), ASLEEP)
    assert shell.size() == FIRST.size()
    monitor.place = OTHER
    plugged_in(QGuiApplication.primaryScreen(), OTHER)
    assert shell.size() == OTHER.size()


def test_millimetres_follow_the_screen(shell: Shell, data_dir: Path) -> None:
    monitor = Monitor()
    FullScreen(shell, monitor)
    navigator = Navigator(shell, Visit(), Settings(panel_inches=24.0))
    before = navigator.look.metrics.px_per_mm
    monitor.place = QRect(0, 0, 3840, 2160)
    another_mode(QGuiApplication.primaryScreen(), monitor.place)
    QApplication.processEvents()
    fresh = navigator._make_look().metrics
    assert (fresh.width, fresh.height) == (3840, 2160)
    assert abs(fresh.px_per_mm - 2 * before) < 0.01

"""The real kiosk in this process: every screen, the real store, a voice that remembers."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from db.catalogue.loading import load_catalogue
from desktop.access.bar import AccessBar, BarKey
from desktop.kiosk.app import Kiosk
from desktop.kiosk.shell.routes import (
    Route,
    ScreenName,
    ToAnnouncements,
    ToAttract,
    ToFeedback,
    ToHelp,
    ToHome,
    ToMap,
    ToOperator,
    ToPlanted,
    ToProject,
    ToReplies,
    ToTrees,
)
from desktop.settings import Settings
from tests.desktop.access.recording_voice import RecordingVoice

SITE = "lib-geumam"


def route_to(name: ScreenName) -> Route:
    """The way to a screen that takes nothing along; a project's page opens with the first."""
    project = load_catalogue(None).projects[0].id if name is ScreenName.PROJECT else ""
    routes: tuple[Route, ...] = (
        ToAttract(), ToHome(), ToMap(), ToProject(project), ToTrees(), ToPlanted(),
        ToAnnouncements(), ToHelp(), ToFeedback(), ToReplies(), ToOperator(),
    )  # fmt: skip
    return next(route for route in routes if route.name is name)


class KioskInHand:
    """Opens the kiosk at `size` and waits until every screen can be opened."""

    def __init__(
        self,
        data_dir: Path,
        qtbot: QtBot,
        size: tuple[int, int] = (1920, 1080),
        seconds: Callable[[], float] = time.monotonic,
        **choices: object,
    ) -> None:
        self.qtbot, self.data_dir = qtbot, data_dir
        self.voice = RecordingVoice()
        settings = Settings(site=SITE, reduced_motion=True, **choices)  # type: ignore[arg-type]
        self.kiosk = Kiosk(settings, data_dir, voice=self.voice, seconds=seconds)
        with qtbot.waitSignal(self.kiosk.ready, timeout=20_000):
            self.kiosk.start(size)
        self.kiosk.shell.activateWindow()
        self.settle()

    @property
    def shell(self) -> QWidget:
        return self.kiosk.shell

    @property
    def view(self) -> QWidget:
        assert self.kiosk.shell.view is not None
        return self.kiosk.shell.view

    @property
    def access_bar(self) -> AccessBar:
        assert self.kiosk.shell.bar is not None
        return self.kiosk.shell.bar

    @property
    def screen(self) -> str:
        current = self.kiosk.navigator.current
        return "" if current is None else current.name

    @property
    def focused(self) -> QWidget | None:
        return QApplication.focusWidget()

    def settle(self) -> None:
        """Until no answer is outstanding and nothing waits to be drawn."""
        for _ in range(3):
            self.qtbot.waitUntil(lambda: not self.kiosk.tasks.busy, timeout=20_000)
            QApplication.processEvents()
            # The event loop deletes what was thrown away; here nobody runs it.
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def wait(self, done: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(done, timeout=20_000)
        self.settle()

    def open(self, to: str | Route) -> None:
        """A route, or a screen by its name."""
        self.kiosk.navigator.open(route_to(ScreenName(to)) if isinstance(to, str) else to)
        self.settle()

    def take_time(self) -> None:
        """What is pressed next is meant: it is not the second tap of a trembling hand."""
        self.kiosk.accessibility.second_tap.forget()

    def key(self, key: Qt.Key) -> None:
        """A key as the window system delivers it: to what has the focus, else to the window."""
        self.take_time()
        QTest.keyClick(self.focused or self.shell, key)
        self.settle()

    def touch(self, widget: QWidget) -> None:
        self.take_time()
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
        self.settle()

    def bar(self, key: str) -> QAbstractButton:
        return self.access_bar.buttons[BarKey(key)]

    def close(self) -> None:
        self.kiosk.stop()
        self.kiosk.shell.deleteLater()
        self.kiosk.deleteLater()

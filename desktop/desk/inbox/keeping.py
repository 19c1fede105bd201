"""Writes down, in quiet moments, what the next start of the desk would have to read."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from db.problems import Problem
from desktop.background.tasks import Changes
from desktop.desk.shell.screen import DeskServices

#: So long after an answer; a piece takes less time than anybody notices.
QUIET_MS = 400


class Keeping(QObject):
    def __init__(self, services: DeskServices, parent: QObject) -> None:
        super().__init__(parent)
        self._services = services
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(QUIET_MS)
        self._quiet.timeout.connect(self._keep_one)
        self._going = False

    def begin(self) -> None:
        """Something is there to be written down: once nobody asks for anything."""
        self._going = True
        self._quiet.start()

    def stop(self) -> None:
        self._going = False
        self._quiet.stop()

    def _keep_one(self) -> None:
        office = self._services.office
        self._services.tasks.change(
            lambda store: office.at(store).inbox.keep_one(),
            self._go_on,
            self._give_up,
            changes=Changes.NOTHING,
        )

    def _go_on(self, more: bool) -> None:
        if more and self._going:
            self._quiet.start()

    def _give_up(self, error: Exception) -> None:
        # A disk without room is told of where somebody writes: here nobody waits for anything.
        self._going = False
        if not isinstance(error, Problem):
            raise error

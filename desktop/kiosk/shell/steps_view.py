"""A view of several steps: one screen of them stands on its stage at a time."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QResizeEvent

from desktop.access.quiet import quietly
from desktop.theme.look import Look
from desktop.widgets.screen import Screen
from desktop.widgets.view import A, S, View


class StepsView(View[S, A]):
    """What a step tells, its view tells."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.screen_on: Screen[S, A] | None = None

    def put_on(self, make: Callable[[], Screen[S, A]]) -> None:
        """Another step in the place of the one on stage."""
        old = self.screen_on
        with quietly():
            self.screen_on = screen = make()
            screen.setParent(self)
            screen.did.connect(self.did)
            screen.setGeometry(self.rect())
            self.setAccessibleName(screen.accessibleName())
            screen.show()
            if old is not None:
                old.did.disconnect(self.did)
                old.hide()
                old.setParent(None)
                old.deleteLater()
        if old is not None:
            self.turned.emit(screen)

    def resizeEvent(self, event: QResizeEvent) -> None:
        if self.screen_on is not None:
            self.screen_on.setGeometry(self.rect())

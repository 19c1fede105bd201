"""A view of several steps: one screen of them stands on its stage at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop.access.quiet import quietly
from desktop.theme.look import Look
from desktop.widgets.header import Header
from desktop.widgets.screen import Screen


class SteppedScreen(Screen):
    """One screen of the steps. `did(name, value)` carries every intent to the presenter, whose
    method `on_<name>` takes it."""

    did = Signal(str, object)

    def __init__(
        self, look: Look, question: str, header: Header, *, gap: float, fixed: bool = False
    ) -> None:
        super().__init__(look, question, header, gap=gap, fixed=fixed)
        self.back_pressed.connect(self._back)

    def _back(self) -> None:
        self.act("back")

    def act(self, name: str, value: object = None) -> None:
        """Tell the presenter."""
        self.did.emit(name, value)


S = TypeVar("S", bound=SteppedScreen)


class StepsView(QWidget, Generic[S]):
    """Signals: `did(name, value)`, every intent of a step; `turned(screen)` when another screen of
    the steps has come on stage (it is announced like any screen)."""

    did = Signal(str, object)
    turned = Signal(object)
    back_pressed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.screen_on: S | None = None

    def put_on(self, make: Callable[[], S]) -> None:
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

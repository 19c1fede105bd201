"""What the feedback, receipt and reply tests stand on: real facts, a real store, a driven view."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget

from db.catalogue.phrases import load_phrases
from desktop import i18n
from desktop.access.bar import AccessBar
from desktop.kiosk.feedback.presenter import FeedbackPresenter
from desktop.kiosk.feedback.view import FeedbackView, StepContent
from desktop.kiosk.shell.screen import Services
from desktop.map.city import City, load_city
from desktop.theme.fonts import add_fonts
from desktop.theme.look import Look
from desktop.theme.metrics import Metrics
from desktop.theme.palette import CONTRAST, LIGHT

Op = Callable[[Any], Any]


class HandTasks:
    """Keeps what was asked until the test lets it be done, or fail."""

    def __init__(self, store: Any = None) -> None:
        self.store = store
        self.asked: list[tuple[Op, Callable[..., None], Callable[..., None] | None]] = []

    def query(self, op: Op, on_done: Any, on_error: Any = None, *, channel: Any = None) -> None:
        self.asked.append((op, on_done, on_error))

    def change(self, op: Op, on_done: Any, on_error: Any = None, *, changes: Any = None) -> None:
        self.asked.append((op, on_done, on_error))

    def answer(self, result: Any) -> None:
        """The oldest question is answered."""
        self.asked.pop(0)[1](result)

    def fail(self, error: Exception) -> None:
        on_error = self.asked.pop(0)[2]
        assert on_error is not None
        on_error(error)


@cache
def city() -> City:
    """Read once: nothing changes it."""
    return load_city(Path("/nowhere"))


def a_project(given: Services) -> str:
    return next(p.id for p in given.catalogue.projects if p.lat is not None)


def look(
    width: int = 1920, height: int = 1080, *, language: str = "ko", large: bool = False,
    contrast: bool = False, low: bool = False, inches: float = 24.0,
) -> Look:  # fmt: skip
    add_fonts()
    i18n.use_language(language)
    metrics = Metrics.for_panel(width, height, inches, large=large, low=low)
    return Look(metrics, CONTRAST if contrast else LIGHT, language, reduced_motion=True)


def bar_of(the_look: Look) -> int:
    """Device px of the accessibility bar under a screen of the feedback and reply tests."""
    return AccessBar(the_look).sizeHint().height()


class Stage:
    """A feedback presenter with a view that is built anew on every change of look."""

    def __init__(self, given: Services, qtbot: Any, the_look: Look | None = None) -> None:
        self.services, self._qtbot = given, qtbot
        self.presenter = FeedbackPresenter(given, city())
        self.went: list[Any] = []
        self.presenter.go.connect(self.went.append)
        self.ground = StepContent(
            load_phrases(), city(), given.catalogue.landmarks, None, self.presenter.picked_name
        )
        self.view: FeedbackView | None = None
        self.dress(the_look or look())

    def dress(self, the_look: Look) -> None:
        """Build the view with `the_look` and render the same state, as the navigator does."""
        if self.view is not None:
            self.presenter.detach()
            self.view.close()
        self.view = FeedbackView(the_look, self.ground)
        self._qtbot.addWidget(self.view)
        self.view.resize(the_look.metrics.width, the_look.px(976))
        self.presenter.attach(self.view)
        self.view.show()
        self.view.activateWindow()

    @property
    def state(self) -> Any:
        return self.presenter.state

    def find(self, name: str) -> QWidget:
        assert self.view is not None and self.view.screen_on is not None
        found = self.view.findChildren(QWidget, name)
        shown = [widget for widget in found if widget.isVisible()]
        if not shown:
            raise LookupError(f"no {name} on {self.state.screen}")
        return shown[-1]

    def tap(self, *names: str) -> None:
        for name in names:
            button = self.find(name)
            assert isinstance(button, QAbstractButton) and button.isEnabled(), name
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)

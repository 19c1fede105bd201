"""What a screen's two halves promise each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMetaObject, QObject, Signal
from shiboken6 import isValid

if TYPE_CHECKING:  # what these bring along, the first frame does not need
    from db.records.catalogue import Catalogue
    from desktop.background.tasks import Tasks
    from desktop.exchange.standing import ExchangeStanding
    from desktop.kiosk.shell.visit import Visit
    from desktop.settings import Settings


class Leaving(StrEnum):
    """The answers to 그만둘까요?"""

    QUIT = "quit"
    STAY = "stay"


@dataclass(frozen=True, slots=True)
class Services:
    """What presenters may use; made once by the composition root."""

    catalogue: Catalogue
    tasks: Tasks
    visit: Visit
    settings: Settings
    data_dir: Path
    clock: Callable[[], int]  #: microseconds since 1970, as the device believes them
    exchange: ExchangeStanding | None = None  #: how exchange stands, shared by all screens


class StagePresenter(QObject):
    """The half of a screen that knows data: turns records into a frozen state and events into
    tasks. Knows no widget; `attach` connects a view that has `show_state` and signals, `detach`
    parts them before the view is put away.

    Signals: `changed(state)`, `go(Route)`, `back()`, `visit_over()` (the resident is done).
    """

    changed = Signal(object)
    go = Signal(object)
    back = Signal()
    visit_over = Signal()

    _view: Any = None
    _shows: QMetaObject.Connection | None = None

    @property
    def state(self) -> Any:
        raise NotImplementedError

    def enter(self, argument: object) -> None:
        """The screen is about to be shown."""

    def leave(self) -> None:
        """Another screen is about to be shown."""

    def wipe(self) -> None:
        """The visit is over: forget what the resident did and typed."""

    def attach(self, view: Any) -> None:
        """Connect a new view in the place of the one before."""
        self.detach()
        self._view = view
        self.listen(view)
        self._shows = self.changed.connect(view.show_state)
        view.show_state(self.state)

    def listen(self, view: Any) -> None:
        """Connect the view's signals; subclasses connect those of their own."""
        view.back_pressed.connect(self.back)

    def detach(self) -> None:
        """The view is put away: whatever becomes of it and its fields, it tells nothing any more,
        and is told nothing. What it showed is in the state already."""
        view, self._view = self._view, None
        if self._shows is not None:
            QObject.disconnect(self._shows)
            self._shows = None
        if view is not None and isValid(view):
            view.blockSignals(True)


class Presenter(StagePresenter):
    """A presenter that needs the house's services: every screen but the first."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.services = services

"""What a screen's two halves promise each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import QMetaObject, QObject, Signal
from shiboken6 import isValid

from desktop.widgets.view import A, Back, S, View

if TYPE_CHECKING:  # what these bring along, the first frame does not need
    from db.records.catalogue import Catalogue
    from desktop.background.tasks import Tasks
    from desktop.exchange.standing import ExchangeStanding
    from desktop.kiosk.shell.routes import Route
    from desktop.kiosk.shell.visit import Visit
    from desktop.settings import Settings


#: What a screen is opened with: one of the routes.
R = TypeVar("R", bound="Route")


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


class StagePresenter(QObject, Generic[S, A, R]):
    """The half of a screen that knows data: turns records into a frozen state and intents into
    tasks. Knows no widget; `attach` connects a view, `detach` parts them before it is put away.

    Signals: `changed(state)`, `go(Route)`, `back()`, `visit_over()` (the resident is done).
    """

    changed = Signal(object)
    go = Signal(object)
    back = Signal()
    visit_over = Signal()

    _state: S
    _view: View[S, A] | None = None
    _shows: QMetaObject.Connection | None = None

    @property
    def state(self) -> S:
        return self._state

    def _show(self, state: S) -> None:
        """`state` is what there is now, on stage too."""
        self._state = state
        self.changed.emit(state)

    def enter(self, route: R) -> None:
        """The screen is about to be shown."""

    def leave(self) -> None:
        """Another screen is about to be shown."""

    def wipe(self) -> None:
        """The visit is over: forget what the resident did and typed."""

    def do(self, intent: A) -> None:
        """What the view tells: one `match`, closed by `assert_never`."""
        raise NotImplementedError

    def on_back(self) -> None:
        """이전: out of the screen, unless one of its own steps comes before."""
        self.back.emit()

    def attach(self, view: View[S, A]) -> None:
        """Connect a new view in the place of the one before."""
        self.detach()
        self._view = view
        view.did.connect(self._hear)
        self._shows = self.changed.connect(view.show_state)
        view.show_state(self.state)

    def _hear(self, intent: A | Back) -> None:
        if isinstance(intent, Back):
            self.on_back()
        else:
            self.do(intent)

    def detach(self) -> None:
        """The view is put away: whatever becomes of it and its fields, it tells nothing any more,
        and is told nothing. What it showed is in the state already."""
        view, self._view = self._view, None
        if self._shows is not None:
            QObject.disconnect(self._shows)
            self._shows = None
        if view is not None and isValid(view):
            view.blockSignals(True)


class Presenter(StagePresenter[S, A, R]):
    """A presenter that needs the house's services: every screen but the first."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.services = services

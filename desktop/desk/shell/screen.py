"""What the two halves of a screen of the desk promise each other.

As on the kiosk: a presenter holds a frozen state and knows no widget; a view is built new on every
change of look, shows the state and tells what the officer meant, as one of the screen's intents.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from PySide6.QtCore import QMetaObject, QObject, Signal, SignalInstance
from shiboken6 import isValid

if TYPE_CHECKING:  # what these bring along, the first frame does not need
    from db.records.catalogue import Catalogue
    from desktop.background.tasks import Tasks
    from desktop.desk.office import Office
    from desktop.settings import Settings

S = TypeVar("S")
A = TypeVar("A")
S_contra = TypeVar("S_contra", contravariant=True)


class DeskScreen(StrEnum):
    """Screens in the order of the rail."""

    INBOX = "inbox"
    GROUPS = "groups"
    EXCHANGE = "exchange"
    AUDIT = "audit"
    SETTINGS = "settings"


@dataclass(frozen=True, slots=True)
class DeskServices:
    """What presenters may use; made once by the composition root."""

    tasks: Tasks
    office: Office
    catalogue: Catalogue
    settings: Settings
    data_dir: Path
    clock: Callable[[], int]  #: microseconds since 1970, as this machine believes them


class StateView(Protocol[S_contra]):
    """A widget that shows states of one kind. `did` carries intents."""

    @property
    def did(self) -> SignalInstance: ...

    def show_state(self, state: S_contra) -> None: ...

    def blockSignals(self, b: bool, /) -> bool: ...  # noqa: N802  # Qt's own


class DeskPresenter(QObject, Generic[S, A]):
    """Signals: `changed(state)`."""

    changed = Signal(object)

    _state: S
    _view: StateView[S] | None = None
    _shows: QMetaObject.Connection | None = None

    def __init__(self, services: DeskServices) -> None:
        super().__init__()
        self.services = services

    @property
    def state(self) -> S:
        return self._state

    def _show(self, state: S) -> None:
        self._state = state
        self.changed.emit(state)

    def do(self, intent: A) -> None:
        """What the view tells: one `match`, closed by `assert_never`."""
        raise NotImplementedError

    def enter(self) -> None:
        """The screen is about to be shown."""

    def wipe(self) -> None:
        """Another officer signs in: nothing of the one before is kept."""

    def attach(self, view: StateView[S]) -> None:
        """Connect a new view in the place of the one before."""
        self.detach()
        self._view = view
        view.did.connect(self.do)
        self._shows = self.changed.connect(view.show_state)
        view.show_state(self.state)

    def detach(self) -> None:
        """The view is put away and tells nothing any more."""
        view, self._view = self._view, None
        if self._shows is not None:
            QObject.disconnect(self._shows)
            self._shows = None
        if view is not None and isValid(view):
            view.blockSignals(True)

"""How the desk looks to this officer's eyes."""

from __future__ import annotations

from PySide6.QtCore import Signal

from desktop.desk.preferences import Preferences
from desktop.desk.settings.intents import SettingsIntent
from desktop.desk.settings.state import SettingsState
from desktop.desk.shell.screen import DeskPresenter, DeskServices


class SettingsPresenter(DeskPresenter[SettingsState, SettingsIntent]):
    """Signals: `preferred(Preferences)`."""

    preferred = Signal(object)

    def __init__(self, services: DeskServices, chosen: Preferences) -> None:
        super().__init__(services)
        self._state = chosen

    def do(self, intent: SettingsIntent) -> None:
        if intent.chosen != self._state:
            self._state = intent.chosen
            self.preferred.emit(intent.chosen)

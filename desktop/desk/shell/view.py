"""What the window asks of a screen's view beside showing its state."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.desk.shell.keys import Command, KeyPlace
from desktop.theme.desk_look import DeskLook


class DeskView(QWidget):
    """Signals: `did(intent)`, `titled()` when what `title` answers has changed."""

    did = Signal(object)
    titled = Signal()

    def __init__(self, look: DeskLook) -> None:
        super().__init__()
        self.look = look

    def places(self) -> tuple[KeyPlace, ...]:
        """Where one is now, the nearest first: whose keys hold and are shown."""
        return ()

    def obey(self, command: Command) -> bool:
        """Do what a key asked for; False where it means nothing now."""
        return False

    def title(self) -> tuple[str, str]:
        """The screen's name and what follows it in the top bar."""
        return "", ""

    def search_prompt(self) -> str:
        """What the search field at the top finds here; empty where it finds nothing."""
        return ""

    def searched(self) -> str:
        """What it looks for now."""
        return ""

    def search(self, words: str) -> None:
        """Somebody wrote in it."""

    def take_focus(self) -> None:
        """The view is on stage, or the search field gives the focus back."""

    def next_pane(self, step: int) -> None:
        """F6: the focus goes on to another pane."""

"""One page of the operator's screen, under its title."""

from __future__ import annotations

from desktop.kiosk.operator.intents import OperatorIntent
from desktop.kiosk.operator.state import OperatorState
from desktop.widgets.view import ViewPart


class OperatorPanel(ViewPart[OperatorIntent]):
    def show_state(self, state: OperatorState) -> None:
        """Show what changed; a page that depends on nothing needs nothing here."""

"""My replies: shows the screen that the state names."""

from __future__ import annotations

from desktop.i18n import tr
from desktop.kiosk.replies.intents import RepliesIntent
from desktop.kiosk.replies.number_entry import EntryScreen, TypedScreen
from desktop.kiosk.replies.result import (
    FoundScreen,
    MessageScreen,
    NameOf,
    WhichScreen,
    not_found_screen,
    wait_screen,
)
from desktop.kiosk.replies.state import Ask, RepliesState
from desktop.kiosk.replies.step_screen import RepliesScreen
from desktop.kiosk.shell.steps_view import StepsView
from desktop.theme.look import Look


class RepliesView(StepsView[RepliesState, RepliesIntent]):
    """The steps from a receipt number to what became of it."""

    def __init__(self, look: Look, name_of: NameOf) -> None:
        super().__init__(look)
        self._name_of = name_of
        self._key: object = None

    def show_state(self, state: RepliesState) -> None:
        """Show `state`; another question puts another screen on stage."""
        searching = state.searching and state.ask is not Ask.TYPED
        key = (state.ask, state.chosen, searching)
        if key == self._key and self.screen_on is not None:
            self.screen_on.show_state(state)
            return
        self._key = key
        self.put_on(lambda: self._make(state, searching=searching))

    def _make(self, state: RepliesState, *, searching: bool) -> RepliesScreen:
        look = self.look
        if searching:
            return MessageScreen(look, tr("찾고 있습니다"), (), again=False)
        match state.ask:
            case Ask.TYPED:
                return TypedScreen(look, state)
            case Ask.WHICH:
                return WhichScreen(look, state, self._name_of)
            case Ask.FOUND:
                return FoundScreen(look, state, self._name_of)
            case Ask.NOT_FOUND:
                return not_found_screen(look, state)
            case Ask.WAIT:
                return wait_screen(look)
        return EntryScreen(look, state)

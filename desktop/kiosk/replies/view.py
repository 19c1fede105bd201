"""My replies: shows the screen that the state names."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop.access.quiet import quietly
from desktop.i18n import tr
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
from desktop.theme.look import Look


class RepliesView(QWidget):
    """Signals: `did(name, value)`, every intent; `turned(screen)` when another screen of the
    steps has come on stage."""

    did = Signal(str, object)
    turned = Signal(object)
    back_pressed = Signal()

    def __init__(self, look: Look, name_of: NameOf) -> None:
        super().__init__()
        self.look, self._name_of = look, name_of
        self.screen_on: RepliesScreen | None = None
        self._key: object = None

    def show_state(self, state: RepliesState) -> None:
        """Show `state`; another question puts another screen on stage."""
        searching = state.searching and state.ask is not Ask.TYPED
        key = (state.ask, state.chosen, searching)
        if key == self._key and self.screen_on is not None:
            self.screen_on.show_state(state)
            return
        first, self._key = self.screen_on is None, key
        with quietly():
            screen = self._put_on(self._make(state, searching=searching))
        if not first:
            self.turned.emit(screen)

    def _put_on(self, screen: RepliesScreen) -> RepliesScreen:
        old, self.screen_on = self.screen_on, screen
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
        return screen

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

    def resizeEvent(self, event: QResizeEvent) -> None:
        if self.screen_on is not None:
            self.screen_on.setGeometry(self.rect())

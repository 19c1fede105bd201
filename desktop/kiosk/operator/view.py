"""The operator's screen: the PIN pad, the menu, and one page at a time."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout

from desktop.i18n import tr
from desktop.kiosk.operator.device_tests.view import (
    ContrastPanel,
    RulerPanel,
    SoundPanel,
    TouchPanel,
)
from desktop.kiosk.operator.exchange.enrolment_panel import ComparePanel, EnrolPanel
from desktop.kiosk.operator.exchange.rows_panel import RowsPanel
from desktop.kiosk.operator.exchange.status_panel import BundlePanel, SyncPanel
from desktop.kiosk.operator.exchange.stick_panel import CarrierPanel
from desktop.kiosk.operator.export_site_leave import ExportPanel, LeavePanel, SiteChoicePanel
from desktop.kiosk.operator.intents import EraseDigit, OperatorIntent, PressDigit
from desktop.kiosk.operator.menu import Menu, page_word
from desktop.kiosk.operator.overview.view import OverviewPanel
from desktop.kiosk.operator.panel import OperatorPanel
from desktop.kiosk.operator.pin.view import PinPad, short_note
from desktop.kiosk.operator.state import LOCKED, At, OperatorState
from desktop.theme.look import Look
from desktop.theme.type import Role
from desktop.widgets.clearing import clear
from desktop.widgets.header import Header
from desktop.widgets.measures import outer
from desktop.widgets.screen import Screen
from desktop.widgets.text import Text

#: What stands under the title of each page.
PANELS: dict[At, Callable[[Look], OperatorPanel]] = {
    At.PIN: PinPad,
    At.NEW: PinPad,
    At.AGAIN: PinPad,
    At.MENU: Menu,
    At.OVERVIEW: OverviewPanel,
    At.EXPORT: ExportPanel,
    At.TOUCH: TouchPanel,
    At.RULER: RulerPanel,
    At.CONTRAST: ContrastPanel,
    At.SOUND: SoundPanel,
    At.SITE: SiteChoicePanel,
    At.LEAVE: LeavePanel,
    At.ENROL: EnrolPanel,
    At.REQUEST: partial(CarrierPanel, at=At.REQUEST),
    At.PAPERS: partial(CarrierPanel, at=At.PAPERS),
    At.COMPARE: ComparePanel,
    At.BUNDLE: BundlePanel,
    At.WRITE: partial(CarrierPanel, at=At.WRITE),
    At.READ: partial(CarrierPanel, at=At.READ),
    At.RESCUE: partial(CarrierPanel, at=At.RESCUE),
    At.SYNC: SyncPanel,
    At.ROWS: RowsPanel,
}


class OperatorView(Screen[OperatorState, OperatorIntent]):
    def __init__(self, look: Look) -> None:
        role = Role.LEAD if look.crowded else Role.TITLE
        middle = Qt.AlignmentFlag.AlignVCenter
        self._title = Text(look, tr("운영자"), role, bold=True, align=middle)
        header = Header(look, back=tr("이전"), staff=False, middle=self._title)
        super().__init__(look, tr("운영자"), header, staff_foot=False)
        self._long_title = Text(look, "", role, bold=True)
        self._place = QVBoxLayout()
        self.body.addWidget(self._long_title)
        self.body.addLayout(self._place, 1)
        self._at: At | None = None
        self._panel: OperatorPanel | None = None

    def show_state(self, state: OperatorState) -> None:
        same_pad = self._at in LOCKED and state.at in LOCKED
        if state.at is not self._at and not same_pad:
            clear(self._place)
            self._panel = PANELS[state.at](self.look)
            self.pass_on(self._panel)
            self._place.addWidget(self._panel, 1)
            self.stepped.emit()
        self._at = state.at
        note = short_note(state) if self.look.tight else ""
        self._entitle(note or page_word(state.at))
        assert self._panel is not None
        self._panel.show_state(state)

    def _entitle(self, words: str) -> None:
        """Where height is scarce a title of two lines turns with its page."""
        look = self.look
        self._title.set_text(words)
        assert self.header is not None
        taken = 2 * look.px(outer(look)) + self.header.back.sizeHint().width() + look.px(18)
        long = look.tight and self._title.sizeHint().width() > look.metrics.width - taken
        self._long_title.setVisible(long)
        if long:
            self._long_title.set_text(words)
            self._title.set_text("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A keypad types the PIN too."""
        if self._at in LOCKED:
            if event.text().isdigit() and event.text().isascii():
                self.act(PressDigit(event.text()))
                return
            if event.key() == Qt.Key.Key_Backspace:
                self.act(EraseDigit())
                return
        super().keyPressEvent(event)

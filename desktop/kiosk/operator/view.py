"""The operator's screen: the PIN pad, the menu, and one page at a time."""

from __future__ import annotations

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
from desktop.kiosk.operator.exchange.parts import ExchangePanel
from desktop.kiosk.operator.exchange.rows_panel import RowsPanel
from desktop.kiosk.operator.exchange.status_panel import BundlePanel, SyncPanel
from desktop.kiosk.operator.exchange.stick_panel import CarrierPanel
from desktop.kiosk.operator.export_site_leave import ExportPanel, LeavePanel, SiteChoicePanel
from desktop.kiosk.operator.intents import EraseDigit, OperatorIntent, PressDigit
from desktop.kiosk.operator.menu import Menu, page_word
from desktop.kiosk.operator.overview.view import OverviewPanel
from desktop.kiosk.operator.panel import OperatorPanel
from desktop.kiosk.operator.pin.view import PinPad, short_note
from desktop.kiosk.operator.state import EXCHANGE, LOCKED, At, OperatorState
from desktop.theme.look import Look
from desktop.theme.type import Role
from desktop.widgets.clearing import clear
from desktop.widgets.header import Header
from desktop.widgets.measures import outer
from desktop.widgets.screen import Screen
from desktop.widgets.text import Text


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
            self._panel = self._make(state)
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

    def _make(self, state: OperatorState) -> OperatorPanel:
        look = self.look
        if state.at in LOCKED:
            return PinPad(look)
        if state.at in EXCHANGE:
            return exchange_panel(look, state.at)
        match state.at:
            case At.MENU:
                return Menu(look)
            case At.OVERVIEW:
                return OverviewPanel(look)
            case At.EXPORT:
                return ExportPanel(look)
            case At.TOUCH:
                return TouchPanel(look)
            case At.RULER:
                return RulerPanel(look)
            case At.CONTRAST:
                return ContrastPanel(look)
            case At.SOUND:
                return SoundPanel(look)
            case At.SITE:
                return SiteChoicePanel(look)
        return LeavePanel(look)

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


def exchange_panel(look: Look, at: At) -> ExchangePanel:
    """The page of exchange at `at`."""
    made = {
        At.ENROL: EnrolPanel,
        At.COMPARE: ComparePanel,
        At.BUNDLE: BundlePanel,
        At.SYNC: SyncPanel,
        At.ROWS: RowsPanel,
    }
    return made[at](look) if at in made else CarrierPanel(look, at)

"""Which projects to show: themes as chips, statuses behind one button."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import tr
from desktop.kiosk.map.state import MapState
from desktop.theme.look import Look
from desktop.theme.shapes import STATUS_ICONS, THEME_ICONS
from desktop.theme.type import Role
from desktop.widgets.button import PressButton, chip
from desktop.widgets.card import Card
from desktop.widgets.flow import Flow
from desktop.widgets.measures import outer
from desktop.widgets.pager import Pager
from desktop.widgets.text import Text
from desktop.words.project import status_word, theme_word

#: Between chips where this saves a second row, reference px (3.3 mm).
TIGHT_GAP = 12


class ThemeChips(QWidget):
    """전체, the six themes, and at the end the button for statuses.

    Signals: `theme_chosen(id, empty for all)`, `status_pressed`.
    """

    theme_chosen = Signal(str)
    status_pressed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._chips: dict[str, PressButton] = {"": chip(look, tr("전체"))}
        for theme in THEME_ICONS:
            self._chips[theme] = chip(look, theme_word(theme), tile=theme)
        for theme, each in self._chips.items():
            each.one_of = True
            each.setProperty("theme", theme)
            each.clicked.connect(self._clicked)
        self.status = PressButton(
            look,
            tr("모든 상태"),
            trailing="chevron-down",
            variant="chip",
            bold=False,
            height=68,
            padding=24,
            radius=40,
        )
        self.status.setObjectName("status-filter")
        self.status.clicked.connect(self.status_pressed)
        self._arrange([*self._chips.values(), self.status])

    def _arrange(self, chips: list[PressButton]) -> None:
        """One row; upright, two rows that fill the width where the words are short enough."""
        gap = self._look.px(15)
        halves = (chips[:4], chips[4:])
        room = self._look.metrics.width - 2 * self._look.px(outer(self._look))
        widths = [sum(c.sizeHint().width() for c in half) + 3 * gap for half in halves]
        if self._look.portrait and max(widths) <= room:
            rows = QVBoxLayout(self)
            rows.setContentsMargins(0, 0, 0, 0)
            rows.setSpacing(gap)
            for half in halves:
                row = QHBoxLayout()
                row.setSpacing(gap)
                for each in half:
                    row.addWidget(each, each.sizeHint().width())
                rows.addLayout(row)
        else:
            wide = sum(c.sizeHint().width() for c in chips)
            if wide + 7 * gap > room >= wide + 7 * self._look.px(TIGHT_GAP):
                gap = self._look.px(TIGHT_GAP)
            flow = Flow(self, gap, self._look.px(15), push_last=True)
            for each in chips:
                flow.addWidget(each)

    def show_state(self, state: MapState) -> None:
        for theme, each in self._chips.items():
            each.setChecked(theme == (state.theme or ""))
        words = status_word(state.status) if state.status else tr("모든 상태")
        self.status.set_text(words)
        self.status.setAccessibleName(tr("상태 고르기: {status}", status=words))

    def _clicked(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, PressButton):
            # A chip pressed again stays chosen; 전체 is the way back.
            pressed.setChecked(True)
            self.theme_chosen.emit(str(pressed.property("theme")))


class StatusPanel(Card):
    """The six statuses and 모든 상태, one of them chosen. The button that opened it closes it.

    Signal: `chosen(id, empty for all)`.
    """

    chosen = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        column = self.column(22, 16, 22, 12, gap=12)
        column.addWidget(Text(look, tr("상태 고르기"), Role.LEAD, bold=True))
        content = QWidget()
        rows = QVBoxLayout(content)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(look.px(12))
        self._choices: dict[str, PressButton] = {}
        for status in ("", *STATUS_ICONS):
            words = status_word(status) if status else tr("모든 상태")
            icon = STATUS_ICONS[status] if status else "list"
            button = PressButton(
                look, words, icon=icon, height=60, checkable=True, align_left=True, bold=False
            )
            button.one_of = True
            button.setProperty("status", status)
            button.clicked.connect(self._clicked)
            self._choices[status] = button
            rows.addWidget(button)
        rows.addStretch(1)
        column.addWidget(Pager(look, content), 1)

    def show_state(self, state: MapState) -> None:
        for status, button in self._choices.items():
            button.setChecked(status == (state.status or ""))

    def _clicked(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, PressButton):
            pressed.setChecked(True)
            self.chosen.emit(str(pressed.property("status")))

"""Which projects to show: themes as chips, statuses behind one button."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import tr
from desktop.kiosk.map.intents import ChooseStatus, ChooseTheme, MapIntent, TurnStatuses
from desktop.kiosk.map.state import MapState
from desktop.theme.look import Look
from desktop.theme.shapes import STATUS_ICONS, THEME_ICONS
from desktop.theme.type import Role
from desktop.widgets.button import PressButton, chip
from desktop.widgets.flow import Flow
from desktop.widgets.measures import outer
from desktop.widgets.pager import Pager
from desktop.widgets.text import Text
from desktop.widgets.view import CardPart, ViewPart
from desktop.words.project import status_word, theme_word

#: Between chips where this saves a second row, reference px (3.3 mm).
TIGHT_GAP = 12


class ThemeChips(ViewPart[MapIntent]):
    """전체, the six themes, and at the end the button for statuses."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._chips: dict[str | None, PressButton] = {None: chip(look, tr("전체"))}
        self._chips |= {each: chip(look, theme_word(each), tile=each) for each in THEME_ICONS}
        for theme, each in self._chips.items():
            each.one_of = True
            # A chip pressed again stays chosen; 전체 is the way back.
            each.setObjectName(f"theme-{theme or 'all'}")
            each.tells(self.act, ChooseTheme(theme))
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
        self.status.tells(self.act, TurnStatuses())
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
            each.setChecked(theme == state.theme)
        words = status_word(state.status) if state.status else tr("모든 상태")
        self.status.set_text(words)
        self.status.setAccessibleName(tr("상태 고르기: {status}", status=words))


class StatusPanel(CardPart[MapIntent]):
    """The six statuses and 모든 상태. Beside a map one tap makes the choice and closes it;
    so does the button that opened it."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        column = self.column(22, 16, 22, 12, gap=12)
        column.addWidget(Text(look, tr("상태 고르기"), Role.LEAD, bold=True))
        content = QWidget()
        rows = QVBoxLayout(content)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(look.px(12))
        self._choices: dict[str | None, PressButton] = {}
        for status in (None, *STATUS_ICONS):
            words = status_word(status) if status else tr("모든 상태")
            icon = STATUS_ICONS[status] if status else "list"
            button = PressButton(
                look, words, icon=icon, height=60, checkable=True, align_left=True, bold=False
            )
            button.one_of = True
            button.setObjectName(f"status-{status or 'all'}")
            button.tells(self._choose, status)
            self._choices[status] = button
            rows.addWidget(button)
        rows.addStretch(1)
        column.addWidget(Pager(look, content), 1)

    def show_state(self, state: MapState) -> None:
        for status, button in self._choices.items():
            button.setChecked(status == state.status)

    def _choose(self, status: str | None) -> None:
        self.act(ChooseStatus(status))
        self.act(TurnStatuses())

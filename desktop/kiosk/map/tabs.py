"""The map screen in one column: map or list, and the filters as a page of their own."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.i18n import tr
from desktop.kiosk.map.intents import (
    ChooseStatus,
    ChooseTab,
    ChooseTheme,
    ListCityWide,
    MapIntent,
    TurnStatuses,
)
from desktop.kiosk.map.state import MapState, MapTab, Panel
from desktop.map.caption import is_scarce
from desktop.theme.look import Look
from desktop.theme.shapes import STATUS_ICONS, THEME_ICONS
from desktop.theme.type import Role
from desktop.widgets.button import PressButton
from desktop.widgets.flow import Flow
from desktop.widgets.measures import outer
from desktop.widgets.pager import Pager
from desktop.widgets.text import Text
from desktop.widgets.view import CardPart, ViewPart
from desktop.words.project import status_word, theme_word


class MapTabs(ViewPart[MapIntent]):
    """지도 | 목록 | 시 전역, and 고르기 with what is filtered now."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        row = Flow(self, look.px(12), look.px(15), push_last=True)
        self.map = self._tab(tr("지도"), "map")
        self.list = self._tab(tr("목록"), "list")
        self.city = self._tab(tr("시 전역"), "layers")
        self.filters = PressButton(
            look,
            tr("고르기"),
            trailing=None if is_scarce(look) else "chevron-down",
            height=84,
            padding=self._padding,
        )
        self._tabs = {MapTab.MAP: self.map, MapTab.LIST: self.list, MapTab.CITY: self.city}
        for tab, button in self._tabs.items():
            button.tells(self._choose, tab)
            row.addWidget(button)
        # With little room 시 전역 stands on the page of filters.
        self.city.setVisible(not is_scarce(look))
        self.filters.tells(self.act, TurnStatuses())
        row.addWidget(self.filters)

    @property
    def _one_row(self) -> bool:
        """Where a second row would be taken from so low a map."""
        return self._look.tight or (is_scarce(self._look) and self._look.portrait)

    @property
    def _padding(self) -> float:
        if is_scarce(self._look):
            return 8 if self._look.tight else 16
        return 20 if self._look.portrait else 28

    def _tab(self, words: str, icon: str) -> PressButton:
        return PressButton(
            self._look, words, icon=icon, checkable=True, height=84, padding=self._padding
        )

    def _fits_one_row(self) -> bool:
        buttons = (self.map, self.list, self.city, self.filters)
        gaps = (len(buttons) - 1) * self._look.px(12)
        room = self._look.metrics.width - 2 * self._look.px(outer(self._look))
        return sum(b.sizeHint().width() for b in buttons) + gaps <= room

    def show_state(self, state: MapState) -> None:
        city_wide = state.panel is Panel.CITY_WIDE
        self.map.setChecked(not state.list_tab)
        if self._one_row:
            # The header has room for the way to the other only, and for the way back to all rows.
            part = state.panel in (Panel.CITY_WIDE, Panel.GROUP)
            self.map.setVisible(state.list_tab)
            self.list.setVisible(not state.list_tab or part)
            self.filters.setVisible(not (state.list_tab and part))
        self.list.setChecked(state.list_tab and not (city_wide and not is_scarce(self._look)))
        self.city.setChecked(state.list_tab and city_wide)
        shown = state.group if state.panel is Panel.GROUP else state.listing
        self.list.set_text(tr("목록 {n}건", n=len(shown)))
        self.city.set_text(tr("시 전역 {n}건", n=len(state.city_wide)))
        chosen = [theme_word(state.theme)] if state.theme else []
        chosen += [status_word(state.status)] if state.status else []
        self.filters.set_text(", ".join(chosen) if chosen else tr("고르기"))
        if is_scarce(self._look):
            self.list.set_text(tr("목록"))
            self.filters.set_text(tr("고르기"))
        elif self._look.low and not self._fits_one_row():
            # In the low position a row is worth more than the numbers.
            self.list.set_text(tr("목록"))
            self.city.set_text(tr("시 전역"))

    def _choose(self, tab: MapTab) -> None:
        self._tabs[tab].setChecked(True)
        self.act(ChooseTab(tab))


class FilterPanel(CardPart[MapIntent]):
    """Themes and statuses on one page that waits for 이대로 보기; 시 전역 where it is no tab."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        scarce = is_scarce(look)
        edge = 8 if scarce else 20
        column = self.column(26, edge, 26, edge, gap=12)
        content = QWidget()
        page = QVBoxLayout(content)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(look.px(18))
        self._themes = {theme: self._theme(theme) for theme in (None, *THEME_ICONS)}
        self._statuses = {status: self._status(status) for status in (None, *STATUS_ICONS)}
        for theme, button in self._themes.items():
            button.tells(self.act, ChooseTheme(theme))
        for status, button in self._statuses.items():
            button.tells(self.act, ChooseStatus(status))
        page.addWidget(Text(look, tr("분야"), Role.LEAD, bold=True))
        page.addWidget(self._choices(self._themes.values()))
        page.addWidget(Text(look, tr("상태"), Role.LEAD, bold=True))
        page.addWidget(self._choices(self._statuses.values()))
        self._city = PressButton(look, tr("시 전역"), icon="layers", height=84)
        self._city.tells(self.act, ListCityWide())
        page.addWidget(self._city)
        self._city.setVisible(scarce)
        page.addStretch(1)
        column.addWidget(Pager(look, content), 1)
        close = PressButton(look, tr("이대로 보기"), icon="check", variant="main", height=84)
        close.tells(self.act, TurnStatuses())
        # With little room the tabs stay beside the filters and close them.
        column.addWidget(close)
        close.setVisible(not scarce)

    def _choices(self, buttons: Iterable[PressButton]) -> QWidget:
        box = QWidget()
        flow = Flow(box, self.look.px(15), self.look.px(15))
        for button in buttons:
            button.one_of = True
            flow.addWidget(button)
        return box

    def _theme(self, theme: str | None) -> PressButton:
        words = theme_word(theme) if theme else tr("전체")
        return PressButton(self.look, words, tile=theme, checkable=True, bold=False)

    def _status(self, status: str | None) -> PressButton:
        words = status_word(status) if status else tr("모든 상태")
        icon = STATUS_ICONS[status] if status else "list"
        return PressButton(self.look, words, icon=icon, checkable=True, bold=False)

    def show_state(self, state: MapState) -> None:
        self._city.set_text(tr("시 전역 사업 {n}건", n=len(state.city_wide)))
        for theme, button in self._themes.items():
            button.setChecked(theme == state.theme)
        for status, button in self._statuses.items():
            button.setChecked(status == state.status)

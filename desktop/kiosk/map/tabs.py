"""The map screen in one column: map or list, and the filters as a page of their own."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.i18n import tr
from desktop.kiosk.map.state import MapState, Panel
from desktop.map.caption import is_scarce
from desktop.theme.look import Look
from desktop.theme.shapes import STATUS_ICONS, THEME_ICONS
from desktop.theme.type import Role
from desktop.widgets.button import PressButton
from desktop.widgets.card import Card
from desktop.widgets.flow import Flow
from desktop.widgets.measures import outer
from desktop.widgets.pager import Pager
from desktop.widgets.text import Text
from desktop.words.project import status_word, theme_word


class MapTabs(QWidget):
    """지도 | 목록 | 시 전역, and 고르기 with what is filtered now.

    Signals: `tab_chosen("map", "list" or "city")`, `filters_pressed`.
    """

    tab_chosen = Signal(str)
    filters_pressed = Signal()

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
        for tab, button in (("map", self.map), ("list", self.list), ("city", self.city)):
            button.setProperty("tab", tab)
            button.clicked.connect(self._clicked)
            row.addWidget(button)
        # With little room 시 전역 stands on the page of filters.
        self.city.setVisible(not is_scarce(look))
        self.filters.clicked.connect(self.filters_pressed)
        row.addWidget(self.filters)

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
        if self._look.tight:
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

    def _clicked(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, PressButton):
            pressed.setChecked(True)
            self.tab_chosen.emit(str(pressed.property("tab")))


class FilterPanel(Card):
    """Themes and statuses on one page, and 시 전역 where it is no tab.

    Signals: `theme_chosen(id)`, `chosen(status id)`, `closed`, `city_wide_pressed`; empty ids mean
    all.
    """

    theme_chosen = Signal(str)
    chosen = Signal(str)
    closed = Signal()
    city_wide_pressed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        scarce = is_scarce(look)
        edge = 8 if scarce else 20
        column = self.column(26, edge, 26, edge, gap=12)
        content = QWidget()
        page = QVBoxLayout(content)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(look.px(18))
        self._themes: dict[str, PressButton] = {}
        self._statuses: dict[str, PressButton] = {}
        page.addWidget(Text(look, tr("분야"), Role.LEAD, bold=True))
        page.addWidget(self._choices(self._themes, ("", *THEME_ICONS), "theme"))
        page.addWidget(Text(look, tr("상태"), Role.LEAD, bold=True))
        page.addWidget(self._choices(self._statuses, ("", *STATUS_ICONS), "status"))
        self._city = PressButton(look, tr("시 전역"), icon="layers", height=84)
        self._city.clicked.connect(self.city_wide_pressed)
        page.addWidget(self._city)
        self._city.setVisible(scarce)
        page.addStretch(1)
        column.addWidget(Pager(look, content), 1)
        close = PressButton(look, tr("이대로 보기"), icon="check", variant="main", height=84)
        close.clicked.connect(self.closed)
        # With little room the tabs stay beside the filters and close them.
        column.addWidget(close)
        close.setVisible(not scarce)

    def _choices(self, into: dict[str, PressButton], ids: tuple[str, ...], what: str) -> QWidget:
        box = QWidget()
        flow = Flow(box, self.look.px(15), self.look.px(15))
        for ident in ids:
            button = self._choice(ident, what)
            button.setProperty(what, ident)
            into[ident] = button
            flow.addWidget(button)
        return box

    def _choice(self, ident: str, what: str) -> PressButton:
        look = self.look
        if what == "theme":
            words = theme_word(ident) if ident else tr("전체")
            button = PressButton(look, words, tile=ident or None, checkable=True, bold=False)
            button.one_of = True
            button.clicked.connect(self._theme_clicked)
        else:
            words = status_word(ident) if ident else tr("모든 상태")
            icon = STATUS_ICONS[ident] if ident else "list"
            button = PressButton(look, words, icon=icon, checkable=True, bold=False)
            button.one_of = True
            button.clicked.connect(self._status_clicked)
        return button

    def show_state(self, state: MapState) -> None:
        self._city.set_text(tr("시 전역 사업 {n}건", n=len(state.city_wide)))
        for theme, button in self._themes.items():
            button.setChecked(theme == (state.theme or ""))
        for status, button in self._statuses.items():
            button.setChecked(status == (state.status or ""))

    def _theme_clicked(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, PressButton):
            pressed.setChecked(True)
            self.theme_chosen.emit(str(pressed.property("theme")))

    def _status_clicked(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, PressButton):
            pressed.setChecked(True)
            self.chosen.emit(str(pressed.property("status")))

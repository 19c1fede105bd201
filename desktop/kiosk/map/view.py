"""The map screen: chips above, the list beside the map, or a dong in its place."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from db.records.landmarks import Landmark
from desktop.i18n import tr
from desktop.kiosk.map.dong_panel import DongPanel
from desktop.kiosk.map.filters import StatusPanel, ThemeChips
from desktop.kiosk.map.intents import ListGroup, MapIntent, OpenDong, TurnArrows
from desktop.kiosk.map.list_panel import ListPanel
from desktop.kiosk.map.state import OF_DONG, MapState, Panel
from desktop.kiosk.map.tabs import FilterPanel, MapTabs
from desktop.kiosk.shell.intents import MoveMap, OpenProject
from desktop.map.caption import is_scarce
from desktop.map.city import City
from desktop.map.from_records import here_of, pins_of, places_of
from desktop.map.stage import MapStage
from desktop.map.viewport import MapPosition
from desktop.theme.look import Look
from desktop.widgets.header import Header
from desktop.widgets.measures import outer
from desktop.widgets.screen import Screen

#: Beyond this many pins the map waits for the typing to pause; the list never does.
AT_ONCE = 400
PAUSE_MS = 150
#: Heights under the map in portrait, to the map's 860: the list, and a dong with its figures.
LIST_SHARE, DONG_SHARE = 580, 760
#: Reference px of the list beside the map; English names are long.
SIDE_WIDTH, SIDE_WIDTH_ENGLISH = 608, 760
#: Less height than this (reference px) means the keyboard is open; by (portrait, low position).
TYPING_BELOW = {(False, False): 600, (False, True): 500, (True, False): 1450, (True, True): 560}
#: Height (reference px) of the search and one row, by (large letters, upright): an upright panel
#: has its bell at the foot.
LEAST_UNDER_HEAD = {
    (False, False): 226, (True, False): 288, (False, True): 296, (True, True): 550,
}  # fmt: skip
QWIDGETSIZE_MAX = 16_777_215


class MapView(Screen[MapState, MapIntent]):
    def __init__(
        self,
        look: Look,
        city: City,
        landmarks: tuple[Landmark, ...],
        state: MapState,
        site: str | None = None,
    ) -> None:
        """`site` is the name of the library where the kiosk stands: 여기 says it already."""
        title = tr("지도에서 사업 보기")
        self.tabs: MapTabs | None = None
        if is_scarce(look):
            # Every row counts: the tabs say what the title would.
            self.tabs = MapTabs(look)
            header = Header(look, back=tr("이전"), middle=self.tabs, staff=not look.portrait)
        else:
            header = Header(look, title, back=tr("이전"))
        super().__init__(look, title, header, gap=12 if look.tight else 4, fixed=True)
        self._landmarks, self._site = landmarks, site
        self._state: MapState | None = None
        self._dong_header = Header(look, tr("동 살펴보기"), back=tr("이전"))
        assert self.header is not None
        self._dong_header.setMinimumHeight(self.header.minimumHeight())
        self._dong_header.back_pressed.connect(self.go_back)
        root = self.layout()
        assert isinstance(root, QVBoxLayout)
        root.insertWidget(1, self._dong_header)
        self._dong_header.hide()
        self.stage = MapStage(look, city, position=state.position, legend=True)
        self.stage.show_arrows(state.arrows)
        self.panel = ListPanel(look)
        self._beside = QVBoxLayout()
        self._beside.setContentsMargins(0, 0, 0, 0)
        self._dong: DongPanel | None = None
        self.chips: ThemeChips | None = None
        self.status: StatusPanel | FilterPanel
        if look.compact:
            self._one_column()
        elif look.portrait:
            self._tall()
        else:
            self._wide()
        self._connect()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._show_pins)

    # Shapes

    def _filters(self) -> None:
        self.chips = ThemeChips(self.look)
        self.status = StatusPanel(self.look)
        self.body.addWidget(self.chips)
        self._beside.addWidget(self.panel, 1)
        self._beside.addWidget(self.status, 1)

    def _wide(self) -> None:
        look = self.look
        self.body.setSpacing(look.px(18))
        self._filters()
        row = QHBoxLayout()
        row.setSpacing(look.px(24))
        self._side = QWidget()
        self._side.setLayout(self._beside)
        self._side.setFixedWidth(self._side_width)
        row.addWidget(self._side)
        row.addWidget(self.stage, 1)
        self.body.addLayout(row, 1)

    @property
    def _side_width(self) -> int:
        return self.look.px(SIDE_WIDTH if self.look.korean else SIDE_WIDTH_ENGLISH)

    def _tall(self) -> None:
        self._filters()
        self.body.addWidget(self.stage, 860)
        self._side = QWidget()
        self._side.setLayout(self._beside)
        self.body.addWidget(self._side, LIST_SHARE)

    def _one_column(self) -> None:
        self.status = FilterPanel(self.look)
        if self.tabs is None:
            self.tabs = MapTabs(self.look)
            self.body.addWidget(self.tabs)
        self.body.addWidget(self.stage, 1)
        self._beside.addWidget(self.panel, 1)
        self._beside.addWidget(self.status, 1)
        self._side = QWidget()
        self._side.setLayout(self._beside)
        self.body.addWidget(self._side, 1)

    def _connect(self) -> None:
        canvas = self.stage.canvas
        canvas.pin_chosen.connect(self._open_project)
        canvas.cluster_chosen.connect(self._list_group)
        canvas.cluster_parted.connect(self.stepped)
        canvas.dong_chosen.connect(self._open_dong)
        canvas.viewport_changed.connect(self._on_viewport)
        self.stage.arrows_toggled.connect(self._turn_arrows)
        self.pass_on(self.panel)
        self.pass_on(self.status)
        if self.chips is not None:
            self.pass_on(self.chips)
        if self.tabs is not None:
            self.pass_on(self.tabs)

    def _open_project(self, project: str) -> None:
        self.act(OpenProject(project))

    def _list_group(self, projects: tuple[str, ...]) -> None:
        self.act(ListGroup(projects))

    def _open_dong(self, code: str) -> None:
        self.act(OpenDong(code))

    def _turn_arrows(self, shown: bool) -> None:
        self.act(TurnArrows(shown))

    # State

    def show_state(self, state: MapState) -> None:
        before, self._state = self._state, state
        if self.chips is not None:
            self.chips.show_state(state)
        if self.tabs is not None:
            self.tabs.show_state(state)
        self._render_dong(state)
        if state.panel not in OF_DONG:
            self.panel.show_state(state)
        self.status.show_state(state)
        self._show_parts(state)
        self._render_map(before, state)
        if before is not None and (before.panel, before.dong) != (state.panel, state.dong):
            self.stepped.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._state is not None:
            self._show_parts(self._state)

    def _keyboard_open(self) -> bool:
        """True when the on-screen keyboard has taken so much that only what is found fits."""
        if self.look.shallow:  # its screens are as low without one
            return self.over_keyboard
        return self.height() < self.look.px(TYPING_BELOW[self.look.portrait, self.look.low])

    def _show_parts(self, state: MapState) -> None:
        """Which parts are on the screen: by the panel, the tab, and the height that is left."""
        in_dong, choosing = state.panel in OF_DONG, state.panel is Panel.STATUS
        typing = not in_dong and not choosing and self._keyboard_open()
        assert self.header is not None
        # The way back and the bell stay over the keyboard wherever a row is left under them.
        look, head = self.look, self.header
        inside = self.width() - 2 * look.px(outer(look))
        high = max(head.minimumHeight(), head.heightForWidth(inside))
        least = high + look.px(LEAST_UNDER_HEAD[look.large, look.portrait])
        headless = typing and self.height() < least
        self.header.setVisible(not in_dong and not headless)
        self._dong_header.setVisible(in_dong)
        self.panel.setVisible(not in_dong and not choosing)
        self.panel.make_room_for_rows(typing)
        self.status.setVisible(choosing)
        alone = typing or (self.tabs is not None and (state.list_tab or in_dong or choosing))
        self.stage.setVisible(not alone)
        if self.chips is not None:
            self.chips.setVisible(not in_dong and not typing)
        if self.tabs is not None:
            self._side.setVisible(alone)
            in_header = is_scarce(self.look)
            tabs_fit = in_header or not (typing or choosing)
            self.tabs.setVisible(not in_dong and tabs_fit)
        elif self.look.portrait:
            self.body.setStretchFactor(self._side, DONG_SHARE if in_dong else LIST_SHARE)
        else:
            wide = self._side_width
            self._side.setMinimumWidth(wide)
            self._side.setMaximumWidth(QWIDGETSIZE_MAX if typing else wide)

    def _render_dong(self, state: MapState) -> None:
        dong = state.dong if state.panel in OF_DONG else None
        shown = self._dong.code if self._dong is not None else None
        if shown != (dong.code if dong else None):
            if self._dong is not None:
                self._dong.hide()
                self._dong.setParent(None)
                self._dong.deleteLater()
                self._dong = None
            if dong is not None:
                self._dong = DongPanel(self.look, dong)
                self.pass_on(self._dong)
                self._beside.addWidget(self._dong, 1)
        if self._dong is not None:
            self._dong.show_state(state)

    def _render_map(self, before: MapState | None, state: MapState) -> None:
        canvas = self.stage.canvas
        if before is None:
            canvas.show_here(here_of(state.here))
            self._show_places()
        if before is None or before.dong != state.dong:
            canvas.select_dong(state.dong.code if state.dong else None)
            if before is not None and state.dong is not None:
                canvas.fit_dong(state.dong.code)
            elif before is not None and before.return_to is not None:
                canvas.set_position(before.return_to, animate=True)
        if before is None or before.listing is not state.listing:
            if before is not None and max(len(before.listing), len(state.listing)) > AT_ONCE:
                self._pause.start()
            else:
                self._show_pins()
        canvas.select_pin(state.selected)
        if before is None and state.selected is not None:
            canvas.reveal(state.selected)
        if state.arrows != self.stage.move_map.isChecked():
            self.stage.show_arrows(state.arrows)

    def _show_pins(self) -> None:
        if self._state is not None:
            self.stage.canvas.show_pins(pins_of(self.look, self._state.listing))

    def _show_places(self) -> None:
        canvas = self.stage.canvas
        zoom = canvas.position.zoom
        canvas.show_places(places_of(self.look, self._landmarks, zoom, self._site))

    def _on_viewport(self, position: MapPosition) -> None:
        self._show_places()
        self.act(MoveMap(position))

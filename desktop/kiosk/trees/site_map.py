"""나무 지도: every recorded site as a tree, the same sites as a list beside it."""

from __future__ import annotations

from math import hypot

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from db.records.trees import Planting
from desktop.i18n import tr
from desktop.kiosk.shell.intents import MoveMap
from desktop.kiosk.shell.routes import TreesTopic
from desktop.kiosk.trees.intents import ChooseTopicTab, ShowSite, TreesIntent
from desktop.kiosk.trees.site_panel import SiteList, SitePanel, shown_plantings
from desktop.kiosk.trees.state import TopicTab, TreesState
from desktop.kiosk.trees.topic_view import note
from desktop.map.city import City
from desktop.map.features import Pin, TreeSpot
from desktop.map.from_records import here_of
from desktop.map.painting import tree_height
from desktop.map.projection import to_world
from desktop.map.stage import MapStage
from desktop.map.viewport import MapPosition
from desktop.theme.look import Look
from desktop.widgets.button import PressButton
from desktop.widgets.flow import Flow
from desktop.widgets.header import Header
from desktop.widgets.pager import Pager
from desktop.widgets.screen import Screen

#: Reference px per metre at which the sites of the whole city fit.
WHOLE_CITY = 0.062
#: A finger's reach round a tree, reference px.
REACH = 48


class TreesMapView(Screen[TreesState, TreesIntent]):
    def __init__(self, look: Look, state: TreesState, city: City) -> None:
        title = tr("나무 지도")
        super().__init__(look, title, Header(look, title, back=tr("이전")), fixed=not look.compact)
        self._plantings: tuple[Planting, ...] = ()
        self.spots: tuple[TreeSpot, ...] = ()
        self._shown: tuple[TopicTab | None, str | None] | None = None
        position = state.position or MapPosition(0, 0, WHOLE_CITY)
        self.stage = MapStage(look, city, position=position, pick=True, legend=False)
        self.stage.canvas.place_chosen.connect(self._place_tapped)
        self.stage.canvas.viewport_changed.connect(self._moved)
        self._side = QWidget()
        self._side_column = QVBoxLayout(self._side)
        self._side_column.setContentsMargins(0, 0, 0, 0)
        self._side_column.setSpacing(look.px(15))
        self._panel: QWidget | None = None
        self._listing: QVBoxLayout | None = None
        self._chips: dict[TopicTab, PressButton] = {}
        self._list_first: PressButton | None = None
        self._lay_out()

    def _lay_out(self) -> None:
        look = self.look
        self._chip_box = chips = self._chip_row()
        if look.compact:
            self.body.addWidget(chips)
            self.body.addWidget(self._side, 1)
            self.body.addWidget(self.stage, 1)
            self.stage.hide()
        elif look.portrait:
            self.body.addWidget(chips)
            self.body.addWidget(self.stage, 5)
            self.body.addWidget(self._side, 4)
        else:
            row = QHBoxLayout()
            row.setSpacing(look.px(24))
            self._side.setFixedWidth(look.px(608))
            self._side_column.addWidget(chips)
            row.addWidget(self._side)
            row.addWidget(self.stage, 1)
            self.body.addLayout(row, 1)

    def _chip_row(self) -> QWidget:
        look = self.look
        box = QWidget()
        flow = Flow(box, gap=look.px(15))
        for tab, words in (
            (TopicTab.CONFIRMED, tr("보도로 확인")),
            (TopicTab.ANNOUNCED, tr("발표된 계획")),
        ):
            chip = PressButton(look, words, variant="chip", height=72, radius=36, checkable=True)
            chip.one_of = True
            chip.setObjectName(tab)
            chip.tells(self.act, ChooseTopicTab(tab))
            self._chips[tab] = chip
            flow.addWidget(chip)
        if look.compact:
            self._list_first = PressButton(look, tr("지도로 보기"), icon="map", height=72)
            self._list_first.clicked.connect(self._swap)
            flow.addWidget(self._list_first)
        return box

    def _swap(self) -> None:
        """Large letters: the list and the map take turns."""
        to_map = not self.stage.isVisible()
        self._side.setVisible(not to_map)
        self.stage.setVisible(to_map)
        assert self._list_first is not None
        self._list_first.set_icon("list" if to_map else "map")
        self._list_first.set_text(tr("목록으로 보기") if to_map else tr("지도로 보기"))
        self._place_chips()

    def _place_chips(self) -> None:
        """On a shallow panel the chips are paged with the list; over the map the way back to the
        list is enough."""
        if not self.look.shallow:
            return
        on_map = self.stage.isVisibleTo(self)
        for chip in self._chips.values():
            chip.setVisible(not on_map)
        if on_map:
            self.body.insertWidget(0, self._chip_box)
        elif self._listing is not None:
            self._listing.insertWidget(0, self._chip_box)

    def _moved(self, position: MapPosition) -> None:
        self.act(MoveMap(position))

    def _show_site(self, planting: str | None) -> None:
        self.act(ShowSite(planting))

    # -- state ---------------------------------------------------------------------------------

    def show_state(self, state: TreesState) -> None:
        # A view lives until its successor stands: states of other topics are not for it.
        if state.topic is not TreesTopic.MAP or self._shown == (state.tab, state.selected):
            return
        self._shown = (state.tab, state.selected)
        for tab, chip in self._chips.items():
            chip.setChecked(tab is state.tab)
        self._plantings = shown_plantings(state.ledger, state.tab)
        chosen = next((p for p in state.ledger.plantings if p.id == state.selected), None)
        self._show_trees(state, chosen)
        self._show_panel(state, chosen)

    def _show_trees(self, state: TreesState, chosen: Planting | None) -> None:
        canvas, language = self.stage.canvas, self.look.language
        canvas.show_here(here_of(state.here))
        self.spots = tuple(
            TreeSpot(p.id, p.lat, p.lon, state.ledger.glyph(p.species), p.trees, p.place(language))
            for p in self._plantings
            if p.lat is not None and p.lon is not None
        )
        canvas.show_trees(self.spots)
        if chosen is None or chosen.lat is None or chosen.lon is None:
            canvas.show_pins(())
            return
        name = chosen.place(language)
        canvas.show_pins((Pin(chosen.id, chosen.lat, chosen.lon, "garden", name, area_hint=True),))
        canvas.select_pin(chosen.id)
        canvas.reveal(chosen.id)

    def _show_panel(self, state: TreesState, chosen: Planting | None) -> None:
        if self._panel is not None:
            if self.look.shallow:
                self.body.insertWidget(0, self._chip_box)  # out of what is thrown away
            self._panel.hide()
            self._panel.setParent(None)
            self._panel.deleteLater()
        look = self.look
        if chosen is None:
            listed = SiteList(look, state.ledger, self._plantings, self._show_site)
            box = QWidget()
            column = QVBoxLayout(box)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(look.px(15))
            placed = sum(1 for p in self._plantings if p.lat is not None)
            words = tr(
                "기록 {n}건 가운데 {placed}건의 자리를 어림했습니다. 나무가 크면 수가 많습니다.",
                n=len(self._plantings),
                placed=placed,
            )
            column.addWidget(note(look, words))
            column.addWidget(listed)
            self._listing = column
            content: QWidget = box
        else:
            beside = self._beside(chosen)
            content = SitePanel(look, state.ledger, chosen, beside, self._show_site)
            self._listing = None
            if look.compact and self.stage.isVisible():
                self._swap()
        self._panel = Pager(look, content)
        self._side_column.addWidget(self._panel, 1)
        self._place_chips()

    def _beside(self, chosen: Planting) -> tuple[Planting, ...]:
        """The other shown records at the same point."""
        if chosen.lat is None:
            return ()
        here = (chosen.lat, chosen.lon)
        return tuple(p for p in self._plantings if (p.lat, p.lon) == here and p is not chosen)

    def _place_tapped(self, lat: float, lon: float) -> None:
        """Choose the tree nearest to a tap; a tap beside all trees closes the panel."""
        zoom = self.stage.canvas.position.zoom
        x, y = to_world(lat, lon)
        near: list[tuple[float, str]] = []
        for spot in self.spots:
            foot_x, foot_y = to_world(spot.lat, spot.lon)
            crown = tree_height(spot.trees) / 2
            away = hypot((x - foot_x) * zoom, (y - foot_y) * zoom + crown)
            if away <= REACH:
                near.append((away, spot.ident))
        self._show_site(min(near)[1] if near else None)

"""Where a resident planted: the dong, by a tap on the map or from the list beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import tr
from desktop.kiosk.planted.intents import ChooseDong
from desktop.kiosk.planted.state import PlantedState
from desktop.kiosk.planted.steps import QuestionStep
from desktop.kiosk.shell.intents import MoveMap
from desktop.map.city import City
from desktop.map.projection import to_world
from desktop.map.stage import MapStage
from desktop.map.viewport import MapPosition
from desktop.theme.look import Look
from desktop.widgets.button import PressButton
from desktop.widgets.pager import Pager
from desktop.widgets.text import Text


class PlantedPlaceStep(QuestionStep):
    def __init__(
        self,
        look: Look,
        state: PlantedState,
        city: City,
        here: tuple[float, float] | None = None,
    ) -> None:
        super().__init__()
        self._look, self._city = look, city
        self._dongs: dict[str | None, PressButton] = {}
        self._own_dong = city.dong_at(*to_world(*here)) if here else None
        self._names = self._list()
        self._said = Text(look, "", bold=True)
        stacked = look.compact or look.portrait
        if look.compact:
            # Large letters and narrow panels leave no room for a map: the list is the same choice.
            self._map: MapStage | None = None
        else:
            self._map = MapStage(look, city, position=state.position, legend=False)
            self._map.setObjectName("place-map")
            self._map.canvas.dong_chosen.connect(self._dong_tapped)
            self._map.canvas.viewport_changed.connect(self._moved)
        left = QVBoxLayout()
        left.setSpacing(look.px(12))
        left.addWidget(self._said)
        # Without a map the whole step is paged by its screen.
        left.addWidget(self._names if look.compact else Pager(look, self._names), 1)
        frame: QHBoxLayout | QVBoxLayout = QVBoxLayout(self) if stacked else QHBoxLayout(self)
        frame.setContentsMargins(0, 0, 0, 0)
        frame.setSpacing(look.px(24))
        if stacked:
            if self._map is not None:
                frame.addWidget(self._map, 5)
            frame.addLayout(left, 4)
        else:
            frame.addLayout(left, 2)
            if self._map is not None:
                frame.addWidget(self._map, 3)
        self.show_state(state)

    def _list(self) -> QWidget:
        """All legal dongs by name; the way out of not knowing and the kiosk's own dong first."""
        look = self._look
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, look.px(6))
        grid.setSpacing(look.px(15))
        dongs = sorted(
            self._city.dongs, key=lambda d: (d is not self._own_dong, d.name(look.language))
        )
        across = 1 if look.large or not look.korean else 2
        self._button(grid, None, tr("동은 잘 모름"), 0, 0, across)
        for number, dong in enumerate(dongs):
            words = dong.name(look.language)
            self._button(grid, dong.spot.name_ko, words, 1 + number // across, number % across, 1)
        for column in range(across):
            grid.setColumnStretch(column, 1)
        return box

    def _button(
        self, grid: QGridLayout, name: str | None, words: str, row: int, column: int, span: int
    ) -> None:
        button = PressButton(self._look, words, height=76, padding=14, checkable=True)
        button.one_of = True
        button.setObjectName(name or "none")
        button.tells(self.act, ChooseDong(name))
        self._dongs[name] = button
        grid.addWidget(button, row, column, 1, span, Qt.AlignmentFlag.AlignTop)

    def _moved(self, position: MapPosition) -> None:
        self.act(MoveMap(position))

    def _dong_tapped(self, code: str) -> None:
        dong = self._city.dong(code)
        if dong is not None:
            self.act(ChooseDong(dong.spot.name_ko))

    def show_state(self, state: PlantedState) -> None:
        dong = self._city.dong_named(state.dong) if state.dong else None
        if dong is not None:
            self._said.set_text(tr("고른 동: {dong}", dong=dong.name(self._look.language)))
        else:
            self._said.set_text(tr("동까지만 적고 자리는 적지 않습니다."))
        for name, button in self._dongs.items():
            button.setChecked(name == state.dong)
        if self._map is not None:
            self._map.canvas.select_dong(dong.code if dong else None)

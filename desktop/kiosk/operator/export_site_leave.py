"""The operator's pages that do something: export, another site, leave."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.exchange.sticks import Place
from desktop.exchange.words import room_words
from desktop.i18n import language, tr
from desktop.kiosk.operator.constants import LEAVE, RESTART
from desktop.kiosk.operator.folder_field import FolderField
from desktop.kiosk.operator.intents import (
    ChooseSite,
    ExportTo,
    ExportToFolder,
    Leave,
    TypeFolder,
)
from desktop.kiosk.operator.panel import OperatorPanel
from desktop.kiosk.operator.state import Note, OperatorState
from desktop.theme.look import Look
from desktop.theme.palette import Colour
from desktop.theme.type import Role
from desktop.widgets.button import PressButton
from desktop.widgets.clearing import clear
from desktop.widgets.marks import Icon
from desktop.widgets.pager import Pager
from desktop.widgets.text import Text


def said(look: Look, words: str, icon: str, colour: Colour) -> QWidget:
    """A sentence with its sign: what came of the last action."""
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(look.px(18))
    row.addWidget(Icon(look, icon, 60 if look.large else 44, colour), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(Text(look, words, bold=True, colour=colour), 1)
    return line


class ExportPanel(OperatorPanel):
    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._places: tuple[Place, ...] = ()
        self._rows: list[PressButton] = []
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(20))
        column.addWidget(
            Text(look, tr("받은 의견을 표(CSV) 파일로 저장합니다. 연락처는 들어가지 않습니다."))
        )
        self._result = QVBoxLayout()
        column.addLayout(self._result)
        self._list = QVBoxLayout()
        self._list.setSpacing(look.px(15))
        column.addLayout(self._list)
        self._folder = FolderField(look, tr("이 폴더에 저장"), "download")
        self._folder.typed.connect(self._typed)
        self._folder.confirmed.connect(self._confirmed)
        column.addWidget(self._folder)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(Pager(look, content))

    def show_state(self, state: OperatorState) -> None:
        if state.places != self._places:
            self._places = state.places
            clear(self._list)
            self._rows = [self._row(index, place) for index, place in enumerate(state.places)]
            for row in self._rows:
                self._list.addWidget(row)
        self._folder.show_text(state.folder)
        for button in (*self._rows, self._folder.button):
            button.allow(not state.busy, tr("저장하는 중입니다…"))
        self._show_result(state)

    def _row(self, index: int, place: Place) -> PressButton:
        free = room_words(place.free_bytes)
        name = tr("이 기기 안에 저장") if place.own else place.path.name
        button = PressButton(
            self._look,
            f"{name}\n{place.path} · {free}",
            icon="hard-drive" if place.own else "usb",
            trailing="download",
            height=116,
            align_left=True,
            bold=False,
        )
        button.tells(self.act, ExportTo(index))
        return button

    def _typed(self, text: str) -> None:
        self.act(TypeFolder(text))

    def _confirmed(self) -> None:
        self.act(ExportToFolder())

    def _show_result(self, state: OperatorState) -> None:
        clear(self._result)
        look = self._look
        if state.problem is not None:
            words = state.problem.sentence(language())
            self._result.addWidget(said(look, words, "circle-x", "danger"))
        elif state.exported is not None:
            words = tr(
                "의견 {n}건을 저장했습니다. 저장 장치를 뽑아도 됩니다.\n{file}",
                n=state.exported.count,
                file=state.exported.path,
            )
            self._result.addWidget(said(look, words, "circle-check", "pine"))
        elif state.busy and state.places:
            self._result.addWidget(said(look, tr("저장하는 중입니다…"), "download", "ink"))


class SiteChoicePanel(OperatorPanel):
    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._buttons: dict[str, PressButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(15))
        if not look.tight:
            column.addWidget(Text(look, tr("이 키오스크가 서 있는 곳을 고르세요.")))
        self._note = QVBoxLayout()
        column.addLayout(self._note)
        self._place = QVBoxLayout()
        column.addLayout(self._place, 1)

    def show_state(self, state: OperatorState) -> None:
        if not self._buttons:
            self._place.addWidget(Pager(self._look, self._grid(state)))
        for site, button in self._buttons.items():
            button.setChecked(site == state.site)
        clear(self._note)
        if self._look.tight:
            return
        if state.problem is not None:
            words = state.problem.sentence(language())
            self._note.addWidget(said(self._look, words, "circle-x", "danger"))
        elif state.note is Note.SAVED:
            words = tr("저장했습니다. 다시 시작하면 바뀝니다.")
            self._note.addWidget(said(self._look, words, "circle-check", "pine"))

    def _grid(self, state: OperatorState) -> QWidget:
        look = self._look
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(look.px(15))
        # Names of one or two lines stand in rows of one height.
        columns = 1 if look.compact and look.portrait else 2 if look.compact else 3
        for i, choice in enumerate(state.sites):
            button = PressButton(
                look, choice.name(language()), checkable=True, height=116, align_left=True
            )
            button.one_of = True
            button.tells(self.act, ChooseSite(choice.id))
            self._buttons[choice.id] = button
            grid.addWidget(button, i // columns, i % columns)
        for column in range(columns):
            grid.setColumnStretch(column, 1)
        grid.setRowStretch(grid.rowCount(), 1)
        return inside


class LeavePanel(OperatorPanel):
    def __init__(self, look: Look) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(24))
        inside = QWidget()
        box = QVBoxLayout(inside)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look.px(24))
        for words, explain, icon, variant, status in (
            (
                tr("다시 시작"),
                tr("바꾼 설정을 쓰려면 다시 시작하세요. 몇 초 걸립니다."),
                "rotate-ccw",
                "main",
                RESTART,
            ),
            (
                tr("프로그램 끝내기"),
                tr("화면을 닫습니다. 다시 열려면 기기에서 프로그램을 켜야 합니다."),
                "power",
                "plain",
                LEAVE,
            ),
        ):
            button = PressButton(
                look, words, icon=icon, variant=variant, role=Role.LEAD, height=120, padding=44
            )
            button.tells(self.act, Leave(status))
            box.addWidget(button)
            box.addWidget(Text(look, explain, colour="ink2"))
            box.addSpacing(look.px(20))
        box.addStretch(1)
        column.addWidget(Pager(look, inside))

"""Tests of the device itself: touch, size, contrast, sound."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import tr
from desktop.kiosk.operator.constants import proposed_inches
from desktop.kiosk.operator.device_tests.drawings import RulerDrawing, Swatches
from desktop.kiosk.operator.export_site_leave import said
from desktop.kiosk.operator.intents import Measure, PlaySound, SavePanel, TouchCell
from desktop.kiosk.operator.panel import OperatorPanel
from desktop.kiosk.operator.state import Note, OperatorState
from desktop.theme.look import Look
from desktop.theme.palette import CONTRAST, LIGHT
from desktop.theme.type import Role
from desktop.widgets.button import PressButton
from desktop.widgets.clearing import clear
from desktop.widgets.pager import Pager
from desktop.widgets.text import Text

VOLUMES = (25, 50, 75, 100)


def _column(panel: QWidget, gap: int) -> QVBoxLayout:
    column = QVBoxLayout(panel)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(gap)
    return column


class Cell(PressButton):
    """It acts on the touch, not on its end: a stuck panel never ends one.

    Signal: `touched(number)`.
    """

    touched = Signal(int)

    def __init__(self, look: Look, number: int) -> None:
        words = str(number + 1)
        super().__init__(look, words, variant="key", role=Role.KEY, height=64, padding=4)
        self._number = number
        policy = self.sizePolicy()
        policy.setVerticalPolicy(policy.Policy.Expanding)
        policy.setHorizontalPolicy(policy.Policy.Expanding)
        self.setSizePolicy(policy)
        self.pressed.connect(self._touch)

    def _touch(self) -> None:
        self.touched.emit(self._number)


class TouchPanel(OperatorPanel):
    """Cells over the whole panel; each must take a touch."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        column = _column(self, look.px(15))
        self._words = Text(look, "", Role.BODY, bold=True)
        column.addWidget(self._words)
        columns, rows = (3, 7) if look.portrait else (6, 4)
        if look.shallow:
            columns, rows = 6, 1 if look.tight else 3
        grid = QGridLayout()
        grid.setSpacing(look.px(15))
        self._cells = [Cell(look, number) for number in range(columns * rows)]
        for i, cell in enumerate(self._cells):
            cell.touched.connect(self._touched)
            grid.addWidget(cell, i // columns, i % columns)
        column.addLayout(grid, 1)

    def _touched(self, cell: int) -> None:
        self.act(TouchCell(cell))

    def show_state(self, state: OperatorState) -> None:
        for i, cell in enumerate(self._cells):
            if i in state.touched and cell.isEnabled():
                cell.set_icon("check")
                cell.setDown(False)
                cell.allow(False, tr("눌린 칸입니다"))
        left = len(self._cells) - len(state.touched & set(range(len(self._cells))))
        self._words.set_text(
            tr("칸을 하나씩 누르세요. {n}칸 남았습니다.", n=left)
            if left
            else tr("모든 칸이 눌렸습니다. 화면이 손을 잘 읽습니다.")
        )


class RulerPanel(OperatorPanel):
    """A line that should be 100 mm long."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        content = QWidget()
        column = _column(content, look.px(20))
        column.addWidget(
            Text(look, tr("자를 화면에 대고 두 굵은 줄 사이를 재세요. 100 mm여야 합니다."))
        )
        column.addWidget(RulerDrawing(look))
        stacked = look.large and look.portrait
        row: QBoxLayout = QVBoxLayout() if stacked else QHBoxLayout()
        row.setSpacing(look.px(20))
        self._less = PressButton(look, tr("1 mm 짧음"), icon="minus", height=84)
        self._more = PressButton(look, tr("1 mm 긺"), icon="plus", height=84)
        centre = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
        self._value = Text(look, "", Role.LEAD, bold=True, align=centre, one_line=True)
        row.addWidget(self._less)
        row.addWidget(self._value, 1)
        row.addWidget(self._more)
        column.addLayout(row)
        self._verdict = Text(look, "")
        column.addWidget(self._verdict)
        self._save = PressButton(look, "", icon="check", variant="main", height=88)
        self._save.tells(self.act, SavePanel())
        column.addWidget(self._save, 0, Qt.AlignmentFlag.AlignLeft)
        self._note = QVBoxLayout()
        column.addLayout(self._note)
        column.addStretch(1)
        _column(self, 0).addWidget(Pager(look, content))

    def show_state(self, state: OperatorState) -> None:
        self._less.tells(self.act, Measure(state.measured_mm - 1))
        self._more.tells(self.act, Measure(state.measured_mm + 1))
        self._value.set_text(tr("잰 길이 {n} mm", n=state.measured_mm))
        right = state.measured_mm == 100
        inches = proposed_inches(state.panel_inches, state.measured_mm)
        self._verdict.set_text(
            tr("설정된 대각선 {inches:g}인치가 맞습니다.", inches=state.panel_inches)
            if right
            else tr(
                "설정은 {old:g}인치이지만 이 화면은 {new:g}인치입니다.",
                old=state.panel_inches,
                new=inches,
            )
        )
        self._save.setVisible(not right)
        self._save.set_text(tr("{new:g}인치로 저장", new=inches))
        clear(self._note)
        if state.note is Note.SAVED:
            words = tr("저장했습니다. 다시 시작하면 바뀝니다.")
            self._note.addWidget(said(self._look, words, "circle-check", "pine"))


class ContrastPanel(OperatorPanel):
    """Words on every ground with their measured ratio, in both modes."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        content = QWidget()
        column = _column(content, look.px(20))
        column.addWidget(
            Text(look, tr("모든 칸의 글이 또렷해야 합니다. 흐리면 화면 밝기와 반사를 살피세요."))
        )
        column.addWidget(Text(look, tr("보통 화면"), bold=True))
        column.addWidget(Swatches(look, LIGHT))
        column.addWidget(Text(look, tr("선명한 화면"), bold=True))
        column.addWidget(Swatches(look, CONTRAST))
        column.addStretch(1)
        _column(self, 0).addWidget(Pager(look, content))


class SoundPanel(OperatorPanel):
    """One sentence at four volumes."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        content = QWidget()
        column = _column(content, look.px(20))
        self._words = Text(look, "")
        column.addWidget(self._words)
        row: QVBoxLayout | QHBoxLayout = QVBoxLayout() if look.compact else QHBoxLayout()
        row.setSpacing(look.px(20))
        self._buttons: dict[int, PressButton] = {}
        for volume in VOLUMES:
            button = PressButton(
                look, tr("소리 {n}%", n=volume), icon="volume-2", height=110, checkable=True
            )
            button.one_of = True
            words = tr("소리 시험입니다. 지금 크기는 {n}퍼센트입니다.", n=volume)
            button.tells(self.act, PlaySound(words, volume))
            self._buttons[volume] = button
            row.addWidget(button, 1)
        column.addLayout(row)
        column.addWidget(
            Text(
                look,
                tr("화면 앞 30 cm에서 재어 50%가 65 dBA보다 작고 100%가 65 dBA보다 커야 합니다."),
                colour="ink2",
            )
        )
        column.addStretch(1)
        _column(self, 0).addWidget(Pager(look, content))

    def show_state(self, state: OperatorState) -> None:
        if not state.voice:
            words = tr(
                "이 기기에는 음성이 설치되어 있지 않아 음성 안내가 숨겨져 있습니다. "
                "espeak-ng를 설치하세요."
            )
        elif not state.sound_card:
            words = tr("소리 장치가 없어 아무 소리도 들리지 않습니다. 스피커 연결을 확인하세요.")
        else:
            words = tr("버튼을 누르면 그 크기로 한 문장을 읽습니다.")
        self._words.set_text(words)
        for volume, button in self._buttons.items():
            button.allow(state.voice, words)
            button.setChecked(state.voice and volume == state.volume)

"""The settings: colours, size of text, height of rows, language."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.desk.preferences import Preferences, TextSize
from desktop.desk.settings.intents import Prefer
from desktop.desk.settings.state import SettingsState
from desktop.desk.shell.view import DeskView
from desktop.i18n import tr
from desktop.theme.desk_look import Density, DeskLook, Use
from desktop.theme.desk_palette import DeskTheme
from desktop.widgets.mouse.button import OneOf
from desktop.widgets.mouse.words import Label


def theme_word(theme: DeskTheme) -> str:
    match theme:
        case DeskTheme.LIGHT:
            return tr("밝게")
        case DeskTheme.DARK:
            return tr("어둡게")
        case DeskTheme.CONTRAST:
            return tr("고대비")


def density_word(density: Density) -> str:
    match density:
        case Density.COMPACT:
            return tr("촘촘하게")
        case Density.NORMAL:
            return tr("보통")
        case Density.ROOMY:
            return tr("넉넉하게")


class SettingsView(DeskView):
    def __init__(self, look: DeskLook, state: SettingsState) -> None:
        super().__init__(look)
        self._state = state
        self._groups: list[QButtonGroup] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(look.px(28))
        self._grid.setVerticalSpacing(look.px(14))
        prefer = msgspec.structs.replace
        self._row(
            tr("색"),
            [(theme_word(each), prefer(state, theme=each), f"theme-{each}") for each in DeskTheme],
        )
        self._row(
            tr("글자 크기"),
            [
                (f"{int(each)} %", prefer(state, text_size=each), f"text-{int(each)}")
                for each in TextSize
            ],
        )
        self._row(
            tr("줄 높이"),
            [(density_word(each), prefer(state, density=each), f"rows-{each}") for each in Density],
        )
        self._row(
            tr("언어"),
            [
                ("한국어", prefer(state, language="ko"), "language-ko"),
                ("English", prefer(state, language="en"), "language-en"),
            ],
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(*[look.px(24)] * 4)
        column.setSpacing(look.px(16))
        column.addWidget(Label(look, tr("보기 설정"), Use.PANE))
        column.addLayout(self._grid)
        kept = tr("이 컴퓨터의 이 검토대에만 남습니다.")
        column.addWidget(Label(look, kept, Use.SMALL, "second"))
        column.addStretch(1)

    def _row(self, words: str, choices: list[tuple[str, Preferences, str]]) -> None:
        row, holder = QHBoxLayout(), QWidget()
        holder.setLayout(row)
        holder.setAccessibleName(words)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self.look.px(16))
        group = QButtonGroup(self)
        self._groups.append(group)
        for word, chosen, name in choices:
            choice = OneOf(self.look, word, name)
            choice.setChecked(chosen == self._state)
            choice.clicked.connect(self._choosing(chosen))
            group.addButton(choice)
            row.addWidget(choice)
        row.addStretch(1)
        at = self._grid.rowCount()
        self._grid.addWidget(Label(self.look, words, Use.STRONG, one_line=True), at, 0)
        self._grid.addWidget(holder, at, 1)
        self._grid.setColumnStretch(1, 1)

    def _choosing(self, chosen: Preferences) -> Callable[[], None]:
        return lambda: self.did.emit(Prefer(chosen))

    def show_state(self, state: SettingsState) -> None:
        """Another choice makes the whole window anew."""

    def title(self) -> tuple[str, str]:
        return tr("설정"), ""

    def take_focus(self) -> None:
        checked = self._groups[0].checkedButton()
        if checked is not None:
            checked.setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self.look.palette.pane)

"""The operator's menu: twelve doors in three groups, each group under its own word."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import tr
from desktop.kiosk.operator.intents import OpenPage
from desktop.kiosk.operator.panel import OperatorPanel
from desktop.kiosk.operator.state import At, Note, OperatorState
from desktop.theme.look import Look
from desktop.theme.type import Role
from desktop.widgets.button import PressButton
from desktop.widgets.pager import Pager
from desktop.widgets.text import Text

#: Exchange, tests of the device, the device itself: pages and their icons.
GROUPS = (
    (
        (At.BUNDLE, "usb"),
        (At.SYNC, "gauge"),
        (At.ENROL, "shield-check"),
        (At.EXPORT, "download"),
    ),
    (
        (At.TOUCH, "pointer"),
        (At.RULER, "ruler"),
        (At.CONTRAST, "contrast"),
        (At.SOUND, "volume-2"),
    ),
    (
        (At.OVERVIEW, "info"),
        (At.SITE, "map-pin"),
        (At.NEW, "key-round"),
        (At.LEAVE, "power"),
    ),
)


def group_words() -> tuple[str, ...]:
    return (tr("교환"), tr("기기 시험"), tr("기기"))


def page_word(at: At) -> str:
    return {
        At.PIN: tr("운영자"),
        At.NEW: tr("번호 바꾸기"),
        At.AGAIN: tr("번호 바꾸기"),
        At.MENU: tr("운영자"),
        At.OVERVIEW: tr("상태 보기"),
        At.EXPORT: tr("의견 내보내기"),
        At.TOUCH: tr("터치 시험"),
        At.RULER: tr("크기 재기"),
        At.CONTRAST: tr("선명도 시험"),
        At.SOUND: tr("소리 시험"),
        At.SITE: tr("장소 바꾸기"),
        At.LEAVE: tr("끝내기·다시 시작"),
        At.ENROL: tr("등록"),
        At.REQUEST: tr("신청서 쓰기"),
        At.PAPERS: tr("서류 받기"),
        At.COMPARE: tr("지문 맞추기"),
        At.BUNDLE: tr("꾸러미"),
        At.WRITE: tr("꾸러미 쓰기"),
        At.READ: tr("꾸러미 읽기"),
        At.RESCUE: tr("모두 USB로 내보내기"),
        At.SYNC: tr("교환 상태"),
        At.ROWS: tr("교환 상태"),
    }[at]


class Menu(OperatorPanel):
    """Groups beside each other where there is room, else one below the other."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(12))
        self._note = Text(look, "", bold=True, colour="pine")
        if not look.tight:
            column.addWidget(self._note)
        inside = QWidget()
        if look.compact or look.portrait:
            self._below(inside)
        else:
            self._beside(inside)
        column.addWidget(Pager(look, inside), 1)

    def _beside(self, inside: QWidget) -> None:
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._look.px(40))
        for word, doors in zip(group_words(), GROUPS, strict=True):
            column = QVBoxLayout()
            column.setSpacing(self._look.px(20))
            column.addWidget(self._head(word))
            for at, icon in doors:
                column.addWidget(self._door(at, icon, 152))
            column.addStretch(1)
            row.addLayout(column, 1)

    def _below(self, inside: QWidget) -> None:
        look = self._look
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(18))
        columns = 1 if look.large and look.portrait else 2
        height = 92 if look.compact else 150
        for word, doors in zip(group_words(), GROUPS, strict=True):
            column.addWidget(self._head(word))
            grid = QGridLayout()
            grid.setSpacing(look.px(18))
            for i, (at, icon) in enumerate(doors):
                grid.addWidget(self._door(at, icon, height), i // columns, i % columns)
            for each in range(columns):
                grid.setColumnStretch(each, 1)
            column.addLayout(grid)
            column.addSpacing(look.px(14))
        column.addStretch(1)

    def _head(self, word: str) -> Text:
        return Text(self._look, word, Role.LEAD, bold=True, colour="ink2")

    def _door(self, at: At, icon: str, height: int) -> PressButton:
        door = PressButton(
            self._look,
            page_word(at),
            icon=icon,
            height=height,
            padding=20 if self._look.tight else 32,
            radius=24,
            align_left=True,
        )
        door.setObjectName(f"operator-{at.value}")
        door.tells(self.act, OpenPage(at))
        return door

    def show_state(self, state: OperatorState) -> None:
        self._note.set_text(tr("번호를 저장했습니다.") if state.note is Note.PIN_SET else "")
        self._note.setVisible(state.note is Note.PIN_SET and not self._look.tight)

"""The receipt: a number to write down, a QR to photograph, and what to do with them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSpacerItem, QVBoxLayout, QWidget

from desktop.i18n import tr
from desktop.kiosk.receipt_parts import CodeLabel, Ground, QrCode
from desktop.kiosk.receipt_presenter import ReceiptState
from desktop.theme.look import Look
from desktop.theme.type import Role
from desktop.widgets.button import PressButton
from desktop.widgets.card import Card
from desktop.widgets.header import Header
from desktop.widgets.marks import RoundIcon
from desktop.widgets.pager import Pager
from desktop.widgets.screen import Screen
from desktop.widgets.text import Text

_LEFT_MIDDLE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_TOP = Qt.AlignmentFlag.AlignTop


class ReceiptView(Screen):
    """Signals: `another_pressed()`, `done_pressed()`. Built from its state, which never changes."""

    another_pressed = Signal()
    done_pressed = Signal()

    def __init__(self, look: Look, state: ReceiptState) -> None:
        header = Header(look, site=state.site(look.language))
        super().__init__(look, tr("의견을 잘 받았습니다"), header, gap=6)
        self.bed = QWidget()
        self.ground = Ground(look)
        self.ground.setParent(self.bed)
        self._fill(state)
        self._actions = self._buttons()
        if look.compact:
            pager = Pager(look, self.bed)
            self.body.addWidget(pager, 1)
            (pager.side or self.body).addLayout(self._actions)
        else:
            self.body.addWidget(self.bed, 1)
            self.body.addLayout(self._actions)

    def render(self, state: ReceiptState) -> None:  # type: ignore[override]
        """A receipt is drawn once; another one is another view."""

    def _fill(self, state: ReceiptState) -> None:
        look = self.look
        stacked = look.compact or look.portrait
        whole: QHBoxLayout | QVBoxLayout
        whole = QVBoxLayout(self.bed) if stacked else QHBoxLayout(self.bed)
        side = 16 if look.shallow else 36 if look.compact else 64
        top = 40 if not stacked else 28
        whole.setContentsMargins(*(look.px(m) for m in (side, top, side, top)))
        whole.setSpacing(look.px(top))
        left = QVBoxLayout()
        left.setSpacing(look.px(28))
        left.addLayout(self._title())
        left.addWidget(self._number(state))
        left.addLayout(self._what_to_do(state))
        if not stacked:
            left.addStretch(1)
        whole.addLayout(left, 0 if stacked else 1)
        right = QVBoxLayout()
        right.setSpacing(look.px(14))
        right.addWidget(self._qr(state), 0, Qt.AlignmentFlag.AlignHCenter)
        right.addWidget(
            Text(look, tr("휴대전화로 찍기"), bold=True, align=Qt.AlignmentFlag.AlignHCenter)
        )
        if not stacked:
            right.addStretch(1)
        whole.addLayout(right)
        if stacked:
            # The ground shows under the words, not behind them.
            least = look.px(60 if look.portrait else 170)
            down = QSizePolicy.Policy.Expanding
            whole.addSpacerItem(QSpacerItem(0, least, QSizePolicy.Policy.Minimum, down))

    def _title(self) -> QHBoxLayout:
        look = self.look
        row = QHBoxLayout()
        row.setSpacing(look.px(24))
        row.addWidget(RoundIcon(look, "check", 84, "pine", "on_pine"))
        words = tr("의견을 잘 받았습니다")
        row.addWidget(Text(look, words, Role.QUESTION, bold=True, align=_LEFT_MIDDLE), 1)
        return row

    def _number(self, state: ReceiptState) -> Card:
        look = self.look
        card = Card(look, outline="pine", width=4)
        # The widest number beside the page buttons of the smallest panel.
        side = 24 if look.shallow else 46
        column = card.column(side, 20, side, 16)
        if not look.tight:  # there both lines of the number need the room
            column.addWidget(Text(look, tr("접수번호"), colour="ink2"))
        column.addWidget(CodeLabel(look, state.code))
        return card

    def _what_to_do(self, state: ReceiptState) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(self.look.px(4))
        where = tr("**어느 도서관 키오스크에서든** 답변을 볼 수 있습니다.")
        if state.opens_page:
            # Two lines: a third would stand in the sapling.
            where = tr("**어느 도서관 키오스크나 인터넷에서** 답변을 볼 수 있습니다.")
        for words in (tr("번호를 적거나 QR을 사진으로 남기세요."), where):
            column.addWidget(Text(self.look, words, Role.LEAD))
        return column

    def _qr(self, state: ReceiptState) -> Card:
        look = self.look
        frame = Card(look, outline="pine", width=4)
        name = tr("접수번호가 든 QR 코드")
        frame.column(4).addWidget(QrCode(look, state.qr, 376 if look.portrait else 464, name))
        return frame

    def _buttons(self) -> QHBoxLayout | QVBoxLayout:
        look = self.look
        lying = look.compact and not look.portrait
        row: QHBoxLayout | QVBoxLayout = QVBoxLayout() if lying else QHBoxLayout()
        row.setSpacing(look.px(24))
        another = PressButton(
            look,
            tr("다른 의견 보내기"),
            # Beside the page buttons the words need the line for themselves.
            icon=None if lying else "message-square",
            height=90,
            radius=20,
            padding=20 if lying else 36,
        )
        another.setObjectName("another")
        another.clicked.connect(self.another_pressed)
        done = PressButton(
            look,
            tr("다 했어요"),
            trailing="check",
            variant="main",
            role=Role.LEAD,
            height=94,
            radius=20,
        )
        done.setObjectName("done")
        done.clicked.connect(self.done_pressed)
        if lying:
            another.setMaximumWidth(look.px(490))
            row.addStretch(1)
            beds = self.bed.layout()
            if look.shallow and beds is not None:
                beds.addWidget(another)
            else:
                row.addWidget(another)
            row.addWidget(done)
            return row
        row.addWidget(another)
        row.addStretch(1)
        done.setMinimumWidth(look.px(536 if not look.portrait else 360))
        row.addWidget(done)
        return row

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_ground()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._lay_ground()
        self.ground.play()

    def _lay_ground(self) -> None:
        self.ground.setGeometry(self.bed.rect())
        self.ground.lower()

"""The receipt: a number to write down, a QR to photograph, and what to do with them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QSizePolicy,
    QSpacerItem,
    QVBoxLayout,
    QWidget,
)

from desktop.i18n import tr
from desktop.kiosk.receipt.drawings import CodeLabel, PaperHills, QrCode
from desktop.kiosk.receipt.intents import Another, Done, ReceiptIntent
from desktop.kiosk.receipt.state import ReceiptState
from desktop.theme.look import Look
from desktop.theme.type import Role
from desktop.widgets.button import PressButton
from desktop.widgets.card import Card
from desktop.widgets.header import Header
from desktop.widgets.marks import RoundIcon
from desktop.widgets.pager import Pager
from desktop.widgets.screen import Screen
from desktop.widgets.text import Text
from desktop.words.trees import trees_words

_LEFT_MIDDLE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_TOP = Qt.AlignmentFlag.AlignTop


class ReceiptView(Screen[ReceiptState, ReceiptIntent]):
    """Built from its state, which never changes: another receipt is another view."""

    def __init__(self, look: Look, state: ReceiptState) -> None:
        header = Header(look, site=state.site(look.language))
        super().__init__(look, _title_words(state), header, gap=6)
        self.bed = QWidget()
        self.ground = PaperHills(look)
        self.ground.setParent(self.bed)
        self._fill(state)
        self._add_actions(state)

    def _fill(self, state: ReceiptState) -> None:
        look = self.look
        stacked = look.compact or look.portrait
        whole: QHBoxLayout | QVBoxLayout
        whole = QVBoxLayout(self.bed) if stacked else QHBoxLayout(self.bed)
        side = 16 if look.shallow else 36 if look.compact else 64
        # Where lines are few the room belongs to the number.
        top = 14 if look.tight else 28 if stacked else 40
        whole.setContentsMargins(*(look.px(m) for m in (side, top, side, top)))
        whole.setSpacing(look.px(top))
        left = QVBoxLayout()
        left.setSpacing(look.px(14 if look.tight else 28))
        left.addLayout(self._title(state))
        left.addWidget(self._number(state))
        left.addLayout(self._what_to_do(state))
        if not stacked:
            left.addStretch(1)
        whole.addLayout(left, 0 if stacked else 1)
        upright = look.portrait and not look.compact
        right: QHBoxLayout | QVBoxLayout = QHBoxLayout() if upright else QVBoxLayout()
        right.setSpacing(look.px(28 if upright else 14))
        caption = Text(look, tr("휴대전화로 찍기"), bold=True)
        if upright:
            # The words stand beside the QR, where no tree grows behind them.
            caption.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            right.addWidget(caption, 1)
            right.addWidget(self._qr(state))
        else:
            caption.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            right.addWidget(self._qr(state), 0, Qt.AlignmentFlag.AlignHCenter)
            right.addWidget(caption)
        if not stacked:
            right.addStretch(1)
        whole.addLayout(right)
        if stacked:
            # The ground shows under the words, not behind them.
            least = look.px(110 if upright else 60 if look.portrait else 170)
            down = QSizePolicy.Policy.Expanding
            whole.addSpacerItem(QSpacerItem(0, least, QSizePolicy.Policy.Minimum, down))

    def _title(self, state: ReceiptState) -> QHBoxLayout:
        look = self.look
        row = QHBoxLayout()
        row.setSpacing(look.px(24))
        row.addWidget(RoundIcon(look, "check", 84, "pine", "on_pine"))
        words = _title_words(state)
        row.addWidget(Text(look, words, Role.QUESTION, bold=True, align=_LEFT_MIDDLE), 1)
        return row

    def _number(self, state: ReceiptState) -> Card:
        look = self.look
        card = Card(look, outline="pine", width=4)
        # The widest number beside the page buttons of the smallest panel.
        side = 24 if look.shallow else 46
        edge = 8 if look.tight else 20
        column = card.column(side, edge, side, edge - 4)
        what = tr("접수번호")
        if state.trees:
            what = tr("접수번호 · {trees} · 시민 등록(확인 전)", trees=trees_words(state.trees))
        if not look.tight:  # there both lines of the number need the room
            column.addWidget(Text(look, what, colour="ink2"))
        column.addWidget(CodeLabel(look, state.code))
        if look.tight and state.trees:
            column.addWidget(Text(look, what, colour="ink2"))
        return card

    def _what_to_do(self, state: ReceiptState) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(self.look.px(4))
        # Two lines: a third would stand in the sapling.
        if state.trees:
            where = tr("**어느 도서관 키오스크에서든** 등록한 나무를 볼 수 있습니다.")
            if state.opens_page:
                where = tr("**어느 도서관 키오스크나 인터넷에서** 등록한 나무를 볼 수 있습니다.")
        else:
            where = tr("**어느 도서관 키오스크에서든** 답변을 볼 수 있습니다.")
            if state.opens_page:
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

    def _add_actions(self, state: ReceiptState) -> None:
        """Both buttons at the left, right below the page buttons or after the number: never where
        보내기 or 등록하기 stood, so that a second tap takes no number away that nobody has read."""
        look, done, another = self.look, self._done(), self._another(state)
        foot: QHBoxLayout | QVBoxLayout = QVBoxLayout() if look.portrait else QHBoxLayout()
        foot.setSpacing(look.px(24))
        if not look.compact:
            self.body.addWidget(self.bed, 1)
            for button in (another, done) if look.portrait else (done, another):
                foot.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            if not look.portrait:
                foot.addStretch(1)
            self.body.addLayout(foot)
            return
        pager = Pager(look, self.bed)
        self.body.addWidget(pager, 1)
        bed = self.bed.layout()
        assert isinstance(bed, QBoxLayout)
        if look.shallow:
            # The side has no room but where 보내기 stood.
            bed.addWidget(done, 0, Qt.AlignmentFlag.AlignLeft)
        elif pager.side is not None:
            pager.side.addWidget(done)
            pager.side.addStretch(1)
        else:
            self.body.addWidget(done, 0, Qt.AlignmentFlag.AlignLeft)
        # What is seldom wanted stands after the number.
        bed.addWidget(another, 0, Qt.AlignmentFlag.AlignLeft)

    def _another(self, state: ReceiptState) -> PressButton:
        look = self.look
        lying = look.compact and not look.portrait
        words, icon = tr("다른 의견 보내기"), "message-square"
        if state.trees:
            words, icon = tr("천만그루 현황 보기"), "trees"
        another = PressButton(
            look,
            words,
            # Beside the page buttons the words need the line for themselves.
            icon=None if lying else icon,
            height=90,
            radius=20,
            padding=20 if lying else 36,
        )
        if lying:
            another.setMaximumWidth(look.px(490))
        another.setObjectName("another")
        another.tells(self.act, Another())
        return another

    def _done(self) -> PressButton:
        look = self.look
        narrow = look.large and look.portrait  # 보내기 has stood right of it
        done = PressButton(
            look,
            tr("다 했어요"),
            trailing=None if narrow else "check",
            variant="main",
            role=Role.BODY if narrow else Role.LEAD,
            height=94,
            padding=20 if narrow else 28,
            radius=20,
        )
        if not look.compact:
            done.setMinimumWidth(look.px(360 if look.portrait else 536))
        done.setObjectName("done")
        done.tells(self.act, Done())
        return done

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


def _title_words(state: ReceiptState) -> str:
    return tr("나무를 심어 주셔서 고맙습니다") if state.trees else tr("의견을 잘 받았습니다")

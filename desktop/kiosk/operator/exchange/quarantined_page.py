"""One quarantined page, opened: what it holds and why it lies there, without anybody's words; and
the step before it is discarded, which says what is lost.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QVBoxLayout

from desktop.exchange.results import Discard, Row, Why
from desktop.exchange.words import numbers_words, row_word, why_word
from desktop.i18n import tr
from desktop.kiosk.operator.intents import Act, AskDiscard, ChooseWhy, DiscardQuarantined, ShowRows
from desktop.theme.look import Look
from desktop.theme.type import Role
from desktop.widgets.button import PressButton
from desktop.widgets.card import Card
from desktop.widgets.marks import Icon
from desktop.widgets.text import Text
from desktop.words.dates import moment_of

if TYPE_CHECKING:  # the store behind it is heavy
    from db.store.quarantine import OpenedPage

_TOP = Qt.AlignmentFlag.AlignTop


def opened_card(look: Look, page: OpenedPage) -> Card:
    """Everything an operator may know of it."""
    card = Card(look)
    column = card.column(32, 24, 32, 26, gap=14)
    column.addWidget(Text(look, row_word(Row(page.reason, "")), Role.LEAD, bold=True))
    for line in _lines(page):
        column.addWidget(Text(look, line))
    return card


def opened_row(look: Look, act: Act, again: ShowRows) -> QBoxLayout:
    """Back to the rows, or on to the discarding of the page."""
    row = QHBoxLayout()
    row.setSpacing(look.px(20))
    back = PressButton(look, tr("목록으로"), icon="arrow-left", height=84)
    back.setObjectName("rows-again")
    back.tells(act, again)
    row.addWidget(back)
    row.addStretch(1)
    discard = PressButton(look, tr("이 기록 버리기…"), icon="eraser", height=84)
    discard.setObjectName("discard")
    discard.tells(act, AskDiscard(True))
    row.addWidget(discard)
    return row


class DiscardCard(Card):
    """What is lost, why it is to be lost, and the way back: nothing is chosen beforehand.

    A choice changes it in place: built anew it would begin at its top, away from the answer.
    """

    def __init__(self, look: Look, page: OpenedPage, act: Act) -> None:
        super().__init__(look, outline="danger", width=4)
        self._look = look
        column = self.column(36, 28, 36, 32, gap=18)
        head = QHBoxLayout()
        head.setSpacing(look.px(22))
        head.addWidget(Icon(look, "triangle-alert", 62 if look.large else 46, "danger"), 0, _TOP)
        head.addWidget(Text(look, tr("이 기록을 버릴까요?"), Role.LEAD, bold=True), 1)
        column.addLayout(head)
        for line in _lost(page):
            column.addWidget(Text(look, line))
        column.addSpacing(look.px(6))
        column.addWidget(Text(look, tr("버리는 까닭을 고르세요."), bold=True))
        self._whys = {why: self._why(why, act) for why in Why}
        grid = QGridLayout()
        grid.setSpacing(look.px(15))
        columns = 1 if look.compact or look.portrait else 2
        for i, button in enumerate(self._whys.values()):
            grid.addWidget(button, i // columns, i % columns)
        for each in range(columns):
            grid.setColumnStretch(each, 1)
        column.addLayout(grid)
        column.addSpacing(look.px(6))
        keep = self._answer("keep", tr("버리지 않기"), "arrow-left", "plain")
        keep.tells(act, AskDiscard(False))
        self._lose = self._answer("lose", tr("영영 버리기"), "eraser", "grave")
        self._lose.says_why = True
        self._lose.tells(act, DiscardQuarantined())
        row: QBoxLayout = QVBoxLayout() if columns == 1 else QHBoxLayout()
        row.setSpacing(look.px(20))
        row.addWidget(keep, 1)
        row.addWidget(self._lose, 1)
        column.addLayout(row)

    def show_discard(self, discard: Discard) -> None:
        for why, button in self._whys.items():
            button.setChecked(why is discard.why)
        self._lose.allow(discard.why is not None, tr("까닭을 골라 주세요"))

    def _why(self, why: Why, act: Act) -> PressButton:
        button = PressButton(self._look, why_word(why), checkable=True, height=92, align_left=True)
        button.one_of = True
        button.setObjectName(f"why-{why}")
        button.tells(act, ChooseWhy(why))
        return button

    def _answer(self, name: str, words: str, icon: str, variant: str) -> PressButton:
        button = PressButton(self._look, words, icon=icon, variant=variant, height=100, radius=20)
        button.setObjectName(name)
        return button


def _lost(page: OpenedPage) -> list[str]:
    count = page.last - page.first + 1
    lost = tr("기록 {n:,}건이 이 기기에서 사라지고, 되돌릴 수 없습니다.", n=count)
    if not page.bodies and not page.contacts:
        return [lost, tr("내용은 이미 지워졌습니다."), _noticed()]
    held = tr(
        "그 안에 내용 {bodies:,}건과 연락처 {contacts:,}건이 있습니다. "
        "다른 기기나 USB에 없다면 어디에도 남지 않습니다.",
        bodies=page.bodies,
        contacts=page.contacts,
    )
    return [lost, held, _noticed()]


def _noticed() -> str:
    return tr("무엇을 왜 버렸는지는 알림에 남습니다.")


def _lines(page: OpenedPage) -> list[str]:
    kinds: Counter[str] = Counter()
    for kind, count in page.kinds.items():
        kinds[row_word(Row(kind, ""))] += count
    return [
        tr("기기: {device}", device=page.device),
        tr("기록 번호: {numbers}", numbers=numbers_words(page.first, page.last)),
        " · ".join(f"{word} {count:,}" for word, count in kinds.items())
        or tr("내용은 이미 지워졌습니다."),
        tr("따로 둔 때: {moment}", moment=moment_of(page.at_us)),
        tr("온 곳: {place}", place=Path(page.place.split(": ")[0]).name),
    ]

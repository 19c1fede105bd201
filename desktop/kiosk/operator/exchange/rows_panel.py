"""What stands behind a counter of exchange: its rows, and a quarantined page that was opened."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.exchange.results import ROWS, ExchangeState, Row, Rows
from desktop.exchange.words import (
    counter_meaning,
    counter_word,
    numbers_words,
    row_place,
    row_word,
    trouble_lines,
)
from desktop.i18n import tr
from desktop.kiosk.operator.exchange.parts import EmptyBed, ExchangePanel, SaidCard
from desktop.kiosk.operator.exchange.quarantined_page import DiscardCard, opened_card, opened_row
from desktop.kiosk.operator.intents import OpenQuarantined, ShowRows
from desktop.kiosk.operator.state import OperatorState
from desktop.theme.look import Look
from desktop.theme.type import Role
from desktop.widgets.button import PressButton
from desktop.widgets.card import Card
from desktop.widgets.marks import Rule
from desktop.widgets.text import Text
from desktop.words.dates import moment_of

_LEFT, _MIDDLE = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignVCenter


class RowsPanel(ExchangePanel):
    """What a counter counts, thirty rows at a time."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._discarding: DiscardCard | None = None

    def shows(self, x: ExchangeState) -> object:
        return (x.rows, x.opened, x.discard is not None, x.discarded, x.problem)

    def show_state(self, state: OperatorState) -> None:
        super().show_state(state)
        x = state.exchange
        # Work on a stick that comes between has taken the card away.
        if self._discarding is not None and x.discard is not None and x.job is None:
            self._discarding.show_discard(x.discard)

    def build(self, column: QVBoxLayout, x: ExchangeState) -> None:
        look, rows = self.look, x.rows
        self._discarding = None
        if x.problem is not None:
            lines = trouble_lines(x.problem, stick=False)
            column.addWidget(SaidCard(look, "circle-x", "danger", *lines))
        if rows is None:
            if x.problem is None:
                column.addWidget(EmptyBed(look, tr("살펴보는 중입니다…")))
            return
        column.setSpacing(look.px(16))
        if x.opened is not None:
            if x.discard is not None:
                self._discarding = DiscardCard(look, x.opened, self.act)
                column.addWidget(self._discarding)
            else:
                column.addWidget(opened_card(look, x.opened))
                again = ShowRows(rows.counter, rows.first)
                column.addLayout(opened_row(look, self.act, again))
            return
        if x.discarded is not None:
            numbers = numbers_words(x.discarded.first, x.discarded.last)
            words = tr("따로 둔 기록 {numbers}을 버렸습니다.", numbers=numbers)
            column.addWidget(SaidCard(look, "circle-check", "pine", words))
        head = tr("{word} {n:,}건", word=counter_word(rows.counter), n=rows.total)
        if rows.total > ROWS:
            last = rows.first + len(rows.rows)
            head += " · " + tr("{first:,}~{last:,}번째", first=rows.first + 1, last=last)
        column.addWidget(Text(look, head, Role.LEAD, bold=True))
        column.addWidget(Text(look, counter_meaning(rows.counter), colour="ink2"))
        if not rows.rows:
            column.addWidget(EmptyBed(look, tr("지금은 없습니다.")))
            return
        card = Card(look)
        inside = card.column(32, 22, 32, 24, gap=14)
        for i, row in enumerate(rows.rows):
            if i:
                inside.addWidget(Rule(look))
            inside.addWidget(self._row(row))
        column.addWidget(card)
        if rows.total > ROWS:
            column.addLayout(self._turn(rows))

    def _row(self, row: Row) -> QWidget:
        look = self.look
        box = QWidget()
        stacked = look.compact or look.portrait
        line: QHBoxLayout | QVBoxLayout = QVBoxLayout(box) if stacked else QHBoxLayout(box)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(look.px(2 if stacked else 24))
        align = _MIDDLE if row.number is not None else _LEFT
        line.addWidget(Text(look, row_word(row), bold=True, align=align), 0 if stacked else 2)
        place = row_place(row)
        beside = moment_of(row.at_us) if row.at_us is not None else row.file
        line.addWidget(Text(look, place, align=align), 0 if stacked else 3)
        if beside:
            line.addWidget(Text(look, beside, colour="ink2", align=align), 0 if stacked else 2)
        if row.number is not None:
            button = PressButton(look, tr("열기"), height=84)
            button.setObjectName(f"open-{row.number}")
            button.setAccessibleName(tr("{where} 열기", where=place))
            button.tells(self.act, OpenQuarantined(row.number))
            if stacked:
                line.addSpacing(look.px(10))
            line.addWidget(button, 0, _LEFT if stacked else _MIDDLE)
        return box

    def _turn(self, rows: Rows) -> QHBoxLayout:
        look = self.look
        line = QHBoxLayout()
        line.setSpacing(look.px(20))
        none_before, none_after = tr("앞에는 더 없습니다"), tr("뒤에는 더 없습니다")
        for name, words, icon, first, why in (
            ("rows-before", tr("앞 {n}건", n=ROWS), "arrow-left", rows.first - ROWS, none_before),
            ("rows-after", tr("다음 {n}건", n=ROWS), "arrow-right", rows.first + ROWS, none_after),
        ):
            button = PressButton(look, words, icon=icon, height=84)
            button.setObjectName(name)
            button.allow(0 <= first < rows.total, why)
            button.tells(self.act, ShowRows(rows.counter, first))
            line.addWidget(button, 1)
        return line

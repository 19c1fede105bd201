"""The state of the installation: what to do first, then every fact, then the last errors."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.exchange.standing import standing_sentence
from desktop.i18n import language, tr
from desktop.kiosk.operator.intents import SeeNotices
from desktop.kiosk.operator.overview.words import shown, what
from desktop.kiosk.operator.panel import OperatorPanel
from desktop.kiosk.operator.state import OperatorState, Overview, Remark
from desktop.theme.look import Look
from desktop.theme.palette import Colour
from desktop.theme.reach import beyond_reach
from desktop.theme.type import Role
from desktop.widgets.button import PressButton
from desktop.widgets.card import Card
from desktop.widgets.clearing import clear
from desktop.widgets.marks import Icon
from desktop.widgets.pager import Pager
from desktop.widgets.text import Text


class OverviewPanel(OperatorPanel):
    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._shown: tuple[Overview | None, str] = (None, "")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def show_state(self, state: OperatorState) -> None:
        sentence = standing_sentence(state.standing, language())
        if state.overview is None:
            clear(self._column)
            words = tr("기기를 살펴보는 중입니다…")
            if state.problem is not None:
                words = state.problem.sentence(language())
            self._column.addWidget(Text(self._look, words, Role.LEAD), 1)
        elif (state.overview, sentence) != self._shown:
            clear(self._column)
            content = self._content(state.overview, sentence)
            self._column.addWidget(Pager(self._look, content), 1)
        self._shown = (state.overview, sentence)

    def _content(self, overview: Overview, exchange: str) -> QWidget:
        look = self._look
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(20))
        remarks = overview.remarks
        hanging = beyond_reach(look.metrics)
        if hanging is not None:
            remarks = (*remarks, Remark(*hanging))
        if not remarks and not overview.notices:
            column.addWidget(
                self._remark(Remark(tr("문제가 없습니다."), tr("문제가 없습니다.")), good=True)
            )
        for remark in remarks:
            column.addWidget(self._remark(remark))
        if overview.notices:
            column.addWidget(self._notices(overview.notices, overview.older_notices))
        rows = (*overview.rows, ("standing", exchange)) if exchange else overview.rows
        column.addWidget(self._facts(rows))
        if overview.errors:
            column.addWidget(self._errors(overview.errors))
        column.addStretch(1)
        return content

    def _remark(self, remark: Remark, *, good: bool = False) -> QWidget:
        look = self._look
        colour: Colour = "pine" if good else "danger" if remark.trouble else "warn"
        card = Card(look, outline=colour, width=3)
        row = QHBoxLayout(card)
        row.setContentsMargins(look.px(28), look.px(20), look.px(28), look.px(20))
        row.setSpacing(look.px(20))
        icon = "circle-check" if good else "circle-x" if remark.trouble else "triangle-alert"
        row.addWidget(
            Icon(look, icon, 62 if look.large else 44, colour), 0, Qt.AlignmentFlag.AlignTop
        )
        row.addWidget(Text(look, remark.sentence(language())), 1)
        return card

    def _notices(self, notices: tuple[Remark, ...], older: int) -> QWidget:
        look = self._look
        card = Card(look, fill="warn_bed", outline="warn", width=3)
        column = card.column(28, 20, 28, 24, gap=14)
        column.addWidget(Text(look, tr("알림"), Role.LEAD, bold=True))
        for notice in notices:
            column.addWidget(Text(look, notice.sentence(language())))
        if older:
            column.addWidget(Text(look, tr("그 밖에 {n}건", n=older), colour="ink2"))
        seen = PressButton(look, tr("모두 확인했습니다"), icon="check")
        seen.tells(self.act, SeeNotices())
        column.addWidget(seen, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _facts(self, rows: tuple[tuple[str, str], ...]) -> QWidget:
        look = self._look
        card = Card(look)
        grid = QGridLayout(card)
        grid.setContentsMargins(look.px(32), look.px(24), look.px(32), look.px(24))
        grid.setHorizontalSpacing(look.px(32))
        grid.setVerticalSpacing(look.px(14))
        stacked = look.compact
        line = 0
        for key, value in rows:
            text = shown(key, value)
            if text is None:
                continue
            name = Text(look, what(key), colour="ink2")
            fact = Text(look, text, bold=True)
            if stacked:
                grid.addWidget(name, line, 0)
                grid.addWidget(fact, line + 1, 0)
                line += 2
            else:
                grid.addWidget(name, line, 0)
                grid.addWidget(fact, line, 1)
                line += 1
        grid.setColumnStretch(0 if stacked else 1, 1)
        return card

    def _errors(self, errors: tuple[tuple[str, str], ...]) -> QWidget:
        look = self._look
        card = Card(look, fill="sand", outline="reed")
        column = card.column(28, 20, 28, 24, gap=10)
        column.addWidget(Text(look, tr("최근 오류"), Role.LEAD, bold=True))
        for when, where in errors:
            column.addWidget(Text(look, f"**{when}** {where}"))
        return card

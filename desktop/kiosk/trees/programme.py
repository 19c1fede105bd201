"""계획과 걸어온 길: what the plan was made of, what it was to cost, what happened since."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.bilingual import Bilingual
from db.records.programme import Programme, Sector
from db.records.trees import TreesFile
from desktop.i18n import date_words, tr
from desktop.kiosk.trees.state import TopicTab, TreesState
from desktop.kiosk.trees.topic_view import TopicView, entry, figure_rows, note
from desktop.theme.look import Look
from desktop.theme.type import Role
from desktop.widgets.card import Card
from desktop.widgets.marks import BasisLabel
from desktop.widgets.text import Text
from desktop.words.amounts import won
from desktop.words.trees import origin, round_count, source_line


class TreesProgrammeView(TopicView):
    def __init__(self, look: Look) -> None:
        super().__init__(look, tr("계획과 걸어온 길"))

    def fill(self, column: QVBoxLayout, state: TreesState) -> None:
        words = (
            (TopicTab.PLAN, tr("무엇을 심나")),
            (TopicTab.MONEY, tr("사업비")),
            (TopicTab.STORY, tr("걸어온 길")),
        )
        self.tabs(column, words, state.tab)
        programme = state.ledger.programme
        if state.tab is TopicTab.MONEY:
            self.entries(column, self._money(state.ledger))
        elif state.tab is TopicTab.STORY:
            self.entries(column, self._story(state.ledger))
        else:
            ko = self.look.korean
            period = programme.period_note_ko if ko else programme.period_note_en
            head = note(self.look, period or programme.period_note)
            self.entries(column, self._plan(state.ledger, programme), head=head)

    def _plan(self, ledger: TreesFile, programme: Programme) -> list[QWidget]:
        """The plan's items by who was to plant them, then its halves."""
        look, language = self.look, self.look.language
        cards: list[QWidget] = []
        for sector, title in (
            (Sector.PUBLIC, tr("공공이 심기로 한 나무")),
            (Sector.PRIVATE, tr("민간이 심기로 한 나무")),
        ):
            items = [item for item in programme.subtargets if item.sector is sector]
            if not items:
                continue
            rows = [
                (
                    # A list of kinds has to break between its words.
                    Bilingual(item.kind_ko, item.kind_en or item.kind_ko)
                    .in_(language)
                    .replace("·", ", "),
                    round_count(look, item.trees),
                    item.remark(look.language),
                )
                for item in items
            ]
            cards.append(self._rows(title, rows, source_line(ledger, items[0].source_id)))
        halves = [
            (phase.phase.replace("..", " ~ "), round_count(look, phase.trees), "")
            for phase in programme.target_phases
        ]
        if halves:
            source = source_line(ledger, programme.target_phases[0].source_id)
            cards.append(self._rows(tr("두 시기로 나눈 계획"), halves, source))
        return cards

    def _rows(self, title: str, rows: list[tuple[str, str, str]], source: str) -> Card:
        card = Card(self.look)
        column = card.column(30, 24, 30, 26, gap=12)
        column.addWidget(Text(self.look, title, Role.LEAD, bold=True))
        column.addWidget(BasisLabel(self.look, tr("공식 계획")))
        column.addWidget(figure_rows(self.look, rows))
        if source:
            column.addWidget(Text(self.look, tr("출처 {line}", line=source), colour="ink2"))
        return card

    def _money(self, ledger: TreesFile) -> list[QWidget]:
        """Statements of the whole programme's cost, of parts of it, and of single years."""
        look = self.look
        cards: list[QWidget] = []
        for budget in sorted(ledger.programme.budget, key=lambda b: b.part):
            title = tr("사업의 한 부분") if budget.part else tr("사업 전체")
            lines = (budget.remark(look.language), origin(ledger, budget.source_id))
            figure = won(budget.amount_krw, look.korean)
            cards.append(
                entry(look, title, figure, lines, tr("발표된 계획"), date_words(budget.date))
            )
        for annual in ledger.annual:
            if annual.budget_krw is None or annual.year is None:
                continue
            lines = (annual.remark(look.language), origin(ledger, annual.source_id))
            title = tr("{year}년", year=annual.year)
            cards.append(
                entry(look, title, won(annual.budget_krw, look.korean), lines, tr("발표된 계획"))
            )
        return cards

    def _story(self, ledger: TreesFile) -> list[QWidget]:
        """What happened to the programme, newest first."""
        look, language = self.look, self.look.language
        programme = ledger.programme
        facts = sorted(
            (*programme.organisation, *programme.after_2022), key=lambda f: f.date, reverse=True
        )
        cards: list[QWidget] = [
            entry(
                look,
                date_words(fact.date),
                "",
                (
                    Bilingual(fact.fact_ko or fact.fact, fact.fact).in_(language),
                    origin(ledger, fact.source_id),
                ),
            )
            for fact in facts
        ]
        by = programme.approved_by
        approved = Bilingual(programme.approved_by_ko or by, by).in_(language)
        name = Bilingual(programme.name_ko, programme.name_en).in_(language)
        cards.append(entry(look, programme.approved, "", (f"**{name}**\n{approved}",)))
        for air in programme.air_and_heat_context:
            words = Bilingual(air.fact_ko or air.fact, air.fact).in_(language)
            years = [
                tr("{year}년 {value}, 전국 {national}", year=y, value=f"{v:g}", national=f"{n:g}")
                for y, v in air.values.items()
                if (n := air.national.get(y)) is not None
            ]
            source = origin(ledger, air.source_id)
            cards.append(entry(look, words, "", ("\n".join(years), source)))
        return cards

"""천만그루 현황: three bases on three rows, one cell for as many trees, no percentage."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import date_words, tr
from desktop.kiosk.shell.routes import TreesTopic
from desktop.kiosk.trees.intents import OpenTopic, Register, TreesIntent
from desktop.kiosk.trees.pictogram import PRIVATE, PUBLIC, CellSample, PlanField, TreeRow, unit_of
from desktop.kiosk.trees.state import Figures, TreesState
from desktop.theme.look import Look
from desktop.theme.type import Role
from desktop.widgets.button import PressButton
from desktop.widgets.flow import Flow
from desktop.widgets.header import Header
from desktop.widgets.marks import BasisLabel, Icon, Rule
from desktop.widgets.measures import outer, reading_width
from desktop.widgets.pager import Pager
from desktop.widgets.screen import Screen
from desktop.widgets.text import Text
from desktop.words.trees import round_count, trees_words

LEFT = 690  #: width of the column of figures, reference px


class TreesOverviewView(Screen[TreesState, TreesIntent]):
    def __init__(self, look: Look) -> None:
        header = Header(look, tr("천만그루 현황"), back=tr("이전"))
        super().__init__(look, tr("천만그루 현황"), header)
        self._shown: Figures | None = None

    def show_state(self, state: TreesState) -> None:
        if self._shown is state.figures:
            return
        self._shown = state.figures
        unit = unit_of(state.figures.plan.trees)
        if self.look.compact or self.look.portrait:
            self._stacked(state.figures, unit)
        else:
            self._wide(state.figures, unit)

    # -- shapes --------------------------------------------------------------------------------

    def _wide(self, figures: Figures, unit: int) -> None:
        look = self.look
        self.body.setSpacing(look.px(8))
        top = QHBoxLayout()
        top.setSpacing(look.px(24))
        total, basis, *rest = self._plan_words(figures)
        top.addWidget(self._column([self._column([total, basis]), *rest], gap=16))
        field = QVBoxLayout()
        field.setSpacing(look.px(8))
        field.addSpacing(look.px(4))
        field.addWidget(self._field(figures, unit))
        field.addWidget(Text(look, self._scale_words(figures, unit)))
        field.addStretch(1)
        top.addLayout(field, 1)
        self.body.addLayout(top)
        self.body.addWidget(Rule(look, "straw2"))
        self.body.addStretch(1)
        bottom = Qt.AlignmentFlag.AlignBottom
        for words, row, last in (
            (self._official_words(figures), self._official_row(figures, unit), False),
            (self._confirmed_words(figures), self._confirmed_row(figures, unit), True),
        ):
            line = QHBoxLayout()
            line.setSpacing(look.px(24))
            line.addWidget(self._column(words))
            beside = QVBoxLayout()
            beside.setSpacing(look.px(4))
            foot = QHBoxLayout()
            foot.addWidget(row, 0, bottom)
            foot.addStretch(1)
            if last:
                unknown = QHBoxLayout()
                unknown.addStretch(1)
                unknown.addLayout(self._unknown())
                beside.addLayout(unknown)
                foot.addWidget(self._more(), 0, bottom)
            else:
                beside.addStretch(1)
            beside.addLayout(foot)
            line.addLayout(beside, 1)
            self.body.addLayout(line)
            self.body.addStretch(1)
        self.body.addWidget(self._actions())

    def _stacked(self, figures: Figures, unit: int) -> None:
        look = self.look
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, look.px(8))
        column.setSpacing(look.px(13))
        total, basis, period, *shares = self._plan_words(figures)
        column.addLayout(self._beside(total, basis))
        column.addWidget(period)
        column.addLayout(self._beside(*shares))
        column.addWidget(self._field(figures, unit))
        column.addWidget(Text(look, self._scale_words(figures, unit)))
        column.addWidget(Rule(look, "straw2"))
        for words, row in (
            (self._official_words(figures), self._official_row(figures, unit)),
            (self._confirmed_words(figures), self._confirmed_row(figures, unit)),
        ):
            column.addLayout(self._beside(*words))
            column.addWidget(row)
        column.addLayout(self._unknown())
        column.addWidget(self._more())
        column.addWidget(self._actions())
        column.addStretch(1)
        self.body.addWidget(Pager(look, content), 1)

    def _beside(self, *widgets: QWidget) -> QBoxLayout:
        """Side by side where they fit, else below one another."""
        room = self.look.px(self.look.metrics.ref_width - 2 * outer(self.look))
        if self.look.shallow:
            room = reading_width(self.look)
        wanted = sum(w.sizeHint().width() for w in widgets) + self.look.px(18) * (len(widgets) - 1)
        across = wanted <= room
        layout: QBoxLayout = QHBoxLayout() if across else QVBoxLayout()
        layout.setSpacing(self.look.px(18 if across else 4))
        for widget in widgets:
            layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignBottom)
        if across:
            layout.addStretch(1)
        return layout

    def _column(self, widgets: list[QWidget], gap: float = 4) -> QWidget:
        box = QWidget()
        box.setFixedWidth(self.look.px(LEFT))
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.look.px(gap))
        for widget in widgets:
            column.addWidget(widget)
        column.addStretch(1)
        return box

    # -- parts ---------------------------------------------------------------------------------

    def _figure(self, before: str, digits: str, after: str) -> QWidget:
        """A figure with its small words on one baseline; one label to assistive technology."""
        look = self.look
        box = QWidget()
        box.setAccessibleName(" ".join(part for part in (before, digits, after) if part))
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(8))
        for words, role in ((before, Role.LEAD), (digits, Role.FIGURE_S), (after, Role.LEAD)):
            if words:
                text = Text(look, words, role, bold=True, colour="figure", one_line=True)
                row.addWidget(text, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        return box

    def _basis(self, basis: str, rest: str) -> QWidget:
        box = QWidget()
        flow = Flow(box, gap=self.look.px(14), row_gap=self.look.px(4))
        flow.addWidget(BasisLabel(self.look, basis))
        if rest:
            flow.addWidget(Text(self.look, rest, colour="ink2"))
        return box

    def _plan_words(self, figures: Figures) -> list[QWidget]:
        look, plan = self.look, figures.plan
        total = Text(look, f"{plan.trees:,}", Role.FIGURE_M, bold=True, one_line=True)
        words: list[QWidget] = [
            total,
            self._basis(tr("공식 계획"), tr("그루")),
            Text(
                look,
                tr("{start} ~ {end} 심기로 한 수", start=plan.start, end=plan.end),
                colour="ink2",
            ),
        ]
        if plan.split is not None:
            shares = (
                (PUBLIC, tr("공공 **{count}** 그루", count=round_count(look, plan.split.public))),
                (PRIVATE, tr("민간 **{count}** 그루", count=round_count(look, plan.split.private))),
            )
            for sector, text in shares:
                line = QWidget()
                row = QHBoxLayout(line)
                row.setContentsMargins(0, 0, 0, 0)
                row.setSpacing(look.px(12))
                row.addWidget(CellSample(look, sector))
                row.addWidget(Text(look, text), 1)
                words.append(line)
        return words

    def _field(self, figures: Figures, unit: int) -> PlanField:
        split = figures.plan.split
        public = split.public // unit if split else figures.plan.trees // unit
        private = split.private // unit if split else 0
        words = tr(
            "공식 계획 그림. 공공 {public}칸, 민간 {private}칸, 한 칸은 {unit} 그루.",
            public=public,
            private=private,
            unit=round_count(self.look, unit),
        )
        return PlanField(self.look, public, private, words)

    def _scale_words(self, figures: Figures, unit: int) -> str:
        cells = f"{figures.plan.trees // unit:,}"
        words = round_count(self.look, unit)
        return tr("**한 칸은 {unit} 그루** · 모두 {cells}칸", unit=words, cells=cells)

    def _official_words(self, figures: Figures) -> list[QWidget]:
        total = figures.official
        if total is None:
            return [Text(self.look, tr("공식 누계는 **확인되지 않음**"))]
        about = tr("약") if total.approximate else ""
        return [
            self._figure(about, f"{total.trees:,}", ""),
            self._basis(tr("공식 발표"), date_words(total.date)),
        ]

    def _official_row(self, figures: Figures, unit: int) -> QWidget:
        total = figures.official
        return self._row(total.trees if total else 0, unit)

    def _confirmed_words(self, figures: Figures) -> list[QWidget]:
        return [
            self._figure("", f"{figures.confirmed:,}", tr("이상")),
            self._basis(tr("보도로 확인된 식재"), tr("하한 · {date}", date=figures.until)),
        ]

    def _confirmed_row(self, figures: Figures, unit: int) -> QWidget:
        return self._row(figures.confirmed, unit)

    def _row(self, trees: int, unit: int) -> TreeRow:
        words = tr(
            "나무 그림 {n}그루, 한 그루 그림은 {unit} 그루. {trees}",
            n=f"{trees / unit:.1f}",
            unit=round_count(self.look, unit),
            trees=trees_words(trees),
        )
        return TreeRow(self.look, trees / unit, words)

    def _unknown(self) -> QHBoxLayout:
        """What nobody has confirmed."""
        look = self.look
        assert self._shown is not None
        total = self._shown.official
        sentence = (
            tr("{date} 뒤 공식 누계는 **확인되지 않음**", date=total.date)
            if total
            else tr("공식 누계는 **확인되지 않음**")
        )
        line = QHBoxLayout()
        line.setSpacing(look.px(14))
        size = 62 if look.large else 44
        line.addWidget(Icon(look, "circle-question-mark", size), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(Text(look, sentence), 1)
        return line

    def _more(self) -> PressButton:
        """The way to everything that is disputed or left out."""
        words = tr("빠진 나무·서로 다른 자료·출처")
        more = PressButton(self.look, words, trailing="chevron-right")
        more.tells(self.act, OpenTopic(TreesTopic.MORE))
        return more

    def _actions(self) -> QWidget:
        look = self.look
        box = QWidget()
        stacked = look.compact or look.portrait
        row = QGridLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(15))
        columns = (1 if look.large else 2) if stacked else 6
        doors: tuple[tuple[TreesTopic | None, str, str, str], ...] = (
            (TreesTopic.MAP, tr("지도에서 보기"), "map", "main"),
            (TreesTopic.YEARS, tr("해마다"), "calendar-clock", "plain"),
            (TreesTopic.KINDS, tr("나무 종류"), "trees", "plain"),
            (TreesTopic.DONGS, tr("동별"), "map-pin", "plain"),
            (TreesTopic.BENEFITS, tr("나무가 하는 일"), "leaf", "plain"),
            (None, tr("나도 심었어요"), "sprout", "plain"),
        )
        for number, (topic, words, icon, variant) in enumerate(doors):
            button = PressButton(look, words, icon=icon, variant=variant, height=78, padding=16)
            button.setObjectName(topic or "planted")
            button.tells(self.act, Register() if topic is None else OpenTopic(topic))
            row.addWidget(button, number // columns, number % columns)
            if columns == 6:
                row.setColumnStretch(number, button.sizeHint().width())
        return box

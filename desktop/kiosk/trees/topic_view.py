"""What the topics of the tree ledger share: the page, rows of figures, legends, cards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import tr
from desktop.kiosk.shell.routes import TreesTopic
from desktop.kiosk.trees.intents import ChooseTopicTab, TreesIntent
from desktop.kiosk.trees.state import TopicTab, TreesState
from desktop.theme.look import Look
from desktop.theme.type import Role
from desktop.widgets.button import PressButton
from desktop.widgets.card import Card
from desktop.widgets.flow import Flow
from desktop.widgets.header import Header
from desktop.widgets.marks import BasisLabel, Rule
from desktop.widgets.pager import Pager
from desktop.widgets.screen import Screen
from desktop.widgets.stack import stack
from desktop.widgets.text import Text


class TopicView(Screen[TreesState, TreesIntent]):
    """One topic: header with a way back, a body that `fill` builds from the state."""

    def __init__(self, look: Look, title: str) -> None:
        super().__init__(look, title, Header(look, title, back=tr("이전")))
        self._stage: QWidget | None = None
        self._topic: TreesTopic | None = None
        self._shown: object = None
        #: What is paged with the rest where height is scarce, and stands over it elsewhere.
        self._above: list[QWidget] = []

    @property
    def stacked(self) -> bool:
        """One column: large letters, a narrow panel or a tall one."""
        return self.look.compact or self.look.portrait

    def show_state(self, state: TreesState) -> None:
        # A view lives until its successor stands: states of other topics are not for it.
        self._topic = self._topic or state.topic
        if state.topic is not self._topic:
            return
        if self._stage is not None and self._shown == self.shown(state):
            return
        self._shown = self.shown(state)
        if self._stage is not None:
            self._stage.hide()
            self._stage.setParent(None)
            self._stage.deleteLater()
        self._above.clear()
        self._stage = QWidget()
        column = QVBoxLayout(self._stage)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.look.px(18))
        self.fill(column, state)
        self.body.addWidget(self._stage, 1)
        # A layout shows what joins it a turn of the loop later: a frame of nothing in between.
        self._stage.show()

    def shown(self, state: TreesState) -> object:
        """What the body depends on; it is built again when this changes."""
        return state.tab

    def fill(self, column: QVBoxLayout, state: TreesState) -> None:
        raise NotImplementedError

    # -- parts ---------------------------------------------------------------------------------

    def tabs(
        self, column: QVBoxLayout, words: Sequence[tuple[TopicTab, str]], chosen: TopicTab | None
    ) -> None:
        """Chips, one of them chosen."""
        box = QWidget()
        flow = Flow(box, gap=self.look.px(15))
        for tab, label in words:
            chip = PressButton(
                self.look, label, variant="chip", height=72, radius=36, checkable=True
            )
            chip.one_of = True
            chip.setObjectName(tab)
            chip.setChecked(tab is chosen)
            chip.tells(self.act, ChooseTopicTab(tab))
            flow.addWidget(chip)
        self.put_above(column, box)

    def put_above(self, column: QVBoxLayout, part: QWidget) -> None:
        """`part` over what is paged; on a shallow panel it is paged too."""
        if self.look.shallow:
            self._above.append(part)
        else:
            column.addWidget(part)

    def columns(self, column: QVBoxLayout, head: QWidget, picture: QWidget, words: QWidget) -> None:
        """A picture with `head` and `words` at its right; where it is narrow `head` comes first."""
        if self.stacked:
            parts = (*self._above, head, picture, words)
            column.addWidget(Pager(self.look, stack(self.look, parts, 24)), 1)
            return
        row = QHBoxLayout()
        row.setSpacing(self.look.px(40))
        row.addWidget(Pager(self.look, stack(self.look, (picture,))), 60)
        row.addWidget(Pager(self.look, stack(self.look, (head, words), 20)), 40)
        column.addLayout(row, 1)

    def entries(
        self,
        column: QVBoxLayout,
        cards: Iterable[QWidget],
        *,
        across: int = 2,
        head: QWidget | None = None,
    ) -> None:
        """Cards below one another, or `across` beside each other where there is room; paged.
        `head` stands over them, and is paged with them where height is scarce."""
        content = self.beside(cards, across)
        if head is not None and self.look.compact:
            content = stack(self.look, (*self._above, head, content), gap=20)
        elif self._above:
            content = stack(self.look, (*self._above, content), gap=20)
        elif head is not None:
            column.addWidget(head)
        column.addWidget(Pager(self.look, content), 1)

    def beside(self, cards: Iterable[QWidget], across: int = 2) -> QWidget:
        """Columns filled row by row, each as tall as its own cards."""
        look = self.look
        cards = list(cards)
        content = QWidget()
        outer = QHBoxLayout(content)
        outer.setContentsMargins(0, 0, 0, look.px(8))
        outer.setSpacing(look.px(24))
        number = 1 if self.stacked else across
        for first in range(number):
            one = QVBoxLayout()
            one.setSpacing(look.px(24))
            for card in cards[first::number]:
                one.addWidget(card)
            one.addStretch(1)
            outer.addLayout(one, 1)
        return content


def basis_line(look: Look, basis: str, rest: str) -> QWidget:
    """What a figure rests on, and since when."""
    box = QWidget()
    flow = Flow(box, gap=look.px(14), row_gap=look.px(4))
    flow.addWidget(BasisLabel(look, basis))
    if rest:
        flow.addWidget(Text(look, rest, colour="ink2"))
    return box


def hero(look: Look, figure: str, basis: str, rest: str) -> QWidget:
    """A figure with its basis label directly under it."""
    words = Text(look, figure, Role.FIGURE_S, bold=True, colour="figure")
    return stack(look, (words, basis_line(look, basis, rest)), gap=4)


def figure_rows(look: Look, rows: Iterable[tuple[str, str, str]]) -> QWidget:
    """The text beside a chart: (label, figure, remark) in the chart's own order."""
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(look.px(10))
    for label, figure, remark in rows:
        row = QWidget()
        row.setAccessibleName(". ".join(part for part in (label, figure, remark) if part))
        inner = QVBoxLayout(row)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        line = QHBoxLayout()
        line.setSpacing(look.px(20))
        line.addWidget(Text(look, label), 1, Qt.AlignmentFlag.AlignTop)
        line.addWidget(Text(look, figure, bold=True, one_line=True), 0, Qt.AlignmentFlag.AlignTop)
        inner.addLayout(line)
        if remark:
            inner.addWidget(Text(look, remark, colour="ink2"))
        column.addWidget(row)
        column.addWidget(Rule(look))
    return box


def note(look: Look, words: str) -> Card:
    """A quiet flat bed with a sentence that belongs to everything around it."""
    card = Card(look, fill="sand", outline=None, radius=16)
    column = card.column(26, 18, 26, 18)
    column.addWidget(Text(look, words))
    return card


def entry(
    look: Look, title: str, figure: str, lines: Iterable[str], basis: str = "", rest: str = ""
) -> Card:
    """A flat card: title, an optional figure with its basis and date, then plain lines."""
    card = Card(look)
    side = 18 if look.tight else 30
    column = card.column(side, 24, side, 26, gap=8)
    column.addWidget(Text(look, title, bold=True))
    if figure:
        column.addWidget(Text(look, figure, Role.DOOR, bold=True, colour="figure"))
    if basis:
        column.addWidget(basis_line(look, basis, rest))
    for number, line in enumerate(line for line in lines if line):
        column.addWidget(Text(look, line, colour="ink" if number == 0 else "ink2"))
    return card


class Swatch(QWidget):
    """How a series is filled: solid, or hatched at 45 degrees."""

    def __init__(self, look: Look, hatched: bool) -> None:
        super().__init__()
        self._look, self._hatched = look, hatched
        self.setFixedSize(look.px(64), look.px(34))

    def paintEvent(self, event: QPaintEvent) -> None:
        p = self._look.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        half = self._look.line(2) / 2
        rect = QRectF(self.rect()).adjusted(half, half, -half, -half)
        painter.setPen(QPen(p.pine, 2 * half))
        style = Qt.BrushStyle.BDiagPattern if self._hatched else Qt.BrushStyle.SolidPattern
        painter.setBrush(QBrush(p.pine, style))
        painter.drawRoundedRect(rect, self._look.px(4), self._look.px(4))


def legend(look: Look, series: Iterable[tuple[bool, str, str]]) -> QWidget:
    """(hatched, basis, rest) of each series, told apart by pattern and word."""
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(look.px(10))
    for hatched, basis, rest in series:
        row = QHBoxLayout()
        row.setSpacing(look.px(16))
        row.addWidget(Swatch(look, hatched), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(basis_line(look, basis, rest), 1)
        column.addLayout(row)
    return box

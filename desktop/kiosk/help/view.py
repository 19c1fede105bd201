"""Help in pictures and plain words: six topics, one page each."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.access.leaf_ring import leaf_path
from desktop.i18n import language, tr
from desktop.kiosk.help.drawing import PictureSentence
from desktop.kiosk.help.intents import ChooseTopic, HelpIntent, ListTopics
from desktop.kiosk.help.state import HelpState, Topic
from desktop.kiosk.help.texts import HelpPage, page_of, topic_word
from desktop.theme.look import Look
from desktop.theme.type import Role
from desktop.widgets.button import PressButton
from desktop.widgets.card import Card
from desktop.widgets.clearing import clear
from desktop.widgets.header import Header
from desktop.widgets.marks import Rule
from desktop.widgets.measures import HEAD
from desktop.widgets.pager import Pager
from desktop.widgets.screen import Screen
from desktop.widgets.text import Text

ICONS = {
    Topic.MAP: "map",
    Topic.FEEDBACK: "message-square",
    Topic.REPLY: "mail-open",
    Topic.PRIVACY: "shield-check",
    Topic.PEOPLE: "concierge-bell",
    Topic.SOURCES: "book-open",
}


class HelpView(Screen[HelpState, HelpIntent]):
    def __init__(self, look: Look) -> None:
        header = Header(look, tr("도움말"), back=tr("이전"))
        super().__init__(look, tr("도움말"), header, head=124 if look.large else HEAD)
        self._topics: dict[Topic, PressButton] = {}
        self._shown: tuple[Topic, bool] | None = None
        #: The list of topics stands beside the page, above it, or (in little room) by itself.
        self._beside = not look.compact and not look.portrait
        self._alone = look.compact
        row = QHBoxLayout()
        row.setSpacing(look.px(28))
        self.body.addLayout(row, 1)
        if self._beside:
            topics = self._topic_list(columns=1)
            topics.setFixedWidth(look.px(460))
            row.addWidget(topics)
        self._page = QVBoxLayout()
        row.addLayout(self._page, 1)

    def _topic_list(self, columns: int) -> QWidget:
        look = self.look
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(look.px(15))
        self._topics.clear()
        for i, topic in enumerate(Topic):
            button = PressButton(
                look,
                topic_word(topic),
                icon=ICONS[topic],
                checkable=True,
                height=116 if self._beside else 84,
                padding=24,
                align_left=True,
            )
            button.one_of = True
            button.tells(self.act, ChooseTopic(topic))
            self._topics[topic] = button
            grid.addWidget(button, i // columns, i % columns)
        for column in range(columns):
            grid.setColumnStretch(column, 1)
        grid.setRowStretch(grid.rowCount(), 1)
        return holder

    def show_state(self, state: HelpState) -> None:
        wanted = (state.topic, state.listing and self._alone)
        if wanted != self._shown:
            self._shown = wanted
            clear(self._page)
            made = self._all_topics() if wanted[1] else self._make_page(state)
            self._page.addWidget(made, 1)
        for topic, button in self._topics.items():
            button.setChecked(topic is state.topic)

    def _all_topics(self) -> QWidget:
        columns = 1 if self.look.portrait else 2
        return Pager(self.look, self._topic_list(columns))

    def _make_page(self, state: HelpState) -> QWidget:
        look = self.look
        page = page_of(state)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(24))
        if self._alone:
            self._topics.clear()
            other = PressButton(look, tr("다른 도움말"), icon="list", height=76)
            other.tells(self.act, ListTopics())
            column.addWidget(other, 0, Qt.AlignmentFlag.AlignLeft)
        elif not self._beside:
            column.addWidget(self._topic_list(columns=2))
        column.addWidget(self._card(page, state))
        column.addStretch(1)
        return Pager(look, content)

    def _card(self, page: HelpPage, state: HelpState) -> QWidget:
        look = self.look
        card = Card(look, outline="straw2")
        side = 32 if look.compact else 48
        column = card.column(side, 30, side, 30, gap=18)
        title = Role.TITLE if look.compact else Role.DOOR
        column.addWidget(Text(look, page.title, title, bold=True))
        if page.steps:
            column.addSpacing(look.px(8))
            column.addWidget(PictureSentence(look, page.steps, in_order=page.in_order))
            column.addSpacing(look.px(8))
        for line in page.lines:
            column.addWidget(Leafed(look, line))
        if page.boxed:
            column.addWidget(_box(look, page.boxed))
        if state.topic is Topic.SOURCES:
            _add_credits(look, column, state)
        return card


class Leafed(QWidget):
    """One line of a list behind a small leaf."""

    def __init__(self, look: Look, words: str) -> None:
        super().__init__()
        self._look = look
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(44), 0, 0, 0)
        row.addWidget(Text(look, words), 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, p = self._look, self._look.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(p.pine)
        middle = look.font(Role.BODY).pixelSize() * look.line_height(Role.BODY) / 2
        painter.translate(look.px(14), middle)
        painter.rotate(40)
        painter.drawPath(leaf_path(look.px(28), look.px(14)))


def _box(look: Look, lines: tuple[str, ...]) -> QWidget:
    card = Card(look, fill="sand", outline="reed")
    column = card.column(28, 20, 28, 20, gap=8)
    for line in lines:
        column.addWidget(Text(look, line))
    return card


def _add_credits(look: Look, column: QVBoxLayout, state: HelpState) -> None:
    said = language()
    column.addWidget(Rule(look))
    for credit in state.credits:
        column.addWidget(Text(look, f"**{credit.what(said)}**\n{credit.by(said)}"))
    column.addWidget(Rule(look))
    column.addWidget(Text(look, tr("자료를 낸 곳"), Role.LEAD, bold=True))
    told = ", ".join(f"{p.name(said)} {p.count}" for p in state.publishers)
    column.addWidget(Text(look, told))

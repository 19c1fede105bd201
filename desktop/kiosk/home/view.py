"""Home: one map door and three others; one pine door, 의견 보내기."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import tr
from desktop.kiosk.home.doors import DISC, LINE, Drawing, row_door, tile_door, wide_door, words
from desktop.kiosk.home.intents import HomeIntent, OpenDoor
from desktop.kiosk.home.state import HomeState
from desktop.kiosk.shell.routes import (
    ScreenName,
    ToAnnouncements,
    ToFeedback,
    ToMap,
    ToReplies,
    ToTrees,
)
from desktop.theme.look import Look
from desktop.theme.palette import Colour
from desktop.theme.type import Role
from desktop.widgets.button import PressButton
from desktop.widgets.card import Card, PressCard
from desktop.widgets.clearing import clear
from desktop.widgets.figure import TreeFigure
from desktop.widgets.header import Header
from desktop.widgets.marks import Icon, RoundIcon, Rule
from desktop.widgets.screen import Screen
from desktop.widgets.text import Text
from desktop.widgets.typeset import NO_BREAK

MakePicture = Callable[[Look], QWidget]


def _head(look: Look) -> float:
    """Reference px."""
    return 100 if look.low or look.large else 120


#: Where each door leads.
DOORS = {
    ScreenName.MAP: OpenDoor(ToMap()),
    ScreenName.TREES: OpenDoor(ToTrees()),
    ScreenName.FEEDBACK: OpenDoor(ToFeedback()),
    ScreenName.REPLIES: OpenDoor(ToReplies()),
}


class HomeView(Screen[HomeState, HomeIntent]):
    def __init__(self, look: Look, make_picture: MakePicture, state: HomeState) -> None:
        site = state.site_ko if look.korean else state.site_en
        super().__init__(look, tr("처음 화면"), Header(look, site=site), head=_head(look), gap=4)
        self._state = state
        self._make_picture = make_picture
        self._grove: QWidget | None = None
        self._notice = QVBoxLayout()
        self.body.addLayout(self._notice)
        if look.compact:
            self._compact()
        elif look.portrait:
            self._tall()
        else:
            self._wide()

    def _lead(self, door: PressCard, to: ScreenName) -> PressCard:
        """Let `door` lead to a screen."""
        door.setObjectName(f"door-{to}")
        door.tells(self.act, DOORS[to])
        return door

    # -- words ---------------------------------------------------------------------------------

    def _lines(self) -> dict[ScreenName, tuple[str, str, str]]:
        """(title, line, icon) of each door."""
        s = self._state
        plan = f"{s.plan:,}" if s.plan is not None else tr("확인되지 않음")
        if self.look.large or (self.look.compact and not self.look.portrait):
            return {
                ScreenName.MAP: (tr("지도에서 사업 보기"), tr("사업 {n}건", n=s.projects), "map"),
                ScreenName.TREES: (
                    tr("천만그루 현황"),
                    # The number and what it counts stand in one line.
                    tr("공식 계획 **{plan}** 그루", plan=plan).replace("** ", f"**{NO_BREAK}"),
                    "trees",
                ),
                ScreenName.FEEDBACK: (
                    tr("의견 보내기"),
                    tr("이름 없이 보냅니다"),
                    "message-square",
                ),
                ScreenName.REPLIES: (
                    tr("내 의견 답변 보기"),
                    tr("접수번호로 찾습니다"),
                    "mail-open",
                ),
            }
        return {
            ScreenName.MAP: (
                tr("지도에서 사업 보기"),
                tr("전주의 정원·재생·문화 사업 {n}건", n=s.projects),
                "map",
            ),
            ScreenName.TREES: (
                tr("천만그루 현황"),
                tr("공식 계획 **{plan}** 그루", plan=plan),
                "trees",
            ),
            ScreenName.FEEDBACK: (
                tr("의견 보내기"),
                tr("이름 없이, 글 없이도 보낼 수 있습니다"),
                "message-square",
            ),
            ScreenName.REPLIES: (tr("내 의견 답변 보기"), tr("접수번호로 찾습니다"), "mail-open"),
        }

    # -- shapes --------------------------------------------------------------------------------

    def _wide(self) -> None:
        look, lines = self.look, self._lines()
        row = QHBoxLayout()
        row.setSpacing(look.px(32))
        row.addWidget(self._map_door(), 1090)
        right = QVBoxLayout()
        right.setSpacing(look.px(24))
        right.addWidget(self._figure_door(), 336)
        title, line, _ = lines[ScreenName.FEEDBACK]
        speech = Drawing(look, "speech", 106, 92)
        feedback = wide_door(look, title, line, main=True, drawing=speech)
        right.addWidget(self._lead(feedback, ScreenName.FEEDBACK), 218)
        title, line, _ = lines[ScreenName.REPLIES]
        envelope = Drawing(look, "envelope", 138, 112)
        replies = wide_door(look, title, line, main=False, drawing=envelope)
        right.addWidget(self._lead(replies, ScreenName.REPLIES), 222)
        row.addLayout(right, 702)
        self.body.addLayout(row, 1)

    def _tall(self) -> None:
        self.body.addWidget(self._map_door(), 1)
        for key in (ScreenName.TREES, ScreenName.FEEDBACK, ScreenName.REPLIES):
            title, line, icon = self._lines()[key]
            door = row_door(self.look, title, line, main=key is ScreenName.FEEDBACK, icon=icon)
            self.body.addWidget(self._lead(door, key))

    def _compact(self) -> None:
        lines = self._lines()
        if self.look.portrait:
            self.body.setSpacing(self.look.px(15))
            for key, (title, line, icon) in lines.items():
                door = row_door(self.look, title, line, main=key is ScreenName.FEEDBACK, icon=icon)
                self.body.addWidget(self._lead(door, key), 1)
            return
        grid = QGridLayout()
        grid.setSpacing(self.look.px(14 if self.look.shallow else 28))
        columns = 1 if self.look.tight and self.look.metrics.small else 2
        for i, (key, (title, line, icon)) in enumerate(lines.items()):
            door = tile_door(self.look, title, line, main=key is ScreenName.FEEDBACK, icon=icon)
            grid.addWidget(self._lead(door, key), i // columns, i % columns)
        for i in range(columns):
            grid.setColumnStretch(i, 1)
        for i in range(len(lines) // columns):
            grid.setRowStretch(i, 1)
        self.body.addLayout(grid, 1)

    def _map_door(self) -> PressCard:
        look = self.look
        title, line, _ = self._lines()[ScreenName.MAP]
        card = PressCard(look, margins=(2, 2, 2, 2), radius=28)
        self._lead(card, ScreenName.MAP)
        card.setAccessibleName(f"{title}. {line}")
        picture = self._make_picture(look)
        picture.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        card.face.addWidget(RoundedTop(look, picture), 1)
        card.face.addWidget(Rule(look, "line"))
        row = QHBoxLayout()
        row.setContentsMargins(look.px(40), look.px(20), look.px(40), look.px(26))
        row.addLayout(words(look, title, line, main=False, role=Role.TITLE), 1)
        row.addWidget(RoundIcon(look, "arrow-right", 96, "pine", "on_pine"))
        card.face.addLayout(row)
        card.let_touches_through()
        return card

    def _figure_door(self) -> PressCard:
        look, s = self.look, self._state
        title = self._lines()[ScreenName.TREES][0]
        card = PressCard(look, margins=(38, 20, 38, 20), radius=28)
        self._lead(card, ScreenName.TREES)
        plan = f"{s.plan:,}" if s.plan is not None else tr("확인되지 않음")
        until = s.plan_until
        basis = tr("그루 심기 **공식 계획** · {until}까지", until=until)
        card.setAccessibleName(f"{title}. {plan} {basis}".replace("**", ""))
        head = QHBoxLayout()
        head.addWidget(Text(look, title, Role.DOOR, bold=True), 1, Qt.AlignmentFlag.AlignTop)
        # English words leave room for fewer trees beside them.
        self._grove = Drawing(look, "grove", 310 if look.korean else 196, 88)
        head.addWidget(self._grove, 0, Qt.AlignmentFlag.AlignBottom)
        card.face.addStretch(1)
        card.face.addLayout(head)
        figure = TreeFigure(look, plan, Role.FIGURE_M, grove=False)
        card.face.addWidget(figure)
        card.face.addWidget(Text(look, basis, colour="ink2"))
        card.face.addStretch(1)
        card.let_touches_through()
        return card

    # -- state ---------------------------------------------------------------------------------

    def show_state(self, state: HomeState) -> None:
        clear(self._notice)
        strips: list[QWidget] = []
        if state.notice:
            strips.append(self._note("info", tr("쓰던 내용은 지워졌습니다"), "sand"))
        if state.closed:
            said = tr("지금은 의견을 받을 수 없습니다.")
            call = tr(" 전화: {phone}", phone=state.phone) if state.phone else ""
            strips.append(self._note("triangle-alert", said + call, "warn_bed"))
        if state.announcements:
            strips.append(self._announcements(state, alone=not strips))
        self._make_room(len(strips))
        if self.look.compact or self.look.portrait:
            for strip in strips:
                self._notice.addWidget(strip)
        elif strips:
            # Beside each other: below each other they would take the figure's height.
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(self.look.px(24))
            for strip in strips[:-1]:
                row.addWidget(strip)
            row.addWidget(strips[-1], 1)
            self._notice.addWidget(line)

    def _make_room(self, strips: int) -> None:
        """Where there is little height the doors' names stay whole and what is beside them goes:
        a drawing first, the second words where that is not enough."""
        look = self.look
        standing = look.portrait and not look.low
        scarce = strips > (1 if standing else 0) and (look.compact or look.low)
        discs = self.findChildren(QWidget, DISC) if look.compact else []
        only_titles = look.shallow and not look.large and not look.korean
        for line in self.findChildren(Text, LINE):
            line.setVisible(not scarce and not only_titles)
        for disc in discs:
            disc.setVisible(not scarce)
        if self._grove is not None:
            self._grove.setVisible(not strips)

    def _announcements(self, state: HomeState, *, alone: bool) -> PressButton:
        """How many and how new: the words themselves have a screen that cuts none of them off."""
        n = state.announcements
        # One line: in large letters, or beside another strip, the count alone fills it.
        if state.announced and alone and not self.look.large:
            words = tr("공지 {n}건이 있습니다 · 최근 {date}", n=n, date=state.announced)
        else:
            words = tr("공지 {n}건이 있습니다", n=n)
        button = PressButton(
            self.look, words, icon="info", trailing="arrow-right", height=56, align_left=True
        )
        button.setObjectName("door-announcements")
        button.tells(self.act, OpenDoor(ToAnnouncements()))
        return button

    def _note(self, icon: str, sentence: str, fill: Colour) -> QWidget:
        card = Card(self.look, fill=fill, outline="warn" if fill == "warn_bed" else "reed")
        row = QHBoxLayout(card)
        row.setContentsMargins(*(self.look.px(m) for m in (28, 10, 28, 10)))
        row.setSpacing(self.look.px(16))
        row.addWidget(Icon(self.look, icon, 44, "warn" if fill == "warn_bed" else "ink2"))
        row.addWidget(Text(self.look, sentence, bold=True), 1)
        return card


class RoundedTop(QWidget):
    """Holds a picture whose upper corners follow the card's; a mask would leave jagged edges."""

    def __init__(self, look: Look, picture: QWidget) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(picture)
        self._corners = Corners(look, self)

    def resizeEvent(self, event: object) -> None:
        self._corners.setGeometry(self.rect())
        self._corners.raise_()


class Corners(QWidget):
    """Paints paper over what sticks out of a card's rounded upper corners, and their outline."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = self._look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        r, line = look.px(28), look.line(2)
        outer, inner = QPainterPath(), QPainterPath()
        outer.addRect(QRectF(0, 0, self.width(), r))
        round_box = QRectF(-line / 2, -line / 2, self.width() + line, self.height() + 4 * r)
        inner.addRoundedRect(round_box, r, r)
        painter.fillPath(outer.subtracted(inner), look.palette.paper)
        painter.setClipRect(0, 0, self.width(), r)
        painter.setPen(QPen(look.palette.line, line))
        painter.drawRoundedRect(round_box, r, r)

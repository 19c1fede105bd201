"""Attract: a promise, its figure, and the city growing in from the right."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QSizePolicy, QSpacerItem, QVBoxLayout, QWidget

from desktop.i18n import tr
from desktop.kiosk.attract.intents import AttractIntent
from desktop.kiosk.attract.state import AttractState, ShownProject
from desktop.theme.look import Look
from desktop.theme.type import Role
from desktop.widgets.button import PressButton
from desktop.widgets.card import Card
from desktop.widgets.clearing import clear
from desktop.widgets.figure import TreeFigure
from desktop.widgets.flow import Flow
from desktop.widgets.header import BrandMark, Header, StaffLine
from desktop.widgets.marks import BasisLabel, StatusLine, ThemeTile
from desktop.widgets.measures import outer
from desktop.widgets.text import Text
from desktop.widgets.view import View
from desktop.words.project import theme_word


def _ten_thousands(n: int, korean: bool) -> str:
    """600만 or 6 million: as the plan itself speaks."""
    if korean:
        return f"{n // 10_000:,}만"
    return f"{n / 1_000_000:g} million"


class Picture(QWidget):
    """The ground before the city is loaded; the city's picture derives from it."""

    def tie(self, project: ShownProject | None, plaque: QRectF, *, bleeding: bool) -> None:
        """Show `project` above its plaque (a rectangle in the picture's own coordinates)."""


class AttractView(View[AttractState, AttractIntent]):
    def __init__(self, look: Look, picture: Picture, state: AttractState) -> None:
        super().__init__()
        self.look = look
        self.setAccessibleName(tr("천만정원 첫 화면"))
        self._project: ShownProject | None = None
        self._wide = not look.portrait and not look.compact
        self._has_plaque = self._wide or (look.portrait and not look.low)
        self.picture = picture
        picture.setParent(self)
        picture.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._build(state)

    # -- parts ---------------------------------------------------------------------------------

    def _build(self, state: AttractState) -> None:
        look = self.look
        site = state.site_ko if look.korean else state.site_en
        self.header = Header(look, site=site, staff=False)
        self._scarce = look.tight and look.metrics.small
        role = Role.LEAD if self._scarce else Role.TITLE if look.compact else Role.HEADLINE
        self.headline = Text(
            look, tr("나무 천만 그루의 약속,\n어디까지 왔을까요?"), role, bold=True
        )
        brief = look.shallow or look.large
        self.start = PressButton(
            look,
            tr("누르면 시작합니다") if brief else tr("화면을 누르면 시작합니다"),
            icon="pointer",
            variant="main",
            role=Role.LEAD if look.compact else Role.DOOR,
            height=92 if look.shallow else 100,
            radius=20,
        )
        self.start.setObjectName("start")
        self.start.tells(self.act, AttractIntent.START)
        self.staff = Card(look, outline="straw2", radius=16, fill="paper")
        staff = self.staff.column(24, 8, 24, 8)
        staff.addWidget(StaffLine(look, short=look.compact or look.portrait))
        self.card = Card(look, outline="ink", width=4, radius=20)
        self._card_row = QHBoxLayout(self.card)
        self._card_row.setContentsMargins(*(look.px(m) for m in (36, 20, 28, 20)))
        self._card_row.setSpacing(look.px(28))
        self.controls = self._controls(state)
        column = QVBoxLayout(self)
        self._margin = look.px(outer(look))
        column.setContentsMargins(self._margin, 0, self._margin, look.px(16))
        column.setSpacing(look.px(18))
        self._figure = QWidget()
        self.figure_box = QVBoxLayout(self._figure)
        self.figure_box.setContentsMargins(0, 0, 0, 0)
        self.figure_box.setSpacing(look.px(14))
        if self._wide:
            self._arrange_wide(column)
        elif look.portrait:
            self._arrange_tall(column)
        else:
            self._arrange_low(column)

    def _controls(self, state: AttractState) -> QWidget:
        look = self.look
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(12 if look.tight else 19))
        back, stop, on = ("", "", "") if look.tight else ("arrow-left", "pause", "arrow-right")
        high = 92 if look.shallow else 108
        self.previous = PressButton(look, tr("이전"), icon=back, height=high, padding=12)
        self.pause = PressButton(look, tr("멈춤"), icon=stop, height=high, padding=12)
        self.next = PressButton(look, tr("다음"), icon=on, height=high, padding=12)
        for button, intent in (
            (self.previous, AttractIntent.PREVIOUS),
            (self.pause, AttractIntent.PAUSE),
            (self.next, AttractIntent.NEXT),
        ):
            button.tells(self.act, intent)
            row.addWidget(button, 1)
        return box

    def _arrange_wide(self, column: QVBoxLayout) -> None:
        look = self.look
        self.header.setFixedHeight(look.px(118))
        column.addWidget(self.header)
        # Gives way where the row of speech takes height.
        fixed, yielding = QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Maximum
        column.addItem(QSpacerItem(0, look.px(50), fixed, yielding))
        column.addWidget(self.headline)
        column.addStretch(1)
        column.addWidget(self._figure)
        column.addSpacing(look.px(12))
        foot = QHBoxLayout()
        foot.setSpacing(look.px(28))
        foot.addWidget(self.start, 1176)
        foot.addWidget(self.controls, 620)
        column.addLayout(foot)
        for floating in (self.staff, self.card):
            floating.setParent(self)

    def _arrange_tall(self, column: QVBoxLayout) -> None:
        """Portrait: words, city, plaque, controls below each other; the city fills what is left."""
        look = self.look
        self.header.be_at_least(look.px(192 if look.large and not look.crowded else 110))
        column.addWidget(self.header)
        column.addWidget(self.headline)
        column.addWidget(self._figure)
        column.addStretch(1)
        column.addWidget(self.card)
        column.addWidget(self.controls)
        column.addWidget(self.start)
        column.addWidget(StaffLine(look, short=look.large), 0, Qt.AlignmentFlag.AlignHCenter)
        self.staff.hide()

    def _arrange_low(self, column: QVBoxLayout) -> None:
        """Large letters or little height: words at the left, city at the right, one row below."""
        look = self.look
        self.header.be_at_least(look.px(96))
        words = QVBoxLayout()
        words.setSpacing(look.px(12))
        if self._scarce:
            # One row for both: the mark stands for its word.
            head = QHBoxLayout()
            head.addWidget(BrandMark(look, 64), 0, Qt.AlignmentFlag.AlignTop)
            head.addWidget(self.headline, 1)
            words.addLayout(head)
            self.header.setParent(self)
            self.header.hide()
        else:
            column.addWidget(self.header)
            words.addWidget(self.headline)
        words.addStretch(1)
        words.addWidget(self._figure)
        words.addStretch(1)
        row = QHBoxLayout()
        row.addLayout(words, 1240)
        if not self._words_alone:
            row.addStretch(584)
        column.addLayout(row, 1)
        foot = QHBoxLayout()
        foot.setSpacing(look.px(20))
        foot.addWidget(self.start, 1)
        foot.addWidget(self.controls)
        column.addLayout(foot)
        self.card.setParent(self)
        self.card.hide()
        self.staff.setParent(self)

    @property
    def _words_alone(self) -> bool:
        """English in large letters needs the whole width of a shallow panel."""
        return self.look.tight and not self.look.korean

    # -- state ---------------------------------------------------------------------------------

    def show_state(self, state: AttractState) -> None:
        self._render_figure(state)
        self._project = state.project
        self._render_card(state.project)
        self.pause.set_text(tr("멈춤") if state.playing else tr("계속"))
        if not self.look.tight:  # the words need the width
            self.pause.set_icon("pause" if state.playing else "play")
        self._place()
        # What was just added has no place before the layout has seen it shown.
        QTimer.singleShot(0, self, self._place)

    def _render_figure(self, state: AttractState) -> None:
        if state.plan is None or self.figure_box.count():
            return
        look = self.look
        role = Role.FIGURE_L if self._wide else Role.FIGURE_M
        if look.compact and not look.portrait:
            role = Role.FIGURE_S
        figure = TreeFigure(look, f"{state.plan:,}", role, grove=self._wide or not look.compact)
        label = BasisLabel(look, tr("공식 계획"))
        basis = Flow(gap=look.px(20), row_gap=look.px(8))
        if look.compact and not look.portrait:  # little height: the label stands beside its figure
            beside = QHBoxLayout()
            beside.setSpacing(look.px(24))
            beside.addWidget(figure)
            beside.addWidget(label, 0, Qt.AlignmentFlag.AlignVCenter)
            beside.addStretch(1)
            self.figure_box.addLayout(beside)
        else:
            self.figure_box.addWidget(figure, 0, Qt.AlignmentFlag.AlignLeft)
            basis.addWidget(label)
        begin, end = state.period
        if state.public and state.private:
            split = tr(
                "{begin} ~ {end} · 공공 {public} · 민간 {private} 그루",
                begin=begin,
                end=end,
                public=_ten_thousands(state.public, look.korean),
                private=_ten_thousands(state.private, look.korean),
            )
        else:
            split = tr("{begin} ~ {end}", begin=begin, end=end)
        if look.shallow:
            return  # the tree screens say who plants, and until when
        words = Text(look, split)
        if self._wide:
            words.setMaximumWidth(look.px(900))
        basis.addWidget(words)
        self.figure_box.addLayout(basis)

    def _render_card(self, project: ShownProject | None) -> None:
        look = self.look
        clear(self._card_row)
        self.card.setVisible(project is not None and self._has_plaque)
        if project is None:
            return
        self._card_row.addWidget(ThemeTile(look, project.theme, 72), 0, Qt.AlignmentFlag.AlignTop)
        words = QWidget()
        column = QVBoxLayout(words)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(6))
        name = project.name_ko if look.korean else project.name_en
        column.addWidget(Text(look, name, Role.BODY, bold=True))
        column.addWidget(StatusLine(look, project.status, project.status_date))
        dong = project.dong_ko if look.korean else project.dong_en
        place = tr("{dong} · {theme} 분야", dong=dong, theme=theme_word(project.theme))
        column.addWidget(Text(look, place, colour="ink2"))
        column.addStretch(1)
        self._card_row.addWidget(words, 1)

    # -- places --------------------------------------------------------------------------------

    def resizeEvent(self, event: object) -> None:
        self._place()

    def _make_room(self, layout: QLayout) -> None:
        """Low, small, in large letters or with the row of speech, the start is worth more than what
        Home and the tree screens say as well."""
        parts: tuple[QWidget, ...] = (self.headline, self._figure)
        if self._has_plaque and self._project is not None:
            parts = (self.card, *parts)
        for part in parts:
            part.show()
        for part in reversed(parts):
            if layout.totalMinimumHeightForWidth(self.width()) <= self.height():
                return
            part.hide()

    def _place(self) -> None:
        px = self.look.px
        layout = self.layout()
        if layout is not None:
            if not self._wide:
                self._make_room(layout)
            layout.activate()  # the city's place follows from where the words came to stand
        # In the low position the band above shows the city already.
        self.picture.setVisible(not self.look.low)
        if not self._wide:
            free = self._free_for_the_city()
            room = free.height() > px(220) and not self._words_alone
            self.picture.setVisible(not self.look.low and room)
            self.picture.setGeometry(free)
            hint = self.staff.sizeHint()
            if not self.look.portrait:
                left = self.width() - self._margin - hint.width()
                self.staff.setGeometry(left, px(10), hint.width(), hint.height())
                self.staff.raise_()
            self.picture.lower()
            self._tie()
            return
        self.picture.setGeometry(self.rect())
        right, foot = self.width() - px(48), self.controls.mapTo(self, QPoint(0, 0)).y()
        width = min(max(px(620), self.card.sizeHint().width()), px(760))
        height = max(px(200), self.card.heightForWidth(width), self.card.sizeHint().height())
        self.card.setGeometry(right - width, foot - height - px(34), width, height)
        hint = self.staff.sizeHint()
        self.staff.setGeometry(right - hint.width(), px(27), hint.width(), hint.height())
        for floating in (self.card, self.staff):
            floating.raise_()
        self._tie()

    def _free_for_the_city(self) -> QRect:
        """What the words leave free; the ground round the city has the colour of the screen."""
        px = self.look.px
        if not self.look.portrait:
            above = self.staff if self._scarce else self.header
            top = px(10) + above.sizeHint().height()
            inside = self.width() - 2 * self._margin
            left = self._margin + round(inside * 1240 / 1824) + px(10)
            return QRect(left, top, self.width() - left, self.start.y() - top - px(16))
        parts = (self.header, self.headline, self._figure)
        words = max(part.geometry().bottom() for part in parts if not part.isHidden())
        foot = self.controls.y() if self.card.isHidden() else self.card.y()
        return QRect(0, words + px(10), self.width(), max(px(40), foot - words - px(10)))

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self.look.palette.outside)

    def _tie(self) -> None:
        """The city shows where the project is and ties the place to its plaque."""
        plaque = self.card.geometry().translated(-self.picture.pos())
        project = None if self.card.isHidden() else self._project
        self.picture.tie(project, QRectF(plaque), bleeding=self._wide)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Any touch opens Home."""
        self.act(AttractIntent.START)

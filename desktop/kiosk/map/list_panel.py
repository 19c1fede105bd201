"""The list beside the map: search, how many and in which order, the rows, the shelf 시 전역."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.i18n import tr
from desktop.kiosk.map.intents import ClearFilters, ListAll, ListCityWide, MapIntent
from desktop.kiosk.map.project_list import ProjectList
from desktop.kiosk.map.project_row import ROW_GAP
from desktop.kiosk.map.search_row import SearchRow, words_alone
from desktop.kiosk.map.state import MapState, Panel
from desktop.kiosk.shell.intents import OpenProject, TypeQuery
from desktop.theme.icons import paint_icon
from desktop.theme.look import Look
from desktop.theme.type import Role
from desktop.widgets import typeset
from desktop.widgets.button import PressButton
from desktop.widgets.card import Card
from desktop.widgets.marks import Rule
from desktop.widgets.text import Text
from desktop.widgets.view import CardPart

_MIDDLE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class ListFoot(QAbstractButton):
    """The foot of the list card: the way to the projects without a point, and back."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._icon = "map"
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def say(self, words: str, icon: str) -> None:
        self._icon = icon
        self.setText(words)
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def hitButton(self, pos: QPoint) -> bool:
        """Not the strip under the last row."""
        return pos.y() >= self._look.px(ROW_GAP) and self.rect().contains(pos)

    def _words(self) -> typeset.Paragraphs:
        room = self.width() - self._look.px(84 + 66)
        return typeset.lay_out(self._look, self.text(), Role.BODY, True, max(1.0, room))

    def sizeHint(self) -> QSize:
        height = typeset.lay_out(self._look, self.text(), Role.BODY, True, 1e9).height
        return QSize(self._look.px(300), max(self._look.px(84), round(height) + self._look.px(28)))

    def overflows(self) -> bool:
        return self._words().height > self.height()

    def paintEvent(self, event: QPaintEvent) -> None:
        look, p = self._look, self._look.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect, r = QRectF(self.rect()), look.px(22)
        bed = QPainterPath()
        bed.addRoundedRect(rect.adjusted(0, -2 * r, 0, 0), r, r)
        painter.setClipRect(rect)
        painter.fillPath(bed, p.pressed if self.isDown() else p.sand)
        painter.fillRect(QRectF(0, 0, rect.width(), look.line(2)), p.line)
        size = look.px(44)
        middle = rect.height() / 2 + 1
        paint_icon(painter, self._icon, QRectF(look.px(22), middle - size / 2, size, size), p.ink)
        painter.setPen(p.ink)
        words = self._words()
        box = QRectF(look.px(84), middle - words.height / 2, words.width, words.height)
        typeset.draw(painter, look, words, Role.BODY, box)
        right = QPointF(rect.width() - look.px(22) - size, middle - size / 2)
        paint_icon(painter, "chevron-right", QRectF(right.x(), right.y(), size, size), p.ink)


class ListPanel(CardPart[MapIntent]):
    """What was found, and the field it is found with."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._state = MapState()
        edge = look.line(2)
        column = QVBoxLayout(self)
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(0)
        self.search = SearchRow(look)
        self.search.edited.connect(self._typed)
        self._count = Text(look, "", bold=True, align=_MIDDLE, parent=self)
        up, down = ("", "") if words_alone(look) else ("arrow-up", "arrow-down")
        self.up = PressButton(look, tr("위로"), icon=up, height=58, padding=14)
        self.down = PressButton(look, tr("아래로"), icon=down, height=58, padding=14)
        self.up.setAccessibleName(tr("목록 위로"))
        self.down.setAccessibleName(tr("목록 아래로"))
        self.list = ProjectList(look)
        self.list.chosen.connect(self._opened)
        self._empty = self._empty_bed()
        self.shelf = ListFoot(look)
        self.shelf.clicked.connect(self._shelf_clicked)
        self._arrange(column)
        self.up.clicked.connect(self._page_up)
        self.down.clicked.connect(self._page_down)
        self.list.moved.connect(self._show_pages)

    def _arrange(self, column: QVBoxLayout) -> None:
        """Three shapes: beside the map, under it (wide), and alone with large letters."""
        look = self.look
        pages = QHBoxLayout()
        pages.setSpacing(look.px(15))
        pages.addWidget(self.up)
        pages.addWidget(self.down)
        head: QBoxLayout = QHBoxLayout() if look.compact else QVBoxLayout()
        head.addWidget(self.search, 1)
        if look.compact:
            # The tabs say how many.
            head.addLayout(pages)
            self._count.hide()
        else:
            line = QHBoxLayout()
            line.setContentsMargins(look.px(8), 0, 0, 0)
            line.addWidget(self._count, 1)
            line.addLayout(pages)
            head.addLayout(line)
        top, foot = (4, 4) if look.crowded else (12, 8)
        head.setContentsMargins(look.px(14), look.px(top), look.px(14), look.px(foot))
        head.setSpacing(look.px(10 if head.direction() == QBoxLayout.Direction.TopToBottom else 24))
        self._head = head
        column.addLayout(head)
        column.addWidget(Rule(look, "straw"))
        column.addWidget(self.list, 1)
        column.addWidget(self._empty, 1)
        # In one column the shelf is a tab of its own.
        # Never shown before it has a parent: it would flash as a window of its own.
        if look.compact:
            self.shelf.hide()
        column.addWidget(self.shelf)

    def make_room_for_rows(self, needed: bool) -> None:
        """While the keyboard is open: the head in one row, no shelf beside a list."""
        look = self.look
        if look.shallow:
            # The search's own button takes the words back; the filters wait for the keyboard.
            self.clear.setVisible(self._state.filtered and not needed)
        if look.compact:
            return
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._head.setDirection(across if needed else down)
        # What says that nothing was found and the way out of it, beside each other likewise.
        self._bed.setDirection(across if needed and not look.portrait else down)
        self.shelf.setVisible(not needed)

    def _page_up(self) -> None:
        self.list.page_up()

    def _page_down(self) -> None:
        self.list.page_down()

    def _empty_bed(self) -> QWidget:
        look = self.look
        holder = QWidget()
        outer = QVBoxLayout(holder)
        margin = look.px(0 if look.crowded else 4 if look.compact else 6)
        outer.setContentsMargins(margin, margin, margin, margin)
        bed = Card(look, fill="paper", outline="reed", width=3, radius=20, dashed=True)
        inside = 0 if look.crowded else 4 if look.compact else 8
        self._bed = column = bed.column(inside, gap=4 if look.compact else 24)
        column.addStretch(1)
        self._empty_words = Text(look, "", align=Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self._empty_words)
        self.clear = PressButton(look, tr("필터 지우기"), icon="x")
        self.clear.tells(self.act, ClearFilters())
        column.addWidget(self.clear)
        column.addStretch(1)
        outer.addWidget(bed, 1)
        return holder

    # State

    def show_state(self, state: MapState) -> None:
        self._state = state
        self.search.set_query(state.query)
        rows = state.rows
        self._count.set_text(self._count_words(state) if rows else tr("사업 없음"))
        self._empty.setVisible(not rows)
        self.list.setVisible(bool(rows))
        self._empty_words.set_text(
            tr("여기에 맞는 사업이 없습니다.") if state.filtered else tr("사업이 없습니다.")
        )
        self.clear.setVisible(state.filtered)
        self.list.show_projects(rows, state.metres, state.selected)
        if state.panel in (Panel.CITY_WIDE, Panel.GROUP):
            self.shelf.say(tr("지도의 사업 {n}건", n=len(state.listing)), "list")
        else:
            self.shelf.say(tr("시 전역 사업 {n}건", n=len(state.city_wide)), "map")
        self._show_pages()

    @staticmethod
    def _count_words(state: MapState) -> str:
        n = len(state.rows)
        if state.panel is Panel.CITY_WIDE:
            return tr("시 전역 {n}건", n=n)
        if state.panel is Panel.GROUP:
            return tr("한곳에 {n}건", n=n)
        if state.query.strip():
            return tr("찾은 사업 {n}건", n=n)
        return tr("가까운 순 {n}건", n=n) if state.here else tr("이름순 {n}건", n=n)

    def _show_pages(self) -> None:
        needed = bool(self._state.rows) and (self.list.can_go_up or self.list.can_go_down)
        self.up.setVisible(needed)
        self.down.setVisible(needed)
        self.up.allow(self.list.can_go_up, tr("맨 위입니다"))
        self.down.allow(self.list.can_go_down, tr("맨 아래입니다"))

    def _shelf_clicked(self) -> None:
        other = self._state.panel in (Panel.CITY_WIDE, Panel.GROUP)
        self.act(ListAll() if other else ListCityWide())

    def _typed(self, query: str) -> None:
        self.act(TypeQuery(query))

    def _opened(self, project: str) -> None:
        self.act(OpenProject(project))

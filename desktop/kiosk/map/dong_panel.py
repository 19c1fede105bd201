"""One dong: its name, what stands in it, what was planted in it, and its projects."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import tr
from desktop.kiosk.map.intents import ListDong, MapIntent, SendDongFeedback
from desktop.kiosk.map.project_list import ProjectList
from desktop.kiosk.map.state import DongSummary, MapState, Panel
from desktop.kiosk.shell.intents import OpenProject
from desktop.map.caption import is_scarce
from desktop.theme.look import Look
from desktop.theme.palette import Colour
from desktop.theme.type import Role
from desktop.widgets.button import PressButton
from desktop.widgets.card import Card
from desktop.widgets.marks import Icon, Rule
from desktop.widgets.pager import Pager
from desktop.widgets.text import Text
from desktop.widgets.view import CardPart


class DongPanel(CardPart[MapIntent]):
    """Built for one dong."""

    def __init__(self, look: Look, dong: DongSummary) -> None:
        super().__init__(look)
        self._dong = dong
        self.code = dong.code
        self._whole = False
        edge = look.line(2)
        column = QVBoxLayout(self)
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(0)
        self._about = QWidget()
        about = QVBoxLayout(self._about)
        about.setContentsMargins(0, 0, 0, 0)
        about.setSpacing(0)
        about.addLayout(self._head())
        self._figures = self._facts()
        about.addWidget(self._figures)
        if look.compact:
            about.addStretch(1)  # else the figures would drift apart in the height of the page
        self.list = ProjectList(look)
        self.list.chosen.connect(self._opened)
        self._none = self._nothing()
        self._pages = self._page_row()
        # Large letters leave no room for rows under the figures: they come with 사업 n건 모두.
        self._top = Pager(look, self._about) if look.compact else self._about
        if look.shallow and isinstance(self._top, Pager):
            self._top.setContentsMargins(0, look.px(12), look.px(14), 0)
        column.addWidget(self._top, 1 if look.compact else 0)
        column.addWidget(Rule(look, "straw"))
        column.addWidget(self.list, 1)
        column.addWidget(self._none, 1)
        column.addWidget(self._pages)
        if is_scarce(look):
            about.addLayout(self._actions())
        else:
            column.addWidget(Rule(look, "line"))
            column.addLayout(self._actions())
        self.list.moved.connect(self._show_pages)

    def _padded(self, *margins: float) -> QVBoxLayout:
        box = QVBoxLayout()
        box.setContentsMargins(*(self.look.px(m) for m in margins))
        box.setSpacing(0)
        return box

    def _head(self) -> QVBoxLayout:
        look, dong = self.look, self._dong
        box = self._padded(32, 16, 24, 14)
        gu = dong.gu_ko if look.korean else dong.gu_en
        name = dong.name_ko if look.korean else dong.name_en
        if look.compact:
            box.addWidget(Text(look, f"{gu} {name}", Role.TITLE, bold=True))
        else:
            box.addWidget(Text(look, gu, colour="ink2"))
            role = Role.QUESTION if look.korean else Role.TITLE
            box.addWidget(Text(look, name, role, bold=True))
        return box

    def _facts(self) -> QWidget:
        look, dong = self.look, self._dong
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Rule(look, "straw"))
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addLayout(self._figure(tr("사업"), f"{len(dong.projects)}", tr("건"), "ink"), 0)
        row.addWidget(Rule(look, "straw", vertical=True))
        if dong.trees is None:
            said = self._padded(28, 14, 20, 14)
            said.addWidget(Text(look, tr("확인된 식재"), colour="ink2"))
            said.addWidget(Text(look, tr("보도에서 찾지 못함"), bold=True))
            said.addStretch(1)
            row.addLayout(said, 1)
        else:
            title = tr("확인된 식재 · {n}곳", n=dong.sites)
            row.addLayout(self._figure(title, f"{dong.trees:,}", tr("그루 이상"), "figure"), 1)
        column.addLayout(row)
        if dong.trees is not None:
            column.addWidget(self._basis())
        return holder

    def _figure(self, title: str, figure: str, unit: str, colour: Colour) -> QVBoxLayout:
        look = self.look
        box = self._padded(30, 12, 24, 8)
        box.addWidget(Text(look, title, colour="ink2"))
        row = QHBoxLayout()
        row.setSpacing(look.px(10))
        row.addWidget(Text(look, figure, Role.FIGURE_S, bold=True, colour=colour, one_line=True))
        # The unit stands on the figure's own line.
        foot = QVBoxLayout()
        foot.addStretch(1)
        foot.addWidget(Text(look, unit))
        foot.addSpacing(look.px(6))
        row.addLayout(foot, 1)
        box.addLayout(row)
        return box

    def _basis(self) -> QWidget:
        look = self.look
        bed = Card(look, fill="sand", outline=None, radius=0)
        row = QHBoxLayout(bed)
        row.setContentsMargins(*(look.px(m) for m in (28, 10, 20, 10)))
        row.setSpacing(look.px(14))
        row.addWidget(Icon(look, "info", 42))
        row.addWidget(Text(look, tr("보도로 확인된 하한입니다")), 1)
        return bed

    def _nothing(self) -> QWidget:
        look = self.look
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(*(look.px(m) for m in (18, 18, 18, 18)))
        bed = Card(look, fill="paper", outline="reed", width=3, radius=20, dashed=True)
        inside = bed.column(26)
        inside.addStretch(1)
        centre = Qt.AlignmentFlag.AlignHCenter
        inside.addWidget(Text(look, tr("이 동에 자리가 알려진 사업이 없습니다."), align=centre))
        inside.addStretch(1)
        column.addWidget(bed, 1)
        return holder

    def _page_row(self) -> QWidget:
        look = self.look
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(*(look.px(m) for m in (14, 10, 14, 10)))
        row.setSpacing(look.px(15))
        self.up = PressButton(look, tr("위로"), icon="arrow-up", height=62)
        self.down = PressButton(look, tr("아래로"), icon="arrow-down", height=62)
        self.up.clicked.connect(self.list.page_up)
        self.down.clicked.connect(self.list.page_down)
        row.addWidget(self.up, 1)
        row.addWidget(self.down, 1)
        return box

    def _actions(self) -> QVBoxLayout | QHBoxLayout:
        look, n = self.look, len(self._dong.projects)
        stacked = look.compact and look.portrait
        row: QVBoxLayout | QHBoxLayout = QVBoxLayout() if stacked else QHBoxLayout()
        row.setContentsMargins(*(look.px(m) for m in (20, 16, 20, 16)))
        row.setSpacing(look.px(15))
        self.all = PressButton(look, tr("사업 {n}건 모두", n=n), variant="main", padding=20)
        self.all.tells(self.act, ListDong())
        feedback = PressButton(look, tr("이 동에 의견"), padding=20)
        feedback.setObjectName("dong-feedback")
        feedback.tells(self.act, SendDongFeedback())
        row.addWidget(self.all, 1)
        row.addWidget(feedback, 1)
        return row

    def _opened(self, project: str) -> None:
        self.act(OpenProject(project))

    def show_state(self, state: MapState) -> None:
        self._whole = state.panel is Panel.DONG_ALL
        projects, compact = self._dong.projects, self.look.compact
        self._figures.setVisible(not self._whole)
        self._top.setVisible(not (compact and self._whole))
        self.list.setVisible(bool(projects) and (self._whole or not compact))
        self._none.setVisible(not projects and not compact)
        self.list.show_projects(projects, state.metres, state.selected)
        self._show_pages()

    def _show_pages(self) -> None:
        more = self.list.can_go_up or self.list.can_go_down
        self._pages.setVisible(self._whole and more)
        self.up.allow(self.list.can_go_up, tr("맨 위입니다"))
        self.down.allow(self.list.can_go_down, tr("맨 아래입니다"))
        hidden = more or self.look.compact
        self.all.setVisible(bool(self._dong.projects) and hidden and not self._whole)

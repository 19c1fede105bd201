"""Project: what it is at the left, where and since when at the right, one main action."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from db.records.projects import Project
from desktop.i18n import date_words, tr
from desktop.kiosk.project.intents import ChooseSide, OpenRelated, ProjectIntent, SendFeedback
from desktop.kiosk.project.panels import opinions, panel_title, related, sources, timeline
from desktop.kiosk.project.state import ProjectState, Side
from desktop.theme.look import Look
from desktop.theme.shapes import STATUS_ICONS
from desktop.theme.type import Role
from desktop.widgets.button import PressButton
from desktop.widgets.card import Card
from desktop.widgets.clearing import clear
from desktop.widgets.flow import Flow
from desktop.widgets.header import Header
from desktop.widgets.marks import Icon, Rule
from desktop.widgets.pager import Pager
from desktop.widgets.screen import Screen
from desktop.widgets.text import Text
from desktop.words import amounts
from desktop.words.project import status_word, theme_word

MakeSiteMap = Callable[[Look, Project], QWidget]


class ProjectView(Screen[ProjectState, ProjectIntent]):
    def __init__(self, look: Look, make_site_map: MakeSiteMap, state: ProjectState) -> None:
        project = state.project
        assert project is not None
        theme = str(project.theme)
        header = Header(look, theme_word(theme), back=tr("이전"), theme=theme)
        super().__init__(look, project.name(look.language), header)
        self._project, self._make_site_map = project, make_site_map
        self._dong_en = state.dong_en
        self._side = QVBoxLayout()
        self._side.setSpacing(look.px(24))
        self._actions_box = QVBoxLayout()
        self._columns: QHBoxLayout | None = None
        if look.compact or look.portrait:
            self._one_column(state)
        else:
            self._two_columns()

    # -- shapes --------------------------------------------------------------------------------

    def _two_columns(self) -> None:
        look = self.look
        row = QHBoxLayout()
        row.setSpacing(look.px(52))
        left = QVBoxLayout()
        left.setSpacing(look.px(22))
        left.addWidget(Pager(look, self._about()), 1)
        left.addLayout(self._actions_box)
        row.addLayout(left, 1120)
        row.addLayout(self._side, 652)
        self.body.addLayout(row, 1)

    def _one_column(self, state: ProjectState) -> None:
        look = self.look
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(28))
        column.addWidget(self._about())
        site = self._site_map(look.px(420))
        if site is not None:
            column.addWidget(site)
        column.addWidget(self._block(Side.TIMELINE, timeline(look, self._project.timeline)))
        if state.opinions:
            column.addWidget(
                self._block(Side.OPINIONS, opinions(look, state.opinions, state.opinions_in_all))
            )
        if state.related:
            column.addWidget(self._block(Side.RELATED, self._related(state)))
        column.addWidget(self._block(Side.SOURCES, sources(look, state.sources)))
        column.addStretch(1)
        pager = Pager(look, content)
        self.body.addWidget(pager, 1)
        (pager.side or self.body).addLayout(self._actions_box)

    def _block(self, panel: Side, body: QWidget) -> Card:
        card = Card(self.look, outline="straw2")
        column = card.column(30, 24, 30, 20, gap=18)
        column.addWidget(Text(self.look, panel_title(panel), Role.LEAD, bold=True))
        column.addWidget(body)
        return card

    # -- parts ---------------------------------------------------------------------------------

    def _about(self) -> QWidget:
        look, project = self.look, self._project
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(16))
        title, aside = _title(project.name(look.language))
        column.addWidget(Text(look, title, Role.QUESTION, bold=True))
        if aside and project.change is None:
            column.addWidget(Text(look, aside, Role.LEAD, bold=True, colour="ink2"))
        column.addLayout(self._status())
        if project.change is not None:
            column.addLayout(self._change())
        column.addWidget(Text(look, project.summary(look.language)))
        notes = project.notes(look.language)
        if notes:
            column.addWidget(self._notes(notes))
        column.addWidget(Rule(look, "straw2"))
        column.addLayout(self._facts())
        column.addStretch(1)
        return box

    def _status(self) -> Flow:
        look, project = self.look, self._project
        status = str(project.status)
        colour = look.palette.status(status)
        label = Card(
            look, fill="warn_bed" if status == "changed" else "white", outline="reed", radius=12
        )
        row = QHBoxLayout(label)
        row.setContentsMargins(*(look.px(m) for m in (16, 3, 20, 3)))
        row.setSpacing(look.px(12))
        row.addWidget(Icon(look, STATUS_ICONS[status], 62 if look.large else 42, colour))
        row.addWidget(Text(look, status_word(status), bold=True, colour=colour, one_line=True))
        flow = Flow(gap=look.px(20), row_gap=look.px(8))
        flow.addWidget(label)
        since = amounts.as_of(project.status_date)
        name = project.legal_dong if look.korean else self._dong_en
        dong = f" · {name}" if name else ""
        flow.addWidget(Text(look, since + dong, colour="ink2", one_line=not look.large))
        return flow

    def _change(self) -> QHBoxLayout | QVBoxLayout:
        look, change = self.look, self._project.change
        assert change is not None
        row: QHBoxLayout | QVBoxLayout = QVBoxLayout() if look.compact else QHBoxLayout()
        row.setSpacing(look.px(24))
        before = Card(look, fill="paper", outline="line", dashed=True)
        column = before.column(28, 14, 28, 14)
        column.addWidget(Text(look, tr("{date} 이전 계획", date=change.before_date), colour="ink2"))
        words = change.before_ko if look.korean else change.before_en
        column.addWidget(Text(look, words, Role.LEAD, bold=True))
        after = Card(look, outline="ochre", width=3)
        column = after.column(28, 14, 28, 14)
        column.addWidget(Text(look, tr("{date} 바뀐 계획", date=change.after_date), colour="ink2"))
        words = change.after_ko if look.korean else change.after_en
        column.addWidget(Text(look, words, Role.LEAD, bold=True))
        row.addWidget(before, 1)
        arrow = "arrow-down" if look.compact else "arrow-right"
        row.addWidget(Icon(look, arrow, 52, "warn"), 0, Qt.AlignmentFlag.AlignCenter)
        row.addWidget(after, 1)
        return row

    def _notes(self, notes: str) -> Card:
        look = self.look
        card = Card(look, fill="sand", outline=None, radius=16)
        row = QHBoxLayout(card)
        row.setContentsMargins(*(look.px(m) for m in (24, 14, 24, 14)))
        row.setSpacing(look.px(18))
        icon = Icon(look, "circle-question-mark", 46, "ink2")
        row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Text(look, notes), 1)
        return card

    def _facts(self) -> Flow:
        look, project = self.look, self._project
        unknown = tr("확인되지 않음")
        flow = Flow(gap=look.px(56), row_gap=look.px(14))
        if project.budget_claims:
            title = tr("총사업비(약) · 자료가 다릅니다")
            claims = [(c.krw, c.date) for c in project.budget_claims]
            words = "  |  ".join(
                f"**{amounts.won(k, look.korean)}** {date_words(d)}" for k, d in claims
            )
            flow.addWidget(self._fact(title, words))
        else:
            budget = project.budget_krw
            words = f"**{amounts.won(budget, look.korean)}**" if budget is not None else unknown
            flow.addWidget(self._fact(tr("예산"), words))
        area = project.area_m2
        words = f"**{amounts.square_metres(area)}**" if area is not None else unknown
        flow.addWidget(self._fact(tr("면적"), words))
        if project.lead_department:
            department = project.lead_department
            words = department if look.korean else in_korean(department)
            flow.addWidget(self._fact(tr("담당"), words))
        return flow

    def _fact(self, title: str, words: str) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Text(self.look, title, colour="ink2"))
        role = Role.LEAD if "**" in words else Role.BODY
        column.addWidget(Text(self.look, words, role))
        return box

    def _site_map(self, height: int) -> QWidget | None:
        """The place cut out of the map and in words; a project of the whole city has words only."""
        look, project = self.look, self._project
        place = project.place_ko
        if not look.korean:
            place = project.place_en or in_korean(project.place_ko)
        if project.lat is None:
            words = Card(look, fill="sand", outline=None)
            words.column(30, 20, 30, 20).addWidget(Text(look, place))
            return words
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.look.px(8))
        frame = Card(self.look, outline="straw2")
        inner = frame.column(3)
        inner.addWidget(self._make_site_map(self.look, self._project))
        frame.setFixedHeight(height)
        column.addWidget(frame)
        if project.is_area:
            place = tr("{place} · 위치는 대략입니다", place=place)
        column.addWidget(Text(look, place, colour="ink2"))
        return box

    def _related(self, state: ProjectState) -> QWidget:
        return related(self.look, state.related, self._open)

    def _open(self, project: str) -> None:
        self.act(OpenRelated(project))

    def _actions(self, state: ProjectState) -> QWidget:
        look = self.look
        box = QWidget()
        beside = look.compact and not look.portrait
        if look.tight:  # under two page buttons there is room for one line
            words = tr("의견 내기")
        else:
            words = tr("의견\n보내기") if beside else tr("이 사업에 의견 보내기")
        main = PressButton(
            look,
            words,
            icon=None if beside else "message-square",
            variant="main",
            role=Role.LEAD,
            height=94,
            radius=20,
        )
        main.setObjectName("send-feedback")
        main.tells(self.act, SendFeedback())
        if look.compact or look.portrait:
            column = QVBoxLayout(box)
            column.setContentsMargins(0, 0, 0, 0)
            column.addWidget(main)
            return box
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(22))
        row.addWidget(main, 1)
        wanted = [(Side.SOURCES, tr("출처 {n}건", n=len(state.sources)))]
        if state.related:
            wanted.append((Side.RELATED, tr("관련 사업 {n}건", n=len(state.related))))
        if state.opinions:
            wanted.append((Side.OPINIONS, tr("주민 의견 {n}건", n=state.opinions_in_all)))
        for panel, words in wanted:
            button = PressButton(look, words, height=94, padding=22, checkable=True)
            button.one_of = True
            button.setChecked(state.whole_panel and state.panel == panel)
            button.tells(self.act, ChooseSide(panel))
            row.addWidget(button)
        return box

    # -- state ---------------------------------------------------------------------------------

    def show_state(self, state: ProjectState) -> None:
        if state.project is not self._project:
            return
        clear(self._actions_box)
        self._actions_box.addWidget(self._actions(state))
        if self.look.compact or self.look.portrait:
            return
        clear(self._side)
        if not state.whole_panel:
            site = self._site_map(self.look.px(250))
            if site is not None:
                self._side.addWidget(site)
        self._side.addWidget(self._panel(state), 1)

    def _panel(self, state: ProjectState) -> Card:
        look = self.look
        card = Card(look, outline="straw2")
        column = card.column(30, 18, 24, 18, gap=14)
        head = QHBoxLayout()
        middle = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        title = panel_title(state.panel)
        head.addWidget(Text(look, title, Role.LEAD, bold=True, align=middle), 1)
        entries = self._project.timeline
        if state.whole_panel or len(entries) > 2:
            words = tr("닫기") if state.whole_panel else tr("{n}건 모두", n=len(entries))
            button = PressButton(look, words, height=68, padding=24)
            button.tells(self.act, ChooseSide(state.panel))
            head.addWidget(button)
        column.addLayout(head)
        column.addWidget(Pager(look, self._panel_body(state), peek=not state.whole_panel), 1)
        return card

    def _panel_body(self, state: ProjectState) -> QWidget:
        if state.panel == Side.SOURCES:
            return sources(self.look, state.sources)
        if state.panel == Side.RELATED:
            return self._related(state)
        if state.panel == Side.OPINIONS:
            return opinions(self.look, state.opinions, state.opinions_in_all)
        return timeline(self.look, self._project.timeline)


def in_korean(words: str) -> str:
    """A name that the catalogue has in Korean alone, on an English page."""
    return tr("{words} (한국어 이름)", words=words)


def _title(name: str) -> tuple[str, str]:
    """A name and what it carries in closing parentheses, which stands on a line of its own."""
    if name.endswith(")") and "(" in name[1:]:
        head, _, rest = name.rpartition("(") if name.count("(") == 1 else name.partition("(")
        return head.strip(), rest[:-1]
    return name, ""

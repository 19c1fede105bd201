"""The side panels of a project: the way it went, its sources, related projects, opinions."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from db.records.projects import Project, TimelineEntry
from desktop.i18n import date_words, tr
from desktop.kiosk.project.state import ShownOpinion, ShownSource, Side
from desktop.theme.look import Look
from desktop.widgets.card import PressCard
from desktop.widgets.marks import Icon, Rule, StatusLine, ThemeTile
from desktop.widgets.text import Text
from desktop.words.dates import day_of
from desktop.words.feedback import kind_word


class Moment(QWidget):
    """One event on the line: date and words; the newest is ochre and bold."""

    def __init__(self, look: Look, entry: TimelineEntry, *, newest: bool, last: bool) -> None:
        super().__init__()
        self._look, self._newest, self._last = look, newest, last
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(52), 0, 0, look.px(16))
        column.setSpacing(0)
        words = entry.event_ko if look.korean else entry.event_en
        column.addWidget(
            Text(look, date_words(entry.date), bold=newest, colour="ink" if newest else "ink2")
        )
        column.addWidget(Text(look, words, bold=newest))

    def paintEvent(self, event: QPaintEvent) -> None:
        look, p = self._look, self._look.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x, y = look.px(16), look.px(26 if not look.large else 42)
        if not self._last:
            painter.setPen(QPen(p.straw2, look.px(4)))
            painter.drawLine(QPointF(x, y), QPointF(x, self.height()))
        if not self._newest:
            painter.setPen(QPen(p.straw2, look.px(4)))
            painter.drawLine(QPointF(x, 0), QPointF(x, y))
        r = look.px(13)
        painter.setPen(QPen(p.ochre if self._newest else p.line, look.px(4)))
        painter.setBrush(p.ochre if self._newest else p.white)
        painter.drawEllipse(QPointF(x, y), r, r)


def timeline(look: Look, entries: tuple[TimelineEntry, ...]) -> QWidget:
    """Newest first."""
    box, column = _column(look, 0)
    ordered = sorted(entries, key=lambda e: e.date, reverse=True)
    if not ordered:
        column.addWidget(Text(look, tr("지나온 길은 확인되지 않음"), colour="ink2"))
    for i, entry in enumerate(ordered):
        column.addWidget(Moment(look, entry, newest=i == 0, last=i == len(ordered) - 1))
    column.addStretch(1)
    return box


def sources(look: Look, shown: tuple[ShownSource, ...]) -> QWidget:
    """Every source with who published it and when."""
    box, column = _column(look, 14)
    for i, source in enumerate(shown):
        if i:
            column.addWidget(Rule(look))
        column.addWidget(Text(look, source.title))
        date = date_words(source.date) or tr("날짜 없음")
        column.addWidget(Text(look, f"{source.publisher} · {date}", colour="ink2"))
    column.addStretch(1)
    return box


def opinions(look: Look, shown: tuple[ShownOpinion, ...], in_all: int) -> QWidget:
    """What residents said and the city answered, as the city published it."""
    box, column = _column(look, 14)
    for i, opinion in enumerate(shown):
        if i:
            column.addWidget(Rule(look))
        column.addWidget(Text(look, kind_word(opinion.kind), bold=True, colour="pine"))
        column.addWidget(Text(look, opinion.text))
        answered = tr("답변 {date}", date=day_of(opinion.replied))
        column.addWidget(Text(look, answered, bold=True, colour="ink2"))
        column.addWidget(Text(look, opinion.reply))
    if in_all > len(shown):
        column.addWidget(Rule(look))
        latest = tr("{all:,}건 가운데 새로 답한 {n}건입니다.", all=in_all, n=len(shown))
        column.addWidget(Text(look, latest, colour="ink2"))
    column.addStretch(1)
    return box


def related(look: Look, projects: tuple[Project, ...], open_one: Callable[[str], None]) -> QWidget:
    """One row a project; `open_one` takes its id."""
    box, column = _column(look, 18)
    for project in projects:
        row = _row(look, project)
        row.tells(open_one, project.id)
        column.addWidget(row)
    column.addStretch(1)
    return box


def _row(look: Look, project: Project) -> PressCard:
    card = PressCard(look, margins=(22, 14, 18, 14), radius=20, thickness=5)
    card.setAccessibleName(project.name(look.language))
    row = QHBoxLayout()
    row.setSpacing(look.px(22))
    row.addWidget(ThemeTile(look, str(project.theme), 66))
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(Text(look, project.name(look.language), bold=True))
    words.addWidget(StatusLine(look, str(project.status), project.status_date or ""))
    row.addLayout(words, 1)
    row.addWidget(Icon(look, "chevron-right", 44))
    card.face.addLayout(row)
    card.let_touches_through()
    return card


def _column(look: Look, gap: float) -> tuple[QWidget, QVBoxLayout]:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(look.px(gap))
    return box, column


def panel_title(panel: Side) -> str:
    return {
        Side.TIMELINE: tr("지나온 길"),
        Side.SOURCES: tr("출처"),
        Side.RELATED: tr("관련 사업"),
        Side.OPINIONS: tr("주민 의견과 답변"),
    }[panel]

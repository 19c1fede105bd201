"""Announcements 공지, one card each: who says it, when, and the words as they were written."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from db.publishing.announcements import Announcement
from desktop.i18n import date_words, tr
from desktop.kiosk.announcements.intents import AnnouncementsIntent
from desktop.kiosk.announcements.state import AnnouncementsState
from desktop.kiosk.shell.intents import OpenProject
from desktop.theme.look import Look
from desktop.theme.palette import Colour
from desktop.theme.type import Role
from desktop.widgets.button import PressButton
from desktop.widgets.card import Card
from desktop.widgets.clearing import clear
from desktop.widgets.header import Header
from desktop.widgets.marks import Icon
from desktop.widgets.pager import Pager
from desktop.widgets.screen import Screen
from desktop.widgets.text import Text
from desktop.words.feedback import verbatim


class AnnouncementsView(Screen[AnnouncementsState, AnnouncementsIntent]):
    def __init__(self, look: Look) -> None:
        super().__init__(look, tr("공지"), Header(look, tr("공지"), back=tr("이전")))
        self._page = QVBoxLayout()
        self.body.addLayout(self._page, 1)

    def show_state(self, state: AnnouncementsState) -> None:
        clear(self._page)
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.look.px(24))
        for each in state.told:
            column.addWidget(self._card(each, each.project in state.projects))
        if state.older:
            words = tr("더 오래된 공지 {n}건은 직원에게 물어보세요.", n=state.older)
            column.addWidget(Text(self.look, words, colour="ink2"))
        if state.failed:
            words = tr("지금은 공지를 불러올 수 없습니다. 직원에게 말씀해 주세요.")
            column.addWidget(self._alone("triangle-alert", "warn", words))
        elif state.known and not state.told:
            column.addWidget(self._alone("info", "reed", tr("지금은 공지가 없습니다.")))
        column.addStretch(1)
        self._page.addWidget(Pager(self.look, box), 1)

    def _alone(self, icon: str, colour: Colour, sentence: str) -> Card:
        """The only thing there is to say: dashed where nothing is, whole where something broke."""
        look, empty = self.look, colour == "reed"
        card = Card(look, fill="paper" if empty else "white", outline=colour, dashed=empty, width=3)
        row = QHBoxLayout(card)
        row.setContentsMargins(*(look.px(m) for m in (36, 28, 36, 28)))
        row.setSpacing(look.px(26))
        sign = Icon(look, icon, 60, "ink2" if empty else colour)
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Text(look, sentence, Role.LEAD, align=Qt.AlignmentFlag.AlignVCenter), 1)
        return card

    def _card(self, each: Announcement, can_open: bool) -> Card:
        look = self.look
        side = 28 if look.compact else 40
        card = Card(look, outline="straw2")
        column = card.column(side, 26, side, 30, gap=14)
        column.addLayout(self._head(each))
        if not look.korean and not each.en:
            column.addWidget(Text(look, tr("한국어로만 있는 공지입니다"), colour="ink2"))
        row = QHBoxLayout()
        row.addWidget(Text(look, verbatim(each.words(look.language)), Role.LEAD), 78)
        if not look.compact and not look.portrait:
            row.addStretch(22)  # lines of 35 Hangul at most
        column.addLayout(row)
        if each.until:
            until = tr("{date}까지 알립니다", date=each.until)
            column.addWidget(Text(look, until, colour="ink2"))
        if can_open and each.project is not None:
            button = PressButton(look, tr("이 사업 보기"), trailing="arrow-right", height=84)
            button.setObjectName(f"project-{each.project}")
            button.tells(self.act, OpenProject(each.project))
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _head(self, each: Announcement) -> QHBoxLayout:
        look = self.look
        row = QHBoxLayout()
        row.setSpacing(look.px(20))
        row.addWidget(Text(look, each.department or tr("전주시"), bold=True), 1)
        row.addWidget(
            Text(look, date_words(each.day) or tr("시계 오류"), colour="ink2", one_line=True)
        )
        return row

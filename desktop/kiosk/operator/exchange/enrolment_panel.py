"""Enrolment: who this device is, its words, and the way to a certificate."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QVBoxLayout

from desktop.exchange.results import Accepted, ExchangeState, Result
from desktop.exchange.standing import Enrolled, Enrolment
from desktop.exchange.words import enrolled_line, role_word, trouble_lines
from desktop.i18n import language, tr
from desktop.kiosk.operator.exchange.parts import Door, EmptyBed, ExchangePanel, SaidCard, WordsCard
from desktop.kiosk.operator.intents import Differ, OpenPage, TrustCity
from desktop.kiosk.operator.state import At
from desktop.theme.type import Role
from desktop.widgets.button import PressButton
from desktop.widgets.card import Card
from desktop.widgets.marks import Icon
from desktop.widgets.text import Text
from desktop.words.dates import until_of


class EnrolPanel(ExchangePanel):
    """Who this device is, and the two steps to a certificate."""

    def shows(self, x: ExchangeState) -> object:
        return (x.enrolment, x.result, x.problem if x.enrolment is None else None)

    def build(self, column: QVBoxLayout, x: ExchangeState) -> None:
        look = self.look
        if x.enrolment is None:
            words = x.problem.sentence(language()) if x.problem else tr("살펴보는 중입니다…")
            column.addWidget(EmptyBed(look, words))
            return
        column.addWidget(self._who(x.enrolment, x.result))
        column.addLayout(self._fingerprints(x.enrolment))
        first = x.enrolment.enrolled is not Enrolled.YES
        send, take = tr("USB에 담아 담당자에게 보냅니다."), tr("서명된 인증서나 목록을 읽습니다.")
        # Numbered only where they are the way that lies ahead.
        ask = tr("1. 신청서 쓰기") if first else tr("신청서 쓰기")
        get = tr("2. 서류 받기") if first else tr("서류 받기")
        steps = (
            (At.REQUEST, "send", ask, send, first),
            (At.PAPERS, "shield-check", get, take, False),
        )
        row = self._row()
        for at, icon, title, line, main in steps:
            door = Door(look, icon, title, line, variant="main" if main else "plain")
            door.setObjectName(f"enrol-{at.value}")
            door.tells(self.act, OpenPage(at))
            row.addWidget(door, 1)
        column.addLayout(row)

    def _fingerprints(self, enrolment: Enrolment) -> QBoxLayout:
        """This device's, and beside it that of the city once it trusts one."""
        look, city = self.look, enrolment.city_words
        row = self._row()
        title = tr("이 기기의 지문. 담당자와 소리 내어 맞추세요.")
        if city:
            title = tr("이 기기의 지문")
        row.addWidget(WordsCard(look, title, enrolment.words, narrow=bool(city)), 1)
        if city:
            row.addWidget(WordsCard(look, tr("도시의 지문"), city, narrow=True), 1)
        return row

    def _row(self) -> QBoxLayout:
        stacked = self.look.compact or self.look.portrait
        row: QBoxLayout = QVBoxLayout() if stacked else QHBoxLayout()
        row.setSpacing(self.look.px(20))
        return row

    def _who(self, enrolment: Enrolment, result: Result | None) -> Card:
        look = self.look
        card = Card(look, fill="sand", outline=None)
        row = QHBoxLayout(card)
        row.setContentsMargins(*(look.px(m) for m in (36, 26, 36, 28)))
        row.setSpacing(look.px(24))
        icon, colour, words = enrolled_line(enrolment)
        size = 70 if look.large else 56
        row.addWidget(Icon(look, icon, size, colour), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(look.px(6))
        column.addWidget(Text(look, words, Role.LEAD, bold=True, colour=colour))
        note = ""
        if isinstance(result, Accepted):
            known = tr("이미 아는 서류입니다.")
            note = " · " + (tr("서류를 받았습니다.") if result.changed else known)
        if enrolment.name:
            who = f"{enrolment.name} · {role_word(enrolment.role)}{note}"
            column.addWidget(Text(look, who))
        else:
            quiet = tr("의견은 모으고 있습니다. 등록하면 꾸러미로 보낼 수 있습니다.")
            column.addWidget(Text(look, quiet))
        row.addLayout(column, 1)
        return card


class ComparePanel(ExchangePanel):
    """The words of a city nobody trusts yet: a person says that they are the same."""

    def shows(self, x: ExchangeState) -> object:
        return (x.compare, x.problem)

    def build(self, column: QVBoxLayout, x: ExchangeState) -> None:
        look, compare = self.look, x.compare
        if x.problem is not None:
            lines = trouble_lines(x.problem, stick=False)
            column.addWidget(SaidCard(look, "circle-x", "danger", *lines))
        if compare is None:
            return
        words = tr("담당자에게 전화해 아래 낱말을 차례로 읽으세요. 하나라도 다르면 받지 마세요.")
        column.addWidget(Text(look, words))
        grid = QGridLayout()
        grid.setSpacing(look.px(20))
        stacked = look.compact or look.portrait
        cards = (
            WordsCard(look, tr("도시의 지문"), compare.city_words),
            WordsCard(look, tr("이 기기의 지문"), compare.words),
        )
        for i, card in enumerate(cards):
            grid.addWidget(card, i, 0)
        column.addLayout(grid)
        line = tr(
            "이 서류는 이 기기를 '{name}'({role})로 부르고 {day}까지 믿습니다.",
            name=compare.name,
            role=role_word(compare.role),
            day=until_of(compare.until_us),
        )
        column.addWidget(Text(look, line))
        row: QBoxLayout = QVBoxLayout() if stacked else QHBoxLayout()
        row.setSpacing(look.px(20))
        differ = PressButton(look, tr("다릅니다. 받지 않기"), icon="x", height=100, radius=20)
        differ.setObjectName("differ")
        differ.tells(self.act, Differ())
        same = PressButton(
            look, tr("모두 같습니다. 받기"), icon="check", variant="main", height=100, radius=20
        )
        same.setObjectName("trust")
        same.tells(self.act, TrustCity())
        row.addWidget(differ, 1)
        row.addWidget(same, 2)
        column.addLayout(row)

"""Bundles and the state of exchange: doors, counters one can open, and the other devices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout

from desktop.exchange.next_steps import next_steps
from desktop.exchange.results import ExchangeState
from desktop.exchange.standing import Enrolled
from desktop.exchange.words import COUNTERS, counted, counter_word, role_word, trouble_lines
from desktop.i18n import language, tr
from desktop.kiosk.operator.exchange.parts import Door, EmptyBed, ExchangePanel, SaidCard
from desktop.kiosk.operator.intents import OpenCounter, OpenPage
from desktop.kiosk.operator.state import At
from desktop.theme.palette import Colour
from desktop.theme.type import Role
from desktop.widgets.card import Card, PressCard
from desktop.widgets.marks import Rule
from desktop.widgets.text import Text
from desktop.words.dates import moment_of

if TYPE_CHECKING:  # the store behind it is heavy
    from db.exchange.status.status import ExchangeStatus, Peer

#: Counters that ask for somebody as soon as they are not nothing.
ALARMS = frozenset(("conflicts", "forks", "kept-apart"))
_LEFT, _MIDDLE = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignVCenter


def not_enrolled(x: ExchangeState) -> bool:
    return x.enrolment is not None and x.enrolment.enrolled is not Enrolled.YES


class _WithEnrolment(ExchangePanel):
    """A page that knows the ways out: to the enrolment, and to a stick that takes everything."""

    def enrol_door(self) -> Door:
        door = Door(
            self.look,
            "shield-check",
            tr("등록하러 가기"),
            tr("등록해야 꾸러미를 쓰고 읽을 수 있습니다."),
            variant="main",
        )
        door.setObjectName("to-enrol")
        door.tells(self.act, OpenPage(At.ENROL))
        return door

    def rescue_door(self) -> Door:
        door = Door(
            self.look,
            "hard-drive",
            tr("모두 USB로 내보내기"),
            tr("저장소가 망가져도 읽을 수 있는 기록을 모두 담습니다."),
        )
        door.setObjectName("bundle-rescue")
        door.tells(self.act, OpenPage(At.RESCUE))
        return door


class BundlePanel(_WithEnrolment):
    """Write, read, and what works when nothing else does."""

    def shows(self, x: ExchangeState) -> object:
        return (x.enrolment, x.status)

    def build(self, column: QVBoxLayout, x: ExchangeState) -> None:
        look, closed = self.look, not_enrolled(x)
        if closed:
            column.addWidget(self.enrol_door())
        elif x.status is not None:
            column.addWidget(Text(look, x.status.sentence(language()), bold=True))
        first = tr("먼저 등록해야 합니다")
        for at, icon, title, line in (
            (At.WRITE, "download", tr("USB에 쓰기"),
             tr("다른 곳에 아직 없는 기록을 잠가서 담습니다.")),
            (At.READ, "mail-open", tr("USB에서 읽기"),
             tr("검토대가 쓴 답변과 소식을 들여옵니다.")),
        ):  # fmt: skip
            variant = "main" if at is At.WRITE and not closed else "plain"
            door = Door(look, icon, title, line, variant=variant, enabled=not closed, why=first)
            door.setObjectName(f"bundle-{at.value}")
            door.tells(self.act, OpenPage(at))
            column.addWidget(door)
        column.addWidget(self.rescue_door())


class SyncPanel(_WithEnrolment):
    """One sentence, the last success, counters, and when every other device was heard."""

    def shows(self, x: ExchangeState) -> object:
        return (x.enrolment, x.status, x.problem)

    def build(self, column: QVBoxLayout, x: ExchangeState) -> None:
        look = self.look
        if x.problem is not None:
            lines = trouble_lines(x.problem, stick=False)
            column.addWidget(SaidCard(look, "circle-x", "danger", *lines))
            column.addWidget(self.rescue_door())
            return
        if x.enrolment is None:
            column.addWidget(EmptyBed(look, tr("살펴보는 중입니다…")))
            return
        status = x.status
        if status is None:
            words = tr("이 기기는 의견을 모으기만 합니다. 아직 주고받을 곳이 없습니다.")
            column.addWidget(SaidCard(look, "info", "ink2", words))
            column.addWidget(self.enrol_door())
            return
        column.addWidget(self._sentence(status))
        if not_enrolled(x):
            column.addWidget(self.enrol_door())
        column.addLayout(self._counters(status))
        column.addWidget(self._peers(status))

    def _sentence(self, status: ExchangeStatus) -> SaidCard:
        words = status.sentence(language())
        cause = status.last_cause
        alarm = any(counted(status, each) for each in ALARMS) or cause or not status.enrolled
        waiting = status.pending or status.sent_not_confirmed
        icon = "triangle-alert" if alarm else "info"
        colour: Colour = "warn" if alarm else "ink"
        if not alarm and not waiting:
            icon, colour = "circle-check", "pine"
        more = []
        if status.stopped:
            more.append(
                tr(
                    "저절로 다시 연결하지 않습니다. "
                    "서류를 새로 받거나 프로그램을 다시 시작하면 연결합니다."
                )
            )
        more += next_steps([cause] if cause else [])
        if cause and status.last_attempt_us is not None:
            more.append(tr("마지막 시도: {moment}", moment=moment_of(status.last_attempt_us)))
        if status.last_success_us is not None:
            good = moment_of(status.last_success_us)
            more.append(tr("마지막으로 잘 주고받은 때: {moment}", moment=good))
        elif cause:
            more.append(tr("아직 잘 주고받은 적이 없습니다."))
        return SaidCard(self.look, icon, colour, words, *more)

    def _counters(self, status: ExchangeStatus) -> QGridLayout:
        look = self.look
        grid = QGridLayout()
        grid.setSpacing(look.px(18))
        columns = 5
        if look.compact or look.portrait:
            columns = 1 if look.large else 2
        for i, counter in enumerate(COUNTERS):
            card = self._counter(counter, counted(status, counter))
            wide = columns == 2 and i == len(COUNTERS) - 1
            grid.addWidget(card, i // columns, i % columns, 1, 2 if wide else 1)
        for each in range(columns):
            grid.setColumnStretch(each, 1)
        return grid

    def _counter(self, counter: str, number: int) -> PressCard:
        look, word = self.look, counter_word(counter)
        card = PressCard(look, radius=24, margins=(28, 20, 28, 22), thickness=6)
        card.setObjectName(f"counter-{counter}")
        card.setAccessibleName(tr("{word} {n:,}건 열기", word=word, n=number))
        colour: Colour = "warn" if number and counter in ALARMS else "ink"
        figure = Text(look, f"{number:,}", Role.TITLE, bold=True, colour=colour, one_line=True)
        if look.large:
            row = QHBoxLayout()
            row.setSpacing(look.px(28))
            row.addWidget(figure)
            row.addWidget(Text(look, word, align=Qt.AlignmentFlag.AlignVCenter), 1)
            card.face.addLayout(row)
        else:
            card.face.addWidget(figure)
            card.face.addWidget(Text(look, word))
            card.face.addStretch(1)
        card.let_touches_through()
        card.tells(self.act, OpenCounter(counter))
        return card

    def _peers(self, status: ExchangeStatus) -> Card:
        look = self.look
        card = Card(look)
        column = card.column(32, 24, 32, 26, gap=16)
        column.addWidget(Text(look, tr("다른 기기"), Role.LEAD, bold=True))
        if not status.peers:
            column.addWidget(Text(look, tr("아직 아는 기기가 없습니다."), colour="ink2"))
        for peer in status.peers:
            column.addWidget(Rule(look))
            column.addLayout(self._peer(peer))
        return card

    def _peer(self, peer: Peer) -> QHBoxLayout | QVBoxLayout:
        look = self.look
        stacked = look.compact or look.portrait
        row: QHBoxLayout | QVBoxLayout = QVBoxLayout() if stacked else QHBoxLayout()
        row.setSpacing(look.px(4 if stacked else 24))
        name = f"**{peer.name}** · {role_word(peer.role.value)}"
        if peer.revoked:
            standing = tr("등록이 취소됨")
        elif peer.expired:
            standing = tr("인증서 기한이 지남")
        elif peer.heard_us is None:
            standing = tr("아직 소식이 없음")
        else:
            heard = tr("마지막 소식 {moment}", moment=moment_of(peer.heard_us))
            behind = tr("{n:,}건 뒤처짐", n=peer.behind) if peer.behind else tr("모두 받음")
            standing = f"{heard} · {behind}"
        row.addWidget(Text(look, name), 0 if stacked else 2)
        row.addWidget(Text(look, standing, colour="ink2"), 0 if stacked else 3)
        return row

"""What became of a feedback: how far it is, what was decided, what the city says."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from db.participation.replies import Reply, Status
from db.records.feedback import About
from desktop.i18n import tr
from desktop.kiosk.replies.intents import Again, ChooseFound
from desktop.kiosk.replies.progress import Stages
from desktop.kiosk.replies.state import STAGES, RepliesState
from desktop.kiosk.replies.step_screen import RepliesScreen
from desktop.theme.look import Look
from desktop.theme.type import Role
from desktop.widgets.button import PressButton
from desktop.widgets.card import Card
from desktop.widgets.marks import Icon
from desktop.widgets.text import Text
from desktop.words.dates import day_of
from desktop.words.feedback import kind_word, state_word, verbatim

_MIDDLE = Qt.AlignmentFlag.AlignVCenter
#: Names a subject or a site in the visit's language: (kind of thing, id or name).
NameOf = Callable[[str, str], str]


class FoundScreen(RepliesScreen):
    """The resident's own words are not shown again: others may be standing behind them."""

    def __init__(self, look: Look, state: RepliesState, name_of: NameOf) -> None:
        status = state.status
        assert status is not None
        super().__init__(look, state_word(status.state))
        box = QWidget()
        stacked = look.compact or look.portrait
        whole: QHBoxLayout | QVBoxLayout = QVBoxLayout(box) if stacked else QHBoxLayout(box)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(look.px(30))
        whole.addWidget(self._standing(status, name_of), 0 if stacked else 700)
        whole.addWidget(self._answers(status, state), 0 if stacked else 1100)
        if stacked:
            whole.addStretch(1)
        pager = self.put(box)
        again = PressButton(look, tr("다른 번호 찾기"), icon="search", height=90, radius=20)
        again.setObjectName("again")
        again.tells(self.act, Again())
        if look.shallow:
            whole.addWidget(again)
        elif pager.side is not None:
            pager.side.addWidget(again)
        else:
            row = QHBoxLayout()
            row.addWidget(again)
            row.addStretch(1)
            self.body.addLayout(row)

    def _standing(self, status: Status, name_of: NameOf) -> Card:
        look = self.look
        card = Card(look, fill="sand", outline=None)
        column = card.column(36, 34, 36, 30, gap=14)
        column.addWidget(Stages(look, STAGES[status.state]))
        rows = [(tr("대상"), _subject(status, name_of))]
        if status.kind is not None:
            rows.append((tr("종류"), kind_word(status.kind)))
        rows.append((tr("보낸 날"), day_of(status.at_us)))
        if status.site:
            rows.append((tr("보낸 곳"), name_of("site", status.site)))
        if status.department:
            rows.append((tr("담당"), status.department))
        for title, words in rows:
            row = QHBoxLayout()
            row.setSpacing(look.px(20))
            head = Text(look, title, colour="ink2")
            wide = 150 if look.korean else 190
            head.setFixedWidth(look.px(wide * 1.6 if look.large else wide))
            row.addWidget(head, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(Text(look, words, bold=True), 1)
            column.addLayout(row)
        column.addStretch(1)
        return card

    def _answers(self, status: Status, state: RepliesState) -> QWidget:
        look = self.look
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(20))
        if status.reason:
            column.addWidget(self._reply_card(tr("까닭"), verbatim(status.reason), ""))
        for reply in status.replies:
            column.addWidget(self._reply(reply))
        if status.original_replies:
            title = tr("같은 의견에 드린 답변")
            column.addWidget(Text(look, title, Role.LEAD, bold=True))
        for reply in status.original_replies:
            column.addWidget(self._reply(reply))
        if status.erased:
            words = tr("개인정보를 지키려고 의견의 내용은 지웠습니다.")
            column.addWidget(self._note("info", words))
        if status.for_holder:
            column.addWidget(self._note("ticket", _for_holder(state.opens_page)))
        elif not (status.replies or status.original_replies or status.reason):
            column.addWidget(self._note("mail-open", _not_here_yet(state.last_exchange_us)))
        column.addStretch(1)
        return box

    def _reply(self, reply: Reply) -> Card:
        title = reply.department or tr("시의 답변")
        words = verbatim(reply.words(self.look.language))
        return self._reply_card(title, words, day_of(reply.at_us))

    def _reply_card(self, title: str, words: str, date: str) -> Card:
        look = self.look
        card = Card(look, outline="pine", width=3)
        column = card.column(40, 28, 40, 32, gap=14)
        head = QHBoxLayout()
        head.setSpacing(look.px(20))
        head.addWidget(Text(look, title, Role.LEAD, bold=True), 1)
        if date:
            head.addWidget(Text(look, date, colour="ink2", one_line=True))
        column.addLayout(head)
        column.addWidget(Text(look, words, Role.LEAD))
        return card

    def _note(self, icon: str, words: str) -> Card:
        look = self.look
        card = Card(look, outline="reed", dashed=True)
        row = QHBoxLayout(card)
        row.setContentsMargins(*(look.px(m) for m in (36, 28, 36, 28)))
        row.setSpacing(look.px(26))
        row.addWidget(Icon(look, icon, 60, "ink2"), 0, _MIDDLE)
        row.addWidget(Text(look, words, Role.LEAD), 1)
        return card


def _subject(status: Status, name_of: NameOf) -> str:
    if status.project:
        return name_of("project", status.project)
    if status.dong:
        return name_of("dong", status.dong)
    return {
        About.POINT: tr("지도의 한 곳"),
        About.TREES: tr("나무 심기"),
    }.get(status.about, tr("전주시 전체"))


def _for_holder(opens_page: bool) -> str:
    """How one reads what a number that could be guessed does not open."""
    words = tr("접수증을 가진 분에게만 보이는 답변이 있습니다.")
    if opens_page:
        return f"{words}\n{tr('접수증의 QR을 휴대전화로 찍어 열어 주세요.')}"
    how = tr("QR을 휴대전화로 찍으면 나오는 영문 26자를 **자판으로 적기**에 적어 주세요.")
    return f"{words}\n{how}"


def _not_here_yet(exchange_us: int | None) -> str:
    words = tr("답변이 아직 이 키오스크에 도착하지 않았습니다.")
    return f"{words}\n{_last_delivery(exchange_us)}"


def _last_delivery(exchange_us: int | None) -> str:
    if exchange_us is None:
        return tr("이 키오스크에는 아직 소식이 온 적이 없습니다.")
    return tr("마지막으로 소식이 온 날: **{date}**", date=day_of(exchange_us))


class MessageScreen(RepliesScreen):
    """One calm sentence in the middle and what one can do."""

    def __init__(
        self, look: Look, question: str, lines: tuple[str, ...], *, again: bool = True
    ) -> None:
        super().__init__(look, question)
        card = Card(look, fill="sand", outline=None)
        inside = (24, 16, 24, 18) if look.tight else (48, 40, 48, 44)
        column = card.column(*inside, gap=16)
        for words in lines:
            column.addWidget(Text(look, words, Role.LEAD))
        box = QWidget()
        whole = QVBoxLayout(box)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(card)
        whole.addStretch(1)
        self.put(box)
        if again:
            row = QHBoxLayout()
            button = PressButton(
                look,
                tr("번호를 다시 넣기"),
                icon="pencil",
                variant="main",
                role=Role.LEAD,
                height=94,
                radius=20,
            )
            button.setObjectName("again")
            button.tells(self.act, Again())
            if look.shallow:
                whole.insertWidget(1, button)
                return
            row.addWidget(button)
            row.addStretch(1)
            self.body.addLayout(row)


def not_found_screen(look: Look, state: RepliesState) -> MessageScreen:
    """The number may be right and its feedback still on its way here."""
    return MessageScreen(
        look,
        tr("이 번호를 찾지 못했습니다"),
        (
            tr("번호가 맞는지 다시 보아 주세요."),
            tr("다른 도서관에서 보낸 의견은 **아직 이 키오스크에 도착하지 않았을 수 있습니다.**"),
            _last_delivery(state.last_exchange_us),
        ),
    )


def wait_screen(look: Look) -> MessageScreen:
    return MessageScreen(
        look,
        tr("잠시 쉬었다가 다시 해 주세요"),
        (
            tr("번호가 여러 번 맞지 않았습니다. 3분쯤 뒤에 다시 넣을 수 있습니다."),
            tr("번호를 잊으셨다면 직원에게 말씀해 주세요."),
        ),
        again=False,
    )


class WhichScreen(RepliesScreen):
    """Two kiosks that had not met gave the same number: the resident knows which was theirs."""

    def __init__(self, look: Look, state: RepliesState, name_of: NameOf) -> None:
        super().__init__(look, tr("어디에서 보낸 의견인가요?"))
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(20))
        for i, status in enumerate(state.found):
            site = name_of("site", status.site) if status.site else tr("다른 곳")
            button = PressButton(
                look, f"{site} · {day_of(status.at_us)}", role=Role.LEAD, height=110, radius=20
            )
            button.setObjectName(f"which-{i}")
            button.tells(self.act, ChooseFound(i))
            column.addWidget(button)
        if state.left_out:
            said = tr("여기에 다 보이지 않습니다. 찾는 의견이 없으면 직원에게 말씀해 주세요.")
            column.addWidget(Text(look, said, Role.LEAD))
        column.addStretch(1)
        self.put(box)

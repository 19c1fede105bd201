"""Step 5: leaving a contact, which hardly anybody needs to, and what must be said before."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import tr
from desktop.kiosk.feedback.intents import Agree, AnswerAge, GoOnAgreed, GoOnTooYoung, WantContact
from desktop.kiosk.feedback.state import FeedbackState, FeedbackStep
from desktop.kiosk.feedback.step_screen import StepScreen
from desktop.theme.look import Look
from desktop.theme.palette import Colour
from desktop.theme.type import Role
from desktop.widgets.button import PressButton
from desktop.widgets.card import Card, PressCard
from desktop.widgets.marks import Icon, RoundIcon, Rule
from desktop.widgets.text import Text

_TOP = Qt.AlignmentFlag.AlignTop


def _answer_card(
    look: Look, name: str, icon: str, title: str, line: str, *, main: bool
) -> PressCard:
    """One of two big answers."""
    inside = (28, 14, 28, 12) if look.tight else (48, 36, 48, 32)
    card = PressCard(look, variant="main" if main else "plain", margins=inside, radius=28)
    card.setObjectName(name)
    card.setAccessibleName(f"{title}, {line}")
    colour: Colour = "on_pine" if main else "ink"
    card.face.addStretch(1)
    if not look.compact:
        fill: Colour = "on_pine" if main else "sprout"
        ink: Colour = "pine" if main else "pine2"
        card.face.addWidget(RoundIcon(look, icon, 120, fill, ink))
        card.face.addSpacing(look.px(26))
    card.face.addWidget(Text(look, title, Role.TITLE, bold=True, colour=colour))
    card.face.addSpacing(look.px(12))
    card.face.addWidget(Text(look, line, Role.LEAD, colour=colour))
    card.face.addStretch(1)
    card.let_touches_through()
    return card


class TwoAnswers(StepScreen):
    """A question with two big answers beside each other, or below where the letters are large."""

    def show_answers(self, *cards: PressCard) -> None:
        look = self.look
        box = QWidget()
        stacked = look.portrait or look.tight
        row: QHBoxLayout | QVBoxLayout = QVBoxLayout(box) if stacked else QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(28))
        for card in cards:
            row.addWidget(card, 1)
        self.put_middle(box, 470 if not look.portrait else 900)
        self.add_foot(action=False)


class WantedStep(TwoAnswers):
    """Whether to leave a contact at all; not leaving one is the main action."""

    def __init__(self, look: Look, state: FeedbackState) -> None:
        question = tr("연락처를 남길까요?")
        super().__init__(
            look, FeedbackStep.CONTACT, question, state=state, note=tr("안 남겨도 됩니다")
        )
        skip = _answer_card(
            look,
            "contact-no",
            "ticket",
            tr("남기지 않을게요"),
            tr("접수번호만 있으면 어느 도서관에서든 답변을 볼 수 있습니다."),
            main=True,
        )
        leave = _answer_card(
            look,
            "contact-yes",
            "phone",
            tr("연락처를 남길게요"),
            tr("전화번호나 전자우편 주소로 답변을 알려 드립니다."),
            main=False,
        )
        skip.tells(self.act, WantContact(False))
        leave.tells(self.act, WantContact(True))
        self.show_answers(skip, leave)


class AgeStep(TwoAnswers):
    """만 14세: who is younger is told kindly that nothing is needed from them."""

    def __init__(self, look: Look, state: FeedbackState) -> None:
        question = tr("연락처 없이 보낼게요") if state.too_young else tr("만 14세 이상인가요?")
        super().__init__(look, FeedbackStep.CONTACT, question, state=state, chip=False)
        if state.too_young:
            words = tr("14세 미만은 연락처를 남기지 않습니다. 답변은 접수번호로 볼 수 있습니다.")
            card = _answer_card(look, "go-on", "ticket", tr("다음"), words, main=True)
            card.tells(self.act, GoOnTooYoung())
            self.show_answers(card)
            return
        older = _answer_card(
            look,
            "older",
            "check",
            tr("만 14세 이상입니다"),
            tr("연락처를 남길 수 있습니다. 나이는 저장하지 않습니다."),
            main=False,
        )
        younger = _answer_card(
            look,
            "younger",
            "sprout",
            tr("14세 미만입니다"),
            tr("연락처 없이 의견을 보냅니다."),
            main=False,
        )
        older.tells(self.act, AnswerAge(True))
        younger.tells(self.act, AnswerAge(False))
        self.show_answers(older, younger)


def _how_long(state: FeedbackState) -> str:
    """The period in force; no figure where the city has set none."""
    days, after = state.keep_days, state.keep_days_after_reply
    if days and after:
        return tr(
            "답변이 올라온 뒤 **{after}일**까지, 길어도 **{days}일** 동안 두고 바로 지웁니다.",
            after=after,
            days=days,
        )
    if days:
        return tr("오늘부터 **{days}일** 동안 두고, 그 뒤에는 바로 지웁니다.", days=days)
    if after:
        return tr("답변이 올라온 뒤 **{after}일**까지 두고, 그 뒤에는 바로 지웁니다.", after=after)
    # Nothing deletes by itself here, and the notice says who does.
    return tr("시의 담당자가 지울 때까지 둡니다. 지워 달라고 하실 수 있습니다.")


def _points(state: FeedbackState) -> tuple[tuple[str, str], ...]:
    """The four points the law asks for; other words need another version of the consent."""
    return (
        (tr("왜 받나요"), tr("이 의견의 답변을 알려 드리는 데만 씁니다.")),
        (
            tr("무엇을 받나요"),
            tr("전화번호나 전자우편 주소 하나. 적는 즉시 잠겨서 시 담당자만 엽니다."),
        ),
        (tr("언제까지 두나요"), _how_long(state)),
        (
            tr("거절할 수 있나요"),
            tr("네. 의견은 똑같이 받습니다. 연락으로 답변을 받지 못할 뿐입니다."),
        ),
    )


class ConsentStep(StepScreen):
    """The notice in big letters and a tick that nobody has set beforehand."""

    def __init__(self, look: Look, state: FeedbackState) -> None:
        question = tr("개인정보를 받기 전에 알려 드립니다")
        super().__init__(look, FeedbackStep.CONTACT, question, state=state, chip=False)
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(16))
        self._demonstration = self._demonstration_card()
        column.addWidget(self._demonstration)
        card = Card(look)
        points = card.column(0, 6, 0, 6)
        for number, (title, words) in enumerate(_points(state), 1):
            if number > 1:
                points.addWidget(Rule(look))
            points.addWidget(self._point(number, title, words))
        column.addWidget(card)
        self._tick = PressButton(
            look,
            tr("네 가지를 읽었고 동의합니다"),
            icon="square",
            role=Role.LEAD,
            height=94,
            radius=20,
            checkable=True,
        )
        self._tick.setObjectName("consent")
        self._tick.clicked.connect(self._ticked)
        refuse = PressButton(look, tr("동의하지 않습니다"), role=Role.LEAD, height=94, radius=20)
        refuse.setObjectName("refuse")
        refuse.tells(self.act, WantContact(False))
        row: QHBoxLayout | QVBoxLayout = QVBoxLayout() if look.portrait else QHBoxLayout()
        row.setSpacing(look.px(24))
        row.addWidget(refuse)
        row.addWidget(self._tick, 1)
        self.next_button(intent=GoOnAgreed())
        assert self.next is not None
        if not look.compact:
            self.next.setMinimumWidth(look.px(420))
        if self.lying:
            # At the end of the notice, so that one comes by its four points.
            column.addLayout(row)
        column.addStretch(1)
        self.put(box, scroll=True)
        if self.lying:
            self.add_foot(stop=False)
        else:
            row.addWidget(self.next)
            self.body.addLayout(row)
        self.show_state(state)

    def _ticked(self, on: bool) -> None:
        self.act(Agree(on))

    def _point(self, number: int, title: str, words: str) -> QWidget:
        look = self.look
        box = QWidget()
        row: QHBoxLayout | QVBoxLayout
        row = QVBoxLayout(box) if look.compact or look.portrait else QHBoxLayout(box)
        row.setContentsMargins(*(look.px(m) for m in (36, 18, 36, 18)))
        row.setSpacing(look.px(4 if look.compact or look.portrait else 24))
        head = Text(look, f"{number}. {title}", Role.LEAD, bold=True)
        if not (look.compact or look.portrait):
            head.setFixedWidth(look.px(430 if look.korean else 520))
        row.addWidget(head)
        row.addWidget(Text(look, words, Role.LEAD), 1)
        return box

    def _demonstration_card(self) -> Card:
        look = self.look
        card = Card(look, fill="demo", outline="demo_line", width=3, radius=20)
        row = QHBoxLayout(card)
        row.setContentsMargins(*(look.px(m) for m in (28, 16, 32, 16)))
        row.setSpacing(look.px(20))
        row.addWidget(Icon(look, "triangle-alert", 50, "demo_text"), 0, _TOP)
        words = tr("**시연용 열쇠**를 쓰는 키오스크입니다. 진짜 연락처를 적지 마세요.")
        row.addWidget(Text(look, words, colour="demo_text"), 1)
        return card

    def show_state(self, state: FeedbackState) -> None:
        self._demonstration.setVisible(state.demonstration)
        self._tick.setChecked(state.draft.consent)
        assert self.next is not None
        self.next.allow(state.draft.consent, tr("동의하면 다음으로"))

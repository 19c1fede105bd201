"""Step 4: one's own words, and what is asked when they hold personal data."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from db.privacy.personal_data import PersonalData
from desktop.access.spoken import QUIET, SPOKEN
from desktop.i18n import tr
from desktop.kiosk.feedback.intents import ClearText, KeepFindings, RemoveFindings, TypeText, Undo
from desktop.kiosk.feedback.state import LONGEST, FeedbackState, FeedbackStep
from desktop.kiosk.feedback.step_screen import StepScreen
from desktop.theme.look import Look
from desktop.theme.type import Role
from desktop.widgets.button import PressButton
from desktop.widgets.card import Card
from desktop.widgets.marks import Icon
from desktop.widgets.text import Text
from desktop.widgets.text_area import TextArea
from desktop.words.feedback import verbatim


class TextStep(StepScreen):
    """The field at the left; 다음, 되돌리기 and 모두 지움 at its right, as the keyboard leaves
    room for nothing below."""

    def __init__(self, look: Look, state: FeedbackState) -> None:
        question = tr("더 하고 싶은 말이 있나요?")
        note = tr("안 써도 됩니다")
        super().__init__(look, FeedbackStep.TEXT, question, state=state, note=note, fixed=True)
        self.area = TextArea(
            look,
            question,
            placeholder=tr("여기에 적어 주세요"),
            privacy=tr("이름·전화번호는 적지 마세요"),
            limit=LONGEST,
            counted=lambda n, most: tr("{n} / {most}자", n=n, most=most),
        )
        self.area.setObjectName("feedback-text")
        self.area.set_value(state.draft.text)
        self.area.edited.connect(self._typed)
        self.area.undo_asked.connect(self._undone)
        self._undo = PressButton(look, tr("되돌리기"), height=76, padding=18)
        self._clear = PressButton(look, tr("모두 지움"), height=76, padding=18)
        self._undo.tells(self.act, Undo())
        self._clear.tells(self.act, ClearText())
        # Where the keyboard leaves no room for their words, their signs stand beside 다음.
        self._undo_sign = _sign(look, tr("되돌리기"), "undo-2")
        self._clear_sign = _sign(look, tr("모두 지움"), "eraser")
        self._undo_sign.tells(self.act, Undo())
        self._clear_sign.tells(self.act, ClearText())
        brief = look.crowded or look.low
        self.next_button(height=94 if brief else 122, role=Role.LEAD if brief else Role.DOOR)
        self.body.addWidget(self.question_row)
        self._arrange()
        self._stop = self.stop_button()
        foot = QHBoxLayout()
        foot.addWidget(self._stop)
        foot.addStretch(1)
        self.body.addLayout(foot)
        self.show_state(state)

    def _typed(self, text: str) -> None:
        self.act(TypeText(text))

    def _undone(self) -> None:
        self.act(Undo())

    def _arrange(self) -> None:
        look = self.look
        beside = not look.portrait
        whole: QHBoxLayout | QVBoxLayout = QHBoxLayout() if beside else QVBoxLayout()
        whole.setSpacing(look.px(28))
        whole.addWidget(self.area, 1)
        side = QVBoxLayout()
        side.setSpacing(look.px(18))
        assert self.next is not None
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        self._count = Text(look, "", colour="ink2", align=right, one_line=True, parent=self)
        self._count.setProperty(QUIET, True)
        self._count.hide()
        self._small = QWidget()
        small = QHBoxLayout(self._small)
        small.setContentsMargins(0, 0, 0, 0)
        small.setSpacing(look.px(16))
        small.addWidget(self._undo, 1)
        small.addWidget(self._clear, 1)
        self._signs = QWidget()
        signs = QHBoxLayout(self._signs)
        signs.setContentsMargins(0, 0, 0, 0)
        signs.setSpacing(look.px(16))
        signs.addWidget(self._undo_sign)
        signs.addWidget(self._clear_sign)
        self._signs.hide()
        on = QHBoxLayout()
        on.setSpacing(look.px(16))
        on.addWidget(self.next, 1)
        on.addWidget(self._signs)
        if beside:
            side.addLayout(on)
            side.addWidget(self._small)
            side.addWidget(self._count)
            side.addStretch(1)
            if not look.shallow:
                self.next.setMinimumWidth(look.px(396))
            # Two words beside each other need their whole width: the field has enough.
            for button in (self._undo, self._clear):
                button.setMinimumWidth(button.sizeHint().width())
        else:
            side.addWidget(self._small)
            last = QHBoxLayout()
            last.setSpacing(look.px(24))
            last.addWidget(self._count)
            last.addLayout(on, 1)
            side.addLayout(last)
        whole.addLayout(side)
        self.body.addLayout(whole, 1)

    def show_state(self, state: FeedbackState) -> None:
        self.area.set_value(state.draft.text)
        self._count.set_text(self.area.counter)
        for undo in (self._undo, self._undo_sign):
            undo.allow(state.can_undo, tr("되돌릴 것이 없습니다"))
        for clear in (self._clear, self._clear_sign):
            clear.allow(bool(state.draft.text), tr("지울 글이 없습니다"))

    def make_room(self) -> None:
        super().make_room()
        typing = self.typing
        self._stop.setVisible(not typing)
        self.question_row.setVisible(not (typing and self.look.compact) and not self.cramped)
        large = self.look.large and not self.look.shallow
        short = self.cramped and (not large or self.look.portrait)
        self._small.setVisible(not short)
        self._signs.setVisible(short)
        brief = (typing and self.look.large) or (
            self.cramped and (self.look.shallow or self.look.low)
        )
        self.area.set_brief(brief)
        self._count.setVisible(brief)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # The keyboard comes by itself, once the layout stands.
        QTimer.singleShot(0, self.area, self._begin)

    def _begin(self) -> None:
        self.area.setFocus(Qt.FocusReason.OtherFocusReason)


def _sign(look: Look, name: str, icon: str) -> PressButton:
    button = PressButton(look, "", icon=icon, height=94, padding=14, radius=20)
    button.setAccessibleName(name)
    return button


class FindingsStep(StepScreen):
    """Something looks like personal data: shown where it stands, and a way out for each case."""

    def __init__(self, look: Look, state: FeedbackState) -> None:
        super().__init__(look, FeedbackStep.TEXT, _question(state), state=state, chip=False)
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(24))
        column.addWidget(self._warning(state))
        card = Card(look)
        shown = Text(look, _marked(state), Role.LEAD)
        shown.setProperty(SPOKEN, _unmarked(state))
        card.column(36, 24, 36, 26).addWidget(shown)
        column.addWidget(card)
        row: QHBoxLayout | QVBoxLayout
        row = QVBoxLayout() if look.portrait or look.compact else QHBoxLayout()
        row.setSpacing(look.px(24))
        for button in self._answers(state):
            row.addWidget(button, 1)
        if self.lying:
            column.addLayout(row)
        column.addStretch(1)
        self.put(box, scroll=True)
        if not self.lying:
            self.body.addLayout(row)

    def _answers(self, state: FeedbackState) -> list[PressButton]:
        mend = self._answer("back", tr("직접 고치기"), "pencil")
        mend.clicked.connect(self.go_back)
        keep = self._answer("keep_findings", tr("그대로 두기"), "arrow-right")
        keep.tells(self.act, KeepFindings())
        remove = self._answer("remove_findings", tr("그 글자 지우기"), "eraser", main=True)
        remove.tells(self.act, RemoveFindings())
        return [mend, remove] if state.must_remove else [mend, keep, remove]

    def _answer(self, name: str, words: str, icon: str, *, main: bool = False) -> PressButton:
        button = PressButton(
            self.look,
            words,
            icon=icon,
            variant="main" if main else "plain",
            role=Role.LEAD,
            height=94,
            radius=20,
        )
        button.setObjectName(name)
        return button

    def _warning(self, state: FeedbackState) -> Card:
        look = self.look
        card = Card(look, fill="warn_bed", outline="warn", width=3)
        row = QHBoxLayout(card)
        row.setContentsMargins(*(look.px(m) for m in (30, 22, 34, 22)))
        row.setSpacing(look.px(22))
        row.addWidget(Icon(look, "triangle-alert", 56, "warn"), 0, Qt.AlignmentFlag.AlignTop)
        if state.must_remove:
            words = tr("주민등록번호는 받을 수 없습니다. 지워야 보낼 수 있습니다.")
        else:
            words = tr("의견은 여러 사람이 읽습니다. 개인정보는 지우고 보내 주세요.")
        row.addWidget(Text(look, words, Role.LEAD), 1)
        return card


def _question(state: FeedbackState) -> str:
    kinds = {finding.kind for finding in state.findings}
    if PersonalData.REGISTRATION_NUMBER in kinds:
        return tr("주민등록번호처럼 보이는 글자가 있습니다")
    if PersonalData.PHONE in kinds:
        return tr("전화번호처럼 보이는 글자가 있습니다")
    return tr("전자우편 주소처럼 보이는 글자가 있습니다")


def _marked(state: FeedbackState) -> str:
    """The text with what was found in bold, between brackets that survive a copy by eye."""
    text, parts, at = state.draft.text, [], 0
    for finding in state.findings:
        parts.append(verbatim(text[at : finding.start]))
        parts.append(f"**〔{verbatim(text[finding.start : finding.end])}〕**")
        at = finding.end
    return "".join(parts) + verbatim(text[at:])


def _unmarked(state: FeedbackState) -> str:
    """The same for a loudspeaker, which others hear: what was found is left out."""
    text, parts, at = state.draft.text, [], 0
    for finding in state.findings:
        parts += [text[at : finding.start], tr("읽지 않는 글자")]
        at = finding.end
    return "".join(parts) + text[at:]

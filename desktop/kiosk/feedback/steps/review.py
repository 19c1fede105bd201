"""Step 6: everything that will be sent, each row with its own way back, and what happens next."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from db.catalogue.phrases import Phrase
from desktop.i18n import tr
from desktop.kiosk.feedback.intents import EditDraft
from desktop.kiosk.feedback.state import FeedbackState, FeedbackStep, masked
from desktop.kiosk.feedback.step_screen import StepScreen, subject_mark
from desktop.kiosk.shell.intents import Send
from desktop.theme.look import Look
from desktop.theme.palette import Colour
from desktop.theme.trees import paint_tree
from desktop.theme.type import Role
from desktop.widgets.button import PressButton
from desktop.widgets.card import Card
from desktop.widgets.kinds import KindDrawing
from desktop.widgets.marks import Icon, RoundIcon, Rule
from desktop.widgets.measures import narrow
from desktop.widgets.pager import Pager
from desktop.widgets.text import Text
from desktop.words.feedback import RATING_ICONS, kind_word, rating_word, step_words, verbatim

_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_LEFT_MIDDLE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class ReviewStep(StepScreen):
    def __init__(self, look: Look, state: FeedbackState, phrases: tuple[Phrase, ...]) -> None:
        question = tr("이대로 보낼까요?")
        super().__init__(look, FeedbackStep.REVIEW, question, state=state, chip=False)
        self._phrases = {p.id: p.words(look.language) for p in phrases}
        self._trouble = QVBoxLayout()
        self._rows = Card(look)
        self._fill(state)
        stacked = look.compact or look.portrait
        box = QWidget()
        outer = QVBoxLayout(box)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(look.px(20))
        outer.addLayout(self._trouble)
        whole: QHBoxLayout | QVBoxLayout = QVBoxLayout() if stacked else QHBoxLayout()
        whole.setSpacing(look.px(30))
        outer.addLayout(whole, 1)
        if stacked:
            whole.addWidget(self._rows)
            whole.addWidget(_what_happens(look))
            whole.addStretch(1)
        else:
            inner = QWidget()
            column = QVBoxLayout(inner)
            column.setContentsMargins(0, 0, 0, 0)
            column.addWidget(self._rows)
            column.addStretch(1)
            whole.addWidget(Pager(look, inner), 1250)
            whole.addWidget(_what_happens(look), 542)
        self.next_button(tr("보내기"), intent=Send()).setObjectName("send")
        assert self.next is not None
        if not stacked:
            self.next.setMinimumWidth(look.px(542))
        self.put(box, scroll=stacked)
        self.add_foot()
        self.show_state(state)

    # -- rows ----------------------------------------------------------------------------------

    def _fill(self, state: FeedbackState) -> None:
        look, draft = self.look, state.draft
        names = step_words()
        column = self._rows.column(0)
        subject = draft.subject
        size = 52.0 * (1.5 if look.large else 1)
        icon = Icon(look, "ban", size, "ink2")
        rows: list[tuple[FeedbackStep, QWidget | None, str, bool]] = []
        if subject is not None:
            mark = subject_mark(look, subject, 52)
            rows.append((FeedbackStep.ABOUT, mark, subject.name(look.language), True))
        if draft.kind is not None:
            kind = str(draft.kind)
            rows.append((FeedbackStep.KIND, KindDrawing(look, kind, size), kind_word(kind), True))
        feeling, face = self._feeling(state)
        face_icon = Icon(look, face, size, "ink") if face else None
        rows.append((FeedbackStep.FEELING, face_icon, feeling, bool(draft.rating or draft.phrases)))
        text = verbatim(draft.text) if draft.text else tr("쓰지 않음")
        rows.append((FeedbackStep.TEXT, None, text, False))
        contact = masked(draft.contact, draft.contact_kind) if draft.contact else ""
        rows.append(
            (FeedbackStep.CONTACT, None if contact else icon, contact or tr("남기지 않음"), True)
        )
        for i, (step, mark_widget, words, bold) in enumerate(rows):
            if i:
                column.addWidget(Rule(look))
            name = names[step - 1]
            column.addWidget(self._row(step, name, mark_widget, words, bold=bold))

    def _feeling(self, state: FeedbackState) -> tuple[str, str | None]:
        draft = state.draft
        said = [self._phrases[p] for p in draft.phrases if p in self._phrases]
        if draft.rating:
            words = [f"**{rating_word(draft.rating)}**", *said]
            return " · ".join(words), RATING_ICONS[draft.rating]
        return " · ".join(said) or tr("고르지 않음"), None

    def _row(
        self, step: FeedbackStep, name: str, mark: QWidget | None, words: str, *, bold: bool
    ) -> QWidget:
        look = self.look
        box = QWidget()
        box.setMinimumHeight(look.px(102))
        row = QHBoxLayout(box)
        row.setContentsMargins(*(look.px(m) for m in (22 if look.tight else 36, 8, 22, 8)))
        row.setSpacing(look.px(20))
        title = Text(look, name, colour="ink2", one_line=True, align=_LEFT_MIDDLE)
        # Beside the page buttons of a shallow panel the words need the line for themselves.
        pencil = None if narrow(look) else "pencil"
        edit = PressButton(look, tr("고치기"), icon=pencil, height=74, padding=24)
        edit.setObjectName(f"edit-{step.name.lower()}")
        edit.setAccessibleName(tr("{name} 고치기", name=name))
        edit.tells(self.act, EditDraft(step))
        said = Text(look, words, bold=bold and "**" not in words, align=_LEFT_MIDDLE)
        if step is FeedbackStep.CONTACT and mark is None:
            said.setProperty("private", True)
        if look.compact or look.portrait:
            words_column = QVBoxLayout()
            words_column.setSpacing(look.px(4))
            words_column.addWidget(title)
            line = QHBoxLayout()
            line.setSpacing(look.px(18))
            if mark is not None:
                line.addWidget(mark, 0, _MIDDLE)
            line.addWidget(said, 1)
            words_column.addLayout(line)
            row.addLayout(words_column, 1)
        else:
            title.setFixedWidth(look.px(152 if look.korean else 200))
            row.addWidget(title)
            if mark is not None:
                row.addWidget(mark, 0, _MIDDLE)
            row.addWidget(said, 1)
        row.addWidget(edit, 0, _MIDDLE)
        return box

    # -- sending -------------------------------------------------------------------------------

    def show_state(self, state: FeedbackState) -> None:
        assert self.next is not None
        self.next.allow(not state.saving, tr("저장하고 있습니다"))
        self._show_trouble(state)

    def _show_trouble(self, state: FeedbackState) -> None:
        while self._trouble.count():
            item = self._trouble.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        if state.refused is not None:
            words = state.refused[0 if self.look.korean else 1]
            self._trouble.addWidget(_card(self.look, words, "circle-x", "white", "danger"))
        elif state.unavailable:
            words = tr("지금은 의견을 받을 수 없습니다. 쓰신 글은 그대로 있습니다.")
            if state.phone:
                words += " " + tr("전화: **{phone}**", phone=state.phone)
            else:
                words += " " + tr("직원에게 말씀해 주세요.")
            self._trouble.addWidget(_card(self.look, words, "triangle-alert", "warn_bed", "warn"))


def _card(look: Look, words: str, icon: str, fill: Colour, colour: Colour) -> Card:
    card = Card(look, fill=fill, outline=colour, width=3, radius=20)
    card.setAccessibleName(words.replace("**", ""))
    row = QHBoxLayout(card)
    row.setContentsMargins(*(look.px(m) for m in (28, 14, 28, 14)))
    row.setSpacing(look.px(20))
    row.addWidget(Icon(look, icon, 50, colour), 0, _MIDDLE)
    row.addWidget(Text(look, words, align=_LEFT_MIDDLE), 1)
    return card


class _Grove(QWidget):
    """A row of trees on a ground line: decoration under the three sentences."""

    _TREES = (
        (48, "round", 38), (86, "round", 48), (124, "ginkgo", 50), (184, "round", 66),
        (236, "round", 84), (296, "ginkgo", 44), (332, "ginkgo", 42), (382, "pine", 92),
        (436, "pine", 88),
    )  # fmt: skip

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look = QPainter(self), self._look
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = self.height() - look.px(26)
        if ground < look.px(40):
            return  # what is said above matters more
        painter.fillRect(QRectF(0, ground, self.width(), look.px(4)), look.palette.ink)
        scale = min(1.0, ground / look.px(96))
        for x, kind, height in self._TREES:
            at = QPointF(self.width() * x / 480, ground)
            paint_tree(painter, look.palette, kind, at, look.px(height) * scale)


def _what_happens(look: Look) -> Card:
    card = Card(look, fill="sand", outline="straw")
    column = card.column(0, 34, 0, 0, gap=22)
    head = QVBoxLayout()
    head.setContentsMargins(look.px(36), 0, look.px(30), 0)
    head.setSpacing(look.px(24))
    head.addWidget(Text(look, tr("보내면 이렇게 됩니다"), Role.LEAD, bold=True))
    for icon, words in (
        ("ticket", tr("접수번호를 드립니다")),
        ("users", tr("시 담당자가 읽습니다")),
        ("mail-open", tr("어느 도서관에서든 답변을 볼 수 있습니다")),
    ):
        row = QHBoxLayout()
        row.setSpacing(look.px(22))
        row.addWidget(RoundIcon(look, icon, 76), 0, _MIDDLE)
        row.addWidget(Text(look, words, align=_LEFT_MIDDLE), 1)
        head.addLayout(row)
    column.addLayout(head)
    column.addWidget(_Grove(look))
    return card

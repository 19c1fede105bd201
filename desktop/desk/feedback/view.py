"""The right pane: one feedback beside the list, or its whole thread with the composer."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from db.inbox.thread import EntryKind, Thread
from db.records.catalogue import Catalogue
from db.records.feedback import ReviewState
from desktop.desk.feedback.cards import ThreadCard, entry_widget
from desktop.desk.feedback.composer import ThreadComposer
from desktop.desk.feedback.facts import Facts
from desktop.desk.feedback.intents import Begin, Cancel, Save
from desktop.desk.feedback.state import Doing, ThreadState
from desktop.desk.shell.keys import Command
from desktop.i18n import tr
from desktop.theme.desk_look import DeskLook, Use
from desktop.theme.desk_palette import DeskColour
from desktop.widgets.mouse.button import MouseButton, Weight
from desktop.widgets.mouse.marks import paint_state
from desktop.widgets.mouse.words import Label
from desktop.words.feedback import office_state_word

BAR, FACTS = 44, 300
_DOINGS = {
    Command.REPLY: Doing.REPLY,
    Command.ASSIGN: Doing.ASSIGN,
    Command.STATE: Doing.STATE,
    Command.NOTE: Doing.NOTE,
}


class ThreadPane(QWidget):
    """Signals: `did(intent)`, `closed()` when the pane is asked to go."""

    did = Signal(object)
    closed = Signal()

    def __init__(self, look: DeskLook, catalogue: Catalogue, year: int) -> None:
        super().__init__()
        self._look, self._year = look, year
        self._known = Facts(look, catalogue, year)
        self._state = ThreadState()
        self._shown: tuple[object, ...] = ()
        self.wide = False
        self._head = _Head(look)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setObjectName("thread")
        self._scroll.setAccessibleName(tr("의견과 처리 내역"))
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._facts = QScrollArea()
        self._facts.setWidgetResizable(True)
        self._facts.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._facts.setFixedWidth(look.px(FACTS))
        self._facts.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.composer = ThreadComposer(look)
        self.composer.did.connect(self.did)
        self._actions = _Actions(look)
        for doing, button in self._actions.buttons.items():
            button.clicked.connect(lambda _checked, doing=doing: self.did.emit(Begin(doing)))
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self._scroll, 1)
        left.addWidget(self.composer)
        left.addWidget(self._actions)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addLayout(left, 1)
        row.addWidget(self._facts)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addLayout(row, 1)
        self._facts.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.palette.pane)
        painter.fillRect(0, 0, 1, self.height(), self._look.palette.strong_line)

    # -- keys ------------------------------------------------------------------------------------

    def obey(self, command: Command) -> bool:
        if command in _DOINGS and self._state.feedback:
            self.did.emit(Begin(_DOINGS[command]))
        elif command is Command.SAVE and self._state.doing is not Doing.NOTHING:
            self.did.emit(Save(go_on=True))
        elif command is Command.BACK and self._state.doing is not Doing.NOTHING:
            self.did.emit(Cancel())
        else:
            return False
        return True

    def take_focus(self) -> None:
        if self._state.doing is Doing.NOTHING:
            self._scroll.setFocus()
        else:
            self.composer.take_focus()

    def has_focus(self) -> bool:
        focused = self.focusWidget()
        return focused is not None and focused.hasFocus()

    # -- state -----------------------------------------------------------------------------------

    def set_wide(self, wide: bool) -> None:
        """The whole thread, or what has room beside the list."""
        if wide != self.wide:
            self.wide = wide
            self._shown = ()
            self.show_state(self._state)

    def show_state(self, state: ThreadState) -> None:
        self._state = state
        shown = (state.feedback, state.thread, self.wide)
        if shown != self._shown:
            self._shown = shown
            self._build(state)
        self.composer.show_state(state)
        composing = state.doing is not Doing.NOTHING
        self._actions.setVisible(bool(state.thread) and state.may_act and not composing)
        self._actions.show_ticked(state.ticked)

    def _build(self, state: ThreadState) -> None:
        thread = state.thread
        self._head.show_thread(thread)
        self._facts.setVisible(self.wide and thread is not None)
        body = _Bed(self._look, "app" if self.wide else "pane")
        column = QVBoxLayout(body)
        px = self._look.px
        column.setContentsMargins(px(16), px(14), px(16), px(14))
        column.setSpacing(px(8))
        if thread is not None:
            self._resident(column, thread)
            if not self.wide:
                self._known.into(column, state.phrases, thread)
                column.addSpacing(px(6))
            for entry in thread.entries:
                if self.wide or entry.kind is not EntryKind.READ:
                    column.addWidget(entry_widget(self._look, entry, self._year))
        elif not state.feedback:
            told = tr("목록에서 의견을 고르면 여기에 나옵니다.")
            column.addWidget(Label(self._look, told, Use.TEXT, "third"))
        column.addStretch(1)
        self._scroll.setWidget(body)
        if self.wide and thread is not None:
            facts = _Bed(self._look, "pane")
            beside = QVBoxLayout(facts)
            beside.setContentsMargins(px(14), px(14), px(14), px(14))
            beside.setSpacing(px(8))
            self._known.into(beside, state.phrases, thread)
            self._known.readers_into(beside, thread)
            beside.addStretch(1)
            self._facts.setWidget(facts)

    def _resident(self, column: QVBoxLayout, thread: Thread) -> None:
        look, feedback = self._look, thread.feedback
        words = feedback.text or tr("글 없이 보낸 의견")
        if feedback.erased:
            words = tr("개인정보를 지키려고 의견의 내용은 지웠습니다.")
        own = bool(feedback.text) and not feedback.erased
        colour: DeskColour = "text" if own else "third"
        said = Label(look, words, Use.WORDS, colour)
        said.setObjectName("resident-words")
        if not self.wide:
            column.addWidget(said)
            return
        card = ThreadCard(look, "pane", "strong_line", icon="message-square")
        card.head(tr("주민"), " · ".join(self._known.sent(feedback)))
        card.column.addWidget(said)
        column.addWidget(card)


class _Bed(QWidget):
    def __init__(self, look: DeskLook, fill: DeskColour) -> None:
        super().__init__()
        self._look, self._fill = look, fill

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._look.palette.colour(self._fill))


class _Head(QWidget):
    """Receipt number and state of the one that is shown."""

    def __init__(self, look: DeskLook) -> None:
        super().__init__()
        self._look = look
        self._state: ReviewState | None = None
        self.setFixedHeight(look.px(BAR))
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(16), 0, look.px(14), 0)
        row.setSpacing(look.px(8))
        self._name = Label(look, "", Use.SMALL, "second", one_line=True)
        self.code = Label(look, "", Use.STRONG, one_line=True)
        self.code.setObjectName("receipt-code")
        self._glyph = _Glyph(look)
        self._word = Label(look, "", Use.TEXT, one_line=True)
        row.addWidget(self._name)
        row.addWidget(self.code, 1)
        row.addWidget(self._glyph)
        row.addWidget(self._word)

    def show_thread(self, thread: Thread | None) -> None:
        self._name.say(tr("접수번호") if thread and thread.code else "")
        self.code.say((thread.code or "") if thread else "")
        standing = thread.standing if thread else ()
        state = ReviewState.RECEIVED if thread else None
        if len(standing) == 1:
            state = standing[0].state
        elif standing:
            state = ReviewState.IN_REVIEW
        self._glyph.show_glyph(state)
        self._word.say(office_state_word(state) if state else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(0, self.height() - 1, self.width(), 1, self._look.palette.line)


class _Glyph(QWidget):
    def __init__(self, look: DeskLook) -> None:
        super().__init__()
        self._look = look
        self._state: ReviewState | None = None
        self.setFixedSize(look.px(16), look.px(16))

    def show_glyph(self, state: ReviewState | None) -> None:
        self._state = state
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._state is not None:
            painter = QPainter(self)
            paint_state(painter, self._look, self._state, QRectF(self.rect()))


class _Actions(QWidget):
    """What one can do, with its key; the number first where many are ticked."""

    def __init__(self, look: DeskLook) -> None:
        super().__init__()
        self._look = look
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(12), look.px(8), look.px(12), look.px(8))
        row.setSpacing(look.px(2))
        self._count = Label(look, "", Use.STRONG, "accent", one_line=True)
        row.addWidget(self._count)
        self.buttons = {
            Doing.REPLY: MouseButton(
                look, tr("답변"), icon="reply", cap="R", weight=Weight.MAIN, name="reply"
            ),
            Doing.ASSIGN: MouseButton(look, tr("배정"), cap="A", name="assign"),
            Doing.STATE: MouseButton(look, tr("상태"), cap="S", name="state"),
            Doing.NOTE: MouseButton(look, tr("메모"), cap="N", name="note"),
        }
        for button in self.buttons.values():
            row.addWidget(button)
        row.addStretch(1)

    def show_ticked(self, ticked: int) -> None:
        self._count.say(tr("고른 {n}건에", n=ticked) if ticked else "")
        self._count.setVisible(ticked > 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.palette.head)
        painter.fillRect(0, 0, self.width(), 1, self._look.palette.strong_line)

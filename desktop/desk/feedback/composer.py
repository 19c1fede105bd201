"""Where an officer writes: a reply, a note, the department, the state with its reason."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from db.records.feedback import LONGEST_DEPARTMENT, LONGEST_WRITTEN
from desktop.desk.feedback.intents import (
    Cancel,
    ChoosePublic,
    ChooseState,
    Save,
    WriteDepartment,
    WriteNote,
    WriteReason,
    WriteReply,
)
from desktop.desk.feedback.state import Doing, ThreadState
from desktop.desk.feedback.words import CHOOSABLE, WITH_REASON
from desktop.i18n import tr
from desktop.theme.desk_look import DeskLook, Use
from desktop.theme.desk_palette import DeskColour
from desktop.widgets.clearing import clear
from desktop.widgets.mouse.button import MouseButton, OneOf, Weight
from desktop.widgets.mouse.editor import Editor
from desktop.widgets.mouse.words import Label
from desktop.words.feedback import office_state_word

#: Departments that others were assigned to before, one press each.
MOST_OFFERED = 6


class ThreadComposer(QWidget):
    """Signals: `did(intent)`."""

    did = Signal(object)

    def __init__(self, look: DeskLook) -> None:
        super().__init__()
        self._look = look
        self._shape: tuple[object, ...] = ()
        self._editor: Editor | None = None
        self._department: QLineEdit | None = None
        self._count: Label | None = None
        self._problem: Label | None = None
        self.setObjectName("composer")
        self._column = QVBoxLayout(self)
        px = look.px
        self._column.setContentsMargins(px(16), px(10), px(16), px(10))
        self._column.setSpacing(px(6))
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.palette.pane)
        painter.fillRect(0, 0, self.width(), 2, self._look.palette.accent)

    def take_focus(self) -> None:
        for each in (self._editor, self._department):
            if each is not None:
                each.setFocus()
                return
        choices = self.findChildren(OneOf)
        chosen = [each for each in choices if each.isChecked()] or choices
        if chosen:
            chosen[0].setFocus()

    def _has_focus(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    # -- state -----------------------------------------------------------------------------------

    def show_state(self, state: ThreadState) -> None:
        reasoned = state.draft.state in WITH_REASON
        offered = state.departments if state.doing is Doing.ASSIGN else ()
        shape = (
            *(state.doing, state.feedback, reasoned),
            *(state.may_publish, state.ticked, offered),
        )
        if shape != self._shape:
            # Somebody who went elsewhere meanwhile is left there.
            stays = shape[:2] == self._shape[:2] and not self._has_focus()
            self._shape = shape
            self._build(state)
            self.setVisible(state.doing is not Doing.NOTHING)
            if state.doing is not Doing.NOTHING and not stays:
                self.take_focus()
        if self._editor is not None:
            text = {
                Doing.REPLY: state.draft.reply,
                Doing.NOTE: state.draft.note,
                Doing.STATE: state.draft.reason,
            }.get(state.doing, "")
            self._editor.write(text)
            if self._count is not None:
                self._count.say(f"{len(text):,} / {LONGEST_WRITTEN:,}")
        department = state.draft.department
        if self._department is not None and self._department.text() != department:
            self._department.setText(department)
        if self._problem is not None:
            said = state.problem.sentence(self._look.language) if state.problem else ""
            self._problem.say(said)
            self._problem.setVisible(bool(said))

    def _build(self, state: ThreadState) -> None:
        clear(self._column)
        self._editor = self._department = self._count = self._problem = None
        match state.doing:
            case Doing.REPLY:
                self._reply(state)
            case Doing.NOTE:
                self._head(tr("내부 메모"), tr("주민에게 보이지 않음"), "warning")
                self._write(tr("내부 메모"), WriteNote, note=True)
                self._foot(tr("메모 남기기"), Save())
            case Doing.ASSIGN:
                self._head(tr("담당부서 지정"), self._of(state), "accent")
                self._assign(state)
                self._foot(tr("지정하기"), Save())
            case Doing.STATE:
                self._head(tr("상태 바꾸기"), self._of(state), "accent")
                self._states(state)
                self._foot(tr("상태 바꾸기"), Save())
            case Doing.NOTHING:
                return

    def _of(self, state: ThreadState) -> str:
        return tr("고른 {n}건에", n=state.ticked) if state.ticked else ""

    def _head(self, title: str, after: str, colour: DeskColour = "second") -> QHBoxLayout:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._look.px(10))
        row.addWidget(Label(self._look, title, Use.STRONG, one_line=True))
        row.addWidget(Label(self._look, after, Use.SMALL, colour, one_line=True), 1)
        self._column.addWidget(holder)
        return row

    def _reply(self, state: ThreadState) -> None:
        row = self._head(tr("답변"), self._of(state), "accent")
        if state.may_publish:
            for words, public in ((tr("모두에게 공개"), True), (tr("접수번호로만"), False)):
                name = "reply-public" if public else "reply-holder"
                choice = OneOf(self._look, words, name)
                choice.setChecked(state.draft.public is public)
                choice.clicked.connect(
                    lambda _checked, public=public: self.did.emit(ChoosePublic(public))
                )
                row.addWidget(choice)
        else:
            only = tr("접수번호로만 볼 수 있게 보냅니다")
            row.addWidget(Label(self._look, only, Use.SMALL, "second", one_line=True))
        self._write(tr("답변"), WriteReply)
        extra = MouseButton(self._look, tr("중간 안내만"), name="interim")
        extra.clicked.connect(lambda: self.did.emit(Save(closes=False)))
        self._foot(tr("답변 완료로 저장"), Save(closes=True), extra, cap="Ctrl Enter")

    def _write(
        self,
        words: str,
        intent: type[WriteReply] | type[WriteNote] | type[WriteReason],
        *,
        note: bool = False,
        lines: int = 5,
    ) -> None:
        editor = Editor(self._look, "editor", words)
        editor.setProperty("note", note)
        high = self._look.line_height(Use.THREAD) * lines + self._look.px(20)
        editor.setFixedHeight(high)
        editor.edited.connect(lambda text: self.did.emit(intent(text)))
        self._editor = editor
        self._column.addWidget(editor)

    def _assign(self, state: ThreadState) -> None:
        field = QLineEdit()
        field.setObjectName("department")
        field.setFont(self._look.font(Use.THREAD))
        field.setAccessibleName(tr("담당부서"))
        field.setPlaceholderText(tr("부서 이름. 예: 공원 담당"))
        field.setMaxLength(LONGEST_DEPARTMENT)
        field.textEdited.connect(lambda text: self.did.emit(WriteDepartment(text)))
        field.returnPressed.connect(lambda: self.did.emit(Save()))
        self._department = field
        self._column.addWidget(field)
        if state.departments:
            holder = QWidget()
            row = QHBoxLayout(holder)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(0)
            for name in state.departments[:MOST_OFFERED]:
                button = MouseButton(self._look, name, height=26, name=f"offered-{name}")
                button.clicked.connect(
                    lambda _checked, name=name: self.did.emit(WriteDepartment(name))
                )
                row.addWidget(button)
            row.addStretch(1)
            self._column.addWidget(holder)

    def _states(self, state: ThreadState) -> None:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._look.px(12))
        for each in CHOOSABLE:
            choice = OneOf(self._look, office_state_word(each), f"state-{each}")
            choice.setChecked(state.draft.state is each)
            choice.clicked.connect(lambda _checked, each=each: self.did.emit(ChooseState(each)))
            row.addWidget(choice)
        row.addStretch(1)
        self._column.addWidget(holder)
        if state.draft.state in WITH_REASON:
            why = tr("까닭 (주민이 읽습니다)")
            self._column.addWidget(Label(self._look, why, Use.SMALL, "second"))
            self._write(why, WriteReason, lines=3)

    def _foot(self, words: str, save: Save, *more: MouseButton, cap: str = "Ctrl Enter") -> None:
        self._problem = Label(self._look, "", Use.TEXT, "fault")
        self._problem.setObjectName("composer-problem")
        self._problem.hide()
        self._column.addWidget(self._problem)
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._look.px(4))
        button = MouseButton(self._look, words, cap=cap, weight=Weight.MAIN, name="save")
        button.clicked.connect(lambda: self.did.emit(save))
        row.addWidget(button)
        for each in more:
            row.addWidget(each)
        cancel = MouseButton(self._look, tr("닫기"), cap="Esc", weight=Weight.QUIET, name="cancel")
        cancel.clicked.connect(lambda: self.did.emit(Cancel()))
        row.addWidget(cancel)
        row.addStretch(1)
        if self._editor is not None:
            self._count = Label(self._look, "", Use.SMALL, "second", one_line=True)
            row.addWidget(self._count)
        self._column.addWidget(holder)

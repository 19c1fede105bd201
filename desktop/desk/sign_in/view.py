"""The sign-in: all that a locked desk shows."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop.desk.sign_in.intents import LookAround, MakeFirst, SignIn
from desktop.desk.sign_in.state import SignInState, Stage
from desktop.i18n import tr
from desktop.theme.brand import paint_brand
from desktop.theme.desk_look import DeskLook, Use
from desktop.theme.desk_palette import DeskTheme
from desktop.theme.palette import CONTRAST, LIGHT
from desktop.widgets.clearing import clear
from desktop.widgets.mouse.button import RING, MouseButton, Weight
from desktop.widgets.mouse.words import Label

CARD = 380


class SignInView(QWidget):
    did = Signal(object)

    def __init__(self, look: DeskLook) -> None:
        super().__init__()
        self._look = look
        self._stage: Stage | None = None
        self._tries = 0
        self._fields: dict[str, QLineEdit] = {}
        self._problem: Label | None = None
        self._card = _Card(look)
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addWidget(self._card, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(3)
        self._column = QVBoxLayout(self._card)
        edge = look.px(28)
        self._column.setContentsMargins(edge, look.px(84), edge, edge)
        self._column.setSpacing(look.px(8))

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._look.palette.app)

    def show_state(self, state: SignInState) -> None:
        if state.stage is not self._stage:
            self._stage = state.stage
            self._build(state)
        if state.tries != self._tries:
            self._tries = state.tries
            for key in ("password", "again"):
                if key in self._fields:
                    self._fields[key].clear()
            last = "password" if "password" in self._fields else "name"
            if last in self._fields:
                self._fields[last].setFocus()
        if self._problem is not None:
            said = state.problem.sentence(self._look.language) if state.problem else ""
            self._problem.say(said)
            self._problem.setVisible(bool(said))

    def _build(self, state: SignInState) -> None:
        clear(self._column)
        self._fields, self._problem = {}, None
        look = self._look
        match state.stage:
            case Stage.OPENING:
                self._say(tr("저장소를 여는 중입니다"), Use.TEXT, "second")
            case Stage.CLOSED:
                self._say(tr("저장소를 열 수 없습니다"), Use.TITLE)
            case Stage.FIRST:
                self._say(tr("첫 관리자 만들기"), Use.TITLE)
                self._say(
                    tr(
                        "이 검토대에는 아직 담당자가 없습니다. "
                        "지금 만드는 사람이 첫 관리자가 됩니다."
                    ),
                    Use.TEXT,
                    "second",
                )
                self._field("name", tr("이름"), state.name)
                self._field("password", tr("비밀번호 (10자 이상)"), "", secret=True)
                self._field("again", tr("비밀번호 다시"), "", secret=True)
            case Stage.SIGN_IN:
                self._say(tr("검토대 로그인"), Use.TITLE)
                self._field("name", tr("이름"), state.name)
                self._field("password", tr("비밀번호"), "", secret=True)
            case Stage.DEMONSTRATION:
                self._say(tr("시연 자료"), Use.TITLE)
                self._say(
                    tr("여기 있는 의견과 답변은 모두 지어낸 것입니다. 비밀번호 없이 둘러봅니다."),
                    Use.TEXT,
                    "second",
                )
        self._problem = Label(look, "", Use.TEXT, "fault")
        self._problem.setObjectName("problem")
        self._problem.setVisible(False)
        self._column.addWidget(self._problem)
        words = {
            Stage.FIRST: tr("만들고 들어가기"),
            Stage.SIGN_IN: tr("로그인"),
            Stage.DEMONSTRATION: tr("시연 담당자로 들어가기"),
        }.get(state.stage)
        if words is not None:
            self._column.addSpacing(look.px(6))
            button = MouseButton(look, words, weight=Weight.MAIN, height=34, name="enter")
            button.clicked.connect(lambda: self._enter())
            self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            empty = [field for field in self._fields.values() if not field.text()]
            (empty[0] if empty else button).setFocus()

    def _say(self, words: str, use: Use, colour: str = "text") -> None:
        said = Label(self._look, words, use, "second" if colour == "second" else "text")
        self._column.addWidget(said)

    def _field(self, key: str, words: str, text: str, *, secret: bool = False) -> None:
        look = self._look
        self._column.addSpacing(look.px(4))
        self._column.addWidget(Label(look, words, Use.SECTION, "second"))
        field = QLineEdit(text)
        field.setObjectName(key)
        field.setFont(look.font(Use.THREAD))
        field.setAccessibleName(words)
        field.setMaxLength(200)
        if secret:
            field.setEchoMode(QLineEdit.EchoMode.Password)
        field.returnPressed.connect(self._next)
        self._fields[key] = field
        self._column.addWidget(field)

    def _next(self) -> None:
        """Enter goes on to the next empty field, and from the last one in."""
        for field in self._fields.values():
            if not field.text():
                field.setFocus()
                return
        self._enter()

    def _enter(self) -> None:
        typed = {key: field.text() for key, field in self._fields.items()}
        if self._stage is Stage.FIRST:
            self.did.emit(MakeFirst(typed["name"], typed["password"], typed["again"]))
        elif self._stage is Stage.SIGN_IN:
            self.did.emit(SignIn(typed["name"], typed["password"]))
        elif self._stage is Stage.DEMONSTRATION:
            self.did.emit(LookAround())


class _Card(QWidget):
    def __init__(self, look: DeskLook) -> None:
        super().__init__()
        self._look = look
        self.setFixedWidth(look.px(CARD))

    def paintEvent(self, event: QPaintEvent) -> None:
        look, p = self._look, self._look.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(p.strong_line, look.edge))
        painter.setBrush(p.pane)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        size = look.px(36)
        brand = LIGHT if p.theme is DeskTheme.LIGHT else CONTRAST
        left = look.px(28) + RING
        paint_brand(painter, brand, QRectF(left, look.px(28), size, size))
        painter.setFont(look.font(Use.PANE))
        painter.setPen(p.second)
        words = QRectF(left + size + look.px(12), look.px(28), self.width(), size)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, tr("천만정원 검토대"))

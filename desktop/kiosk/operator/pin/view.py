"""The PIN pad: large keys, dots for what was typed, and how long to wait after wrong tries."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.access.touch_to_hear import SILENT
from desktop.i18n import language, tr
from desktop.kiosk.operator.intents import ConfirmPin, EraseDigit, PressDigit
from desktop.kiosk.operator.panel import OperatorPanel
from desktop.kiosk.operator.pin.guard import SHORTEST
from desktop.kiosk.operator.state import At, Note, OperatorState, PinFault
from desktop.theme.look import Look
from desktop.theme.type import Role
from desktop.widgets.button import PressButton
from desktop.widgets.text import Text


class Dots(QWidget):
    """One dot for each digit typed; rings for the six that are needed at least."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look, self._digits = look, 0
        self.setFixedHeight(look.px(44))

    def render_digits(self, digits: int) -> None:
        self._digits = digits
        self.setAccessibleName(tr("숫자 {n}개를 눌렀습니다", n=digits))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(SHORTEST * 48), self._look.px(44))

    def paintEvent(self, event: QPaintEvent) -> None:
        look, p = self._look, self._look.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        step, r = look.px(46), look.px(13)
        for i in range(max(SHORTEST, self._digits)):
            centre = QPointF(r + look.px(3) + i * step, self.height() / 2)
            painter.setPen(QPen(p.ink if i < self._digits else p.reed, look.line(3)))
            painter.setBrush(p.ink if i < self._digits else Qt.GlobalColor.transparent)
            painter.drawEllipse(centre, r, r)


class PinPad(OperatorPanel):
    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        # Nobody beside the kiosk hears which keys were pressed.
        self.setProperty(SILENT, True)
        self._question = Text(look, "", Role.TITLE if look.compact else Role.QUESTION, bold=True)
        self._explain = Text(look, "", Role.BODY, colour="ink2")
        self._dots = Dots(look)
        self._note = Text(look, "", Role.BODY, bold=True, colour="danger")
        if look.tight:
            self._lay_out_tight()
        else:
            self._lay_out()

    def _lay_out(self) -> None:
        look = self.look
        stacked = look.portrait
        box: QBoxLayout = QVBoxLayout(self) if stacked else QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look.px(48))
        words = QVBoxLayout()
        words.setSpacing(look.px(24))
        for part in (self._question, self._explain, self._dots, self._note):
            words.addWidget(part)
        words.addStretch(1)
        box.addLayout(words, 0 if stacked else 5)
        box.addLayout(self._keys(columns=3), 0 if stacked else 4)
        if stacked:
            box.addStretch(1)

    def _lay_out_tight(self) -> None:
        """Two rows of keys; the screen's title says what is asked and what went wrong."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.look.px(8))
        for part in (self._question, self._explain, self._note):
            part.setParent(self)
            part.hide()
        column.addWidget(self._dots)
        column.addLayout(self._keys(columns=6))
        column.addStretch(1)

    def _keys(self, columns: int) -> QGridLayout:
        look = self.look
        grid = QGridLayout()
        grid.setSpacing(look.px(15))
        self._digits: list[PressButton] = []
        small = look.shallow
        height = 64 if small else 132 if look.portrait else 124
        role = Role.BODY if small else Role.KEY
        labels = [*"123456789", "<", "0", ">"] if columns == 3 else [*"1234567890", "<", ">"]
        for i, label in enumerate(labels):
            if label == "<":
                key = PressButton(look, tr("지우기"), variant="soft", height=height, padding=8)
                key.tells(self.act, EraseDigit())
            elif label == ">":
                key = PressButton(look, tr("확인"), variant="main", height=height, padding=8)
                key.tells(self.act, ConfirmPin())
                key.says_why = False  # the question and its line over the keys do
                self._confirm = key
            else:
                key = PressButton(look, label, variant="key", role=role, height=height, padding=8)
                key.tells(self.act, PressDigit(label))
                self._digits.append(key)
            grid.addWidget(key, i // columns, i % columns)
        for column in range(columns):
            grid.setColumnStretch(column, 1)
        grid.setRowStretch(grid.rowCount(), 1)
        return grid

    def show_state(self, state: OperatorState) -> None:
        questions = {
            At.PIN: tr("운영자 번호를 누르세요"),
            At.NEW: tr("새 운영자 번호를 정하세요"),
            At.AGAIN: tr("한 번 더 누르세요"),
        }
        explain = {
            At.PIN: tr("운영자만 쓰는 화면입니다. 2분 동안 쓰지 않으면 저절로 닫힙니다."),
            At.NEW: tr("숫자 여섯 개부터 열두 개까지. 잊으면 이 화면을 열 수 없습니다."),
            At.AGAIN: tr("같은 번호를 다시 눌러 확인합니다."),
        }
        self._question.set_text(questions[state.at])
        self._explain.set_text(explain[state.at])
        self._dots.render_digits(state.digits)
        note = _note(state)
        self._note.set_text(note)
        if not self.look.tight:
            self._note.setVisible(bool(note))
            self._explain.setVisible(not (note and self.look.shallow))
        usable = not state.wait and not state.busy
        waits = note if state.wait else tr("기다려 주세요")
        for key in self._digits:
            key.allow(usable, waits)
        enough = state.digits >= (1 if state.at is At.PIN else SHORTEST)
        self._confirm.allow(usable and enough, explain[state.at] if usable else waits)


def _note(state: OperatorState) -> str:
    if state.problem is not None:
        return state.problem.sentence(language())
    if state.wait:
        return tr("번호가 여러 번 틀렸습니다. {n}초 뒤에 다시 해 보세요.", n=state.wait)
    if state.note is Note.WRONG:
        return tr("번호가 맞지 않습니다.")
    if state.note is Note.DIFFERENT:
        return tr("두 번호가 다릅니다. 처음부터 다시 정하세요.")
    if state.fault is PinFault.SHORT:
        return tr("숫자를 여섯 개 이상 누르세요.")
    if state.fault is PinFault.SIMPLE:
        return tr("같은 숫자나 이어지는 숫자만으로는 정할 수 없습니다.")
    return ""


def short_note(state: OperatorState) -> str:
    """The same in a few words, for a title; empty when there is nothing to say."""
    if state.wait:
        return tr("{n}초 뒤에 다시", n=state.wait)
    if state.fault is not None:
        return tr("더 어려운 번호로")
    words = {
        None: "",
        Note.WRONG: tr("틀렸습니다"),
        Note.DIFFERENT: tr("서로 다릅니다"),
        Note.PIN_SET: tr("저장했습니다"),
        Note.SAVED: tr("저장했습니다"),
    }
    return words[state.note]

"""The end of 나도 심었어요: everything once more with a way to change it, then thanks."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import tr
from desktop.kiosk.planted_state import COUNT, KIND, OTHER, PLACE, WHEN, PlantedState
from desktop.kiosk.trees_words import trees_words
from desktop.map.city import City
from desktop.theme.look import Look
from desktop.theme.trees import paint_tree
from desktop.theme.type import Role
from desktop.widgets.button import PressButton
from desktop.widgets.card import Card
from desktop.widgets.marks import BasisLabel, Icon, Rule
from desktop.widgets.text import Text


class ReviewStep(QWidget):
    """Signals: `edit_pressed(step)`, `send_pressed()`."""

    edit_pressed = Signal(str)
    send_pressed = Signal()

    def __init__(self, look: Look, state: PlantedState, city: City) -> None:
        super().__init__()
        self._look, self._city = look, city
        stacked = look.compact or look.portrait
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, look.px(8))
        outer.setSpacing(look.px(20))
        frame: QHBoxLayout | QVBoxLayout = QVBoxLayout() if stacked else QHBoxLayout()
        frame.setSpacing(look.px(28))
        frame.addWidget(self._rows(state), 5)
        frame.addWidget(self._what_next(), 3)
        outer.addLayout(frame)
        self._trouble = self._trouble_card()
        outer.addWidget(self._trouble)
        outer.addStretch(1)
        self.send = PressButton(
            look, "", variant="main", role=Role.LEAD, icon="sprout", height=96, radius=20
        )
        self.send.setObjectName("send")
        self.send.clicked.connect(self.send_pressed)
        outer.addWidget(self.send)
        self.show_state(state)

    def _rows(self, state: PlantedState) -> Card:
        look = self._look
        card = Card(look)
        column = card.column(30, 14, 24, 14, gap=8)
        answers = (
            (KIND, tr("나무"), self._species(state)),
            (COUNT, tr("그루 수"), trees_words(state.trees)),
            (PLACE, tr("동"), self._dong(state)),
            (WHEN, tr("때"), self._when(state)),
        )
        for number, (step, name, answer) in enumerate(answers):
            if number:
                column.addWidget(Rule(look))
            row = QHBoxLayout()
            row.setSpacing(look.px(20))
            words = QVBoxLayout()
            words.setSpacing(0)
            words.addWidget(Text(look, name, colour="ink2"))
            words.addWidget(Text(look, answer, Role.LEAD, bold=True))
            row.addLayout(words, 1)
            edit = PressButton(look, tr("고치기"), icon="pencil")
            edit.setObjectName(f"edit-{step}")
            edit.setProperty("step", step)
            edit.setAccessibleName(tr("{name} 고치기, 지금은 {answer}", name=name, answer=answer))
            edit.clicked.connect(self._edit_clicked)
            row.addWidget(edit, 0, Qt.AlignmentFlag.AlignVCenter)
            column.addLayout(row)
        return card

    def _edit_clicked(self) -> None:
        self.edit_pressed.emit(str(self.sender().property("step")))

    def _species(self, state: PlantedState) -> str:
        if state.species == OTHER:
            return tr("다른 나무")
        names = {c.species: c.name(self._look.language) for c in state.choices}
        return names.get(state.species or "", "")

    def _dong(self, state: PlantedState) -> str:
        dong = self._city.dong_named(state.dong) if state.dong else None
        return dong.name(self._look.language) if dong else tr("동은 잘 모름")

    def _when(self, state: PlantedState) -> str:
        if state.month:
            return tr("{year}년 {month}월", year=state.year, month=state.month)
        return tr("{year}년", year=state.year)

    def _what_next(self) -> Card:
        look = self._look
        card = Card(look, fill="sand", outline=None, radius=20)
        side = 18 if look.tight else 28
        column = card.column(side, 24, side, 24, gap=14)
        column.addWidget(BasisLabel(look, tr("시민 등록(확인 전)")))
        for words in (
            tr("이름과 연락처는 묻지 않습니다."),
            tr("시가 확인할 때까지 **확인 전**으로 남습니다."),
            tr("공식 수나 보도로 확인된 수에 더하지 않습니다."),
        ):
            column.addWidget(Text(look, words))
        column.addStretch(1)
        return card

    def _trouble_card(self) -> Card:
        look = self._look
        card = Card(look, fill="warn_bed", outline="warn", width=3, radius=20)
        inner = QHBoxLayout(card)
        inner.setContentsMargins(*(look.px(m) for m in (26, 20, 26, 20)))
        inner.setSpacing(look.px(18))
        inner.addWidget(Icon(look, "triangle-alert", 48, "warn"), 0, Qt.AlignmentFlag.AlignTop)
        self._trouble_words = Text(look, "")
        inner.addWidget(self._trouble_words, 1)
        return card

    def show_state(self, state: PlantedState) -> None:
        self.send.set_text(tr("저장하는 중입니다") if state.saving else tr("등록하기"))
        self.send.setEnabled(not state.saving)
        self._trouble.setVisible(bool(state.trouble))
        if state.trouble:
            kept = tr("적은 것은 이 화면에 그대로 있습니다.")
            self._trouble_words.set_text(f"{state.trouble} {kept}")
        for button in self.findChildren(PressButton):
            if button.property("step"):
                button.setEnabled(not state.saving)


class Grove(QWidget):
    """A young row of trees on a hill: the thanks."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setFixedHeight(look.px(150))

    def paintEvent(self, event: QPaintEvent) -> None:
        look, p = self._look, self._look.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        w, h = self.width(), self.height()
        painter.setBrush(p.receipt_hill)
        painter.drawEllipse(QPointF(w * 0.3, h * 1.9), w * 0.5, h * 1.3)
        painter.setBrush(p.receipt_hill2)
        painter.drawEllipse(QPointF(w * 0.78, h * 1.95), w * 0.5, h * 1.25)
        for x, kind, tall in (
            (0.08, "round", 0.5), (0.17, "pine", 0.66), (0.27, "shrub", 0.2),
            (0.36, "ginkgo", 0.56), (0.62, "round", 0.6), (0.71, "poplar", 0.7),
            (0.82, "pine", 0.6), (0.91, "round", 0.46),
        ):  # fmt: skip
            paint_tree(painter, p, kind, QPointF(w * x, h - look.px(22)), h * tall)


class DoneStep(QWidget):
    """Signals: `ledger_pressed()`, `finish_pressed()`."""

    ledger_pressed = Signal()
    finish_pressed = Signal()

    def __init__(self, look: Look, state: PlantedState) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, look.px(8))
        column.setSpacing(look.px(24))
        bed = Card(look, fill="receipt_bed", outline=None, radius=28)
        inner = bed.column(64, 44, 64, 0, gap=16)
        role = Role.TITLE if look.large else Role.QUESTION
        inner.addWidget(Text(look, tr("나무를 심어 주셔서 고맙습니다"), role, bold=True))
        inner.addWidget(BasisLabel(look, tr("시민 등록(확인 전)")))
        inner.addWidget(
            Text(look, tr("{trees}를 등록했습니다.", trees=trees_words(state.trees)), Role.LEAD)
        )
        self._code = Text(look, "", Role.LEAD)
        inner.addWidget(self._code)
        inner.addStretch(1)
        inner.addWidget(Grove(look))
        column.addWidget(bed, 1)
        stacked = look.compact or look.portrait
        row: QHBoxLayout | QVBoxLayout = QVBoxLayout() if stacked else QHBoxLayout()
        row.setSpacing(look.px(20))
        ledger = PressButton(
            look, tr("천만그루 현황 보기"), icon="trees", role=Role.LEAD, height=96, radius=20
        )
        finish = PressButton(
            look,
            tr("다 했어요"),
            icon="check",
            variant="main",
            role=Role.LEAD,
            height=96,
            radius=20,
        )
        ledger.clicked.connect(self.ledger_pressed)
        finish.clicked.connect(self.finish_pressed)
        row.addWidget(ledger, 1)
        row.addWidget(finish, 1)
        column.addLayout(row)
        self.show_state(state)

    def show_state(self, state: PlantedState) -> None:
        if state.code:
            self._code.set_text(tr("접수번호 **{code}**", code=state.code))

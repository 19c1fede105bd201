"""Step 2: what kind of feedback it is. Four drawings."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from db.records.feedback import Kind
from desktop.i18n import tr
from desktop.kiosk.feedback.intents import ChooseKind
from desktop.kiosk.feedback.state import FeedbackState, FeedbackStep
from desktop.kiosk.feedback.step_screen import StepScreen
from desktop.theme.icons import paint_icon
from desktop.theme.look import Look
from desktop.theme.type import Role
from desktop.widgets.card import PressCard
from desktop.widgets.kinds import KindDrawing
from desktop.widgets.measures import narrow
from desktop.widgets.text import Text
from desktop.words.feedback import kind_line, kind_word

_CENTRE = Qt.AlignmentFlag.AlignHCenter


class ChoiceCard(PressCard):
    """A big card; chosen it wears a tick in its corner."""

    def __init__(
        self,
        look: Look,
        name: str,
        margins: tuple[float, float, float, float],
    ) -> None:
        super().__init__(look, checkable=True, margins=margins, radius=28)
        self.one_of = True
        self.setAccessibleName(name)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.isChecked():
            return
        look, p = self.look, self.look.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = look.px(66)
        corner = self.face_rect().topRight().toPoint() + QPoint(-size - look.px(28), look.px(26))
        disc = QRectF(corner.x(), corner.y(), size, size)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(p.pine)
        painter.drawEllipse(disc)
        inset = size * 0.22
        paint_icon(painter, "check", disc.adjusted(inset, inset, -inset, -inset), p.on_pine, 2.4)


class KindStep(StepScreen):
    def __init__(self, look: Look, state: FeedbackState) -> None:
        super().__init__(look, FeedbackStep.KIND, tr("어떤 의견인가요?"), state=state)
        self._cards: dict[Kind, ChoiceCard] = {}
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(look.px(28 if not look.portrait else 24))
        # Upright, half a panel is too narrow for a large word.
        upright = look.large and look.portrait
        self._rows = self.lying or upright
        columns = 1 if narrow(look) or upright else 2 if look.portrait or look.compact else 4
        for i, kind in enumerate(Kind):
            card = self._card(kind)
            card.tells(self.act, ChooseKind(kind))
            self._cards[kind] = card
            grid.addWidget(card, i // columns, i % columns)
        if look.portrait:
            self.put(box)
        else:
            self.put_middle(box, 512)
        self.add_foot(tr("이름을 묻지 않습니다. 언제든 고칠 수 있습니다."))
        self.show_state(state)

    def _card(self, kind: Kind) -> ChoiceCard:
        look = self.look
        word, line = kind_word(kind), kind_line(kind)
        if self._rows:
            card = ChoiceCard(look, f"{word}, {line}", (28, 18, 100, 18))
            row = QHBoxLayout()
            row.setSpacing(look.px(24))
            row.addWidget(KindDrawing(look, kind, 130))
            words = QVBoxLayout()
            words.setSpacing(0)
            words.addStretch(1)
            words.addWidget(Text(look, word, Role.TITLE, bold=True))
            words.addWidget(Text(look, line, colour="ink2"))
            words.addStretch(1)
            row.addLayout(words, 1)
            card.face.addLayout(row)
        else:
            card = ChoiceCard(look, f"{word}, {line}", (20, 40, 20, 30))
            card.face.addStretch(2)
            drawing = KindDrawing(look, kind, 228 if not look.compact else 190)
            card.face.addWidget(drawing, 0, _CENTRE)
            card.face.addStretch(1)
            card.face.addWidget(Text(look, word, Role.QUESTION, bold=True, align=_CENTRE))
            card.face.addSpacing(look.px(6))
            card.face.addWidget(Text(look, line, colour="ink2", align=_CENTRE))
            card.face.addStretch(1)
        card.setObjectName(f"kind-{kind}")
        card.let_touches_through()
        return card

    def show_state(self, state: FeedbackState) -> None:
        for kind, card in self._cards.items():
            card.setChecked(kind is state.draft.kind)
        assert self.next is not None
        self.next.allow(state.draft.kind is not None, tr("종류를 골라 주세요"))

"""Are you still there? The only question the program asks on its own."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.access.idle import WARNING_SECONDS
from desktop.access.leaf_ring import LeafRing
from desktop.i18n import tr
from desktop.theme.look import Look
from desktop.theme.type import Role
from desktop.widgets.button import PressButton
from desktop.widgets.dialog import Scrim
from desktop.widgets.marks import Icon
from desktop.widgets.pager import Pager
from desktop.widgets.text import Text

#: Reference px round the card.
EDGE = 32


@dataclass(frozen=True, slots=True)
class _Plan:
    """Sizes in reference px for one amount of room. `across`: the leaves beside the words."""

    card: float
    least: float
    ring: float
    inside: tuple[float, float, float, float]
    gap: float
    between: float
    answer: float
    title: Role
    sentence: Role
    hint: bool
    across: bool = True


_ROOMY = _Plan(1400, 740, 432, (70, 64, 70, 44), 28, 64, 112, Role.QUESTION, Role.LEAD, True)
_TALL = _Plan(1400, 0, 432, (56, 64, 56, 44), 36, 40, 112, Role.QUESTION, Role.LEAD, True, False)
_LARGE = _Plan(1760, 0, 330, (60, 40, 60, 40), 24, 48, 112, Role.QUESTION, Role.BODY, True)
_LOW = _Plan(1760, 0, 236, (40, 24, 40, 24), 12, 32, 92, Role.TITLE, Role.BODY, True)
_TIGHT = _Plan(1760, 0, 180, (28, 8, 28, 14), 4, 24, 84, Role.LEAD, Role.BODY, False)
#: From the roomiest to the one that needs least; the first that holds every word is taken.
_UPRIGHT, _LYING = (_TALL, _LARGE, _LOW, _TIGHT), (_ROOMY, _LARGE, _LOW, _TIGHT)


SPOKEN_AT = (WARNING_SECONDS, 20, 10, 5)


def spoken_warning(seconds: int) -> str | None:
    """What speech says when `seconds` are left; None when it stays quiet."""
    if seconds not in SPOKEN_AT:
        return None
    if seconds == WARNING_SECONDS:
        return tr(
            "아직 계신가요? {n}초 뒤에 적은 내용을 지우고 처음 화면으로 돌아갑니다. "
            "계속하시려면 화면 아무 곳이나 누르세요.",
            n=seconds,
        )
    return tr("{n}초 남았습니다.", n=seconds)


class IdleDialog(Scrim):
    """`show_seconds(seconds)` counts down; `stay` and `end` are the two answers.

    `room` is the height of the content area in reference px.
    """

    stay = Signal()
    end = Signal()

    def __init__(self, look: Look, room: float) -> None:
        plans = _UPRIGHT if look.portrait else _LYING
        margin = 10 if look.tight else EDGE
        for plan in plans:
            face = self._face(look, plan, paged=plan is plans[-1])
            width = min(plan.card, look.metrics.ref_width - 2 * margin)
            layout = face.layout()
            assert layout is not None
            high = layout.totalMinimumHeightForWidth(look.px(width))
            if plan is plans[-1] or high <= look.px(room - 2 * margin):
                break
            face.deleteLater()
        super().__init__(look, width=plan.card, min_height=min(plan.least, room - 2 * margin))
        outer = self.layout()
        assert outer is not None
        outer.setContentsMargins(*(look.px(margin),) * 4)
        self.setAccessibleName(tr("아직 계신가요?"))
        self.card.column(0).addWidget(face)
        self.keep.clicked.connect(self.stay)
        self.stop.clicked.connect(self.end)
        self.show_seconds(WARNING_SECONDS)

    def _face(self, look: Look, plan: _Plan, *, paged: bool) -> QWidget:
        face = QWidget()
        self.ring = LeafRing(look, largest=plan.ring, smallest=min(200, plan.ring))
        self.keep = _answer(look, tr("계속하기"), "main", Role.TITLE, plan.answer)
        self.stop = _answer(look, tr("지금 끝내기"), "plain", Role.LEAD, plan.answer)
        column = QVBoxLayout(face)
        column.setContentsMargins(*(look.px(edge) for edge in plan.inside))
        column.setSpacing(look.px(plan.gap))
        if paged:
            upper = QWidget()
            upper.setLayout(self._upper(look, plan))
            column.addWidget(Pager(look, upper), 1)
        else:
            column.addLayout(self._upper(look, plan), 1)
        inside = look.metrics.width - look.px(2 * EDGE + plan.inside[0] + plan.inside[2] + 24)
        beside = self.keep.sizeHint().width() + self.stop.sizeHint().width() <= inside
        column.addLayout(self._answers(look, beside=beside))
        return face

    def _upper(self, look: Look, plan: _Plan) -> QBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(look.px(plan.gap * 0.7))
        words.addStretch(1)
        words.addWidget(Text(look, tr("아직 계신가요?"), plan.title, bold=True))
        sentence = tr("시간이 지나면 적은 내용을 지우고 처음 화면으로 돌아갑니다.")
        line = Text(look, sentence, plan.sentence)
        if plan is _ROOMY or (plan is _TALL and not look.large):
            line.setMaximumWidth(look.px(690))  # two lines of like length
        words.addWidget(line)
        if plan.hint:
            words.addSpacing(look.px(8))
            words.addWidget(_anywhere(look))
        words.addStretch(1)
        upper: QBoxLayout = QHBoxLayout() if plan.across else QVBoxLayout()
        upper.setContentsMargins(0, 0, 0, 0)
        upper.setSpacing(look.px(plan.between))
        place = Qt.AlignmentFlag.AlignVCenter if plan.across else Qt.AlignmentFlag.AlignHCenter
        if plan is _TIGHT:
            place = Qt.AlignmentFlag.AlignTop  # whole on the first page
        upper.addWidget(self.ring, 0, place)
        upper.addLayout(words, 1)
        return upper

    def _answers(self, look: Look, *, beside: bool) -> QBoxLayout:
        answers: QBoxLayout = QHBoxLayout() if beside else QVBoxLayout()
        answers.setSpacing(look.px(24))
        if beside:
            answers.addWidget(self.stop, 0)
            answers.addWidget(self.keep, 1)
        else:
            answers.addWidget(self.keep)
            answers.addWidget(self.stop)
        return answers

    def show_seconds(self, seconds: int) -> None:
        """Show `seconds` left."""
        self.ring.render_seconds(seconds)


def _answer(look: Look, words: str, variant: str, role: Role, height: float) -> PressButton:
    return PressButton(
        look, words, variant=variant, role=role, height=height, padding=46, radius=20
    )


def _anywhere(look: Look) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(look.px(16))
    row.addWidget(Icon(look, "pointer", look.size(Role.BODY) * 1.1))
    row.addWidget(Text(look, tr("아무 곳이나 누르면 계속합니다"), bold=True), 1)
    return line

"""Step 1: what the feedback is about."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from db.records.feedback import About
from desktop.i18n import tr
from desktop.kiosk.feedback.intents import ChooseAbout, ChooseHit
from desktop.kiosk.feedback.state import FeedbackState, FeedbackStep, Hit, StepPart
from desktop.kiosk.feedback.step_screen import SUBJECT_ICONS, StepScreen
from desktop.kiosk.feedback.steps.kind import ChoiceCard
from desktop.kiosk.shell.intents import TypeQuery
from desktop.theme.look import Look
from desktop.theme.type import Role
from desktop.widgets.button import PressButton
from desktop.widgets.clearing import clear
from desktop.widgets.field import TextField
from desktop.widgets.marks import RoundIcon
from desktop.widgets.measures import narrow
from desktop.widgets.pager import Pager
from desktop.widgets.text import Text

#: Rows of hits above the keyboard: upright, lying, and lying with large letters.
BEST_UPRIGHT, BEST_LYING, BEST_LARGE = 4, 2, 1
_CENTRE = Qt.AlignmentFlag.AlignHCenter


def _choices() -> dict[About, tuple[str, str]]:
    return {
        About.PROJECT: (tr("사업 하나"), tr("이름으로 찾습니다")),
        About.DONG: (tr("우리 동네"), tr("동 이름으로 찾습니다")),
        About.POINT: (tr("지도의 한 곳"), tr("지도를 눌러 고릅니다")),
        About.TREES: (tr("나무 심기"), tr("천만그루 정원도시")),
        About.GENERAL: (tr("전주시 전체"), tr("무엇이든 좋습니다")),
    }


class AboutStep(StepScreen):
    """Five cards; what was chosen before, or where one came from, is ticked."""

    def __init__(self, look: Look, state: FeedbackState) -> None:
        question = tr("무엇에 대한 의견인가요?")
        super().__init__(look, FeedbackStep.ABOUT, question, state=state)
        chosen = state.draft.subject
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(look.px(24))
        one = narrow(look) or (look.compact and look.portrait)
        columns = 1 if one else 2 if look.compact or look.portrait else 5
        for i, (about, (word, line)) in enumerate(_choices().items()):
            card = self._card(about, word, line)
            card.setChecked(chosen is not None and chosen.about is about)
            card.tells(self.act, ChooseAbout(about))
            wide = columns if i == 4 and columns == 2 else 1
            grid.addWidget(card, i // columns, i % columns, 1, wide)
        self.put_middle(box, 512 if not look.portrait else 1200)
        self.add_foot(tr("이름을 묻지 않습니다. 언제든 고칠 수 있습니다."))
        assert self.next is not None
        self.next.allow(chosen is not None, tr("대상을 골라 주세요"))

    def _card(self, about: About, word: str, line: str) -> ChoiceCard:
        look = self.look
        icon = SUBJECT_ICONS[about]
        if look.compact:
            card = ChoiceCard(look, f"{word}, {line}", (28, 18, 100, 18))
            row = QHBoxLayout()
            row.setSpacing(look.px(28))
            row.addWidget(RoundIcon(look, icon, 110))
            words = QVBoxLayout()
            words.setSpacing(0)
            words.addWidget(Text(look, word, Role.TITLE, bold=True))
            words.addWidget(Text(look, line, colour="ink2"))
            row.addLayout(words, 1)
            card.face.addLayout(row)
        else:
            card = ChoiceCard(look, f"{word}, {line}", (16, 36, 16, 28))
            card.face.addStretch(2)
            card.face.addWidget(RoundIcon(look, icon, 180), 0, _CENTRE)
            card.face.addStretch(1)
            card.face.addWidget(Text(look, word, Role.TITLE, bold=True, align=_CENTRE))
            card.face.addSpacing(look.px(6))
            card.face.addWidget(Text(look, line, colour="ink2", align=_CENTRE))
            card.face.addStretch(1)
        card.setObjectName(f"about-{about}")
        card.let_touches_through()
        return card


class SearchStep(StepScreen):
    """A project or a dong by its name: a field over a list that narrows while one writes."""

    def __init__(self, look: Look, state: FeedbackState) -> None:
        projects = state.part is StepPart.PROJECTS
        question = tr("어느 사업인가요?") if projects else tr("어느 동인가요?")
        super().__init__(look, FeedbackStep.ABOUT, question, state=state, chip=False)
        hint = (
            tr("사업 이름이나 초성 (예: ㄷㅈㄱㅇ)")
            if projects
            else tr("동 이름이나 초성 (예: ㅅㅊㄷ)")
        )
        self.field = TextField(look, question, placeholder=hint, icon="search", limit=40, height=80)
        self.field.setObjectName("feedback-search")
        self.field.set_value(state.query)
        self.field.edited.connect(self._typed)
        self.body.addWidget(self.question_row)
        self.body.addWidget(self.field)
        stacked = look.compact or look.portrait
        self._columns = (1 if stacked else 2) if projects else 2 if look.large else 3
        self._count = Text(look, "", colour="ink2")
        box = QWidget()
        outer = QVBoxLayout(box)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(look.px(18))
        self._rows = self._grid()
        outer.addLayout(self._rows)
        outer.addWidget(self._count)
        outer.addStretch(1)
        self._pager = Pager(look, box)
        self.body.addWidget(self._pager, 1)
        # While the keyboard is there the best few are enough: writing finds the rest.
        self._best = QWidget()
        self._best_rows = self._grid()
        best = QVBoxLayout(self._best)
        best.setContentsMargins(0, 0, 0, 0)
        best.addLayout(self._best_rows)
        best.addStretch(1)
        self._best.hide()
        self.body.addWidget(self._best, 1)
        self.keep_room(self._pager)
        self._shown: tuple[Hit, ...] | None = None
        self.show_state(state)

    def _typed(self, query: str) -> None:
        self.act(TypeQuery(query))

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(self.look.px(18))
        for column in range(self._columns):
            grid.setColumnStretch(column, 1)
        return grid

    @property
    def _best_count(self) -> int:
        if self.look.portrait:
            return BEST_UPRIGHT
        if self.look.shallow:
            return 1
        return BEST_LARGE if self.look.compact else BEST_LYING

    def make_room(self) -> None:
        super().make_room()
        self._best.setVisible(self.typing)

    def show_state(self, state: FeedbackState) -> None:
        self.field.set_value(state.query)
        if state.hits == self._shown:
            return
        self._shown = state.hits
        for grid, hits in (
            (self._rows, state.hits),
            (self._best_rows, state.hits[: self._columns * self._best_count]),
        ):
            clear(grid)
            for i, hit in enumerate(hits):
                grid.addWidget(self._hit(hit), i // self._columns, i % self._columns)
        self._count.set_text(_count_words(state))
        self._count.setVisible(bool(self._count.text()))
        self._pager.to_top()

    def _hit(self, hit: Hit) -> PressButton:
        button = PressButton(
            self.look,
            hit.name(self.look.language),
            tile=hit.theme,
            bold=False,
            height=76 if self.look.compact else 88,
            padding=26,
            radius=20,
            align_left=True,
        )
        button.setObjectName(f"hit-{hit.id}")
        button.tells(self.act, ChooseHit(hit.id))
        return button


def _count_words(state: FeedbackState) -> str:
    if not state.hits:
        return tr("찾는 이름이 없습니다. 다르게 적어 보세요.")
    if state.more:
        return tr("이름을 더 적으면 나머지 {n}곳도 찾을 수 있습니다.", n=state.more)
    return ""

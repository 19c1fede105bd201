"""The frame of every feedback step: where one is, the question, its subject, what comes next."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QSizePolicy,
    QSpacerItem,
    QVBoxLayout,
    QWidget,
)

from db.records.feedback import About
from desktop.i18n import tr
from desktop.kiosk.feedback.intents import FeedbackIntent
from desktop.kiosk.feedback.state import FeedbackState, FeedbackStep, Subject
from desktop.kiosk.shell.intents import Next, Quit
from desktop.theme.look import Look
from desktop.theme.type import Role
from desktop.widgets.button import PressButton
from desktop.widgets.card import Card
from desktop.widgets.header import Header
from desktop.widgets.marks import Icon, ThemeTile
from desktop.widgets.pager import Pager
from desktop.widgets.screen import Screen
from desktop.widgets.stepper import Stepper
from desktop.widgets.text import Text
from desktop.words.feedback import step_words

#: Height (reference px) that a screen needs for everything it has.
ROOM, ROOM_LARGE = 600.0, 1400.0
_LEFT_MIDDLE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
SUBJECT_ICONS = {
    About.PROJECT: "map",
    About.DONG: "house",
    About.POINT: "map-pin",
    About.TREES: "trees",
    About.GENERAL: "globe",
}
NEXT = Next()


class SubjectChip(Card):
    """What the feedback is about. Flat: it is changed in step 1 or from the review."""

    def __init__(self, look: Look, subject: Subject) -> None:
        super().__init__(look, fill="sand", outline=None, radius=16)
        row = QHBoxLayout(self)
        row.setContentsMargins(*(look.px(m) for m in (22, 10, 26, 10)))
        row.setSpacing(look.px(16))
        row.addWidget(subject_mark(look, subject, 46))
        row.addWidget(Text(look, tr("대상"), colour="ink2", one_line=True, align=_LEFT_MIDDLE))
        name = subject.name(look.language)
        row.addWidget(Text(look, name, bold=True, align=_LEFT_MIDDLE), 1)


def subject_mark(look: Look, subject: Subject, size: float) -> QWidget:
    """The theme's tile of a project, else an icon of what it is."""
    size = size * 1.5 if look.large else size
    if subject.theme:
        return ThemeTile(look, subject.theme, size)
    return Icon(look, SUBJECT_ICONS[subject.about], size, "pine2")


class StepScreen(Screen[FeedbackState, FeedbackIntent]):
    """One screen of feedback. Subclasses `put` a box under the question; those that change while
    they are shown override `show_state`."""

    def __init__(
        self,
        look: Look,
        step: FeedbackStep,
        question: str,
        *,
        state: FeedbackState,
        note: str = "",
        chip: bool = True,
        fixed: bool = False,
    ) -> None:
        self.stepper = Stepper(look, step_words())
        self.stepper.show_step(int(step), all_done=state.reviewing)
        header = Header(look, back=tr("이전"), middle=self.stepper)
        super().__init__(look, question, header, gap=6, fixed=fixed)
        self.subject = state.draft.subject if chip else None
        #: Large letters on a lying panel: the question scrolls with the rest, actions at the side.
        self.lying = look.compact and not look.portrait
        self.question_row = QWidget()
        self._ask(question, note)
        self._side: QVBoxLayout | None = None
        self.next: PressButton | None = None
        self._yielding: tuple[QWidget, ...] = ()

    def put(self, box: QWidget, *, scroll: bool = False) -> None:
        """Fill the screen with `box` under the question; with `scroll`, or where the letters are
        large, it turns pages when it does not fit."""
        look = self.look
        if self.lying:
            whole = QWidget()
            column = QVBoxLayout(whole)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(look.px(20))
            column.addWidget(self.question_row)
            column.addWidget(box)
            column.addStretch(1)
            pager = Pager(look, whole)
            self._side, self._end = pager.side, column
            self.body.addWidget(pager, 1)
            return
        self.body.addWidget(self.question_row)
        self.body.addWidget(Pager(look, box) if look.compact or scroll else box, 1)

    def put_middle(self, box: QWidget, height: float) -> None:
        """Like `put`, at most `height` reference px high and in the middle of what is free."""
        if self.look.compact:
            self.put(box)
            return
        box.setMaximumHeight(self.look.px(height))
        self.body.addWidget(self.question_row)
        self.body.addStretch(1)
        self.body.addWidget(box, 100)
        self.body.addStretch(1)

    def keep_room(self, *parts: QWidget) -> None:
        """While the keyboard leaves little height, hide the question and these parts."""
        self._yielding = (self.question_row, *parts)

    @property
    def _height_left(self) -> float:
        return self.height() / self.look.metrics.scale

    @property
    def typing(self) -> bool:
        """The keyboard is there, and takes room that the screen would need."""
        if not self.over_keyboard:
            return False
        return self._height_left < (ROOM_LARGE if self.look.large else ROOM)

    @property
    def cramped(self) -> bool:
        """Hardly more than one line is left above the keyboard."""
        lines = 480 if self.look.portrait else 400
        return self.typing and self._height_left < lines * (1.25 if self.look.large else 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.make_room()

    def make_room(self) -> None:
        """Hide what can wait while the keyboard is there; subclasses hide more."""
        typing = self.typing
        for part in self._yielding:
            part.setVisible(not typing)

    def _ask(self, question: str, note: str) -> None:
        look = self.look
        stacked = look.portrait or look.compact
        title = Text(look, question, Role.QUESTION, bold=True, align=_LEFT_MIDDLE)
        row = QHBoxLayout()
        row.setSpacing(look.px(26))
        row.addWidget(title, 1 if stacked or not note else 0)
        column = QVBoxLayout(self.question_row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(12))
        column.addLayout(row)
        below = look.tight or (look.portrait and look.large)
        if note:
            words = Text(look, note, colour="ink2", align=_LEFT_MIDDLE)
            (column if below else row).addWidget(words, 0 if stacked else 1)
        if self.subject is None:
            return
        chip = SubjectChip(look, self.subject)
        if stacked:
            aside = QHBoxLayout()
            aside.addWidget(chip)
            aside.addStretch(1)
            column.addLayout(aside)
        else:
            chip.setMaximumWidth(look.px(820))
            row.addWidget(chip, 0, Qt.AlignmentFlag.AlignVCenter)

    def stop_button(self) -> PressButton:
        """그만두기."""
        stop = PressButton(self.look, tr("그만두기"), icon="x", height=90, radius=20, padding=36)
        stop.setObjectName("quit")
        stop.tells(self.act, Quit())
        return stop

    def next_button(
        self,
        words: str = "",
        *,
        icon: str = "arrow-right",
        intent: FeedbackIntent = NEXT,
        height: float = 94,
        role: Role = Role.LEAD,
    ) -> PressButton:
        """The main action of the screen."""
        self.next = PressButton(
            self.look,
            words or tr("다음"),
            trailing=None if self.look.tight else icon,
            variant="main",
            role=Role.BODY if self.look.tight else role,
            height=height,
            padding=14 if self.look.tight else 28,
            radius=20,
        )
        self.next.setObjectName("next")
        self.next.tells(self.act, intent)
        return self.next

    def add_foot(self, info: str = "", *, stop: bool = True, action: bool = True) -> QBoxLayout:
        """그만두기 at the left, a sentence, the main action at the right; at the side of the pager
        where the letters are large on a lying panel. The action is `next` or a new 다음."""
        look = self.look
        main = (self.next or self.next_button()) if action else None
        if self._side is not None:
            down = QSizePolicy.Policy.Expanding  # takes the room while there are no page buttons
            self._side.addSpacerItem(QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, down))
            if stop:
                # On a low panel what is seldom wanted stands after the answers.
                (self._end if look.shallow else self._side).addWidget(self.stop_button())
            if main is not None:
                self._side.addWidget(main)
            return self._side
        row = QHBoxLayout()
        row.setSpacing(look.px(40))
        if stop:
            row.addWidget(self.stop_button())
        if info and not look.compact and not look.portrait:
            row.addWidget(Icon(look, "info", 42, "ink2"))
            row.addSpacing(-look.px(24))
            row.addWidget(Text(look, info, colour="ink2", align=_LEFT_MIDDLE), 1)
        else:
            row.addStretch(1)
        if main is not None:
            main.setMinimumWidth(max(main.minimumWidth(), look.px(420)))
            row.addWidget(main)
        self.body.addLayout(row)
        return row

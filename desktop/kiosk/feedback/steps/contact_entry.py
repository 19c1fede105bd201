"""Step 5, at its end: the contact itself."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from db.records.feedback import ContactKind
from desktop.i18n import tr
from desktop.kiosk.feedback.intents import ChooseContactKind, TypeContact, WantContact
from desktop.kiosk.feedback.state import FeedbackState, FeedbackStep, masked
from desktop.kiosk.feedback.step_screen import StepScreen
from desktop.kiosk.shell.intents import Next
from desktop.theme.look import Look
from desktop.theme.type import Role
from desktop.widgets.button import PressButton
from desktop.widgets.field import TextField
from desktop.widgets.text import Text


class EntryStep(StepScreen):
    """One contact: a telephone number or an address. Masked as soon as the field is left, and
    never spoken."""

    def __init__(self, look: Look, state: FeedbackState) -> None:
        question = tr("어디로 알려 드릴까요?")
        super().__init__(look, FeedbackStep.CONTACT, question, state=state, chip=False)
        self._kind = kind = state.draft.contact_kind
        row = QHBoxLayout()
        row.setSpacing(look.px(24))
        for each, words, icon in (
            (ContactKind.PHONE, tr("전화번호"), "phone"),
            (ContactKind.EMAIL, tr("전자우편"), "mail"),
        ):
            button = PressButton(look, words, icon=icon, height=84, radius=20, checkable=True)
            button.one_of = True
            button.setObjectName(f"contact-{each}")
            button.setChecked(each is kind)
            button.tells(self.act, ChooseContactKind(each))
            row.addWidget(button, 1 if look.portrait else 0)
        skip = PressButton(look, tr("연락처 없이 보내기"), height=84, radius=20)
        skip.setObjectName("skip")
        skip.tells(self.act, WantContact(False))
        self._choices = QWidget()
        self._choices.setLayout(row)
        row.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self.question_row)
        self.body.addWidget(self._choices)
        self._skip = skip
        if look.portrait:
            self.body.addWidget(skip)
        else:
            row.addStretch(1)
            row.addWidget(skip)
        phone = kind is ContactKind.PHONE
        hints = Qt.InputMethodHint
        self.field = TextField(
            look,
            tr("전화번호") if phone else tr("전자우편"),
            placeholder="010-0000-0000" if phone else "name@example.com",
            limit=20 if phone else 60,
            role=Role.LEAD if look.compact or look.low else Role.TITLE,
            height=92 if look.compact or look.low else 116,
            private=True,
            mask=lambda text: masked(text, kind),
            hints=hints.ImhDialableCharactersOnly if phone else hints.ImhEmailCharactersOnly,
        )
        self.field.setObjectName("contact-field")
        self.field.set_value(state.draft.contact)
        self.field.edited.connect(self._typed)
        self.field.entered.connect(self._entered)
        entry: QHBoxLayout | QVBoxLayout = QVBoxLayout() if look.portrait else QHBoxLayout()
        entry.setSpacing(look.px(28))
        entry.addWidget(self.field, 1)
        self.next_button(height=88 if look.compact or look.low else 112)
        assert self.next is not None
        entry.addWidget(self.next)
        self.body.addLayout(entry)
        self._error = Text(look, "", bold=True, colour="danger")
        self.body.addWidget(self._error)
        self.keep_room()
        self.body.addStretch(1)
        self.show_state(state)

    def _typed(self, contact: str) -> None:
        self.act(TypeContact(contact))

    def _entered(self) -> None:
        self.act(Next())

    def show_state(self, state: FeedbackState) -> None:
        self.field.set_value(state.draft.contact)
        error = state.contact_error
        words = "" if error is None else error[0 if self.look.korean else 1]
        if words and not self._error.text():
            # By key one stands elsewhere; what is to be mended is here.
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        # On a shallow panel the field's own sample shows the cure.
        self._error.set_text(words.partition(". ")[0] if self.look.tight else words)
        self._error.setVisible(bool(words))
        self.make_room()
        self.field.set_error(bool(words))
        self.field.setAccessibleDescription(words)

    def make_room(self) -> None:
        """Where there is little room over the keyboard the cure of a fault takes the place of the
        choices; the next letter brings them back."""
        super().make_room()
        tight = self.typing and self.look.compact
        wrong = bool(self._error.text())
        self._choices.setVisible(not (wrong and tight) and not self.cramped)
        if self.look.portrait:
            self._skip.setVisible(not self.cramped)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self.field, self._begin)

    def _begin(self) -> None:
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

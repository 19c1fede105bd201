"""Step 5: a contact is taken only from who is 14 or older, agrees, and wants to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from db.privacy.contact import clean_contact
from db.problems import InputRefused
from db.records.feedback import Contact
from desktop.kiosk.feedback.intents import (
    Agree,
    AnswerAge,
    ChooseContactKind,
    ContactIntent,
    GoOnAgreed,
    GoOnTooYoung,
    TypeContact,
    WantContact,
)
from desktop.kiosk.feedback.state import Draft, FeedbackState, StepPart

if TYPE_CHECKING:
    from desktop.kiosk.shell.screen import Services


class ContactSteps:
    """The part of the feedback presenter that asks for a contact; skipping is the default."""

    services: Services
    _state: FeedbackState

    if TYPE_CHECKING:

        def _show(self, state: FeedbackState) -> None: ...

        def _write(self, draft: Draft) -> None: ...

        def _advance(self) -> None: ...

    def _do_contact(self, intent: ContactIntent) -> None:
        match intent:
            case WantContact(wanted):
                self._want_contact(wanted)
            case AnswerAge(adult):
                self._answer_age(adult)
            case GoOnTooYoung():
                self._show(replace(self._state, part=StepPart.WHOLE, too_young=False))
                self._advance()
            case Agree(agreed):
                self._write(replace(self._state.draft, consent=agreed))
            case GoOnAgreed():
                if self._state.draft.consent:
                    self._show(replace(self._state, part=StepPart.ENTRY))
            case ChooseContactKind(kind):
                if kind is not self._state.draft.contact_kind:
                    self._state = replace(self._state, contact_error=None)
                    self._write(replace(self._state.draft, contact_kind=kind, contact=""))
            case TypeContact(contact):
                self._state = replace(self._state, contact_error=None)
                self._write(replace(self._state.draft, contact=contact))
            case _:
                assert_never(intent)

    def _want_contact(self, wanted: bool) -> None:
        if not wanted:
            self._without_contact()
            self._advance()
        elif self._state.draft.over_14:
            self._ask_consent()
        else:
            self._show(replace(self._state, part=StepPart.AGE, too_young=False))

    def _without_contact(self) -> None:
        draft = replace(self._state.draft, contact="", consent=False, over_14=False)
        self._state = replace(self._state, draft=draft, part=StepPart.WHOLE, contact_error=None)

    def _answer_age(self, adult: bool) -> None:
        if not adult:
            self._without_contact()
            self._show(replace(self._state, part=StepPart.AGE, too_young=True))
            return
        self._state = replace(self._state, draft=replace(self._state.draft, over_14=True))
        self._ask_consent()

    def _ask_consent(self) -> None:
        self._show(replace(self._state, part=StepPart.CONSENT))
        self.services.tasks.query(
            lambda store: bool(store.contact.demonstration),
            lambda demo: self._show(replace(self._state, demonstration=demo)),
            lambda error: None,
            channel="contact key",
        )

    def _check_contact(self) -> None:
        draft = self._state.draft
        try:
            clean_contact(
                Contact(kind=draft.contact_kind, value=draft.contact, consent=self._state.consent)
            )
        except InputRefused as wrong:
            self._show(replace(self._state, contact_error=(wrong.ko, wrong.en)))
        else:
            self._advance()

    def _part_before(self) -> StepPart:
        """Where 이전 leads from a part of a step."""
        return {StepPart.CONSENT: StepPart.WHOLE, StepPart.ENTRY: StepPart.CONSENT}.get(
            self._state.part, StepPart.WHOLE
        )

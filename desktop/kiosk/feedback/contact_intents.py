"""Step 5: a contact is taken only from who is 14 or older, agrees, and wants to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from db.privacy.contact import clean_contact
from db.problems import InputRefused
from db.records.feedback import Contact, ContactKind
from desktop.kiosk.feedback.state import FeedbackState, Part

if TYPE_CHECKING:
    from desktop.kiosk.shell.screen import Services


class ContactSteps:
    """The part of the feedback presenter that asks for a contact; skipping is the default."""

    services: Services
    _state: FeedbackState

    if TYPE_CHECKING:

        def _show(self, **changes: Any) -> None: ...

        def _draft(self, **changes: Any) -> None: ...

        def _advance(self) -> None: ...

    def on_contact(self, wanted: bool) -> None:
        """연락처 남기기 or not. Not wanting one forgets what was entered before."""
        if not wanted:
            self._without_contact()
            self._advance()
        elif self._state.draft.over_14:
            self._ask_consent()
        else:
            self._show(part=Part.AGE, too_young=False)

    def _without_contact(self) -> None:
        draft = replace(self._state.draft, contact="", consent=False, over_14=False)
        self._state = replace(self._state, draft=draft, part=Part.WHOLE, contact_error=None)

    def on_adult(self, adult: bool) -> None:
        """만 14세 이상입니다, or not: then nothing is asked and nothing is kept."""
        if not adult:
            self._without_contact()
            self._show(part=Part.AGE, too_young=True)
            return
        self._state = replace(self._state, draft=replace(self._state.draft, over_14=True))
        self._ask_consent()

    def on_too_young_next(self) -> None:
        self._show(part=Part.WHOLE, too_young=False)
        self._advance()

    def _ask_consent(self) -> None:
        self._show(part=Part.CONSENT)
        self.services.tasks.query(
            lambda store: bool(store.contact.demonstration),
            lambda demo: self._show(demonstration=demo),
            lambda error: None,
            channel="contact key",
        )

    def on_consent(self, agreed: bool) -> None:
        """The tick under the notice; never set beforehand."""
        self._draft(consent=agreed)

    def on_consent_next(self) -> None:
        if self._state.draft.consent:
            self._show(part=Part.ENTRY)

    def on_contact_kind(self, kind: str) -> None:
        if kind != self._state.draft.contact_kind:
            self._state = replace(self._state, contact_error=None)
            self._draft(contact_kind=ContactKind(kind), contact="")

    def on_contact_text(self, text: str) -> None:
        self._state = replace(self._state, contact_error=None)
        self._draft(contact=text)

    def _check_contact(self) -> None:
        draft = self._state.draft
        try:
            clean_contact(
                Contact(kind=draft.contact_kind, value=draft.contact, consent=self._state.consent)
            )
        except InputRefused as wrong:
            self._show(contact_error=(wrong.ko, wrong.en))
        else:
            self._advance()

    def _part_before(self) -> Part:
        """Where 이전 leads from a part of a step."""
        return {Part.CONSENT: Part.WHOLE, Part.ENTRY: Part.CONSENT}.get(
            self._state.part, Part.WHOLE
        )

"""Sending: once, and the words stay until the store has them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from db.clock import uuid7
from db.participation.feedback import NewFeedback, add_feedback
from db.participation.issue_receipt import Receipt
from db.problems import InputRefused, Problem
from db.records.feedback import Contact, Kind
from desktop.background.tasks import Changes
from desktop.background.turn import Turn
from desktop.kiosk.feedback.state import Draft, FeedbackState, FeedbackStep, Subject
from desktop.kiosk.shell.routes import Route, ToReceipt

if TYPE_CHECKING:
    from desktop.kiosk.shell.screen import Services


class Sending:
    """The part of the feedback presenter that hands the draft to the store."""

    services: Services
    _state: FeedbackState
    _draft_id: bytes | None
    _turn: Turn

    if TYPE_CHECKING:

        def _open(self, route: Route) -> None: ...

        def _show(self, state: FeedbackState) -> None: ...

        def _forget(self) -> None: ...

    def _send(self) -> None:
        draft = self._state.draft
        if draft.subject is None or draft.kind is None:
            self._show(
                replace(
                    self._state,
                    step=FeedbackStep.ABOUT if draft.subject is None else FeedbackStep.KIND,
                )
            )
            return
        if self._draft_id is None:
            self._draft_id = uuid7(self.services.clock())
        new = self._new_feedback(draft, draft.subject, draft.kind)
        self._show(replace(self._state, saving=True, unavailable=False, refused=None))
        self.services.tasks.change(
            lambda store: add_feedback(store, new),
            self._turn.hears(self._on_sent),
            self._turn.hears(self._on_not_sent),
            changes=Changes.FEEDBACK,
        )

    def _new_feedback(self, draft: Draft, subject: Subject, kind: Kind) -> NewFeedback:
        contact = None
        if draft.contact and draft.consent and draft.over_14:
            contact = Contact(
                kind=draft.contact_kind, value=draft.contact, consent=self._state.consent
            )
        return NewFeedback(
            about=subject.about,
            kind=kind,
            project=subject.project,
            dong=subject.dong,
            lat=subject.lat,
            lon=subject.lon,
            rating=draft.rating,
            phrases=draft.phrases,
            text=draft.text,
            language=self.services.visit.language,
            site=self.services.settings.site or None,
            contact=contact,
            draft=self._draft_id,
        )

    def _on_sent(self, receipt: Receipt) -> None:
        self._forget()
        self._open(ToReceipt(receipt))

    def _on_not_sent(self, error: Exception) -> None:
        """The text stays. What the store refuses is named, the rest is its trouble."""
        if isinstance(error, InputRefused):
            self._show(replace(self._state, saving=False, refused=(error.ko, error.en)))
            return
        self._show(replace(self._state, saving=False, unavailable=True))
        if not isinstance(error, Problem):
            raise error

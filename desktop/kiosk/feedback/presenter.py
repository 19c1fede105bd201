"""Feedback, step by step: holds the draft, knows what comes next, sends it once.

The draft lives here and nowhere else, so a larger letter size, the other language or a look at the
help page never loses a word. A visit's end, or 그만두기, forgets it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from db.privacy.personal_data import find_personal_data
from db.records.feedback import About, Kind
from desktop.background.turn import Turn
from desktop.kiosk.feedback.contact_steps import ContactSteps
from desktop.kiosk.feedback.intents import (
    ChooseAbout,
    ChooseHit,
    ChooseKind,
    ClearText,
    ConfirmPlace,
    EditDraft,
    FeedbackIntent,
    KeepFindings,
    Rate,
    RemoveFindings,
    TouchPlace,
    TurnPhrase,
    TypeText,
    Undo,
)
from desktop.kiosk.feedback.sending import Sending
from desktop.kiosk.feedback.state import Draft, FeedbackState, FeedbackStep, StepPart, Subject
from desktop.kiosk.feedback.subjects import Subjects
from desktop.kiosk.feedback.text_history import TextHistory
from desktop.kiosk.shell.intents import AnswerQuit, Next, Quit, Send, TypeQuery
from desktop.kiosk.shell.routes import Route, ToFeedback, ToHome
from desktop.kiosk.shell.screen import Leaving, Presenter, Services
from desktop.map.city import City

MOST_PHRASES = 5


class FeedbackPresenter(
    ContactSteps, Sending, Presenter[FeedbackState, FeedbackIntent, ToFeedback]
):
    def __init__(self, services: Services, city: City) -> None:
        super().__init__(services)
        site = services.catalogue.landmark_by_id.get(services.settings.site)
        here = (site.lat, site.lon) if site else None
        self._subjects = Subjects(services.catalogue, city, here)
        self._history = TextHistory()
        self._fresh = FeedbackState(
            phone=services.settings.phone,
            keep_days=services.settings.keep_contact_days,
            keep_days_after_reply=services.settings.keep_contact_days_after_reply,
        )
        self._state = self._fresh
        self._route: ToFeedback | None = None
        self._draft_id: bytes | None = None
        self._turn = Turn()

    # -- the frame -----------------------------------------------------------------------------

    def _open(self, route: Route) -> None:
        self.go.emit(route)

    def _write(self, draft: Draft) -> None:
        """`draft` is what was decided and written by now."""
        self._show(replace(self._state, draft=draft, refused=None))

    def do(self, intent: FeedbackIntent) -> None:
        if self._state.saving:
            return
        match intent:
            case Next():
                self._next()
            case EditDraft(step):
                self._edit(step)
            case Send():
                self._send()
            case Quit():
                self._quit()
            case AnswerQuit(answer):
                self._answer_quit(answer)
            case ChooseAbout(about):
                self._choose_about(about)
            case TypeQuery(query):
                self._search(self._state.part, query)
            case ChooseHit(ident):
                by_project = self._state.part is StepPart.PROJECTS
                find = self._subjects.of_project if by_project else self._subjects.of_dong
                self._choose(find(ident))
            case TouchPlace(lat, lon):
                if self._subjects.of_place(lat, lon) is not None:
                    self._show(replace(self._state, picked=(lat, lon)))
            case ConfirmPlace():
                if self._state.picked is not None:
                    self._choose(self._subjects.of_place(*self._state.picked))
            case ChooseKind(kind):
                self._choose_kind(kind)
            case TurnPhrase(ident):
                self._turn_phrase(ident)
            case Rate(rating):
                same = rating == self._state.draft.rating
                self._write(replace(self._state.draft, rating=None if same else rating))
            case TypeText(text):
                self._type(text)
            case Undo():
                self._undo()
            case ClearText():
                self._type("")
            case RemoveFindings():
                self._remove_findings()
            case KeepFindings():
                self._keep_findings()
            case _:
                self._do_contact(intent)

    def enter(self, route: ToFeedback) -> None:
        """Coming back to what is being written changes nothing; a new subject takes the old one's
        place."""
        subject = self._preset(route)
        if subject is None or (route == self._route and self._state.draft.subject):
            return
        self._route = route
        step = FeedbackStep.REVIEW if self._state.reviewing else FeedbackStep.KIND
        self._show(
            replace(
                self._state,
                step=step,
                part=StepPart.WHOLE,
                draft=replace(self._state.draft, subject=subject),
            )
        )

    def _preset(self, route: ToFeedback) -> Subject | None:
        if route.project is not None:
            return self._subjects.of_project(route.project)
        return self._subjects.of_dong(route.dong) if route.dong is not None else None

    def leave(self) -> None:
        if self._state.asking_quit:
            self._show(replace(self._state, asking_quit=False))

    def wipe(self) -> None:
        self._forget()

    def _forget(self) -> None:
        self._turn.end()
        self._history.clear()
        self._route = self._draft_id = None
        self._state = self._fresh

    # -- going on and back ---------------------------------------------------------------------

    def _next(self) -> None:
        state = self._state
        if (
            state.step is FeedbackStep.TEXT
            and state.part is StepPart.WHOLE
            and not self._text_is_clean()
        ):
            return
        if state.step is FeedbackStep.CONTACT and state.part is StepPart.ENTRY:
            self._check_contact()
            return
        self._advance()

    def _advance(self) -> None:
        state = self._state
        if state.reviewing or state.step >= FeedbackStep.CONTACT:
            self._show(
                replace(self._state, step=FeedbackStep.REVIEW, part=StepPart.WHOLE, reviewing=True)
            )
        else:
            self._show(replace(self._state, step=FeedbackStep(state.step + 1), part=StepPart.WHOLE))

    def on_back(self) -> None:
        """이전: the screen before this one; out of the first step, out of feedback."""
        state = self._state
        if state.saving:
            return
        if state.asking_quit:
            self._show(replace(self._state, asking_quit=False))
        elif state.part is not StepPart.WHOLE:
            self._show(
                replace(
                    self._state, part=self._part_before(), findings=(), query="", contact_error=None
                )
            )
        elif state.step is FeedbackStep.ABOUT:
            self.back.emit()
        elif state.reviewing and state.step is not FeedbackStep.REVIEW:
            self._show(replace(self._state, step=FeedbackStep.REVIEW))
        else:
            self._show(replace(self._state, step=FeedbackStep(state.step - 1), reviewing=False))

    def _edit(self, step: FeedbackStep) -> None:
        part = (
            StepPart.ENTRY
            if step is FeedbackStep.CONTACT and self._state.draft.contact
            else StepPart.WHOLE
        )
        self._show(replace(self._state, step=step, part=part, reviewing=True))

    # -- 1: about what -------------------------------------------------------------------------

    def _choose_about(self, about: About) -> None:
        match about:
            case About.PROJECT:
                self._search(StepPart.PROJECTS, "")
            case About.DONG:
                self._search(StepPart.DONGS, "")
            case About.POINT:
                self._show(replace(self._state, part=StepPart.MAP, picked=None))
            case About.TREES:
                self._choose(self._subjects.of_trees())
            case About.GENERAL:
                self._choose(self._subjects.of_everything())
            case _:
                assert_never(about)

    def _search(self, part: StepPart, query: str) -> None:
        find = self._subjects.projects if part is StepPart.PROJECTS else self._subjects.dongs
        hits, more = find(query)
        self._show(replace(self._state, part=part, query=query, hits=hits, more=more))

    def picked_name(self) -> Subject | None:
        """What the touched place is called, for the map's own line."""
        return self._subjects.of_place(*self._state.picked) if self._state.picked else None

    def _choose(self, subject: Subject | None) -> None:
        if subject is None:
            return
        self._state = replace(
            self._state, draft=replace(self._state.draft, subject=subject), part=StepPart.WHOLE
        )
        self._advance()

    # -- 2 and 3: kind, feeling ----------------------------------------------------------------

    def _choose_kind(self, kind: Kind) -> None:
        """Another kind has other phrases; the old ones would say the wrong thing."""
        if kind is not self._state.draft.kind:
            self._write(replace(self._state.draft, kind=kind, phrases=()))

    def _turn_phrase(self, ident: str) -> None:
        draft = self._state.draft
        if ident in draft.phrases:
            self._write(replace(draft, phrases=tuple(p for p in draft.phrases if p != ident)))
        elif len(draft.phrases) < MOST_PHRASES:
            self._write(replace(draft, phrases=(*draft.phrases, ident)))

    # -- 4: text -------------------------------------------------------------------------------

    def _type(self, text: str) -> None:
        self._history.record(self._state.draft.text, text)
        self._set_text(text)

    def _set_text(self, text: str) -> None:
        self._state = replace(self._state, can_undo=self._history.can_undo)
        self._write(replace(self._state.draft, text=text))

    def _undo(self) -> None:
        text = self._history.undo()
        if text is not None:
            self._set_text(text)

    def _text_is_clean(self) -> bool:
        findings = find_personal_data(self._state.draft.text)
        if findings:
            self._show(replace(self._state, part=StepPart.FINDINGS, findings=findings))
        return not findings

    def _remove_findings(self) -> None:
        text = self._state.draft.text
        for finding in reversed(self._state.findings):
            before, after = text[: finding.start], text[finding.end :]
            # One of the two spaces that stood round it goes along.
            text = before + (after.removeprefix(" ") if before.endswith(" ") else after)
        self._state = replace(self._state, findings=(), part=StepPart.WHOLE)
        self._type(text.strip())
        self._next()

    def _keep_findings(self) -> None:
        if not self._state.must_remove:
            self._state = replace(self._state, findings=(), part=StepPart.WHOLE)
            self._advance()

    # -- 6: review -----------------------------------------------------------------------------

    def _quit(self) -> None:
        if self._state.draft.begun:
            self._show(replace(self._state, asking_quit=True))
        else:
            self._answer_quit(Leaving.QUIT)

    def _answer_quit(self, answer: Leaving) -> None:
        if answer is Leaving.QUIT:
            self._forget()
            self._open(ToHome())
        else:
            self._show(replace(self._state, asking_quit=False))

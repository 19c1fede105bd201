"""Feedback, step by step: holds the draft, knows what comes next, sends it once.

The draft lives here and nowhere else, so a larger letter size, the other language or a look at the
help page never loses a word. A visit's end, or 그만두기, forgets it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from db.privacy.personal_data import find_personal_data
from db.records.feedback import Kind
from desktop.kiosk.feedback.contact_intents import ContactSteps
from desktop.kiosk.feedback.sending import Sending
from desktop.kiosk.feedback.state import FeedbackState, Part, Step, Subject
from desktop.kiosk.feedback.subjects import Subjects
from desktop.kiosk.feedback.text_history import TextHistory
from desktop.kiosk.shell.routes import Route, ScreenName
from desktop.kiosk.shell.screen import Leaving, Presenter, Services
from desktop.map.city import City

MOST_PHRASES = 5


class FeedbackPresenter(ContactSteps, Sending, Presenter):
    """Takes `did(name, value)` from the view: every intent is a method `on_<name>`."""

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
        self._argument: object = None
        self._draft_id: bytes | None = None

    # -- the frame -----------------------------------------------------------------------------

    @property
    def state(self) -> FeedbackState:
        return self._state

    def _show(self, **changes: Any) -> None:
        self._state = replace(self._state, **changes)
        self.changed.emit(self._state)

    def _open(self, route: Route) -> None:
        self.go.emit(route)

    def _draft(self, **changes: Any) -> None:
        self._show(draft=replace(self._state.draft, **changes), refused=None)

    def listen(self, view: Any) -> None:
        view.did.connect(self.on_did)

    def on_did(self, name: str, value: object) -> None:
        """One intent of the resident."""
        act: Callable[..., None] = getattr(self, f"on_{name}")
        if not self._state.saving:
            act() if value is None else act(value)

    def enter(self, argument: object) -> None:
        """`argument`: None, ("project", id), ("dong", name) or ("trees", None). Coming back to what
        is being written changes nothing; a new subject takes the old one's place."""
        subject = self._preset(argument)
        if subject is None or (argument == self._argument and self._state.draft.subject):
            return
        self._argument = argument
        step = Step.REVIEW if self._state.reviewing else Step.KIND
        self._show(step=step, part=Part.WHOLE, draft=replace(self._state.draft, subject=subject))

    def _preset(self, argument: object) -> Subject | None:
        match argument:
            case ("project", str(ident)):
                return self._subjects.of_project(ident)
            case ("dong", str(name)):
                return self._subjects.of_dong(name)
            case ("trees", _):
                return self._subjects.of_trees()
        return None

    def leave(self) -> None:
        if self._state.asking_quit:
            self._show(asking_quit=False)

    def wipe(self) -> None:
        self._forget()

    def _forget(self) -> None:
        self._history.clear()
        self._argument = self._draft_id = None
        self._state = self._fresh

    # -- going on and back ---------------------------------------------------------------------

    def on_next(self) -> None:
        """다음. From a step reached out of the review, back to the review."""
        state = self._state
        if state.step is Step.TEXT and state.part is Part.WHOLE and not self._text_is_clean():
            return
        if state.step is Step.CONTACT and state.part is Part.ENTRY:
            self._check_contact()
            return
        self._advance()

    def _advance(self) -> None:
        state = self._state
        if state.reviewing or state.step >= Step.CONTACT:
            self._show(step=Step.REVIEW, part=Part.WHOLE, reviewing=True)
        else:
            self._show(step=Step(state.step + 1), part=Part.WHOLE)

    def on_back(self) -> None:
        """이전: the screen before this one; out of the first step, out of feedback."""
        state = self._state
        if state.asking_quit:
            self._show(asking_quit=False)
        elif state.part is not Part.WHOLE:
            self._show(part=self._part_before(), findings=(), query="", contact_error=None)
        elif state.step is Step.ABOUT:
            self.back.emit()
        elif state.reviewing and state.step is not Step.REVIEW:
            self._show(step=Step.REVIEW)
        else:
            self._show(step=Step(state.step - 1), reviewing=False)

    def on_edit(self, step: int) -> None:
        """고치기 in the review."""
        step = Step(step)
        part = Part.ENTRY if step is Step.CONTACT and self._state.draft.contact else Part.WHOLE
        self._show(step=step, part=part, reviewing=True)

    # -- 1: about what -------------------------------------------------------------------------

    def on_about(self, choice: str) -> None:
        """One of: project, dong, point, trees, general, keep (what is chosen already)."""
        if choice == "project":
            self._search(Part.PROJECTS, "")
        elif choice == "dong":
            self._search(Part.DONGS, "")
        elif choice == "point":
            self._show(part=Part.MAP, picked=None)
        elif choice == "trees":
            self._choose(self._subjects.of_trees())
        elif choice == "general":
            self._choose(self._subjects.of_everything())

    def _search(self, part: Part, query: str) -> None:
        find = self._subjects.projects if part is Part.PROJECTS else self._subjects.dongs
        hits, more = find(query)
        self._show(part=part, query=query, hits=hits, more=more)

    def on_query(self, query: str) -> None:
        self._search(self._state.part, query)

    def on_hit(self, ident: str) -> None:
        by_project = self._state.part is Part.PROJECTS
        self._choose((self._subjects.of_project if by_project else self._subjects.of_dong)(ident))

    def on_picked(self, lat_lon: tuple[float, float]) -> None:
        """A touch on the map; outside the city it means nothing."""
        if self._subjects.of_place(*lat_lon) is not None:
            self._show(picked=lat_lon)

    def on_place(self) -> None:
        """여기로 할게요."""
        if self._state.picked is not None:
            self._choose(self._subjects.of_place(*self._state.picked))

    def picked_name(self) -> Subject | None:
        """What the touched place is called, for the map's own line."""
        return self._subjects.of_place(*self._state.picked) if self._state.picked else None

    def _choose(self, subject: Subject | None) -> None:
        if subject is None:
            return
        self._state = replace(
            self._state, draft=replace(self._state.draft, subject=subject), part=Part.WHOLE
        )
        self._advance()

    # -- 2 and 3: kind, feeling ----------------------------------------------------------------

    def on_kind(self, kind: str) -> None:
        """Another kind has other phrases; the old ones would say the wrong thing."""
        chosen = Kind(kind)
        if chosen is not self._state.draft.kind:
            self._draft(kind=chosen, phrases=())

    def on_phrase(self, ident: str) -> None:
        """Choose a phrase or let it go."""
        chosen = self._state.draft.phrases
        if ident in chosen:
            self._draft(phrases=tuple(p for p in chosen if p != ident))
        elif len(chosen) < MOST_PHRASES:
            self._draft(phrases=(*chosen, ident))

    def on_rating(self, rating: int) -> None:
        """1 to 3; the same again takes it back."""
        self._draft(rating=None if rating == self._state.draft.rating else rating)

    # -- 4: text -------------------------------------------------------------------------------

    def on_text(self, text: str) -> None:
        self._history.record(self._state.draft.text, text)
        self._set_text(text)

    def _set_text(self, text: str) -> None:
        self._state = replace(self._state, can_undo=self._history.can_undo)
        self._draft(text=text)

    def on_undo(self) -> None:
        text = self._history.undo()
        if text is not None:
            self._set_text(text)

    def on_clear(self) -> None:
        """모두 지움, which 되돌리기 takes back."""
        self.on_text("")

    def _text_is_clean(self) -> bool:
        findings = find_personal_data(self._state.draft.text)
        if findings:
            self._show(part=Part.FINDINGS, findings=findings)
        return not findings

    def on_remove_findings(self) -> None:
        """지우기: take out what was found and go on."""
        text = self._state.draft.text
        for finding in reversed(self._state.findings):
            before, after = text[: finding.start], text[finding.end :]
            # One of the two spaces that stood round it goes along.
            text = before + (after.removeprefix(" ") if before.endswith(" ") else after)
        self._state = replace(self._state, findings=(), part=Part.WHOLE)
        self.on_text(text.strip())
        self.on_next()

    def on_keep_findings(self) -> None:
        """그대로 두기: not for registration numbers."""
        if not self._state.must_remove:
            self._state = replace(self._state, findings=(), part=Part.WHOLE)
            self._advance()

    # -- 6: review -----------------------------------------------------------------------------

    def on_quit(self) -> None:
        """그만두기 asks once, when there is something to lose."""
        if self._state.draft.begun:
            self._show(asking_quit=True)
        else:
            self.on_quit_answer(Leaving.QUIT)

    def on_quit_answer(self, answer: str) -> None:
        if answer == Leaving.QUIT:
            self._forget()
            self._open(Route(ScreenName.HOME))
        else:
            self._show(asking_quit=False)

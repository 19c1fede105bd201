"""One feedback: its thread, and every act an officer does to it, with its way back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from PySide6.QtCore import Signal

from db.catalogue.phrases import load_phrases
from db.officers.duties import Duty
from db.problems import InputRefused, Problem
from desktop.background.tasks import Changes
from desktop.desk.feedback.intents import (
    Begin,
    Cancel,
    ChoosePublic,
    ChooseState,
    Save,
    ThreadIntent,
    WriteDepartment,
    WriteNote,
    WriteReason,
    WriteReply,
)
from desktop.desk.feedback.state import Doing, ThreadDraft, ThreadState
from desktop.desk.feedback.words import done_words
from desktop.desk.shell.screen import DeskPresenter, DeskServices
from desktop.i18n import language

if TYPE_CHECKING:  # the store behind them is heavy
    from db.inbox.acts import ActDone, OfficerAtWork
    from db.inbox.thread import Thread
    from db.officers.accounts import Officer
    from db.store.store import Store

Targets = Callable[["Store"], tuple[str, ...]]

#: What an act touches: lists and threads are read anew.
TOUCHED = Changes.FEEDBACK | Changes.REPLIES | Changes.EXCHANGE


class ThreadPresenter(DeskPresenter[ThreadState, ThreadIntent]):
    """Signals: `said(words, can be undone)` after an act, `went_on()` when the next one should
    become current."""

    said = Signal(str, bool)
    went_on = Signal()

    def __init__(self, services: DeskServices) -> None:
        super().__init__(services)
        self.officer: Officer | None = None
        self._drafts: dict[str, ThreadDraft] = {}
        self._targets: Targets | None = None
        phrases = {each.id: (each.ko, each.en) for each in load_phrases(services.data_dir)}
        self._state = ThreadState(phrases=phrases)
        services.tasks.changed.connect(self._on_changed)

    def sign_in(self, officer: Officer) -> None:
        self.officer = officer
        self._show(
            replace(
                self._state,
                may_act=officer.role.may(Duty.ANSWER.needs),
                may_publish=officer.role.may(Duty.ANSWER_PUBLICLY.needs),
            )
        )

    def wipe(self) -> None:
        self._drafts.clear()
        self._targets = None
        self._state = ThreadState(phrases=self._state.phrases)

    # -- which one -------------------------------------------------------------------------------

    def show_feedback(self, feedback: str) -> None:
        """Another row of the list is current; empty while there is none."""
        if feedback == self._state.feedback:
            return
        self._keep_draft()
        doing = (
            self._state.doing if self._state.doing is Doing.REPLY and feedback else Doing.NOTHING
        )
        self._show(
            replace(
                self._state,
                feedback=feedback,
                thread=None,
                doing=doing,
                draft=self._drafts.get(feedback, ThreadDraft()),
                problem=None,
            )
        )
        self._read()

    def act_on(self, count: int, targets: Targets | None) -> None:
        """So many rows are ticked, and these are their ids; none acts on the current one."""
        self._targets = targets if count else None
        if count != self._state.ticked:
            self._show(replace(self._state, ticked=count))

    def opened(self) -> None:
        """Its words are being read now, not only passed by: that is written down."""
        feedback, officer = self._state.feedback, self.officer
        if not feedback or officer is None:
            return
        office = self.services.office
        self.services.tasks.change(
            lambda store: office.at(store).at_work(officer).open(feedback),
            lambda _: None,
            self._failed,
            changes=Changes.NOTHING,
        )

    def _read(self) -> None:
        feedback, office = self._state.feedback, self.services.office
        if not feedback:
            return

        def read(store: Store) -> Thread:
            # behind the store
            from db.inbox.thread import thread

            return thread(store, office.at(store).officers, feedback)

        def show(found: Thread) -> None:
            if found.feedback.id == self._state.feedback:
                self._show(replace(self._state, thread=found))

        self.services.tasks.query(read, show, self._failed, channel="thread")

    def _on_changed(self, changes: Changes) -> None:
        if changes & (Changes.FEEDBACK | Changes.REPLIES | Changes.EXCHANGE):
            self._read()

    # -- what the view tells ---------------------------------------------------------------------

    def do(self, intent: ThreadIntent) -> None:
        match intent:
            case Begin(doing=doing):
                self._begin(doing)
            case Cancel():
                self._show(replace(self._state, doing=Doing.NOTHING, problem=None))
            case WriteReply(text=text):
                self._write(replace(self._state.draft, reply=text))
            case ChoosePublic(public=public):
                self._write(replace(self._state.draft, public=public))
            case WriteNote(text=text):
                self._write(replace(self._state.draft, note=text))
            case WriteDepartment(name=name):
                self._write(replace(self._state.draft, department=name))
            case ChooseState(state=state):
                self._write(replace(self._state.draft, state=state))
            case WriteReason(text=text):
                self._write(replace(self._state.draft, reason=text))
            case Save(closes=closes, go_on=go_on):
                self._save(closes, go_on)
            case _:
                assert_never(intent)

    def _begin(self, doing: Doing) -> None:
        if not self._state.feedback or not self._state.may_act:
            return
        self.opened()
        draft = self._state.draft
        thread = self._state.thread
        if doing is Doing.ASSIGN and not draft.department and thread and thread.standing:
            draft = replace(draft, department=thread.standing[0].department or "")
        self._show(replace(self._state, doing=doing, draft=draft, problem=None))
        if doing is Doing.ASSIGN:
            self._ask_departments()

    def _ask_departments(self) -> None:
        office = self.services.office

        def ask(store: Store) -> tuple[str, ...]:
            # behind the store
            from db.inbox.filters import Facet, Filter

            counts = office.at(store).inbox.counts(Filter())[Facet.DEPARTMENT]
            return tuple(sorted((each for each in counts if each), key=lambda name: -counts[name]))

        self.services.tasks.query(
            ask,
            lambda found: self._show(replace(self._state, departments=found)),
            self._failed,
            channel="departments",
        )

    def _write(self, draft: ThreadDraft) -> None:
        self._show(replace(self._state, draft=draft, problem=None))

    def _keep_draft(self) -> None:
        if self._state.feedback:
            self._drafts[self._state.feedback] = self._state.draft
            if self._state.draft == ThreadDraft():
                del self._drafts[self._state.feedback]

    # -- acts ------------------------------------------------------------------------------------

    def _save(self, closes: bool, go_on: bool) -> None:
        officer, state = self.officer, self._state
        if officer is None or state.busy or not state.feedback:
            return
        draft, feedback = state.draft, state.feedback
        targets = self._targets or (lambda store: (feedback,))
        match state.doing:
            case Doing.REPLY:
                cleared = replace(draft, reply="", public=False)

                def act(at_work: OfficerAtWork, store: Store) -> ActDone:
                    return at_work.reply(
                        targets(store), draft.reply, public=draft.public, closes=closes
                    )
            case Doing.ASSIGN:
                cleared = replace(draft, department="")

                def act(at_work: OfficerAtWork, store: Store) -> ActDone:
                    return at_work.assign(targets(store), draft.department)
            case Doing.STATE:
                chosen = draft.state
                if chosen is None:
                    self._refuse(InputRefused("state", "상태를 고르세요.", "Choose a state."))
                    return
                cleared = replace(draft, state=None, reason="")

                def act(at_work: OfficerAtWork, store: Store) -> ActDone:
                    return at_work.set_state(targets(store), chosen, reason=draft.reason or None)
            case Doing.NOTE:
                cleared = replace(draft, note="")

                def act(at_work: OfficerAtWork, store: Store) -> ActDone:
                    return at_work.note(feedback, draft.note)
            case Doing.NOTHING:
                return
            case _:
                assert_never(state.doing)
        self._show(replace(state, busy=True, problem=None))

        def on_done(done: ActDone) -> None:
            if self._state.feedback == feedback:
                shown = replace(self._state, draft=cleared, doing=Doing.NOTHING)
            else:
                shown = self._state
                self._drafts.pop(feedback, None)
            self._show(replace(shown, busy=False))
            self.said.emit(done_words(done), True)
            if go_on:
                self.went_on.emit()

        office = self.services.office
        self.services.tasks.change(
            lambda store: act(office.at(store).at_work(officer), store),
            on_done,
            self._failed,
            changes=TOUCHED,
        )

    def undo(self) -> None:
        """Take back the last act that was not sent out yet."""
        officer = self.officer
        if officer is None or self._state.busy:
            return
        office = self.services.office

        def take_back(store: Store) -> ActDone:
            at_work = office.at(store).at_work(officer)
            last = at_work.last_act()
            if last is None:
                raise InputRefused(
                    "act",
                    "되돌릴 일이 없습니다. 이미 내보낸 것은 새 답변이나 결정으로 바로잡습니다.",
                    "There is nothing to undo. What was sent out is corrected by a new reply or "
                    "decision.",
                )
            return at_work.undo(last.ref)

        def refused(error: Exception) -> None:
            if not isinstance(error, Problem):
                raise error
            self.said.emit(error.sentence(language()), False)

        self.services.tasks.change(
            take_back,
            lambda done: self.said.emit(done_words(done), False),
            refused,
            changes=TOUCHED,
        )

    def _refuse(self, problem: Problem) -> None:
        self._show(replace(self._state, busy=False, problem=problem))

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, Problem):
            raise error
        self._refuse(error)

"""What an officer does to feedback: decide, assign, answer, note, and take it back.

Each act writes its events and its line of the log in one transaction: a bulk act is done to all or
to none. Until its events stand on a carrier it is undone by erasing them, so that nobody else ever
reads what was meant otherwise; afterwards only a new decision or reply corrects it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import msgspec

from db.officers.accounts import Officer, Officers
from db.officers.act_log import LoggedAct, acts, log_act
from db.officers.duties import Duty
from db.participation.answering import publish_reply
from db.participation.reviews import decide, require_feedback
from db.problems import InputRefused
from db.records.event_kinds import NOTE, REDACTION
from db.records.feedback import LONGEST_WRITTEN, Erased, RedactionBody, ReviewState
from db.records.officers import ActKind, ActRecord, NoteRecord, OfficerRole
from db.store.journal import append, tail
from db.text import official_text

if TYPE_CHECKING:
    import pysqlite3.dbapi2 as sqlite

MOST_AT_ONCE = 10_000
_LOOKED_BACK = 500
"""Lines of the log among which the last act is looked for."""
_UNDOABLE = frozenset(
    (
        *(ActKind.REVIEWED, ActKind.REPLIED, ActKind.NOTED),
        *(ActKind.GROUPED, ActKind.UNGROUPED, ActKind.KEPT_APART),
    )
)


class ActDone(msgspec.Struct, frozen=True, kw_only=True):
    """One act: `ref` is the device/seq of its line in the log, `of` how many feedback it was done
    to.
    """

    ref: str
    act: ActKind
    of: int
    words: str = ""


class OfficerAtWork:
    """One officer who is signed in. Belongs to the store's thread."""

    def __init__(self, officers: Officers, officer: Officer) -> None:
        self._officers, self.officer = officers, officer
        self._records, self._store = officers.records, officers.records.store
        self._opened: set[str] = set()

    def open(self, feedback: str) -> None:
        """Writes down that this officer read these words, once while they are signed in. Raises
        InputRefused, StorageUnavailable.
        """
        if feedback in self._opened:
            return
        feedback = require_feedback(self._store, feedback)
        with self._store.change() as connection:
            self._log(connection, ActKind.OPENED, feedback=feedback)
        self._opened.add(feedback)

    def set_state(
        self,
        feedbacks: Sequence[str],
        state: ReviewState,
        *,
        reason: str | None = None,
        department: str | None = None,
        duplicate_of: str | None = None,
    ) -> ActDone:
        """Decides about each of these. Raises InputRefused, StorageUnavailable."""

        def write(connection: sqlite.Connection, feedback: str) -> None:
            decide(
                self._store,
                connection,
                feedback,
                state,
                reason=reason,
                department=department,
                duplicate_of=duplicate_of,
                by=self.officer.id,
            )

        return self._do(ActKind.REVIEWED, Duty.DECIDE.needs, feedbacks, write, state.value)

    def assign(self, feedbacks: Sequence[str], department: str) -> ActDone:
        """Hands each of these to a department. Raises InputRefused, StorageUnavailable."""
        return self.set_state(feedbacks, ReviewState.ASSIGNED, department=department)

    def reply(
        self,
        feedbacks: Sequence[str],
        text: str,
        *,
        text_en: str | None = None,
        department: str | None = None,
        public: bool = False,
        closes: bool = True,
    ) -> ActDone:
        """Answers each of these; `closes` also says that it is answered. What other residents may
        read needs a publisher. Raises InputRefused, StorageUnavailable.
        """

        def write(connection: sqlite.Connection, feedback: str) -> None:
            publish_reply(
                self._store,
                connection,
                feedback,
                text,
                text_en=text_en,
                department=department,
                public=public,
                by=self.officer.id,
            )
            if closes:
                decide(
                    self._store,
                    connection,
                    feedback,
                    ReviewState.ANSWERED,
                    department=department,
                    by=self.officer.id,
                )

        needed = (Duty.ANSWER_PUBLICLY if public else Duty.ANSWER).needs
        return self._do(ActKind.REPLIED, needed, feedbacks, write)

    def note(self, feedback: str, text: str) -> ActDone:
        """Writes what only officers read. Raises InputRefused, StorageUnavailable."""
        words = official_text(text, "text", LONGEST_WRITTEN)
        record = NoteRecord(officer=self.officer.id, text=words)

        def write(connection: sqlite.Connection, feedback: str) -> None:
            self._records.write(connection, NOTE, f"feedback/{feedback}", record)

        return self._do(ActKind.NOTED, Duty.NOTE.needs, [feedback], write)

    def last_act(self) -> ActDone | None:
        """What this officer did last at this desk and can take back; None where there is nothing,
        or it stands on a carrier already. Raises StorageUnavailable.
        """
        lines = acts(self._records, newest=_LOOKED_BACK)
        undone = {each.record.undoes for each in lines}
        for line in reversed(lines):
            if self._is_undoable(line) and line.ref not in undone:
                return None if self._is_out(line) else _done(line.ref, line.record)
        return None

    def undo(self, ref: str) -> ActDone:
        """Takes an act back, whole. Raises InputRefused where it was another's, was taken back, is
        out already, or others decided upon it; StorageUnavailable.
        """
        lines = acts(self._records, newest=_LOOKED_BACK)
        line = next((each for each in lines if each.ref == ref), None)
        if line is None or not self._is_undoable(line):
            raise _refused("되돌릴 수 있는 일이 아닙니다.", "this cannot be undone.")
        if any(each.record.undoes == ref for each in lines):
            raise _refused("이미 되돌렸습니다.", "this was undone already.")
        if self._is_out(line):
            raise _refused(
                "이미 내보내 되돌릴 수 없습니다. 새 답변이나 결정으로 바로잡으세요.",
                "it was sent out already; correct it by a new reply or decision.",
            )
        device, record = self._store.device, line.record
        if self._store.row(
            "SELECT 1 FROM review_saw s WHERE s.saw_device = ?1 AND s.saw_seq BETWEEN ?2 AND ?3"
            " AND NOT (s.device = ?1 AND s.seq BETWEEN ?2 AND ?3)",
            (device, record.first, record.last),
        ):
            raise _refused(
                "그 뒤에 다른 결정이 있습니다. 먼저 그것을 되돌리세요.",
                "something was decided upon it since; undo that first.",
            )
        with self._store.change() as connection:
            for seq in range(record.first, record.last + 1):
                target = f"{device}/{seq}"
                body = RedactionBody(target=target, what=Erased.BOTH, reason="되돌림 (undone)")
                append(self._store, connection, REDACTION, target, body)
            return self._log(
                connection,
                ActKind.UNDONE,
                feedback=record.feedback,
                of=record.of,
                undoes=ref,
                words=record.act.value,
            )

    def _do(
        self,
        act: ActKind,
        needed: OfficerRole,
        feedbacks: Sequence[str],
        write: Callable[[sqlite.Connection, str], None],
        words: str = "",
    ) -> ActDone:
        def write_each(connection: sqlite.Connection, named: Sequence[str]) -> None:
            for feedback in named:
                write(connection, feedback)

        return self.do_together(act, needed, feedbacks, write_each, words)

    def do_together(
        self,
        act: ActKind,
        needed: OfficerRole,
        feedbacks: Sequence[str],
        write: Callable[[sqlite.Connection, Sequence[str]], None],
        words: str = "",
    ) -> ActDone:
        """Writes what is done to all of these with its line of the log, or nothing. Raises
        InputRefused, StorageUnavailable.
        """
        self._officers.require(self.officer, needed)
        if not 1 <= len(feedbacks) <= MOST_AT_ONCE:
            raise InputRefused(
                "feedback",
                f"한 번에 1건에서 {MOST_AT_ONCE:,}건까지입니다.",
                f"1 to {MOST_AT_ONCE:,} at once.",
            )
        named = [require_feedback(self._store, each) for each in dict.fromkeys(feedbacks)]
        store = self._store
        with store.change() as connection:
            before, _link = tail(connection, store.device, store.keys.public)
            write(connection, named)
            last, _link = tail(connection, store.device, store.keys.public)
            return self._log(
                connection,
                act,
                feedback=named[0] if len(named) == 1 else None,
                of=len(named),
                first=before + 1,
                last=last,
                words=words,
            )

    def _log(
        self,
        connection: sqlite.Connection,
        act: ActKind,
        *,
        feedback: str | None,
        of: int = 1,
        first: int = 0,
        last: int = 0,
        undoes: str | None = None,
        words: str = "",
    ) -> ActDone:
        record = ActRecord(
            act=act,
            officer=self.officer.id,
            feedback=feedback,
            of=of,
            first=first,
            last=last,
            undoes=undoes,
            words=words,
        )
        event = log_act(self._records, connection, record)
        return _done(f"{event.device}/{event.seq}", record)

    def _is_undoable(self, line: LoggedAct) -> bool:
        return (
            line.record.act in _UNDOABLE
            and line.record.first > 0
            and line.record.officer == self.officer.id
            and line.device == self._store.device
        )

    def _is_out(self, line: LoggedAct) -> bool:
        sent = self._store.row("SELECT seq FROM sent WHERE device = ?", (line.device,))
        return sent is not None and int(sent[0]) >= line.record.first


def _done(ref: str, record: ActRecord) -> ActDone:
    return ActDone(ref=ref, act=record.act, of=record.of, words=record.words)


def _refused(ko: str, en: str) -> InputRefused:
    return InputRefused("act", ko, en)

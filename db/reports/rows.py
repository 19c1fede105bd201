"""What a report counts: every feedback as a few numbers by column, read once from a store.

A million of them are some dozen megabytes; they are read in pieces, so that nothing larger is ever
held at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from db.inbox.due import NEVER, PROMISED, Days, due_days, seoul_days
from db.inbox.rows import CLOSED, WordNumbers
from db.records.feedback import Kind, ReviewState
from db.store.projections import NOT_SUPERSEDED, STANDING
from db.store.store import Store

ANSWERS = frozenset((ReviewState.ANSWERED, ReviewState.ADOPTED, ReviewState.DECLINED))
"""States in which the resident has been told something."""
UNKNOWN_DAY = np.datetime64("NaT", "D")

_PIECE = 50_000
_FIRST, _END = np.datetime64("2000-01-01"), np.datetime64("2100-01-01")
_DECISIONS = (
    "SELECT r.feedback, min(r.state), max(r.department), count(*) FROM review r"
    f" WHERE{STANDING} GROUP BY r.feedback"
)

Numbers = npt.NDArray[np.int32]


class By(StrEnum):
    """What a report is broken down by."""

    MONTH = "month"
    THEME = "theme"
    DONG = "dong"
    KIND = "kind"
    DEPARTMENT = "department"


class ReportRows:
    """All feedback of one store as it stands now. `words` are what the numbers of `by` stand for;
    a row whose date no clock can have given has `received` NaT.
    """

    def __init__(
        self,
        store: Store,
        themes: Mapping[str, str],
        promises: Mapping[Kind, int] = PROMISED,
        own_days: Iterable[date] = (),
    ) -> None:
        self.own_days = tuple(own_days)
        decided = _decided(store)
        told = _told(store)
        self._words: dict[By, WordNumbers] = {by: WordNumbers() for by in By if by is not By.MONTH}
        pieces = [
            _Piece(rows, themes, decided, told, self._words) for rows in _feedback(store)
        ] or [_Piece((), themes, decided, told, self._words)]
        self.rowids = np.concatenate([each.rowids for each in pieces])
        self.received: Days = np.concatenate([each.received for each in pieces])
        self.answered: Days = np.concatenate([each.answered for each in pieces])
        self.is_answered = np.concatenate([each.is_answered for each in pieces])
        self.is_closed = np.concatenate([each.is_closed for each in pieces])
        self.is_left_out = np.concatenate([each.is_left_out for each in pieces])
        self.by: dict[By, Numbers] = {
            by: np.concatenate([each.by[by] for each in pieces]) for by in self._words
        }
        promised = _promised(self.by[By.KIND], self._words[By.KIND].known, promises)
        known = ~np.isnat(self.received)
        self.due = due_days(
            np.where(known, self.received, np.datetime64("2026-01-01")),
            np.where(known & ~self.is_left_out, promised, 0),
            self.own_days,
        )

    def __len__(self) -> int:
        return len(self.rowids)

    def words(self, by: By) -> list[str]:
        """What the numbers of a column stand for; the first is nothing known."""
        return self._words[by].known


def _promised(
    kinds: Numbers, known: Sequence[str], promises: Mapping[Kind, int]
) -> npt.NDArray[np.int64]:
    by_word = {kind.value: days for kind, days in promises.items()}
    return np.array([by_word.get(word, 0) for word in known], np.int64)[kinds]


def _decided(store: Store) -> dict[bytes, tuple[str, str | None]]:
    """State and department of what was decided; in a conflict it is still being looked at."""
    return {
        bytes(feedback): (ReviewState.IN_REVIEW.value, None) if heads > 1 else (state, department)
        for feedback, state, department, heads in store.rows(_DECISIONS)
    }


def _told(store: Store) -> dict[bytes, int]:
    """When each was first answered, by the clock of the desk that did."""
    marks = ", ".join("?" * len(ANSWERS))
    rows = store.rows(
        f"SELECT feedback, min(at_us) FROM review WHERE state IN ({marks}) GROUP BY feedback",
        sorted(each.value for each in ANSWERS),
    )
    return {bytes(feedback): int(at_us) for feedback, at_us in rows}


Row = Sequence[object]


def _feedback(store: Store) -> Iterable[Sequence[Row]]:
    after = 0
    while rows := store.rows(
        "SELECT f.rowid, f.id, f.at_us, f.kind, f.project, f.dong, f.erased FROM feedback f"
        f" WHERE f.rowid > ? AND {NOT_SUPERSEDED} ORDER BY f.rowid LIMIT ?",
        (after, _PIECE),
    ):
        after = int(rows[-1][0])
        yield rows


class _Piece:
    """Some rows by column."""

    def __init__(
        self,
        rows: Sequence[Row],
        themes: Mapping[str, str],
        decided: Mapping[bytes, tuple[str, str | None]],
        told: Mapping[bytes, int],
        words: Mapping[By, WordNumbers],
    ) -> None:
        columns = list(zip(*rows, strict=True)) or [()] * 7
        rowids, ids, at_us, kinds, projects, dongs, erased = columns
        received = ReviewState.RECEIVED.value, None
        standing = [decided.get(bytes(id), received) for id in ids]
        states = [state for state, _department in standing]
        count = len(rows)
        self.rowids = np.array(rowids, np.int64)
        self.received = days_of(at_us)
        self.is_answered = np.fromiter((each in ANSWERS for each in states), bool, count)
        self.is_closed = np.fromiter((each in CLOSED for each in states), bool, count)
        # Nobody owes an answer to what is another's copy, withheld, or not there any more.
        self.is_left_out = np.array(erased, bool) | (self.is_closed & ~self.is_answered)
        first = days_of([told.get(bytes(id), -1) for id in ids])
        # A clock that was set back answered nothing before it came.
        self.answered = np.where(
            self.is_answered & (first >= self.received), first, UNKNOWN_DAY
        ).astype("datetime64[D]")
        values: dict[By, Sequence[str | None]] = {
            By.THEME: [themes.get(str(each), None) if each else None for each in projects],
            By.DONG: dongs,
            By.KIND: kinds,
            By.DEPARTMENT: [department for _state, department in standing],
        }
        self.by = {
            by: np.fromiter(map(words[by].number, each), np.int32, count)
            for by, each in values.items()
        }


def days_of(at_us: Sequence[object]) -> Days:
    """The days in Jeonju; NaT for what no clock of these years can have meant."""
    # A wild clock may be beyond what an array of whole numbers holds.
    moments = np.array(
        [each if isinstance(each, int) and 0 <= each < 2**53 else 0 for each in at_us], np.int64
    )
    days = seoul_days(moments)
    return np.where((days >= _FIRST) & (days < _END), days, UNKNOWN_DAY).astype("datetime64[D]")


def is_overdue(rows: ReportRows, today: date) -> npt.NDArray[np.bool_]:
    """What nobody closed although its day has passed."""
    late: npt.NDArray[np.bool_] = (
        (rows.due != NEVER) & ~rows.is_closed & (rows.due < np.datetime64(today, "D"))
    )
    return late

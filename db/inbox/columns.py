"""The inbox 의견함: every feedback as one row of a few numbers, held in memory by column.

A million rows are a few dozen megabytes this way, and whatever an officer narrows, sorts or counts
by is one pass over one array. Words are read for the rows in view alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from db.clock import SEOUL, nearest_in_seoul
from db.inbox.due import NEVER, PROMISED, Days, due_days
from db.inbox.filters import NONE, DueIn, Facet, Filter, Sort
from db.inbox.rows import CLOSED, FoundRows, InboxRow, Section, WordNumbers
from db.participation.feedback import rows_of
from db.records.feedback import FeedbackRow, Kind, ReviewState
from db.store.projections import NOT_SUPERSEDED
from db.store.store import Store

_DAY_US = 86_400_000_000
_SEOUL_US = int(timedelta(hours=9) / timedelta(microseconds=1))
_SECTIONS = tuple(DueIn)
_COLUMNS = "f.rowid, f.id, f.at_us, f.kind, f.project, f.dong, f.site, f.has_contact"
_STANDING = (
    "SELECT r.feedback, min(r.state), max(r.department), count(*) FROM review r"
    " WHERE NOT EXISTS(SELECT 1 FROM review_saw s JOIN review later ON later.device = s.device"
    " AND later.seq = s.seq AND later.feedback = r.feedback"
    " WHERE s.saw_device = r.device AND s.saw_seq = r.seq)"
)


class Inbox:
    """All feedback of one open store by column. Belongs to the store's thread.

    `themes` names the theme of each project. A row keeps its position while the store is open.
    """

    def __init__(
        self,
        store: Store,
        themes: Mapping[str, str],
        promises: Mapping[Kind, int] = PROMISED,
        own_days: Iterable[date] = (),
    ) -> None:
        self._store, self._themes = store, themes
        self._promises, self._own_days = promises, tuple(own_days)
        self._words = {facet: WordNumbers() for facet in Facet}
        self._columns: dict[Facet, npt.NDArray[np.int32]] = {}
        self._clear()
        self.refresh()

    def _clear(self) -> None:
        self._rowids = np.empty(0, np.int64)
        self._at_us = np.empty(0, np.int64)
        self._due: Days = np.empty(0, "datetime64[D]")
        self._conflicts = np.empty(0, bool)
        self._ids: list[bytes] = []
        self._position: dict[bytes, int] = {}
        self._columns = {facet: np.empty(0, np.int32) for facet in Facet if facet is not Facet.DUE}
        self._seen = (0, 0, 0)

    def __len__(self) -> int:
        return len(self._ids)

    # -- keeping up ----------------------------------------------------------------------------

    def refresh(self) -> None:
        """Takes up what came or was decided since. Raises StorageUnavailable."""
        row = self._store.row(
            "SELECT (SELECT coalesce(max(rowid), 0) FROM review),"
            " (SELECT coalesce(max(rowid), 0) FROM redaction), (SELECT count(*) FROM feedback)"
        )
        assert row is not None
        seen = (int(row[0]), int(row[1]), int(row[2]))
        reviews, redactions, rows = self._seen
        if seen[0] < reviews or seen[1] != redactions or seen[2] < rows:
            # What was taken away leaves no trace by which to find its rows.
            self._clear()
            reviews = 0
        self._add_rows()
        self._take_up_reviews(reviews)
        self._seen = seen

    def _add_rows(self) -> None:
        after = int(self._rowids[-1]) if len(self._rowids) else 0
        rows = self._store.rows(
            f"SELECT {_COLUMNS} FROM feedback f WHERE f.rowid > ? AND {NOT_SUPERSEDED}"
            " ORDER BY f.rowid",
            (after,),
        )
        if not rows:
            return
        rowids, ids, at, kinds, projects, dongs, sites, contacts = zip(*rows, strict=True)
        at_us = np.array(at, np.int64)
        for number, id in enumerate(ids, start=len(self._ids)):
            self._position.setdefault(bytes(id), number)
        self._ids += map(bytes, ids)
        self._rowids = np.append(self._rowids, np.array(rowids, np.int64))
        self._at_us = np.append(self._at_us, at_us)
        self._due = np.append(self._due, self._due_of(at_us, kinds))
        self._conflicts = np.append(self._conflicts, np.zeros(len(rows), bool))
        received = ReviewState.RECEIVED.value
        added: dict[Facet, Sequence[str | None]] = {
            Facet.STATE: [received] * len(rows),
            Facet.KIND: kinds,
            Facet.THEME: [self._themes.get(project or NONE, NONE) for project in projects],
            Facet.PROJECT: projects,
            Facet.DONG: dongs,
            Facet.SITE: sites,
            Facet.CONTACT: ["yes" if contact else "no" for contact in contacts],
            Facet.DEPARTMENT: [NONE] * len(rows),
        }
        for facet, values in added.items():
            number_of = self._words[facet].number
            numbers = np.fromiter(map(number_of, values), np.int32, len(rows))
            self._columns[facet] = np.append(self._columns[facet], numbers)

    def _due_of(self, at_us: npt.NDArray[np.int64], kinds: Sequence[str | None]) -> Days:
        by_word = {kind.value: days for kind, days in self._promises.items()}
        promised = np.fromiter((by_word.get(kind or NONE, 0) for kind in kinds), np.int64)
        # A clock beyond every calendar is promised nothing: its date is not known.
        sane = (at_us > -(2**53)) & (at_us < 2**53)
        days = ((np.where(sane, at_us, 0) + _SEOUL_US) // _DAY_US).astype("datetime64[D]")
        sane &= (days > np.datetime64("2000-01-01")) & (days < np.datetime64("2100-01-01"))
        return due_days(
            np.where(sane, days, np.datetime64("2026-01-01")),
            np.where(sane, promised, 0),
            self._own_days,
        )

    def _take_up_reviews(self, after: int) -> None:
        condition = ""
        if after:
            condition = " AND r.feedback IN (SELECT feedback FROM review WHERE rowid > ?)"
        rows = self._store.rows(
            f"{_STANDING}{condition} GROUP BY r.feedback", (after,) if after else ()
        )
        state_of = self._words[Facet.STATE].number
        department_of = self._words[Facet.DEPARTMENT].number
        states, departments = self._columns[Facet.STATE], self._columns[Facet.DEPARTMENT]
        for feedback, state, department, heads in rows:
            position = self._position.get(bytes(feedback))
            if position is None:
                continue
            conflict = heads > 1
            states[position] = state_of(ReviewState.IN_REVIEW.value if conflict else state)
            departments[position] = department_of(None if conflict else department)
            self._conflicts[position] = conflict

    # -- asking --------------------------------------------------------------------------------

    def find(self, narrowed: Filter, sort: Sort = Sort.DUE) -> FoundRows:
        """The rows that match, in order. Raises StorageUnavailable."""
        matching = np.flatnonzero(self._matching(narrowed))
        if sort is Sort.NEWEST:
            return FoundRows(matching[np.argsort(-self._at_us[matching], kind="stable")])
        if sort is Sort.OLDEST:
            return FoundRows(matching[np.argsort(self._at_us[matching], kind="stable")])
        sections = self._sections()[matching]
        order = np.lexsort((self._at_us[matching], self._due[matching], sections))
        counts = np.bincount(sections, minlength=len(_SECTIONS))
        starts = np.cumsum(counts) - counts
        return FoundRows(
            matching[order],
            tuple(
                Section(due, int(start), int(count))
                for due, start, count in zip(_SECTIONS, starts, counts, strict=True)
                if count
            ),
        )

    def counts(self, narrowed: Filter) -> dict[Facet, dict[str, int]]:
        """How many rows each value of each facet would leave, given what is chosen of the others.
        Values that leave none are not there. Raises StorageUnavailable.
        """
        by_text = self._by_text(narrowed.text)
        return {facet: self._count(facet, narrowed.without(facet), by_text) for facet in Facet}

    def _count(
        self, facet: Facet, narrowed: Filter, by_text: npt.NDArray[np.bool_] | None
    ) -> dict[str, int]:
        matching = self._by_facets(narrowed)
        if by_text is not None:
            matching &= by_text
        if facet is Facet.DUE:
            words = [each.value for each in _SECTIONS]
            counted = np.bincount(self._sections()[matching], minlength=len(words))
        else:
            words = self._words[facet].known
            counted = np.bincount(self._columns[facet][matching], minlength=len(words))
        return {words[number]: int(counted[number]) for number in np.flatnonzero(counted)}

    def rows(self, positions: Iterable[int]) -> tuple[InboxRow | None, ...]:
        """What the list shows of these rows; None for one that nothing proves. Raises
        StorageUnavailable.
        """
        asked = [int(position) for position in positions]
        known = rows_of(self._store, [int(self._rowids[each]) for each in asked])
        return tuple(
            self._row(position, row) if row is not None else None
            for position, row in zip(asked, known, strict=True)
        )

    def _row(self, position: int, row: FeedbackRow) -> InboxRow:
        due = self._due[position]
        department = self._word(Facet.DEPARTMENT, position)
        return InboxRow(
            feedback=row,
            state=ReviewState(self._word(Facet.STATE, position)),
            department=department or None,
            conflict=bool(self._conflicts[position]),
            due=None if due == NEVER else due.astype(date),
            due_in=_SECTIONS[int(self._sections(slice(position, position + 1))[0])],
        )

    def position_of(self, feedback: str) -> int | None:
        """Where a feedback stands, by its id; None where it is not here."""
        return self._position.get(bytes.fromhex(feedback))

    def _word(self, facet: Facet, position: int) -> str:
        return self._words[facet].known[int(self._columns[facet][position])]

    # -- passes over the columns ---------------------------------------------------------------

    def _matching(self, narrowed: Filter) -> npt.NDArray[np.bool_]:
        matching = self._by_facets(narrowed)
        by_text = self._by_text(narrowed.text)
        if by_text is not None:
            matching &= by_text
        return matching

    def _by_facets(self, narrowed: Filter) -> npt.NDArray[np.bool_]:
        matching = np.ones(len(self._ids), bool)
        for facet, values in narrowed.chosen.items():
            if facet is Facet.DUE:
                allowed = np.array([each.value in values for each in _SECTIONS])
                matching &= allowed[self._sections()]
            else:
                allowed = np.array([word in values for word in self._words[facet].known])
                matching &= allowed[self._columns[facet]]
        return matching

    def _by_text(self, text: str) -> npt.NDArray[np.bool_] | None:
        words = text.split()[:8]
        if not words:
            return None
        found = self._store.rows(
            # Narrows only: the words that are shown are read through their hashes.
            "SELECT f.rowid FROM feedback f JOIN event e ON e.device = f.device AND e.seq = f.seq"
            f" WHERE json_valid(e.body){' AND instr(e.body ->> ?, ?)' * len(words)}",
            [each for word in words for each in ("$.text", word)],
        )
        matching = np.zeros(len(self._ids), bool)
        rowids = np.array([row[0] for row in found], np.int64)
        places = np.searchsorted(self._rowids, rowids)
        inside = places < len(self._rowids)
        places, rowids = places[inside], rowids[inside]
        matching[places[self._rowids[places] == rowids]] = True
        return matching

    def _sections(self, part: slice = slice(None)) -> npt.NDArray[np.int64]:
        """The number of the section by due date of every row, as of today in Jeonju."""
        today = np.datetime64(nearest_in_seoul(self._store.clock()).astimezone(SEOUL).date(), "D")
        week_end = today + np.timedelta64(6 - int(today.astype(date).weekday()), "D")
        due = self._due[part]
        closed = np.array([word in CLOSED for word in self._words[Facet.STATE].known])
        return np.select(
            [
                closed[self._columns[Facet.STATE][part]],
                due == NEVER,
                due < today,
                due == today,
                due <= week_end,
            ],
            [
                _SECTIONS.index(each)
                for each in (
                    *(DueIn.CLOSED, DueIn.NO_DATE, DueIn.OVERDUE),
                    *(DueIn.TODAY, DueIn.THIS_WEEK),
                )
            ],
            _SECTIONS.index(DueIn.LATER),
        )

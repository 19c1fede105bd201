"""The inbox 의견함: every feedback as one row of a few numbers, held in memory by column.

A million rows are a few dozen megabytes this way, and whatever an officer narrows, sorts or counts
by is one pass over one array. Words are read for the rows in view alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import numpy as np
import numpy.typing as npt

from db.clock import SEOUL, nearest_in_seoul
from db.inbox.due import PROMISED
from db.inbox.filters import NONE, DueIn, Facet, Filter, Sort
from db.inbox.held import FIRST_DAY, NO_DATE, Flags, HeldRows
from db.inbox.named import Names
from db.inbox.pieces import (
    CONTACTS,
    KINDS,
    STATES,
)
from db.inbox.rows import CLOSED, FoundRows, InboxRow, Positions, Section
from db.inbox.word_index import searched_words, written
from db.participation.feedback import rows_of
from db.records.feedback import FeedbackRow, Kind
from db.store.store import Store

_SECTIONS = tuple(DueIn)
_OPEN = np.array([state not in CLOSED for state in STATES])


class Inbox:
    """All feedback of one open store by column. Belongs to the store's thread.

    `themes` names the theme of each project, `names` what projects are called. A row keeps its
    position while the store is open; one that is gone keeps it too, and is in no answer.
    """

    def __init__(
        self,
        store: Store,
        themes: Mapping[str, str],
        promises: Mapping[Kind, int] = PROMISED,
        own_days: Iterable[date] = (),
        names: Names | None = None,
    ) -> None:
        self._store, self._themes = store, themes
        self._held = HeldRows(store, promises, own_days)
        self._names = names or Names({})
        self._orders: dict[Sort, Positions] = {}
        self._in_sections: tuple[object, npt.NDArray[np.uint8]] | None = None
        self._texts: tuple[str, Flags | None] | None = None
        self._themed: npt.NDArray[np.uint8] | None = None
        self._worked_out = (0, 0)
        self.refresh()

    def __len__(self) -> int:
        """How many positions there are, those of rows that are gone among them."""
        return len(self._held.alive)

    @property
    def held(self) -> int:
        """How many feedback there are."""
        return int(np.count_nonzero(self._held.alive))

    def refresh(self) -> None:
        """Takes up what came or was decided since. Raises StorageUnavailable."""
        self._held.refresh()
        changes, decisions = self._held.changes, self._held.decisions
        if (changes, decisions) == self._worked_out:
            return
        self._in_sections = self._texts = self._themed = None
        if changes != self._worked_out[0]:
            self._orders = {}
        self._worked_out = changes, decisions

    @property
    def may_keep(self) -> bool:
        """True while there is a piece that the next start would have to read."""
        return self._held.may_keep

    def keep_one(self) -> bool:
        """Writes one such piece down, or its words; False when there is none left. Raises
        StorageUnavailable.
        """
        return self._held.keep_one()

    # -- asking --------------------------------------------------------------------------------

    def find(self, narrowed: Filter, sort: Sort = Sort.DUE) -> FoundRows:
        """The rows that match, in order. Raises StorageUnavailable."""
        order = self._order(sort)
        found = order[self._matching(narrowed)[order]]
        if sort is not Sort.DUE:
            return FoundRows(found)
        is_open = _OPEN[self._held.columns["state"][found]]
        waiting, closed = found[is_open], found[~is_open]
        limits = self._limits()
        ends = np.searchsorted(self._held.due[waiting], limits, side="left").tolist()
        begins = [0, *ends]
        counts = [end - begin for begin, end in zip(begins, [*ends, len(waiting)], strict=True)]
        sections = [
            Section(due, begin, count)
            for due, begin, count in zip(_SECTIONS, begins, counts, strict=False)
            if count
        ]
        if len(closed):
            sections.append(Section(DueIn.CLOSED, len(waiting), len(closed)))
        return FoundRows(np.concatenate((waiting, closed)), tuple(sections))

    def _order(self, sort: Sort) -> Positions:
        order = self._orders.get(sort)
        if order is None:
            if sort is Sort.NEWEST:
                order = self._order(Sort.OLDEST)[::-1]
            elif sort is Sort.OLDEST:
                order = np.argsort(self._held.columns["at_us"], kind="stable").astype(np.int32)
            else:
                by_time = self._order(Sort.OLDEST)
                order = by_time[np.argsort(self._held.due[by_time], kind="stable")]
            self._orders[sort] = order
        return order

    def _limits(self) -> list[int]:
        """Where the sections of what waits for an answer end, as days: overdue, today, this week,
        later."""
        today = self._today()
        day = (np.datetime64(today, "D") - FIRST_DAY).astype(int)
        return [day, day + 1, day + 7 - today.weekday(), int(NO_DATE)]

    def _today(self) -> date:
        return nearest_in_seoul(self._store.clock()).astimezone(SEOUL).date()

    def counts(self, narrowed: Filter) -> dict[Facet, dict[str, int]]:
        """How many rows each value of each facet would leave, given what is chosen of the others.
        Values that leave none are not there. Raises StorageUnavailable.
        """
        base = self._by_text(narrowed.text)
        allowed = {facet: self._allowed(facet, values) for facet, values in narrowed.chosen.items()}
        counted = {}
        whole = base
        for flags in allowed.values():
            whole = whole & flags
        for facet in Facet:
            matching = whole
            if facet in allowed:
                matching = base
                for other, flags in allowed.items():
                    if other is not facet:
                        matching = matching & flags
            counted[facet] = self._count(facet, matching)
        return counted

    def _count(self, facet: Facet, matching: Flags) -> dict[str, int]:
        numbers, words = self._column(facet)
        counts = np.bincount(numbers[matching], minlength=len(words))
        return {words[number]: int(counts[number]) for number in np.flatnonzero(counts)}

    def rows(self, positions: Iterable[int]) -> tuple[InboxRow | None, ...]:
        """What the list shows of these rows; None for one that nothing proves. Raises
        StorageUnavailable.
        """
        asked = [int(position) for position in positions]
        known = rows_of(self._store, [int(self._held.columns["rowid"][each]) for each in asked])
        return tuple(
            self._row(position, row) if row is not None else None
            for position, row in zip(asked, known, strict=True)
        )

    def _row(self, position: int, row: FeedbackRow) -> InboxRow:
        rows, due = self._held.columns, self._held.due[position]
        sections, _words = self._column(Facet.DUE)
        department = self._held.words[Facet.DEPARTMENT].known[rows["department"][position]]
        return InboxRow(
            feedback=row,
            state=STATES[rows["state"][position]],
            department=department or None,
            conflict=bool(rows["conflict"][position]),
            due=None if due == NO_DATE else (FIRST_DAY + int(due)).astype(date),
            due_in=_SECTIONS[sections[position]],
        )

    def position_of(self, feedback: str) -> int | None:
        """Where a feedback stands, by its id; None where it is not here."""
        row = self._store.row(
            "SELECT min(rowid) FROM feedback WHERE id = ?", (bytes.fromhex(feedback),)
        )
        if row is None or row[0] is None:
            return None
        place = int(np.searchsorted(self._held.columns["rowid"], row[0]))
        there = place < len(self._held.alive) and self._held.columns["rowid"][place] == row[0]
        return place if there and self._held.alive[place] else None

    # -- passes over the columns ---------------------------------------------------------------

    def _matching(self, narrowed: Filter) -> Flags:
        matching = self._by_text(narrowed.text)
        for facet, values in narrowed.chosen.items():
            matching = matching & self._allowed(facet, values)
        return matching

    def _allowed(self, facet: Facet, values: Iterable[str]) -> Flags:
        numbers, words = self._column(facet)
        wanted = frozenset(values)
        flags: Flags = np.array([word in wanted for word in words], bool)
        return flags.take(numbers)

    def _column(self, facet: Facet) -> tuple[npt.NDArray[np.integer], list[str]]:
        """A number for every position, and the words that the numbers stand for."""
        rows = self._held.columns
        match facet:
            case Facet.STATE:
                return rows["state"], [state.value for state in STATES]
            case Facet.KIND:
                return rows["kind"], [str(kind) for kind in KINDS]
            case Facet.CONTACT:
                return rows["contact"], list(CONTACTS)
            case Facet.DUE:
                return self._sections(), [each.value for each in _SECTIONS]
            case Facet.THEME:
                words = ["", *sorted(set(self._themes.values()) - {NONE})]
                return self._by_theme(words), words
            case _:
                return rows[facet.value], self._held.words[facet].known

    def _by_theme(self, words: list[str]) -> npt.NDArray[np.uint8]:
        if self._themed is None:
            projects = self._held.words[Facet.PROJECT].known
            of = [words.index(self._themes.get(project, NONE)) for project in projects]
            self._themed = np.array(of, np.uint8)[self._held.columns[Facet.PROJECT.value]]
        return self._themed

    def _sections(self) -> npt.NDArray[np.uint8]:
        """The number of the section by due date of every row, as of today in Jeonju."""
        limits = self._limits()
        if self._in_sections is None or self._in_sections[0] != limits:
            days = np.arange(int(NO_DATE) + 1)
            section = np.searchsorted(limits, days, side="right").astype(np.uint8)
            sections = np.where(
                _OPEN[self._held.columns["state"]],
                section[np.maximum(self._held.due, 0)],
                np.uint8(_SECTIONS.index(DueIn.CLOSED)),
            ).astype(np.uint8)
            self._in_sections = limits, sections
        return self._in_sections[1]

    # -- words ---------------------------------------------------------------------------------

    def _by_text(self, text: str) -> Flags:
        """The rows that hold every word, or whose project or dong is called by it."""
        if self._texts is None or self._texts[0] != text:
            words = searched_words(text)
            self._texts = text, self._with_words(words) if words else None
        found = self._texts[1]
        return self._held.alive if found is None else found

    def _with_words(self, words: tuple[str, ...]) -> Flags:
        named = tuple(word for word in words if self._names.is_initials(word))
        others = tuple(word for word in words if word not in named)
        matching = self._written(others) if others else self._held.alive
        for word in named:
            matching = matching & self._called(word)
        return matching & self._held.alive

    def _called(self, initials: str) -> Flags:
        """Rows about a project or a dong whose name has these first sounds."""
        called: Flags = np.zeros(len(self._held.alive), bool)
        for facet, says in ((Facet.PROJECT, self._names.project), (Facet.DONG, self._names.dong)):
            numbers, known = self._column(facet)
            called |= np.array([says(word, initials) for word in known], bool)[numbers]
        return called

    def _written(self, words: tuple[str, ...]) -> Flags:
        held = self._held
        return written(self._store, held.columns["rowid"], held.indexed_pieces(), words)

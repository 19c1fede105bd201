"""The rows of the inbox in memory, column by column, kept up with the store.

A row keeps its position while the store is open; one that is gone keeps it too, and is not alive.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import numpy as np
import numpy.typing as npt

from db.inbox import word_index
from db.inbox.due import NEVER, due_days, seoul_days
from db.inbox.filters import Facet
from db.inbox.pieces import (
    KINDS,
    NAMED,
    ROW,
    Columns,
    Rows,
    columns_of,
    keep_piece,
    kept_pieces,
    piece_of,
    read_piece,
    standing_since,
    take_up_reviews,
)
from db.inbox.rows import WordNumbers
from db.inbox.word_index import BITS
from db.records.feedback import Kind
from db.store.events import Row
from db.store.store import Store

FIRST_DAY, _LAST_DAY = np.datetime64("2000-01-01", "D"), np.datetime64("2089-01-01", "D")
"""Due dates are counted in days from the first one."""
NO_DATE = np.int16(32_767)
"""What is promised no answer sorts behind all others."""
_REMEMBERED = 900
_FEW_REVIEWS = 20_000
"""A kept piece that knows so many decisions fewer than there are is written anew."""

Flags = npt.NDArray[np.bool_]


class HeldRows:
    """`columns` has an array for each column, `due` the days, `alive` whether a row is there still;
    `words` are those of columns that anybody's words stand in. `changes` and `decisions` grow
    whenever rows, or only what was decided of them, are others than before.
    """

    def __init__(
        self, store: Store, promises: Mapping[Kind, int], own_days: Iterable[date]
    ) -> None:
        self.store = store
        self._promised = np.array([promises.get(kind, 0) if kind else 0 for kind in KINDS])
        self._own_days = tuple(own_days)
        self.words: dict[Facet, WordNumbers] = {facet: WordNumbers() for facet in NAMED}
        self.columns: Columns = columns_of(np.zeros(0, ROW))
        self.alive: Flags = np.zeros(0, bool)
        self.due = np.zeros(0, np.int16)
        self.changes = self.decisions = 0
        self._reviews = self._stale = 0
        self._salvaged: set[int] = set()
        self._indexed: set[int] | None = None
        self._seen: tuple[int, int] | None = None
        self._begin()

    # -- keeping up ----------------------------------------------------------------------------

    def _begin(self) -> None:
        self._seen = self._mark()
        row = self.store.row("SELECT coalesce(max(version), 0) FROM inbox_stale")
        self._stale = int(row[0]) if row else 0
        pieces = kept_pieces(self.store, self.words)
        newest = self._newest_review()
        known = min((each.reviews for each in pieces.values()), default=newest)
        read = []
        for piece in range(piece_of(self._last_row()) + 1):
            kept = pieces.get(piece)
            read.append(self._read(piece) if kept is None else kept.rows)
        self._extend(read)
        self._reviews = known
        self._take_up_reviews(newest)

    def refresh(self) -> None:
        """Takes up what came or was decided since. Raises StorageUnavailable."""
        mark = self._mark()
        if mark == self._seen:
            return
        changed = self.store.rows(
            "SELECT piece, version, review FROM inbox_stale WHERE version > ?", (self._stale,)
        )
        self._indexed = None
        # What was salvaged may stop counting by what arrives elsewhere.
        pieces = self._salvaged.union(int(row[0]) for row in changed if row[0] >= 0)
        for piece in sorted(pieces):
            self._put(piece)
        self._reviews = min(self._reviews, *self._given_again(changed))
        self._stale = max((int(row[1]) for row in changed), default=self._stale)
        self._add()
        self._take_up_reviews(self._newest_review())
        self._seen = mark

    def _given_again(self, changed: list[Row]) -> list[int]:
        """Behind these decisions others may stand now than those that were taken up."""
        left = [int(row[2]) for row in changed if row[2] is not None]
        newest = max((int(row[1]) for row in changed), default=0)
        # So far back it is not remembered.
        return [self._reviews, *left, *([0] if newest - self._stale > _REMEMBERED else [])]

    def _mark(self) -> tuple[int, int]:
        """Another one after any change to the store, by this connection or another."""
        (version,) = self.store.row("PRAGMA data_version") or (0,)
        return int(version), int(self.store.connection.total_changes)

    def _last_row(self) -> int:
        (last,) = self.store.row("SELECT coalesce(max(rowid), 0) FROM feedback") or (0,)
        return int(last)

    def _newest_review(self) -> int:
        (last,) = self.store.row("SELECT coalesce(max(rowid), 0) FROM review") or (0,)
        return int(last)

    def _read(self, piece: int) -> Rows:
        rows, salvaged = read_piece(self.store, piece, self.words)
        (self._salvaged.add if salvaged else self._salvaged.discard)(piece)
        return rows

    def _put(self, piece: int) -> None:
        """Reads one piece again: its rows stay where they stand."""
        first, last = np.searchsorted(self.columns["rowid"], (piece << BITS, piece + 1 << BITS))
        if first == last:
            return
        rows = self._read(piece)
        rows = rows[rows["rowid"] <= self.columns["rowid"][-1]]
        self.alive[first:last] = False
        places = np.searchsorted(self.columns["rowid"], rows["rowid"])
        known = self.columns["rowid"][np.minimum(places, len(self.alive) - 1)] == rows["rowid"]
        places, rows = places[known], rows[known]
        for name, column in self.columns.items():
            column[places] = rows[name]
        self.alive[places] = True
        self.due[places] = self._due_of(rows)
        self.changes += 1

    def _add(self) -> None:
        """Rows behind the last one."""
        have, last = int(self.columns["rowid"][-1]) if len(self.alive) else -1, self._last_row()
        if last <= have:
            return
        read = [self._read(piece) for piece in range(piece_of(max(have, 0)), piece_of(last) + 1)]
        read[0] = read[0][read[0]["rowid"] > have]
        self._extend(read)

    def _extend(self, read: list[Rows]) -> None:
        added = np.concatenate(read) if read else np.zeros(0, ROW)
        if len(added):
            for name, column in columns_of(added).items():
                self.columns[name] = np.append(self.columns[name], column)
            self.alive = np.append(self.alive, np.ones(len(added), bool))
            self.due = np.append(self.due, self._due_of(added))
            self.changes += 1

    def _due_of(self, rows: Rows) -> npt.NDArray[np.int16]:
        at_us = rows["at_us"]
        # A clock beyond every calendar is promised nothing: its date is not known.
        sane = (at_us > -(2**53)) & (at_us < 2**53)
        days = seoul_days(np.where(sane, at_us, 0))
        sane &= (days > FIRST_DAY) & (days < _LAST_DAY)
        since = np.where(sane, (days - FIRST_DAY).astype(np.int64), 0)
        # A day has thousands of rows, and as many due dates as there are promises.
        both, which = np.unique(since * len(KINDS) + rows["kind"], return_inverse=True)
        promised = self._promised[both % len(KINDS)]
        due = due_days(FIRST_DAY + both // len(KINDS), promised, self._own_days)
        numbers = np.where(due == NEVER, NO_DATE, (due - FIRST_DAY).astype(np.int64))
        return np.where(sane, numbers.astype(np.int16)[which], NO_DATE).astype(np.int16)

    def _take_up_reviews(self, newest: int) -> None:
        if newest > self._reviews:
            take_up_reviews(self.columns, standing_since(self.store, self._reviews), self.words)
            self.decisions += 1
        self._reviews = newest

    # -- keeping -------------------------------------------------------------------------------

    @property
    def may_keep(self) -> bool:
        """True while pieces are whole that the index lacks: `keep_one` has work."""
        return piece_of(self._last_row() + 1) > len(self.indexed_pieces())

    def keep_one(self) -> bool:
        """Writes one piece down that the next start would have to read, or its words; False when
        there is none left. Raises StorageUnavailable.
        """
        self.refresh()
        kept = {
            int(piece): int(reviews)
            for piece, reviews in self.store.rows("SELECT piece, reviews FROM inbox_piece")
        }
        whole = range(piece_of(self._last_row() + 1))
        indexed = self.indexed_pieces()
        for piece in whole:
            unknown = self._reviews - kept.get(piece, -_FEW_REVIEWS - 1)
            columns = unknown > _FEW_REVIEWS and piece not in self._salvaged
            if not columns and piece in indexed:
                continue
            with self.store.change() as connection:
                if columns:
                    keep_piece(connection, piece, self._piece(piece), self._reviews, self.words)
                if piece not in indexed:
                    word_index.index_piece(self.store, connection, piece)
            return True
        return False

    def _piece(self, piece: int) -> Rows:
        first, last = np.searchsorted(self.columns["rowid"], (piece << BITS, piece + 1 << BITS))
        rows = np.zeros(int(last - first), ROW)
        for name, column in self.columns.items():
            rows[name] = column[first:last]
        return rows[self.alive[first:last]]

    def indexed_pieces(self) -> set[int]:
        if self._indexed is None:
            self._indexed = word_index.indexed(self.store)
        return self._indexed

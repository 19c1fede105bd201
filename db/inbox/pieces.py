"""The inbox in pieces: eight thousand rows each as columns of small numbers, and how they are kept
in the store, so that a desk which holds a million opens without reading a million rows.

A piece that is kept follows from the tables beside it; the store's triggers throw it away when one
of its rows changes. Decisions that came after it was written are taken up when it is read.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec
import numpy as np
import numpy.typing as npt

from db.inbox.filters import NONE, Facet
from db.inbox.rows import WordNumbers
from db.inbox.word_index import BITS, ROWS
from db.records.feedback import Kind, ReviewState
from db.store.projections import NOT_SUPERSEDED, STANDING
from db.store.store import Store

if TYPE_CHECKING:
    import pysqlite3.dbapi2 as sqlite

STATES = tuple(ReviewState)
KINDS = (NONE, *Kind)
CONTACTS = ("no", "yes")
NAMED = (Facet.PROJECT, Facet.DONG, Facet.SITE, Facet.DEPARTMENT)
"""Facets whose values are anybody's words, numbered as they come."""
_STATE_NUMBER = {state.value: number for number, state in enumerate(STATES)}
_KIND_NUMBER = {str(kind): number for number, kind in enumerate(KINDS)}
ROW = np.dtype(
    [
        *(("rowid", "<i8"), ("at_us", "<i8"), ("state", "u1"), ("kind", "u1"), ("contact", "u1")),
        *(("conflict", "u1"), *((facet.value, "<i4") for facet in NAMED)),
    ]
)

Rows = npt.NDArray[np.void]
Columns = dict[str, npt.NDArray[np.integer]]
"""The same, each column in one stretch of memory: what is passed over a hundred times a second."""


class StoredPiece(msgspec.Struct, frozen=True):
    """A piece as it is kept. `reviews` is the last row of decisions that it knows of."""

    reviews: int
    rows: Rows


def columns_of(rows: Rows) -> Columns:
    return {name: np.ascontiguousarray(rows[name]) for name in rows.dtype.names or ()}


def piece_of(rowid: int) -> int:
    return rowid >> BITS


def read_piece(store: Store, piece: int, words: dict[Facet, WordNumbers]) -> tuple[Rows, bool]:
    """A piece from the tables; True where it holds what salvage wrote again, which may stop
    counting by what arrives elsewhere.
    """
    first, last = piece << BITS, (piece << BITS) + ROWS - 1
    found = store.rows(
        "SELECT f.rowid, f.at_us, f.kind, f.has_contact, f.salvaged_from IS NOT NULL,"
        " f.project, f.dong, f.site FROM feedback f"
        f" WHERE f.rowid BETWEEN ? AND ? AND {NOT_SUPERSEDED} ORDER BY f.rowid",
        (first, last),
    )
    rows = np.zeros(len(found), ROW)
    if not found:
        return rows, False
    rowids, at_us, kinds, contacts, salvaged, projects, dongs, sites = zip(*found, strict=True)
    rows["rowid"], rows["at_us"], rows["contact"] = rowids, at_us, contacts
    rows["kind"] = [_KIND_NUMBER.get(kind or NONE, 0) for kind in kinds]
    for facet, values in ((Facet.PROJECT, projects), (Facet.DONG, dongs), (Facet.SITE, sites)):
        rows[facet.value] = list(map(words[facet].number, values))
    take_up_reviews(rows, standing(store, first, last), words)
    return rows, any(salvaged)


Standing = Sequence[tuple[int, str, str | None, int]]
"""Row of the feedback, its state and department, and how many decisions stand side by side."""


def standing(store: Store, first: int, last: int, after: int = 0) -> Standing:
    """What was decided about the rows from `first` to `last`; with `after` only of those of whom a
    decision behind that row tells.
    """
    later = " AND f.id IN (SELECT feedback FROM review WHERE rowid > ?)" if after else ""
    return store.rows(
        "SELECT f.rowid, min(r.state), max(r.department), count(r.state) FROM feedback f"
        f" LEFT JOIN review r ON r.feedback = f.id AND {STANDING}"
        f" WHERE f.rowid BETWEEN ? AND ?{later}"
        f" GROUP BY f.rowid{'' if later else ' HAVING count(r.state) > 0'}",
        (first, last, after) if after else (first, last),
    )


def standing_since(store: Store, after: int) -> Standing:
    """What stands of every feedback that a decision behind that row tells of."""
    return store.rows(
        "SELECT f.rowid, min(r.state), max(r.department), count(r.state)"
        " FROM (SELECT DISTINCT feedback FROM review WHERE rowid > ?) told"
        " JOIN feedback f ON f.id = told.feedback"
        f" LEFT JOIN review r ON r.feedback = f.id AND {STANDING} GROUP BY f.rowid",
        (after,),
    )


def take_up_reviews(
    rows: Rows | Columns, decided: Standing, words: dict[Facet, WordNumbers]
) -> None:
    """Writes into `rows`, which are in the order of their numbers, what was decided of them."""
    if not decided:
        return
    known = rows["rowid"]
    places = np.searchsorted(known, [each[0] for each in decided])
    department_of = words[Facet.DEPARTMENT].number
    for place, (rowid, state, department, heads) in zip(places.tolist(), decided, strict=True):
        if place >= len(known) or known[place] != rowid:
            continue
        rows["conflict"][place] = heads > 1
        plain = heads == 1
        other = ReviewState.IN_REVIEW if heads else ReviewState.RECEIVED
        rows["state"][place] = _STATE_NUMBER[state if plain else other.value]
        rows["department"][place] = department_of(department if plain else None)


# -- kept in the store -----------------------------------------------------------------------------


def keep_piece(
    connection: sqlite.Connection,
    piece: int,
    rows: Rows,
    reviews: int,
    words: dict[Facet, WordNumbers],
) -> None:
    """Writes a piece down, inside the caller's transaction. Each word of it stands there once."""
    kept = rows.copy()
    named: dict[str, list[str]] = {}
    for facet in NAMED:
        numbers, kept[facet.value] = np.unique(rows[facet.value], return_inverse=True)
        named[facet.value] = [words[facet].known[number] for number in numbers]
    data, terms = kept.tobytes(), msgspec.json.encode(named).decode()
    connection.execute("DELETE FROM inbox_piece WHERE piece = ?", (piece,))
    connection.execute("DELETE FROM inbox_column WHERE piece = ?", (piece,))
    connection.execute("INSERT INTO inbox_piece(piece, reviews) VALUES(?, ?)", (piece, reviews))
    connection.execute(
        "INSERT INTO inbox_column(piece, terms, digest, data) VALUES(?, ?, ?, ?)",
        (piece, terms, _digest(terms, data), bytearray(data)),
    )


def kept_pieces(store: Store, words: dict[Facet, WordNumbers]) -> dict[int, StoredPiece]:
    """Every piece that is kept and did not rot."""
    pieces = {}
    for piece, reviews, terms, digest, data in store.rows(
        "SELECT p.piece, p.reviews, c.terms, c.digest, c.data FROM inbox_piece p"
        " JOIN inbox_column c ON c.piece = p.piece ORDER BY p.piece"
    ):
        if digest != _digest(terms, data):
            continue
        rows = np.frombuffer(bytearray(data), ROW)
        for name, known in msgspec.json.decode(terms, type=dict[str, list[str]]).items():
            numbers = np.array([words[Facet(name)].number(word) for word in known], np.int32)
            rows[name] = numbers[rows[name]] if len(known) else 0
        pieces[int(piece)] = StoredPiece(int(reviews), rows)
    return pieces


def _digest(terms: str, data: bytes) -> int:
    return zlib.crc32(data, zlib.crc32(terms.encode()))

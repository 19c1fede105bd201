"""Which feedback holds which letters: an index over residents' words, in pieces of the inbox.

For every letter, and every two that stand side by side, it keeps the rows of each piece that have
them: a list of places, or a bit a row where that is shorter. What no piece has yet is read through,
so an answer is never an older one. A piece goes with the first of its words that is erased: the
store's own triggers see to that, inside the change that erases (`db/store/migrations.py`).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from db.store.store import Store

if TYPE_CHECKING:
    import pysqlite3.dbapi2 as sqlite

BITS = 13
ROWS = 1 << BITS
"""Rows of a piece: all whose number in the table begins alike."""
_BITMAP = ROWS // 8
_MOST_WORDS = 8
_WITHIN = (
    "SELECT f.rowid FROM feedback f JOIN event e ON e.device = f.device AND e.seq = f.seq"
    # Narrows only: the words that are shown are read through their hashes.
    " WHERE {} AND json_valid(e.body) AND instr(lower(e.body ->> '$.text'), ?)"
)

Flags = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.uint32]


def searched_words(text: str) -> tuple[str, ...]:
    """What is looked for, each as it is compared: composed, Latin letters small."""
    composed = unicodedata.normalize("NFC", text)
    return tuple(_small(word) for word in composed.split()[:_MOST_WORDS])


def _small(text: str) -> str:
    return "".join(each.lower() if each.isascii() else each for each in text)


def pack(texts: Sequence[str]) -> Iterator[tuple[int, bytes]]:
    """Every letter and pair of these texts, as numbers, with where they stand."""
    codes = np.frombuffer("".join(f"{text}\0" for text in texts).encode("utf-32-le"), np.uint32)
    places = np.cumsum(codes == 0) - (codes == 0)
    capital = (codes >= ord("A")) & (codes <= ord("Z"))
    codes = ((codes + 32 * capital) & 0xFFFF).astype(np.uint32)
    first, second = codes[:-1], codes[1:]
    beside = (first > 32) & (second > 32)
    letters = codes > 32
    grams = np.concatenate((codes[letters] << 16, first[beside] << 16 | second[beside]))
    rows = np.concatenate((places[letters], places[:-1][beside]))
    both = np.sort(grams.astype(np.uint64) << BITS | rows.astype(np.uint64))
    both = both[np.diff(both, prepend=np.uint64(0)) > 0]
    grams = (both >> BITS).astype(np.uint32)
    low = (both & (ROWS - 1)).astype("<u2")
    begins = np.flatnonzero(np.diff(grams, prepend=np.uint32(0))).tolist()
    for begin, end in zip(begins, [*begins[1:], len(low)], strict=True):
        yield int(grams[begin]), _packed(low[begin:end])


def _packed(rows: npt.NDArray[np.uint16]) -> bytes:
    if 2 * len(rows) < _BITMAP:
        return rows.tobytes()
    flags = np.zeros(ROWS, bool)
    flags[rows] = True
    return np.packbits(flags).tobytes()


def _unpacked(kept: bytes) -> Flags:
    if len(kept) == _BITMAP:
        return np.unpackbits(np.frombuffer(kept, np.uint8)).view(bool)
    flags = np.zeros(ROWS, bool)
    flags[np.frombuffer(kept, "<u2") & (ROWS - 1)] = True
    return flags


def grams_of(word: str) -> list[int]:
    codes = [ord(each) & 0xFFFF for each in word]
    if len(codes) == 1:
        return [codes[0] << 16]
    return [one << 16 | other for one, other in pairwise(codes)]


def is_exact(word: str) -> bool:
    """True where the index alone decides: longer words may have their pairs apart."""
    return len(word) <= 2 and all(ord(each) <= 0xFFFF for each in word)


# -- kept in the store -----------------------------------------------------------------------------


def indexed(store: Store) -> set[int]:
    """The pieces whose words stand in the index."""
    # Each has a row of no letter: it says that all the others are there.
    last = store.row("SELECT max(place) >> 32 FROM inbox_word")
    pieces = range(int(last[0]) + 1) if last and last[0] is not None else ()
    return {
        piece
        for piece in pieces
        if store.row("SELECT 1 FROM inbox_word WHERE place = ?", (piece << 32,))
    }


def index_piece(store: Store, connection: sqlite.Connection, piece: int) -> None:
    """Writes the words of one piece down, inside the caller's transaction."""
    texts = [""] * ROWS
    first = piece << BITS
    for rowid, text in store.rows(
        "SELECT f.rowid, e.body ->> '$.text' FROM feedback f"
        " JOIN event e ON e.device = f.device AND e.seq = f.seq"
        " WHERE f.rowid BETWEEN ? AND ? AND json_valid(e.body)",
        (first, first + ROWS - 1),
    ):
        texts[rowid - first] = str(text or "")
    forget_words(connection, piece)
    connection.executemany(
        "INSERT INTO inbox_word(place, rows) VALUES(?, ?)",
        ((piece << 32 | gram, bytearray(kept)) for gram, kept in pack(texts)),
    )
    connection.execute("INSERT INTO inbox_word(place, rows) VALUES(?, x'')", (piece << 32,))


def forget_words(connection: sqlite.Connection, piece: int) -> None:
    connection.execute(
        "DELETE FROM inbox_word WHERE place BETWEEN ? AND ?", (piece << 32, (piece + 1 << 32) - 1)
    )


def rows_of_piece(store: Store, piece: int, words: Sequence[str]) -> Flags | None:
    """Which rows of a piece have all letters and pairs of these words; None where none has."""
    found: Flags | None = None
    for gram in dict.fromkeys(gram for word in words for gram in grams_of(word)):
        kept = store.row("SELECT rows FROM inbox_word WHERE place = ?", (piece << 32 | gram,))
        if kept is None:
            return None
        flags = _unpacked(kept[0])
        found = flags if found is None else found & flags
    return found


def read_through(store: Store, first: int, last: int, words: Sequence[str]) -> Numbers:
    """The rows from `first` to `last` whose texts hold all these words, by reading them."""
    sql = _WITHIN.format("f.rowid BETWEEN ? AND ?") + _MORE * (len(words) - 1)
    return _numbers(store, sql, (first, last, *words))


def read_these(store: Store, rowids: Sequence[int], words: Sequence[str]) -> Numbers:
    """Those of these rows whose texts hold all these words."""
    sql = _WITHIN.format("f.rowid IN (SELECT value FROM json_each(?))") + _MORE * (len(words) - 1)
    return _numbers(store, sql, ("[" + ",".join(map(str, rowids)) + "]", *words))


_MORE = " AND instr(lower(e.body ->> '$.text'), ?)"


def _numbers(store: Store, sql: str, values: tuple[object, ...]) -> Numbers:
    return np.array([row[0] for row in store.rows(sql, values)], np.uint32)


# -- asking ----------------------------------------------------------------------------------------


def written(
    store: Store, rowids: npt.NDArray[np.integer], indexed: set[int], words: Sequence[str]
) -> Flags:
    """Which of these rows, in the order of their numbers, hold all these words."""
    matching: Flags = np.zeros(len(rowids), bool)
    if not len(rowids):
        return matching
    last = int(rowids[-1]) >> BITS
    begins = np.searchsorted(rowids, np.arange(last + 2) << BITS).tolist()
    for piece in sorted(indexed):
        flags = rows_of_piece(store, piece, words) if piece <= last else None
        if flags is not None:
            begin, end = begins[piece : piece + 2]
            matching[begin:end] = flags[rowids[begin:end] & (ROWS - 1)]
    if not all(map(is_exact, words)):
        maybe = rowids[matching].tolist()
        matching[:] = False
        _flag(matching, rowids, read_these(store, maybe, words))
    for first, end in _runs([piece for piece in range(last + 1) if piece not in indexed]):
        found = read_through(store, first << BITS, (end << BITS) - 1, words)
        _flag(matching, rowids, found)
    return matching


def _flag(matching: Flags, known: npt.NDArray[np.integer], rowids: Numbers) -> None:
    places = np.searchsorted(known, rowids)
    inside = places < len(known)
    places, rowids = places[inside], rowids[inside]
    matching[places[known[places] == rowids]] = True


def _runs(pieces: list[int]) -> list[tuple[int, int]]:
    """Pieces without a break, as the first and the one behind the last."""
    runs: list[tuple[int, int]] = []
    for piece in pieces:
        if runs and runs[-1][1] == piece:
            runs[-1] = runs[-1][0], piece + 1
        else:
            runs.append((piece, piece + 1))
    return runs

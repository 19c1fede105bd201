"""How far each journal goes: the row that whoever writes to a journal writes first (schema.py).

What a transaction moves is gathered and written together, before the first row of an event: one
question and one answer for all pages of a transaction instead of two for each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from db.clock import Clock
from db.exchange.trust.trust import Trust
from db.hub.database.shelf import Overtaken
from db.hub.database.transactions import Transactions

_NEW_END = (
    "INSERT INTO device(device, public_key, seq, chain) VALUES(?, ?, ?, ?)"
    " ON CONFLICT(device) DO NOTHING"
)
_OTHER_END = (
    "UPDATE device SET public_key = ?, seq = ?, chain = ?"
    " WHERE device = ? AND seq = ? AND chain = ?"
)

Tail = tuple[int, bytes]
"""The last number of a journal and its link."""


class Move(NamedTuple):
    """The end of one journal: where this transaction saw it, None where it had no row, and where
    it goes.
    """

    public_key: bytes
    seen: Tail | None
    goes: Tail


class JournalEnds(Transactions):
    """The last number and link of each device, seen, moved and held."""

    def __init__(self, place: str, trust: Trust, clock: Clock) -> None:
        super().__init__(place, trust, clock)
        # What this transaction has asked for, None where there is no row; between transactions
        # others write, and nothing is remembered.
        self._tails: dict[str, Tail | None] = {}
        self._moves: dict[str, Move] = {}

    @contextmanager
    def change(self) -> Iterator[None]:
        try:
            with super().change():
                yield
        finally:
            self._tails.clear()
            self._moves.clear()

    def foresee(self, devices: Iterable[str]) -> None:
        """Asks at once for the ends of journals that this transaction will ask for."""
        wanted = sorted(set(devices) - self._tails.keys())
        if not wanted:
            return
        marks = ", ".join("?" * len(wanted))
        ends = f"SELECT device, seq, chain FROM device WHERE device IN ({marks})"
        found = {device: (int(seq), bytes(link)) for device, seq, link in self._rows(ends, *wanted)}
        self._tails |= dict.fromkeys(wanted) | found

    def tail(self, device: str) -> int:
        known = self._tail(device)
        return known[0] if known else 0

    def link(self, device: str, seq: int) -> bytes | None:
        known = self._tails.get(device)
        if known and known[0] == seq:
            return known[1]
        if device in self._moves:
            self.settle()
        found = self._rows("SELECT chain FROM event WHERE device = ? AND seq = ?", device, seq)
        return found[0][0] if found else None

    def links(self) -> dict[str, tuple[int, bytes]]:
        rows = self._rows("SELECT device, seq, chain FROM device WHERE seq > 0")
        # Sorted here: databases differ in how they order letters and digits.
        return {device: (seq, chain) for device, seq, chain in sorted(rows)}

    def _tail(self, device: str) -> Tail | None:
        """The last number and link of a device, None where it has no row yet."""
        if device in self._tails:
            return self._tails[device]
        rows = self._rows("SELECT seq, chain FROM device WHERE device = ?", device)
        known = (int(rows[0][0]), bytes(rows[0][1])) if rows else None
        if self._changing:
            self._tails[device] = known
        return known

    def _advance(self, device: str, public_key: bytes, seq: int, chain: bytes) -> None:
        """Moves the end of a journal from where this transaction saw it, with `_move_ends`."""
        moved = self._moves.get(device)
        seen = moved.seen if moved else self._tail(device)
        self._moves[device] = Move(public_key, seen, (seq, chain))
        self._tails[device] = (seq, chain)

    def _move_ends(self) -> None:
        """Writes what was moved, in the order of the devices' names. Raises Overtaken.

        From here to the end of the transaction nobody else writes to these journals.
        """
        moves = sorted(self._moves.items())
        self._moves.clear()
        new = [(device, to.public_key, *to.goes) for device, to in moves if to.seen is None]
        old = [
            (to.public_key, *to.goes, device, *to.seen)
            for device, to in moves
            if to.seen is not None
        ]
        changed = self._write_each(_NEW_END, new) + self._write_each(_OTHER_END, old)
        if changed != len(moves):
            raise Overtaken(self.place)

    def settle(self) -> None:
        """Writes what this transaction has gathered, before anything looks at it."""
        self._move_ends()

    def _wait_for(self, device: str) -> None:
        """Holds a journal as it is, also one of which nothing is known yet, until the end."""
        self.settle()
        self._write(
            "INSERT INTO device(device, public_key, seq, chain) VALUES(?, ?, 0, ?)"
            " ON CONFLICT(device) DO UPDATE SET seq = device.seq",
            device,
            b"",
            b"",
        )
        self._tails.pop(device, None)

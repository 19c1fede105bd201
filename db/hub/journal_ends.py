"""How far each journal goes: the row that whoever writes to a journal writes first (shape.py)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from db.clock import Clock
from db.exchange.trust import Trust
from db.hub.shelf import Overtaken
from db.hub.transactions import Transactions


class JournalEnds(Transactions):
    """The last number and link of each device, seen, moved and held."""

    def __init__(self, place: str, trust: Trust, clock: Clock) -> None:
        super().__init__(place, trust, clock)
        # What this transaction has asked for, None where there is no row; between transactions
        # others write, and nothing is remembered.
        self._tails: dict[str, tuple[int, bytes] | None] = {}

    @contextmanager
    def change(self) -> Iterator[None]:
        try:
            with super().change():
                yield
        finally:
            self._tails.clear()

    def tail(self, device: str) -> int:
        known = self._tail(device)
        return known[0] if known else 0

    def link(self, device: str, seq: int) -> bytes | None:
        known = self._tails.get(device)
        if known and known[0] == seq:
            return known[1]
        found = self._rows("SELECT chain FROM event WHERE device = ? AND seq = ?", device, seq)
        return found[0][0] if found else None

    def links(self) -> dict[str, tuple[int, bytes]]:
        rows = self._rows("SELECT device, seq, chain FROM device WHERE seq > 0")
        # Sorted here: databases differ in how they order letters and digits.
        return {device: (seq, chain) for device, seq, chain in sorted(rows)}

    def _tail(self, device: str) -> tuple[int, bytes] | None:
        """The last number and link of a device, None where it has no row yet."""
        if device in self._tails:
            return self._tails[device]
        rows = self._rows("SELECT seq, chain FROM device WHERE device = ?", device)
        known = (int(rows[0][0]), bytes(rows[0][1])) if rows else None
        if self._changing:
            self._tails[device] = known
        return known

    def _advance(self, device: str, public_key: bytes, seq: int, chain: bytes) -> None:
        """Moves the end of a journal from where this transaction saw it. Raises Overtaken.

        From here to the end of the transaction nobody else writes to this journal.
        """
        known = self._tail(device)
        if known is None:
            changed = self._write(
                "INSERT INTO device(device, public_key, seq, chain) VALUES(?, ?, ?, ?)"
                " ON CONFLICT(device) DO NOTHING",
                device,
                public_key,
                seq,
                chain,
            )
        else:
            changed = self._write(
                "UPDATE device SET public_key = ?, seq = ?, chain = ?"
                " WHERE device = ? AND seq = ? AND chain = ?",
                public_key,
                seq,
                chain,
                device,
                *known,
            )
        if changed != 1:
            raise Overtaken(self.place)
        self._tails[device] = (seq, chain)

    def _wait_for(self, device: str) -> None:
        """Holds a journal as it is, also one of which nothing is known yet, until the end."""
        self._write(
            "INSERT INTO device(device, public_key, seq, chain) VALUES(?, ?, 0, ?)"
            " ON CONFLICT(device) DO UPDATE SET seq = device.seq",
            device,
            b"",
            b"",
        )
        self._tails.pop(device, None)

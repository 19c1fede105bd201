"""Erasures 지우기 in a hub's database: of what is there, and of what comes after them."""

from __future__ import annotations

from collections.abc import Sequence

from db.events import Contents, Event
from db.hub.journal_ends import JournalEnds
from db.journal import without
from db.projections import REDACTION, decode
from db.records.feedback import Erased, RedactionBody

_ERASED = {
    Erased.BODY: "salt = NULL, body = NULL",
    Erased.CONTACT: "key_id = NULL, sealed = NULL",
}


class Erasing(JournalEnds):
    """Takes out what redactions name, whichever comes first."""

    def _redact(self, event: Event, contents: Contents) -> None:
        body = decode(contents.body, RedactionBody)
        if body is None:
            return
        device, _slash, number = body.target.partition("/")
        seq = int(number)
        self._write(
            "INSERT INTO redaction(device, seq, target_device, target_seq, what)"
            " VALUES(?, ?, ?, ?, ?) ON CONFLICT(device, seq) DO NOTHING",
            event.device,
            event.seq,
            device,
            seq,
            body.what.value,
        )
        # Whoever stores the target at this moment either has done so afterwards, and it is erased
        # here, or begins afterwards, and sees the line above.
        self._wait_for(device)
        for what, columns in _ERASED.items():
            if body.what in (what, Erased.BOTH):
                self._erase(columns, device, seq)

    def _erase(self, columns: str, device: str, seq: int) -> None:
        """Takes contents out of one event; never the log of what was erased."""
        self._write(
            f"UPDATE event SET {columns} WHERE device = ? AND seq = ? AND kind <> '{REDACTION}'",
            device,
            seq,
        )

    def _spared(self, events: Sequence[Event], contents: Sequence[Contents]) -> Sequence[Contents]:
        """The contents without those that redactions which arrived earlier name."""
        first, last = events[0], events[-1]
        named = self._rows(
            "SELECT target_seq, what FROM redaction"
            " WHERE target_device = ? AND target_seq BETWEEN ? AND ?",
            first.device,
            first.seq,
            last.seq,
        )
        if not named:
            return contents
        kept = list(contents)
        for seq, what in named:
            if events[seq - first.seq].kind != REDACTION:
                kept[seq - first.seq] = without(kept[seq - first.seq], Erased(what))
        return kept

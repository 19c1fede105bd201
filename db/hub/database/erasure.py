"""Erasures 지우기 in a hub's database: of what is there, and of what comes after them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

from db.hub.database.journal_ends import JournalEnds
from db.hub.database.originals import Originals
from db.records.event_kinds import NEVER_ERASED
from db.records.feedback import Erased, RedactionBody
from db.refusals import Refused
from db.store.events import Contents, Event
from db.store.journal import spared
from db.store.page import read_page, write_page
from db.store.projections import CLEARED, decode


class Addition(NamedTuple):
    """Events of one device without a break, their contents, and both as this database takes them,
    where somebody has written that already.
    """

    events: Sequence[Event]
    contents: Sequence[Contents]
    rows: object = None


class Erasure(Originals, JournalEnds):
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
        for what, columns in CLEARED.items():
            if body.what in (what, Erased.BOTH):
                self._erase(columns, device, seq)

        for digest, data in self._rows(
            "SELECT digest, page FROM apart WHERE device = ? AND first <= ? AND last >= ?",
            *(device, seq, seq),
        ):
            left = self._stripped(data)
            if left != data:
                self._write(
                    "UPDATE apart SET page = ? WHERE device = ? AND digest = ?",
                    *(left, device, digest),
                )

    def _stripped(self, data: bytes) -> bytes:
        """A page on its way to quarantine, without the contents that redactions name."""
        try:
            page = read_page(data)
        except Refused:
            return data
        left = self._spared([Addition(page.events, page.contents)])[0].contents
        if list(left) == list(page.contents):
            return data
        return write_page(page.previous, page.events, left)

    def _erase(self, columns: str, device: str, seq: int) -> None:
        """Takes contents out of one event; never a line of a log."""
        self._write(
            f"UPDATE event SET {columns} WHERE device = ? AND seq = ?"
            f" AND kind NOT IN ({', '.join('?' * len(NEVER_ERASED))})",
            device,
            seq,
            *NEVER_ERASED,
        )

    def _spared(self, additions: Sequence[Addition]) -> list[Addition]:
        """Events with their contents, but for those that redactions which arrived earlier name."""
        ranges = [(e[0].device, e[0].seq, e[-1].seq) for e in (each.events for each in additions)]
        named: dict[str, list[tuple[int, Erased]]] = {}
        for device, seq, what in self._rows(
            "SELECT target_device, target_seq, what FROM redaction WHERE "
            + " OR ".join(["(target_device = ? AND target_seq BETWEEN ? AND ?)"] * len(ranges)),
            *chain.from_iterable(ranges),
        ):
            named.setdefault(device, []).append((seq, Erased(what)))
        return [_without(each, named.get(each.events[0].device, [])) for each in additions]


def _without(addition: Addition, named: list[tuple[int, Erased]]) -> Addition:
    if not named:
        return addition
    return Addition(addition.events, spared(addition.events, addition.contents, named))

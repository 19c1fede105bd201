"""Rot 상한 기록 in a hub's database: put right, or marked as lost and asked for
again (db/store/rot.py).

A hub reads nothing to anybody that does not fit its hashes. `look_through` is what a person asks
for: it reads all of it, beside a hub that goes on working.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from functools import partial

import msgspec

from db.hub.database.beside import BesideJournals
from db.hub.database.erasure import Addition
from db.hub.database.looking import Findings, look
from db.records.event_kinds import REDACTION
from db.records.feedback import RedactionBody
from db.store.events import COLUMNS, CONTENTS, HEADER, Contents, Event, Row
from db.store.lacking import BROKEN, LACKS, MOST_LACKING, Place, name_of
from db.store.page import MOST_EVENTS
from db.store.projections import decode
from db.store.rot import Mended
from db.store.sound import READ, Read, fitting, mended_key, read

_MARK = (
    "INSERT INTO meta(key, value) VALUES(?, ?)"
    " ON CONFLICT(key) DO UPDATE SET value = excluded.value"
)
_SET_HEADER = ", ".join(f"{column} = ?" for column in HEADER[2:])


class Rotting(BesideJournals):
    """What was lost, what proves nothing, and how both are found and filled."""

    @abstractmethod
    def _every_bit(self) -> AbstractContextManager[object]:
        """While texts are read with every bit that is in them."""

    def lacking(self) -> list[Place]:
        """The places of contents that were lost here and not filled or erased since."""
        places: list[Place] = []
        for key, _what in sorted(self._marks(LACKS)):
            device, _slash, seq = key.removeprefix(LACKS).partition("/")
            if seq.isdecimal() and self._rows(
                "SELECT 1 FROM event e WHERE e.device = ? AND e.seq = ?"
                " AND (e.body IS NULL OR (e.sealed IS NULL AND e.sealed_hash IS NOT NULL))"
                " AND NOT EXISTS(SELECT 1 FROM redaction r"
                " WHERE r.target_device = e.device AND r.target_seq = e.seq)",
                device,
                int(seq),
            ):
                places.append((device, int(seq)))
        return places[:MOST_LACKING]

    def links(self) -> dict[str, tuple[int, bytes]]:
        known = super().links()
        for device, seq in self._broken().items():
            # Known up to there, so that others send it again from there on.
            link = self.link(device, seq - 1) if seq > 1 else None
            known.pop(device, None)
            if link is not None:
                known[device] = (seq - 1, link)
        return dict(sorted(known.items()))

    def _broken(self) -> dict[str, int]:
        marks = self._marks(BROKEN)
        return {key.removeprefix(BROKEN): int(seq) for key, seq in marks if seq.isdecimal()}

    def _marks(self, prefix: str) -> list[tuple[str, str]]:
        # Not by greater and less: databases order signs each in their own way.
        return [
            (key, value)
            for key, value in self._rows("SELECT key, value FROM meta")
            if key.startswith(prefix)
        ]

    # -- looking -------------------------------------------------------------------------------

    def look_through(self) -> Mended:
        """Reads everything, puts right what it can and marks the rest. Raises StorageUnavailable.

        What it looks at may be written to meanwhile; what it changes, it holds.
        """
        done = Mended(tables=(*self._mend_frame(), *self.run(self._drop_nobodys)))
        empty: list[Place] = []
        for device in self._devices():
            done = done + self._look_at(device, empty)
        # Only now is it known what was erased.
        done = done + Mended(lost=self.run(partial(self._mark_lost, empty)))
        return done + Mended(tables=self.run(self._mend_beside))

    def _devices(self) -> list[str]:
        named = self._rows("SELECT device FROM device UNION SELECT device FROM event")
        return sorted(str(device) for (device,) in named)

    def _look_at(self, device: str, empty: list[Place]) -> Mended:
        """Adds to `empty` the places of events without all of their contents."""
        key = self._key_of(device)
        found = look(self._journal(device), key)
        empty += [(device, seq) for seq in found.empty]
        known = self._broken().get(device)
        tables = self.run(partial(self._write_mended, device, key, found))
        return Mended(
            righted=tuple(name_of(each.event) for each in found.righted),
            lost=tuple(name_of(each.event) for each in found.lost),
            broken=(f"{device}/{found.broken}",) if found.broken not in (None, known) else (),
            tables=(
                *(f"signature {name_of(each.event)}" for each in found.unsigned),
                *(f"{table} {device}" for table in tables),
            ),
        )

    def _key_of(self, device: str) -> bytes | None:
        rows = self._rows("SELECT public_key FROM device WHERE device = ?", device)
        certificate = self.trust.certificates.get(device)
        certified = bytes.fromhex(certificate.public_key) if certificate else None
        return (mended_key(rows[0][0], device) if rows else None) or certified

    def _drop_nobodys(self) -> tuple[str, ...]:
        """Inside `run`. Takes out rows whose device's name rotted: nobody has such a name, and
        under the right one they come again.
        """
        if self.trust.city is None:
            return ()
        nobodys = [device for device in self._devices() if self._key_of(device) is None]
        for device in nobodys:
            for table in ("event", "device"):
                self._write(f"DELETE FROM {table} WHERE device = ?", device)
        return tuple(f"device {device}" for device in nobodys)

    def _journal(self, device: str) -> Iterator[Row]:
        after = 0
        while True:
            with self._every_bit():
                rows = self._rows(
                    f"SELECT {', '.join(COLUMNS)} FROM event WHERE device = ? AND seq > ?"
                    " ORDER BY seq LIMIT ?",
                    device,
                    after,
                    MOST_EVENTS,
                )
            yield from rows
            if len(rows) < MOST_EVENTS:
                return
            after = rows[-1][1]

    def _write_mended(self, device: str, key: bytes | None, found: Findings) -> list[str]:
        """Inside `run`. Answers which tables beside the events were put right."""
        self._wait_for(device)
        for event, contents, doubt in (*found.unsigned, *found.righted, *found.lost):
            self._write(
                f"UPDATE event SET {_SET_HEADER} WHERE device = ? AND seq = ?",
                *msgspec.structs.astuple(event)[2:],
                device,
                event.seq,
            )
            # What somebody erased meanwhile stays erased.
            for columns, values in (
                (CONTENTS[:2], (contents.salt, contents.body)),
                (CONTENTS[2:], (contents.key_id, contents.sealed)),
            ):
                self._write(
                    f"UPDATE event SET {columns[0]} = ?, {columns[1]} = ?"
                    f" WHERE device = ? AND seq = ? AND {columns[1]} IS NOT NULL",
                    *values,
                    device,
                    event.seq,
                )
            if doubt is not None:
                self._write(_MARK, f"{LACKS}{device}/{event.seq}", doubt)
        self._mark_broken(device, found.broken)
        return self._mend_end(device, key) + self._mend_redactions(device, found.redactions)

    def _mark_lost(self, empty: list[Place]) -> tuple[str, ...]:
        """Inside `run`. Those of these places whose contents nobody erased and nobody missed yet:
        a bit that makes a body none at all leaves nothing that would not fit.
        """
        lost = []
        known = {key.removeprefix(LACKS) for key, _what in self._marks(LACKS)}
        for device, seq in empty:
            named = "SELECT 1 FROM redaction WHERE target_device = ? AND target_seq = ?"
            if f"{device}/{seq}" not in known and not self._rows(named, device, seq):
                self._write(_MARK, f"{LACKS}{device}/{seq}", "body")
                lost.append(f"{device}/{seq}")
        return tuple(lost)

    def _mark_broken(self, device: str, seq: int | None) -> None:
        if seq is None:
            self._write("DELETE FROM meta WHERE key = ?", BROKEN + device)
        else:
            self._write(_MARK, BROKEN + device, str(seq))

    def _mend_end(self, device: str, key: bytes | None) -> list[str]:
        """The row that says how far a journal goes follows from the journal."""
        ends = self._rows(
            "SELECT seq, chain FROM event WHERE device = ? ORDER BY seq DESC LIMIT 1", device
        )
        ((seen_key, seq, chain),) = self._rows(
            "SELECT public_key, seq, chain FROM device WHERE device = ?", device
        )
        if not ends and key is None:
            # Nobody's: a name that rotted, whose journal stands under the right one.
            self._write("DELETE FROM device WHERE device = ?", device)
            return ["device"]
        end = (ends[0][0], ends[0][1]) if ends else (0, chain)
        public_key = key or seen_key
        if (public_key, *end) == (seen_key, seq, chain):
            return []
        self._write(
            "UPDATE device SET public_key = ?, seq = ?, chain = ? WHERE device = ?",
            public_key,
            *end,
            device,
        )
        return ["device"]

    def _mend_redactions(self, device: str, redactions: list[tuple[Event, Contents]]) -> list[str]:
        wanted = set()
        for event, contents in redactions:
            body = decode(contents.body, RedactionBody)
            if body is not None:
                target, _slash, number = body.target.partition("/")
                wanted.add((event.seq, target, int(number), body.what.value))
        found = self._rows(
            "SELECT seq, target_device, target_seq, what FROM redaction WHERE device = ?", device
        )
        # Newer ones may have come since the journal was read.
        last = max((seq for seq, *_ in wanted), default=0)
        if wanted == {tuple(row) for row in found if row[0] <= last}:
            return []
        self._write("DELETE FROM redaction WHERE device = ? AND seq <= ?", device, last)
        for event, contents in redactions:
            self._redact(event, contents)
        return ["redaction"]

    # -- filling -------------------------------------------------------------------------------

    def _fill_headers(self, events: Sequence[Event], contents: Sequence[Contents]) -> int:
        """Writes those of these known events anew whose headers prove nothing here any more."""
        device, first, last = events[0].device, events[0].seq, events[-1].seq
        broken = self._broken().get(device)
        if broken is None or not first <= broken <= last:
            return 0
        self._wait_for(device)
        contents = self._spared([Addition(events, contents)])[0].contents
        rows = self._rows(
            f"SELECT {READ} FROM event e WHERE e.device = ? AND e.seq BETWEEN ? AND ?",
            *(device, broken, last),
        )
        there = {int(row[1]): row for row in rows}
        helped = 0
        for event, each in zip(events, contents, strict=True):
            row = there.get(event.seq)
            if event.seq < broken or (row is not None and _stands(read(row), event)):
                continue
            ours = fitting(event, Contents(*row[11:15])).contents if row is not None else each
            body, contact = (each if each.body is not None else ours), each if each.sealed else ours
            self._write("DELETE FROM event WHERE device = ? AND seq = ?", device, event.seq)
            self._write(
                f"INSERT INTO event({', '.join(COLUMNS)}) VALUES({','.join('?' * len(COLUMNS))})",
                *msgspec.structs.astuple(event),
                *(body.salt, body.body, contact.key_id, contact.sealed),
            )
            if event.kind == REDACTION:
                self._redact(event, each)
            helped += 1
        self._mark_broken(device, self._first_unproven(device, last))
        self._mend_end(device, None)
        return helped

    def _first_unproven(self, device: str, after: int) -> int | None:
        due = after + 1
        for row in self._whole_rows(device, after):
            found = read(row)
            if found.event.seq != due or not found.holds:
                return due
            due += 1
        return None

    def _whole_rows(self, device: str, after: int) -> Iterator[Row]:
        while rows := self._rows(
            f"SELECT {READ} FROM event e WHERE e.device = ? AND e.seq > ? ORDER BY e.seq LIMIT ?",
            device,
            after,
            MOST_EVENTS,
        ):
            yield from rows
            after = rows[-1][1]


def _stands(found: Read, right: Event) -> bool:
    """True where a row need not be written anew; of a page only the last event has a signature."""
    return found.holds and right.signature in (None, found.event.signature)

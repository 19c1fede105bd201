"""What both databases of a hub do alike: everything but connecting, transactions and bulk inserts.

Statements are written with `?` marks and with nothing that one of the two does not understand.
"""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from random import random
from threading import Event as Bell
from time import monotonic
from typing import Any

import msgspec

from db.clock import Clock
from db.events import Contents, Event, genesis
from db.exchange.acknowledgements import Acknowledgement
from db.exchange.exporting import Written, pages_from
from db.exchange.page import MOST_EVENTS, Page
from db.exchange.papers import LARGEST_PAPERS, Papers, Revocation, Signed, parsed
from db.exchange.refusals import Reason, Refused
from db.exchange.shelf import MOST_APART, MOST_APART_EACH
from db.exchange.trust import Trust
from db.hub.shape import COLUMNS
from db.hub.shelf import Apart, Census, Overtaken, T, TryAgain
from db.journal import without
from db.problems import StorageUnavailable
from db.projections import FEEDBACK, PLANTING, REDACTION, REPLY, REVIEW, decode
from db.records.feedback import Body, Erased, RedactionBody

Row = tuple[Any, ...]

PATIENCE = 5.0
"""Seconds after which work that must be done again is not begun again."""
_PAUSES = (0.0, 0.02, 0.05, 0.1, 0.2, 0.4, 0.8, 0.8)

_PAPERS = "papers"


class SqlShelf(ABC):
    """A `HubShelf` over any database that speaks the SQL of shape.py."""

    def __init__(self, place: str, trust: Trust, clock: Clock) -> None:
        self.trust = trust
        self.place = place
        self._clock = clock
        # The last number and link of each device that this transaction has asked for, None where
        # there is no row; between transactions others write, and nothing is remembered.
        self._tails: dict[str, tuple[int, bytes] | None] = {}
        self._changing = False
        self._rest = Bell()

    @abstractmethod
    def close(self) -> None: ...
    @abstractmethod
    def _begin(self) -> None: ...
    @abstractmethod
    def _commit(self) -> None: ...
    @abstractmethod
    def _rollback(self) -> None:
        """Never raises: it follows on something that is raised already."""

    @abstractmethod
    def _calm(self, error: BaseException) -> StorageUnavailable | None:
        """What a person can do about an error of the database; None for a bug of ours."""

    @abstractmethod
    def _rows(self, sql: str, *values: object) -> list[Row]:
        """All rows of one question. Bytes come as bytes."""

    @abstractmethod
    def _write(self, sql: str, *values: object) -> int:
        """How many rows one statement changed."""

    @abstractmethod
    def _insert(self, events: Sequence[Event], contents: Sequence[Contents]) -> None:
        """Stores rows of one device in numbers; the row in `device` is written already."""

    @contextmanager
    def change(self) -> Iterator[None]:
        try:
            self._begin()
            self._changing = True
            yield
            self._commit()
        except BaseException as error:
            self._rollback()
            calm = self._calm(error)
            if calm is not None:
                raise calm from error
            raise
        finally:
            self._changing = False
            self._tails.clear()

    def run(self, work: Callable[[], T]) -> T:
        until = monotonic() + PATIENCE
        for pause in (*_PAUSES, None):
            try:
                with self.change():
                    return work()
            except TryAgain:
                if pause is None or monotonic() > until:
                    raise
                # Two that met once do not meet again when each waits as long as it likes.
                self._rest.wait(pause * random())
        raise AssertionError("the last pause is none")

    def tail(self, device: str) -> int:
        known = self._tail(device)
        return known[0] if known else 0

    def link(self, device: str, seq: int) -> bytes | None:
        known = self._tails.get(device)
        if known and known[0] == seq:
            return known[1]
        found = self._rows("SELECT chain FROM event WHERE device = ? AND seq = ?", device, seq)
        return found[0][0] if found else None

    def add(self, public_key: bytes, events: Sequence[Event], contents: Sequence[Contents]) -> None:
        _check_letters(events, contents)
        last = events[-1]
        self._advance(last.device, public_key, last.seq, last.chain)
        self._insert(events, self._spared(events, contents))
        for event, each in zip(events, contents, strict=True):
            if event.kind == REDACTION:
                self._redact(event, each)

    def fill(self, events: Sequence[Event], contents: Sequence[Contents]) -> int:
        first, last = events[0], events[-1]
        lacking = self._rows(
            "SELECT seq, body IS NOT NULL, sealed IS NOT NULL FROM event"
            " WHERE device = ? AND seq BETWEEN ? AND ?"
            " AND (body IS NULL OR (sealed IS NULL AND sealed_hash IS NOT NULL))",
            first.device,
            first.seq,
            last.seq,
        )
        if not lacking:
            return 0
        _check_letters(events, contents)
        self._wait_for(first.device)
        contents = self._spared(events, contents)
        return sum(
            self._fill_one(events[seq - first.seq], contents[seq - first.seq], body, sealed)
            for seq, body, sealed in lacking
        )

    def _fill_one(self, event: Event, contents: Contents, body: bool, sealed: bool) -> bool:
        if (body or contents.body is None) and (sealed or contents.sealed is None):
            return False
        self._write(
            "UPDATE event SET salt = coalesce(salt, ?), body = coalesce(body, ?),"
            " key_id = coalesce(key_id, ?), sealed = coalesce(sealed, ?)"
            " WHERE device = ? AND seq = ?",
            contents.salt,
            contents.body,
            contents.key_id,
            contents.sealed,
            event.device,
            event.seq,
        )
        if event.kind == REDACTION:
            self._redact(event, contents)
        return True

    def keep_apart(self, page: Page, data: bytes, refused: Refused) -> None:
        of_device, of_all = self._rows(
            "SELECT count(*) FILTER (WHERE device = ?), count(*) FROM apart", page.device
        )[0]
        if of_device < MOST_APART_EACH and of_all < MOST_APART:
            self._set_apart(Written(page.device, page.first, page.last, data), refused)

    def outgrown(self, device: str) -> None:
        """A hub has no journal of its own that could be overtaken."""
        return

    def links(self) -> dict[str, tuple[int, bytes]]:
        rows = self._rows("SELECT device, seq, chain FROM device WHERE seq > 0")
        # Sorted here: databases differ in how they order letters and digits.
        return {device: (seq, chain) for device, seq, chain in sorted(rows)}

    def page(self, device: str, after: int) -> Written | None:
        rows = self._rows(
            f"SELECT {', '.join(COLUMNS)} FROM event WHERE device = ? AND seq > ?"
            " ORDER BY seq LIMIT ?",
            device,
            after,
            MOST_EVENTS,
        )
        if not rows:
            return None
        if after > 0:
            previous = self.link(device, after)
        else:
            keys = self._rows("SELECT public_key FROM device WHERE device = ?", device)
            previous = genesis(keys[0][0]) if keys else None
        if previous is None:
            # Withdrawn between two questions.
            return None
        return next(pages_from(previous, map(_pair, rows)), None)

    def word_number(self, device: str) -> int:
        found = self._rows("SELECT number FROM acknowledgement WHERE device = ?", device)
        return found[0][0] if found else 0

    def keep_word(self, word: Acknowledgement, signed: Signed) -> None:
        self._write(
            "INSERT INTO acknowledgement(device, number, at_us, text, signature)"
            " VALUES(?, ?, ?, ?, ?) ON CONFLICT(device) DO UPDATE SET number = excluded.number,"
            " at_us = excluded.at_us, text = excluded.text, signature = excluded.signature"
            " WHERE acknowledgement.number < excluded.number",
            word.device,
            word.number,
            word.at_us,
            signed.text,
            signed.signature,
        )

    def words(self) -> list[tuple[str, Signed]]:
        rows = self._rows("SELECT device, text, signature FROM acknowledgement")
        return [(device, Signed(text, signature)) for device, text, signature in sorted(rows)]

    def papers(self) -> Papers | None:
        kept = self._papers_text()
        return None if kept is None else parsed(kept.encode(), Papers, self.place)

    def keep_papers(self, papers: Papers) -> None:
        kept = self._papers_text()
        together = Trust(self._clock)
        if kept is not None:
            together.accept(parsed(kept.encode(), Papers, self.place), self.place)
        if not together.accept(papers, self.place):
            return
        text = msgspec.json.encode(together.papers()).decode()
        if len(text) > LARGEST_PAPERS:
            raise Refused(Reason.TOO_LARGE, self.place, f"{len(text)} bytes")
        if kept is None:
            sql = "INSERT INTO meta(key, value) VALUES(?, ?) ON CONFLICT(key) DO NOTHING"
            changed = self._write(sql, _PAPERS, text)
        else:
            sql = "UPDATE meta SET value = ? WHERE key = ? AND value = ?"
            changed = self._write(sql, text, _PAPERS, kept)
        if changed != 1:
            raise Overtaken(self.place)

    def _papers_text(self) -> str | None:
        found = self._rows("SELECT value FROM meta WHERE key = ?", _PAPERS)
        return str(found[0][0]) if found else None

    def withdraw(self, revocation: Revocation) -> None:
        device = revocation.device
        if self.tail(device) == 0:
            return
        self._wait_for(device)
        after, last = self._trusted_end(revocation), self.tail(device)
        if after is None or last <= after:
            return
        link = self.link(device, after) if after else b""
        assert link is not None
        refused = Refused(Reason.REVOKED, f"{device}/{after + 1}-{last}", f"after {after}")
        behind = after
        while (page := self.page(device, behind)) is not None:
            # Without a limit: these are taken from the journal and stand nowhere else.
            self._set_apart(page, refused)
            behind = page.last
        (public_key,) = self._rows("SELECT public_key FROM device WHERE device = ?", device)[0]
        self._advance(device, public_key, after, link)
        for table in ("redaction", "event"):
            self._write(f"DELETE FROM {table} WHERE device = ? AND seq > ?", device, after)

    def _trusted_end(self, revocation: Revocation) -> int | None:
        """The last number of a revoked device that stays; None where nothing is to be done."""
        if revocation.after is None:
            return None
        link = self.link(revocation.device, revocation.after)
        # Another link under the same number is the wrong branch of a fork, from somewhere before.
        # The right one comes again from the first event.
        return revocation.after if link is None or link.hex() == revocation.link else 0

    def about_receipt(self, receipt: bytes) -> list[tuple[Event, Contents]]:
        told = self._pairs(
            f"receipt = ? AND kind IN ('{FEEDBACK}', '{PLANTING}')",
            receipt,
        )
        there = {f"{event.device}/{event.seq}" for event, _ in told}
        # What was written again after a loss counts only where the original is missing.
        told = [pair for pair in told if _salvaged_from(pair[1]) not in there]
        answers = [
            answer
            for subject in dict.fromkeys(f"feedback/{event.id.hex()}" for event, _ in told)
            for answer in self._pairs(f"subject = ? AND kind IN ('{REVIEW}', '{REPLY}')", subject)
        ]
        return [*told, *answers]

    def apart(self) -> list[Apart]:
        rows = self._rows("SELECT device, first, last, reason, place, at_us FROM apart")
        return [
            Apart(device=device, first=first, last=last, reason=reason, place=place, at_us=at_us)
            for device, first, last, reason, place, at_us in sorted(rows)
        ]

    def census(self) -> Census:
        # Numbers run from 1 without a gap, so the last ones tell how many there are.
        ((events, devices, apart, words),) = self._rows(
            "SELECT (SELECT coalesce(sum(seq), 0) FROM device),"
            " (SELECT count(*) FROM device WHERE seq > 0),"
            " (SELECT count(*) FROM apart), (SELECT count(*) FROM acknowledgement)"
        )
        return Census(events=int(events), devices=devices, apart=apart, words=words)

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

    def _set_apart(self, page: Written, refused: Refused) -> None:
        self._write(
            "INSERT INTO apart(device, digest, first, last, reason, place, at_us, page)"
            " VALUES(?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(device, digest) DO NOTHING",
            page.device,
            hashlib.sha256(page.data).digest(),
            page.first,
            page.last,
            refused.reason.value,
            refused.place.replace("\0", "")[:400],
            self._clock(),
            page.data,
        )

    def _pairs(self, condition: str, value: object) -> list[tuple[Event, Contents]]:
        rows = self._rows(f"SELECT {', '.join(COLUMNS)} FROM event WHERE {condition}", value)
        return sorted(map(_pair, rows), key=lambda pair: (pair[0].device, pair[0].seq))


_ERASED = {
    Erased.BODY: "salt = NULL, body = NULL",
    Erased.CONTACT: "key_id = NULL, sealed = NULL",
}


def _pair(row: Row) -> tuple[Event, Contents]:
    return Event(*row[:11]), Contents(*row[11:])


def _salvaged_from(contents: Contents) -> str | None:
    body = decode(contents.body, Body)
    return body.salvaged_from if body else None


def _check_letters(events: Iterable[Event], contents: Iterable[Contents]) -> None:
    """Raises Refused for the null character: PostgreSQL stores no text with it, and no program of
    ours writes one.
    """
    for event, each in zip(events, contents, strict=True):
        if (
            "\0" in event.kind
            or "\0" in event.subject
            or (each.body is not None and "\0" in each.body)
            or (each.key_id is not None and "\0" in each.key_id)
        ):
            raise Refused(Reason.UNREADABLE, f"{event.device}/{event.seq}", "a null character")

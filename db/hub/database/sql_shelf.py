"""What both databases of a hub do alike with pages, words, papers and receipts."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import ClassVar

from db.clock import Clock
from db.exchange.pages.exporting import WrittenPage, is_signed, pages_from
from db.exchange.trust.trust import Trust
from db.hub.database.erasure import Addition
from db.hub.database.originals import sound_ones
from db.hub.database.rot import Rotting
from db.hub.database.shelf import Census
from db.hub.database.withdrawal import Withdrawal
from db.participation.issue_receipt import MOST_FOUND
from db.records.event_kinds import FEEDBACK, PLANTING, REDACTION, REPLY, REVIEW
from db.records.feedback import Body
from db.store.events import Contents, Event, genesis
from db.store.page import MOST_EVENTS, Page
from db.store.projections import decode
from db.store.sound import READ, proven_link

_PULSE = "pulse"
_MOST_READ = 4 * MOST_FOUND


class SqlShelf(Rotting, Withdrawal):
    """A `HubShelf` over any database that speaks the SQL of shape.py."""

    id_as_hex: ClassVar[str]
    """How this database writes the id of an event `e` in hexadecimal digits."""

    def __init__(self, place: str, trust: Trust, clock: Clock) -> None:
        super().__init__(place, trust, clock)
        self._additions: list[Addition] = []
        self._expected: Addition | None = None

    @abstractmethod
    def _insert(self, additions: Sequence[Addition]) -> None:
        """Stores rows; those in `device` are written already."""

    @contextmanager
    def change(self) -> Iterator[None]:
        try:
            with super().change():
                yield
                self.settle()
        finally:
            self._additions.clear()
            self._expected = None

    def expect(self, page: Page, rows: object) -> None:
        self._expected = Addition(page.events, page.contents, rows)

    def add(self, public_key: bytes, events: Sequence[Event], contents: Sequence[Contents]) -> None:
        last = events[-1]
        self._advance(last.device, public_key, last.seq, last.chain)
        expected, self._expected = self._expected, None
        # A page that brings news from its first event on is added as it came.
        if expected is None or expected.events is not events:
            expected = Addition(events, contents)
        self._additions.append(expected)

    def settle(self) -> None:
        super().settle()
        gathered = self._additions[:]
        self._additions.clear()
        if not gathered:
            return
        # What was erased is asked for while these journals are held, and not before.
        self._insert(self._spared(gathered))
        for addition in gathered:
            for event, each in zip(addition.events, addition.contents, strict=True):
                if event.kind == REDACTION:
                    self._redact(event, each)

    def fill(self, events: Sequence[Event], contents: Sequence[Contents]) -> int:
        self.settle()
        first, last = events[0], events[-1]
        helped = self._fill_headers(events, contents)
        lacking = self._rows(
            "SELECT seq, body IS NOT NULL, sealed IS NOT NULL FROM event"
            " WHERE device = ? AND seq BETWEEN ? AND ?"
            " AND (body IS NULL OR (sealed IS NULL AND sealed_hash IS NOT NULL))",
            first.device,
            first.seq,
            last.seq,
        )
        if not lacking:
            return helped
        self._wait_for(first.device)
        contents = self._spared([Addition(events, contents)])[0].contents
        return helped + sum(
            self._fill_one(events[seq - first.seq], contents[seq - first.seq], body, sealed)
            for seq, body, sealed in lacking
        )

    def _fill_one(self, event: Event, contents: Contents, body: bool, sealed: bool) -> bool:
        if (body or contents.body is None) and (sealed or contents.sealed is None):
            return False
        self._write(
            # What stands beside a body that is gone is nobody's salt.
            "UPDATE event SET salt = CASE WHEN body IS NULL THEN ? ELSE salt END,"
            " body = coalesce(body, ?), key_id = CASE WHEN sealed IS NULL THEN ? ELSE key_id END,"
            " sealed = coalesce(sealed, ?)"
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

    def signed(self, page: Page) -> None:
        """A hub has no journal of its own that a copy of it could go on with."""
        return

    def page(self, device: str, after: int) -> WrittenPage | None:
        rows = self._rows(
            f"SELECT {READ} FROM event e WHERE device = ? AND seq > ? ORDER BY seq LIMIT ?",
            device,
            after,
            MOST_EVENTS,
        )
        keys = self._rows("SELECT public_key FROM device WHERE device = ?", device)
        if not rows or not keys:
            # Withdrawn between two questions.
            return None
        previous = rows[0][-1] if after > 0 else genesis(keys[0][0])
        revocation = self.trust.revocation(device)

        def proven(event: Event) -> bool:
            return is_signed(event, keys[0][0]) or (
                revocation is not None and revocation.link == event.chain.hex()
            )

        return next(pages_from(previous, after, sound_ones(rows), proven), None)

    def proven_link(self, device: str, seq: int) -> bytes | None:
        rows = self._rows(
            f"SELECT {READ} FROM event e WHERE e.device = ? AND e.seq = ?", device, seq
        )
        return proven_link(rows[0]) if rows else None

    def about_receipt(self, *receipts: bytes) -> list[tuple[Event, Contents]]:
        told = self._rows(
            f"SELECT {READ} FROM event e"
            f" WHERE receipt IN ({', '.join('?' * len(receipts))})"
            f" AND kind IN ('{FEEDBACK}', '{PLANTING}') ORDER BY CASE WHEN EXISTS(SELECT 1"
            f" FROM event AS answer WHERE answer.subject = 'feedback/' || {self.id_as_hex}"
            f" AND answer.kind IN ('{REVIEW}', '{REPLY}')) THEN 0 ELSE 1 END, device, seq"
            f" LIMIT {_MOST_READ}",
            *receipts,
        )
        given = list(sound_ones(told))
        there = {f"{event.device}/{event.seq}" for event, _ in given}
        # What was written again after a loss counts only where the original is missing.
        once = [pair for pair in given if _salvaged_from(pair[1]) not in there]
        # Where so many say so of themselves, some may hide whose receipt it is.
        given = (once if len(told) < _MOST_READ else given)[: MOST_FOUND + 1]
        answers = [
            answer
            for subject in dict.fromkeys(f"feedback/{event.id.hex()}" for event, _ in given)
            for answer in self._told(f"subject = ? AND kind IN ('{REVIEW}', '{REPLY}')", subject)
        ]
        return [*given, *answers]

    def census(self) -> Census:
        # Numbers run from 1 without a gap, so the last ones tell how many there are.
        ((events, devices, apart, words),) = self._rows(
            "SELECT (SELECT coalesce(sum(seq), 0) FROM device),"
            " (SELECT count(*) FROM device WHERE seq > 0),"
            " (SELECT count(*) FROM apart), (SELECT count(*) FROM acknowledgement)"
        )
        return Census(events=int(events), devices=devices, apart=apart, words=words)

    def write_nothing(self) -> None:
        self._write("INSERT INTO meta(key, value) VALUES(?, '') ON CONFLICT DO NOTHING", _PULSE)
        self._write("DELETE FROM meta WHERE key = ?", _PULSE)


def _salvaged_from(contents: Contents) -> str | None:
    body = decode(contents.body, Body)
    return body.salvaged_from if body else None

"""The shelf 서가 over a store on this machine: where pages are put, and what is withdrawn again."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from db.exchange.pages.bulk_insert import fill, fill_headers, keep_many
from db.exchange.trust.trust import Trust, load_trust
from db.keys.device import make_keys
from db.refusals import Refused
from db.store.events import Contents, Event, signature_holds
from db.store.notices import add_notice
from db.store.page import Page
from db.store.quarantine import STANDING, without_erased
from db.store.sound import READ, proven_link
from db.store.store import Store, put_meta
from db.store.verification import VOUCHED

if TYPE_CHECKING:
    import pysqlite3.dbapi2 as sqlite

MOST_QUARANTINED, MOST_QUARANTINED_EACH = 1_000, 50
"""Quarantined pages in all and of one device: evidence must not fill the disk."""


class StoreShelf:
    """A `Shelf` of one open store. Belongs to the thread that opened the store."""

    def __init__(self, store: Store, trust: Trust | None = None) -> None:
        self.store = store
        self.trust = load_trust(store.directory, store.clock) if trust is None else trust

    def change(self) -> AbstractContextManager[sqlite.Connection]:
        return self.store.change()

    def tail(self, device: str) -> int:
        row = self.store.row("SELECT max(seq) FROM event WHERE device = ?", (device,))
        return int(row[0]) if row and row[0] is not None else 0

    def link(self, device: str, seq: int) -> bytes | None:
        row = self.store.row("SELECT chain FROM event WHERE device = ? AND seq = ?", (device, seq))
        return bytes(row[0]) if row else None

    def proven_link(self, device: str, seq: int) -> bytes | None:
        row = self.store.row(
            f"SELECT {READ} FROM event e WHERE e.device = ? AND e.seq = ?", (device, seq)
        )
        return proven_link(row) if row else None

    def add(self, public_key: bytes, events: Sequence[Event], contents: Sequence[Contents]) -> None:
        connection = self.store.connection
        connection.execute(
            "INSERT INTO device(device, public_key, own, since_us) VALUES(?, ?, 0, ?)"
            " ON CONFLICT(device) DO NOTHING",
            (events[0].device, public_key, self.store.clock()),
        )
        keep_many(connection, events, contents)
        if events[-1].signature is None:
            vouch(connection, events[-1].device, events[-1].seq, events[-1].chain)

    def fill(self, events: Sequence[Event], contents: Sequence[Contents]) -> int:
        first, last = events[0], events[-1]
        helped = fill_headers(self.store, events, contents)
        lacking = self.store.rows(
            "SELECT seq FROM event WHERE device = ? AND seq BETWEEN ? AND ?"
            " AND (body IS NULL OR (sealed IS NULL AND sealed_hash IS NOT NULL))",
            (first.device, first.seq, last.seq),
        )
        for (seq,) in lacking:
            at = seq - first.seq
            helped += fill(self.store.connection, events[at], contents[at])
        return helped

    def quarantine(self, page: Page, data: bytes, refused: Refused) -> None:
        of_device, of_all, discarded = self.store.rows(
            f"SELECT count(*) FILTER (WHERE device = ? AND {STANDING}),"
            f" count(*) FILTER (WHERE {STANDING}),"
            f" count(*) FILTER (WHERE digest = ? AND NOT {STANDING}) FROM set_aside",
            (page.device, hashlib.sha256(data).digest()),
        )[0]
        if discarded:
            return
        if of_device < MOST_QUARANTINED_EACH and of_all < MOST_QUARANTINED:
            self.put_in_quarantine(page, data, refused)
        else:
            self._tell_that_no_more_is_kept()

    def _tell_that_no_more_is_kept(self) -> None:
        """Once until somebody has read it: pages refused from now on stay where they came from."""
        connection, kind = self.store.connection, "exchange-apart-full"
        told = "SELECT 1 FROM notice WHERE kind = ? AND seen = 0 LIMIT 1"
        if connection.execute(told, (kind,)).fetchone() is None:
            add_notice(
                connection,
                self.store.clock(),
                kind,
                "따로 둔 기록이 너무 많아 더 두지 않습니다. 살펴보고 버리세요.",
                "Too many pages are kept apart and no more are added; look at them and discard.",
            )

    def put_in_quarantine(self, page: Page, data: bytes, refused: Refused) -> None:
        """Keeps a page whatever is kept already, also one that was discarded when it came from
        elsewhere: now it may be the only copy.
        """
        connection = self.store.connection
        added = connection.execute(
            "INSERT INTO set_aside(at_us, device, first, last, reason, place, digest, page)"
            " VALUES(?,?,?,?,?,?,?,?) ON CONFLICT(digest) DO UPDATE SET at_us = excluded.at_us,"
            " reason = excluded.reason, place = excluded.place, page = excluded.page"
            f" WHERE NOT {STANDING.replace('reason', 'set_aside.reason')}",
            (
                self.store.clock(),
                page.device,
                page.first,
                page.last,
                refused.reason.value,
                refused.place[:400],
                hashlib.sha256(data).digest(),
                without_erased(self.store, data, refused.place),
            ),
        ).rowcount
        if added == 1:
            add_notice(
                connection, self.store.clock(), f"exchange-{refused.reason}", refused.ko, refused.en
            )

    def signed(self, page: Page) -> None:
        self.signed_link(page.device, page.last, page.link.hex())

    def signed_link(self, device: str, seq: int, link: str) -> None:
        """`device` signed, by its own key, that its journal has this link at this number. When it
        is this very device and its journal does not, then a copy or a later state of it went on
        under its name: it takes a new one, before it gives a number a second time.

        Nothing less is a reason: what others say of this device's journal anybody can say.
        """
        if device == self.store.device and (
            seq > self.tail(device) or self._signed_otherwise(device, seq, link)
        ):
            self.take_new_name(
                "이 기기가 쓰지 않은 기록에 이 기기의 서명이 있습니다(되돌렸거나 복제된 저장소)",
                "its own signature stands under events that are not here: its store was restored "
                "or cloned",
            )

    def _signed_otherwise(self, device: str, seq: int, link: str) -> bool:
        """True when this store's own event of that number bears a signature over another link:
        a row that rotted has none that holds, and proves nothing.
        """
        row = self.store.row(
            "SELECT chain, signature FROM event WHERE device = ? AND seq = ?", (device, seq)
        )
        if row is None or row[1] is None or row[0].hex() == link:
            return False
        return signature_holds(self.store.keys.public, bytes(row[0]), bytes(row[1]))

    def take_new_name(self, ko: str, en: str) -> None:
        """Makes this store a new device, inside the caller's transaction, and says why."""
        store, connection = self.store, self.store.connection
        store.keys = make_keys(store.directory)
        connection.execute("UPDATE device SET own = 0")
        connection.execute(
            "INSERT INTO device(device, public_key, own, since_us) VALUES(?, ?, 1, ?)",
            (store.keys.device, store.keys.public, store.clock()),
        )
        add_notice(
            connection,
            store.clock(),
            "new-device",
            f"{ko}. 새 기기 {store.keys.device}이(가) 되었으니 다시 등록하세요.",
            f"This is now the new device {store.keys.device}, because {en}; enrol it again.",
        )


def vouch(connection: sqlite.Connection, device: str, seq: int, link: bytes) -> None:
    """Remembers that a revocation, not the device, stands for the end of its journal."""
    put_meta(connection, f"{VOUCHED}{device}", f"{seq}:{link.hex()}")

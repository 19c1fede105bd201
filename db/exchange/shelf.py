"""The shelf 서가 over a store on this machine: where pages are put, and what is withdrawn again."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from db.contact import ContactKey
from db.events import Contents, Event
from db.exchange.arriving import fill, keep_many
from db.exchange.exporting import export_pages
from db.exchange.page import Page, read_page
from db.exchange.papers import Papers, TrustList, parsed
from db.exchange.refusals import Reason, Refused
from db.exchange.trust import Trust, load_trust, save_trust
from db.exchange.vector import vector
from db.keys import make_keys
from db.migrations import PROJECTIONS
from db.notices import add_notice
from db.store import Store, put_meta
from db.verification import VOUCHED

if TYPE_CHECKING:
    import pysqlite3.dbapi2 as sqlite

MOST_APART, MOST_APART_EACH = 1_000, 50
"""Pages kept apart in all and of one device: evidence must not fill the disk."""


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

    def add(self, public_key: bytes, events: Sequence[Event], contents: Sequence[Contents]) -> None:
        connection = self.store.connection
        connection.execute(
            "INSERT INTO device(device, public_key, own, since_us) VALUES(?, ?, 0, ?)"
            " ON CONFLICT(device) DO NOTHING",
            (events[0].device, public_key, self.store.clock()),
        )
        keep_many(connection, events, contents, self.store.keys.receipt_secret)
        if events[-1].signature is None:
            vouch(connection, events[-1].device, events[-1].seq, events[-1].chain)

    def fill(self, events: Sequence[Event], contents: Sequence[Contents]) -> int:
        first, last = events[0], events[-1]
        lacking = self.store.rows(
            "SELECT e.seq FROM event e LEFT JOIN content c ON c.device = e.device"
            " AND c.seq = e.seq WHERE e.device = ? AND e.seq BETWEEN ? AND ?"
            " AND (c.body IS NULL OR (c.sealed IS NULL AND e.sealed_hash IS NOT NULL))",
            (first.device, first.seq, last.seq),
        )
        helped = 0
        for (seq,) in lacking:
            at = seq - first.seq
            secret = self.store.keys.receipt_secret
            helped += fill(self.store.connection, events[at], contents[at], secret)
        return helped

    def keep_apart(self, page: Page, data: bytes, refused: Refused) -> None:
        of_device, of_all = self.store.rows(
            "SELECT count(*) FILTER (WHERE device = ?), count(*) FROM set_aside", (page.device,)
        )[0]
        if of_device < MOST_APART_EACH and of_all < MOST_APART:
            self.set_aside(page, data, refused)

    def set_aside(self, page: Page, data: bytes, refused: Refused) -> None:
        """Keeps a page whatever is kept already."""
        connection = self.store.connection
        added = connection.execute(
            "INSERT INTO set_aside(at_us, device, first, last, reason, place, digest, page)"
            " VALUES(?,?,?,?,?,?,?,?) ON CONFLICT(digest) DO NOTHING",
            (
                self.store.clock(),
                page.device,
                page.first,
                page.last,
                refused.reason.value,
                refused.place[:400],
                hashlib.sha256(data).digest(),
                data,
            ),
        ).rowcount
        if added == 1:
            add_notice(
                connection, self.store.clock(), f"exchange-{refused.reason}", refused.ko, refused.en
            )

    def outgrown(self, device: str) -> None:
        """When it is this very device, a copy or a later state of it went on under its name: it
        takes a new one, before it gives a number a second time.
        """
        store = self.store
        if device != store.device:
            return
        store.keys = make_keys(store.directory)
        connection = store.connection
        connection.execute("UPDATE device SET own = 0")
        connection.execute(
            "INSERT INTO device(device, public_key, own, since_us) VALUES(?, ?, 1, ?)",
            (store.keys.device, store.keys.public, store.clock()),
        )
        add_notice(
            connection,
            store.clock(),
            "new-device",
            f"이 기기의 더 새로운 기록이 밖에 있습니다(되돌렸거나 복제된 저장소). 새 기기 "
            f"{store.keys.device}이(가) 되었으니 다시 등록하세요.",
            "Newer events of this device exist elsewhere: its store was restored or cloned. This "
            f"is now the new device {store.keys.device}; enrol it again.",
        )


def vouch(connection: sqlite.Connection, device: str, seq: int, link: bytes) -> None:
    """Remembers that a revocation, not the device, stands for the end of its journal."""
    put_meta(connection, f"{VOUCHED}{device}", f"{seq}:{link.hex()}")


def withdraw_revoked(shelf: StoreShelf) -> int:
    """Takes back events that a revocation cut off after they had been taken; returns how many.

    They go from the journal and its projections to the pages kept apart, so that every store that
    knows the revocation holds the same journal, whatever it met first.
    """
    store, trust = shelf.store, shelf.trust
    known = vector(store)
    withdrawn = 0
    for revocation in trust.list.revoked if trust.list else ():
        after, last = revocation.after, known.get(revocation.device, 0)
        if after is None or last <= after:
            continue
        pages = list(export_pages(store, {**known, revocation.device: after}))
        where = f"{revocation.device}/{after + 1}-{last}"
        refused = Refused(Reason.REVOKED, where, f"after {after}")
        with store.change() as connection:
            for page in pages:
                # Without a limit: these are taken from the journal and stand nowhere else.
                shelf.set_aside(read_page(page.data, page.name), page.data, refused)
            for table in (*PROJECTIONS, "content", "event"):
                connection.execute(
                    f"DELETE FROM {table} WHERE device = ? AND seq > ?", (revocation.device, after)
                )
            link = shelf.link(revocation.device, after)
            if link is not None:
                vouch(connection, revocation.device, after, link)
        withdrawn += last - after
    return withdrawn


def accept_papers(shelf: StoreShelf, papers: Papers, place: str) -> bool:
    """Takes newer papers over, on disk too, and does what they ask. True when anything changed.

    Raises Refused, StorageUnavailable.
    """
    changed = shelf.trust.accept(papers, place)
    assert shelf.trust.list is not None
    if papers.grant is not None:
        # Only the file for one desk or hub has one; kiosks never load the cipher for it.
        from db.exchange.sealing import take_grant

        # These papers may be older than the list in force, and so is the identity they grant.
        named = parsed(papers.list.text.encode(), TrustList, place).city_age
        take_grant(shelf.store.directory, papers.grant, named, place)
    if not changed:
        return False
    save_trust(shelf.store.directory, shelf.trust)
    key = bytes.fromhex(shelf.trust.list.contact_key)
    shelf.store.contact = ContactKey(key, demonstration=False)
    withdraw_revoked(shelf)
    return True

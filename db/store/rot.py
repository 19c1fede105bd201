"""Rot 상한 기록: what of a journal no longer fits its hashes is put right, or marked as lost.

One flipped bit is put right where it stands. Contents beyond that are taken out, so that they are
contents lost without a redaction: the event goes on travelling as its hashes alone. A header
beyond that stays, and the journal counts as known up to there. Both are marked, so that this
store's word asks for them and any page that brings them fills them again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from db.store.events import COLUMNS, Contents, Event, Row, genesis, sign_link, signature_holds
from db.store.lacking import LACKS, broken_journals, mark_broken, name_of
from db.store.migrations import PROJECTIONS
from db.store.notices import add_notice
from db.store.projections import project
from db.store.sound import (
    Read,
    Walk,
    checked,
    keeping_bytes,
    mended_contents,
    mended_header,
    mended_key,
    mended_signature,
)
from db.store.store import Store, empty_log_of, put_meta

if TYPE_CHECKING:
    import pysqlite3.dbapi2 as sqlite


class Mended(msgspec.Struct, frozen=True, kw_only=True):
    """Places of events, as device/seq: with a bit put right, with contents taken out, and from
    where on a journal proves nothing.
    """

    righted: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    """At a hub: rows beside the events that did not follow from them."""

    def __bool__(self) -> bool:
        return bool(self.righted or self.lost or self.broken or self.tables)

    def __add__(self, other: Mended) -> Mended:
        return Mended(
            righted=self.righted + other.righted,
            lost=self.lost + other.lost,
            broken=self.broken + other.broken,
            tables=self.tables + other.tables,
        )


class _Finding(msgspec.Struct, frozen=True):
    rowid: int
    event: Event
    contents: Contents
    doubt: str | None


def mend(store: Store) -> Mended:
    """Looks through the whole journal and mends it. Raises StorageUnavailable."""
    connection = store.connection
    findings, broken = _look(store)
    with store.change():
        known = broken_journals(connection)
        for device in known.keys() | broken.keys():
            mark_broken(connection, device, broken.get(device))
        news = {device: seq for device, seq in broken.items() if known.get(device) != seq}
        for finding in findings:
            _write(connection, finding)
        mended = Mended(
            righted=tuple(name_of(each.event) for each in findings if each.doubt is None),
            lost=tuple(name_of(each.event) for each in findings if each.doubt is not None),
            broken=tuple(f"{device}/{seq}" for device, seq in news.items()),
        )
        if mended:
            add_notice(connection, store.clock(), "rot", *_words(mended))
    if findings:
        # What did not fit is nobody's words, and still stands in the log.
        empty_log_of(connection)
    store.doubts.clear()
    return mended


def mend_doubts(store: Store) -> bool:
    """The same where something was read that did not fit, and this store may be changed; True
    when it was looked through.
    """
    if not store.doubts or not store.is_writer or store.connection.in_transaction:
        return False
    broken = broken_journals(store.connection)
    if all(device in broken and seq >= broken[device] for device, seq in store.doubts):
        # Said already, and nothing more can be done about it here.
        store.doubts.clear()
        return False
    mend(store)
    return True


def _look(store: Store) -> tuple[list[_Finding], dict[str, int]]:
    """What is to be written, and from which number on journals are broken."""
    keys = _public_keys(store)
    findings: list[_Finding] = []
    broken: dict[str, int] = {}
    walk = Walk(None, 1)
    device, unsigned = "", 0
    for rowid, *row in _rows_with_every_bit(store.connection):
        if row[0] != device:
            if unsigned:
                broken.setdefault(device, unsigned)
            device, key, unsigned = str(row[0]), keys.get(row[0]), 0
            walk = Walk(genesis(key) if key else None, 1)
        due, found = walk.due, walk.read(row)
        mended = judged(found, Contents(*row[11:]), walk)
        if mended is None:
            broken.setdefault(device, min(due, found.event.seq))
            continue
        event = _signed(store, mended.event, keys.get(device))
        if event.signature is not None:
            unsigned = 0
        elif mended.event.signature is not None:
            # The signatures behind it cover it, where there are any.
            unsigned = unsigned or event.seq
        if found.doubt is not None or event is not mended.event:
            findings.append(_Finding(rowid, event, mended.contents, mended.doubt))
    if unsigned:
        broken.setdefault(device, unsigned)
    return findings, broken


def _signed(store: Store, event: Event, key: bytes | None) -> Event:
    """The event with the signature that is its device's; without one that is nobody's."""
    if event.signature is None or key is None:
        return event
    if event.device == store.device:
        # To sign again is quicker than to verify, and gives the same.
        right = sign_link(store.keys, event.chain)
        return event if right == event.signature else replace(event, signature=right)
    if signature_holds(key, event.chain, event.signature):
        return event
    return mended_signature(event, key) or replace(event, signature=None)


def judged(found: Read, contents: Contents, walk: Walk) -> Read | None:
    """The event that was read last, with what could be put right of it and its contents, and
    without what could not; None where its header proves nothing.
    """
    if found.doubt is None:
        return found
    event = found.event
    if not found.holds:
        right = mended_header(event, walk.before) if walk.before else None
        if right is None:
            return None
        event = right
        walk.go_on_behind(event)
    return checked(event, mended_contents(event, contents), walk.before)


def _public_keys(store: Store) -> dict[str, bytes]:
    """The public key of each device, one bit of it put right where that is needed."""
    keys: dict[str, bytes] = {}
    for device, key in store.rows("SELECT device, public_key FROM device"):
        right = mended_key(key, device) if isinstance(key, bytes) else None
        if right is None:
            continue
        keys[str(device)] = right
        if right != key:
            with store.change() as connection:
                connection.execute(
                    "UPDATE device SET public_key = ? WHERE device = ?", (right, device)
                )
    return keys


def _rows_with_every_bit(connection: sqlite.Connection) -> Iterator[Row]:
    usual = connection.text_factory
    connection.text_factory = keeping_bytes
    try:
        yield from connection.execute(
            f"SELECT rowid, {', '.join(COLUMNS)} FROM event ORDER BY device, seq"
        )
    finally:
        connection.text_factory = usual


def _write(connection: sqlite.Connection, finding: _Finding) -> None:
    event, contents = finding.event, finding.contents
    values = (*msgspec.structs.astuple(event), *msgspec.structs.astuple(contents))
    connection.execute(
        f"UPDATE event SET {', '.join(f'{column} = ?' for column in COLUMNS)} WHERE rowid = ?",
        (*values, finding.rowid),
    )
    if finding.doubt is not None:
        put_meta(connection, f"{LACKS}{name_of(event)}", finding.doubt)
    project_anew(connection, event, contents)


def project_anew(connection: sqlite.Connection, event: Event, contents: Contents) -> None:
    """Writes what screens read of one event, in place of what stood there."""
    for table in PROJECTIONS:
        connection.execute(
            f"DELETE FROM {table} WHERE device = ? AND seq = ?", (event.device, event.seq)
        )
    project(connection, event, contents)


def _words(mended: Mended) -> tuple[str, str]:
    """What the operator is told."""
    ko = ["저장소에 상한 곳이 있습니다. 디스크를 확인하세요."]
    en = ["Something in the store has rotted; check the disk."]
    if mended.righted:
        ko.append(f"한 비트를 바로잡은 기록: {_some(mended.righted)}.")
        en.append(f"One bit was put right in {_some(mended.righted)}.")
    if mended.lost:
        ko.append(f"내용을 잃은 기록: {_some(mended.lost)}. 가진 기기에서 다시 받습니다.")
        en.append(f"Contents were lost in {_some(mended.lost)}; who has them sends them again.")
    if mended.broken:
        ko.append(f"증명되지 않는 기록: {_some(mended.broken)}. 가진 기기에서 다시 받습니다.")
        en.append(f"Nothing proves {_some(mended.broken)}; who has them sends them again.")
    return " ".join(ko), " ".join(en)


def _some(places: Iterable[str]) -> str:
    named = list(places)
    more = f" (+{len(named) - 5})" if len(named) > 5 else ""
    return ", ".join(named[:5]) + more

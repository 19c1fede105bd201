"""What can be read of a damaged store, brought over into a fresh one.

The fresh store belongs to a new device: numbers given away by the old one must not be given again.
Events whose chain still verifies keep their old device and number; those behind a gap are written
again by the new device and say where they came from.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pysqlite3.dbapi2 as sqlite
from nacl.signing import SigningKey

from db.clock import Clock
from db.directory import DataDirectory
from db.keys.contact_key import ContactKey
from db.keys.device import RETIRED, SEED, DeviceKeys, device_name, make_keys
from db.records.event_kinds import KINDS
from db.records.feedback import ReviewBody
from db.store.carved_events import Claims, carved_quarantine, sound_prefix
from db.store.carving import carve
from db.store.events import Contents, Event
from db.store.journal import Sealed, append, keep
from db.store.lacking import mark_lacking
from db.store.notices import add_notice
from db.store.projections import decode
from db.store.quarantine import STANDING
from db.store.store import Store, bring_forward, connect, put_meta

if TYPE_CHECKING:
    from collections.abc import Mapping

COMPLETE = "salvage_complete"
"""The mark of a fresh store that holds all that could be read."""
_QUARANTINE = (
    "INSERT INTO set_aside(at_us, device, first, last, reason, place, digest, page)"
    " VALUES(?,?,?,?,?,?,?,?) ON CONFLICT(digest) DO NOTHING"
)


class Salvaged(msgspec.Struct, frozen=True, kw_only=True):
    """What came over: events with their old number, events written again, known losses, and pages
    that were in quarantine.
    """

    kept: int
    rewritten: int
    bodies_lost: int
    apart: int


def fill_afresh(
    directory: DataDirectory,
    fresh: Path,
    source: Path,
    damage: str,
    clock: Clock,
    own: Mapping[str, bytes] | None = None,
) -> tuple[str, int]:
    """Makes a store of what can be read of another file; its device and how many events it has.

    `own` are public keys of names that this device had there, beside those in its directory.
    """
    own = _public_keys(directory) | dict(own or {})
    keys = make_keys(directory)
    connection = connect(fresh)
    try:
        bring_forward(connection, fresh)
        connection.execute("BEGIN IMMEDIATE")
        claims = Claims(())
        for row in carve(source):
            # Quarantined pages are large: they go over one by one.
            apart = carved_quarantine(row)
            if apart is None:
                claims.take(row)
            else:
                connection.execute(_QUARANTINE, msgspec.structs.astuple(apart)[1:])
        public_keys = claims.public_keys | own
        # Nothing is sealed here: contacts come over sealed as they are.
        store = Store(
            directory, connection, keys, ContactKey(b"\0" * 32, demonstration=False), clock, None
        )
        _add_devices(connection, keys, public_keys, claims, clock())
        salvaged = _bring_over(store, claims, public_keys, set(own))
        add_notice(connection, clock(), "salvage", *_words(damage, salvaged))
        put_meta(connection, COMPLETE, damage[:200])
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()
    return keys.device, salvaged.kept + salvaged.rewritten


def _bring_over(
    store: Store, claims: Claims, public_keys: Mapping[str, bytes], own: set[str]
) -> Salvaged:
    kept = rewritten = lost = 0
    connection = store.connection
    behind: list[tuple[Event, Contents]] = []
    for device in sorted(claims.events):
        sound, rest = sound_prefix(claims.events[device], public_keys.get(device))
        for event in sound:
            contents = claims.contents_of(event)
            keep(connection, event, contents or Contents())
            if contents is None:
                lost += 1
                mark_lacking(connection, event)
            kept += 1
        if device in own:
            # Other devices send theirs again; this one has nobody else to ask.
            behind += [(event, claims.contents_of(event) or Contents()) for event in rest]
    for event, contents in behind:
        if write_again(store, event, contents):
            rewritten += 1
        else:
            lost += 1
    (apart,) = connection.execute(f"SELECT count(*) FROM set_aside WHERE {STANDING}").fetchone()
    return Salvaged(kept=kept, rewritten=rewritten, bodies_lost=lost, apart=apart)


def write_again(store: Store, event: Event, contents: Contents) -> bool:
    """Writes what a lost name of this device had said under its new one, inside the caller's
    transaction; False when nothing of the contents is left, or none of it bears repeating.
    """
    kind = KINDS.get(event.kind)
    body = decode(contents.body, kind.body) if kind is not None and kind.written_again else None
    if body is None:
        return False
    origin = f"{event.device}/{event.seq}"
    body = msgspec.structs.replace(body, salvaged_from=origin)
    if isinstance(body, ReviewBody):
        # Having seen the original settles it should the original still turn up.
        body = msgspec.structs.replace(body, saw=(*body.saw, origin)[-64:])
    sealed = (
        Sealed(contents.key_id, contents.sealed)
        if contents.key_id is not None and contents.sealed is not None
        else None
    )
    append(
        store,
        store.connection,
        event.kind,
        event.subject,
        body,
        id=event.id,
        at_us=event.at_us,
        receipt=event.receipt,
        sealed=sealed,
    )
    return True


def _public_keys(directory: DataDirectory) -> dict[str, bytes]:
    """This device's public keys, the retired ones included."""
    found: dict[str, bytes] = {}
    for seed in (directory.keys / SEED, *(directory.keys / RETIRED).glob(f"*/{SEED}")):
        try:
            raw = seed.read_bytes()
        except OSError:
            continue
        if len(raw) == 32:
            public = bytes(SigningKey(raw).verify_key)
            found[device_name(public)] = public
    return found


def _add_devices(
    connection: sqlite.Connection,
    keys: DeviceKeys,
    public_keys: Mapping[str, bytes],
    claims: Claims,
    at_us: int,
) -> None:
    known = {device: key for device, key in public_keys.items() if device in claims.events}
    for device, public_key in {**known, keys.device: keys.public}.items():
        connection.execute(
            "INSERT INTO device(device, public_key, own, since_us) VALUES(?, ?, ?, ?)",
            (device, public_key, int(device == keys.device), at_us),
        )


def _words(damage: str, salvaged: Salvaged) -> tuple[str, str]:
    total = salvaged.kept + salvaged.rewritten
    return (
        "저장소가 손상되어 damaged 폴더로 옮기고 새로 시작했습니다. "
        f"기록 {total}건을 되살렸고, 내용을 잃은 기록은 {salvaged.bodies_lost}건이며, 따로 둔 쪽 "
        f"{salvaged.apart}개를 옮겼습니다. 이 키오스크는 새 기기가 되었습니다.",
        f"The store was damaged ({damage[:120]}) and moved to the directory 'damaged'. {total} "
        f"events were recovered; {salvaged.bodies_lost} lost their contents; {salvaged.apart} "
        "pages that were kept apart came over. This kiosk is now a new device.",
    )

"""Rows of the store itself that stand beside the journal: devices, marks, notices, migrations."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress

import msgspec

from db.doctor.rotten import Rotten, is_text, number_in, said_again, taken_out, written_right
from db.exchange.pages.store_shelf import StoreShelf
from db.exchange.status.acknowledgements import EARLIER, NUMBER, Holds, kept_word
from db.exchange.status.log import LAST_EXCHANGE
from db.keys.device import device_name
from db.store.lacking import BROKEN, LACKS
from db.store.migrations import COUNT, STEPS
from db.store.recovery import COMPLETE
from db.store.sound import mended_key
from db.store.store import LAST_HOME, Store
from db.store.verification import VOUCHED

_DEVICE = re.compile(r"[a-z2-7]{26}")


def devices(shelf: StoreShelf) -> Iterator[Rotten]:
    """A device's name is the hash of its key, and one of them is this device."""
    store = shelf.store
    for rowid, name, key, own in store.rows("SELECT rowid, device, public_key, own FROM device"):
        where = f"device/{name}"
        if device_name(key) != name:
            right = _key_of(shelf, name) or mended_key(key, name)
            if right is not None:
                yield written_right(
                    where, ("UPDATE device SET public_key = ? WHERE rowid = ?", (right, rowid))
                )
            elif _has_events(store, device_name(key)):
                yield written_right(
                    where,
                    ("DELETE FROM device WHERE device = ?", (device_name(key),)),
                    ("UPDATE device SET device = ? WHERE rowid = ?", (device_name(key), rowid)),
                )
            else:
                yield said_again(where, ("DELETE FROM device WHERE rowid = ?", (rowid,)))
        if bool(own) != (name == store.device):
            yield written_right(
                f"{where}: own",
                ("UPDATE device SET own = (device = ?) WHERE rowid = ?", (store.device, rowid)),
            )


def _key_of(shelf: StoreShelf, device: str) -> bytes | None:
    if device == shelf.store.device:
        return shelf.store.keys.public
    certificate = shelf.trust.certificates.get(device)
    return bytes.fromhex(certificate.public_key) if certificate else None


def _has_events(store: Store, device: str) -> bool:
    return store.row("SELECT 1 FROM event WHERE device = ? LIMIT 1", (device,)) is not None


def marks(shelf: StoreShelf) -> Iterator[Rotten]:
    """Every key of `meta` is one of a few, and each says something of one kind."""
    unknown = False
    for rowid, key, value, raw in shelf.store.rows(
        "SELECT rowid, key, value, CAST(key AS BLOB) FROM meta ORDER BY key"
    ):
        where, out = f"meta/{key}", ("DELETE FROM meta WHERE rowid = ?", (rowid,))
        begin = next((begin for begin in _MARKS if key.startswith(begin)), None)
        if key == NUMBER:
            number, said = number_in(value), _own_word(shelf)
            if number is None or number < said:
                # A number only has to rise, and the clock is far beyond any count.
                now = str(max(said, shelf.store.clock()))
                yield written_right(
                    where, ("UPDATE meta SET value = ? WHERE rowid = ?", (now, rowid))
                )
        elif key == COMPLETE:
            continue
        elif key in (LAST_EXCHANGE, LAST_HOME):
            if number_in(value) is None:
                yield said_again(where, out)
        elif begin is None or not is_text(raw):
            unknown = True
            yield taken_out(where, out)
        elif not _MARKS[begin](shelf, key.removeprefix(begin), value):
            unknown |= begin == LACKS
            yield said_again(where, out)
    yield from _vouched_by_the_city(shelf)
    if unknown:
        # It may have been a mark of contents that were lost; whoever has them is asked once more.
        yield said_again(
            "meta",
            (
                f"INSERT INTO meta(key, value) SELECT '{LACKS}' || device || '/' || seq, 'body'"
                " FROM event e WHERE body IS NULL AND NOT EXISTS(SELECT 1 FROM redaction r"
                " WHERE r.target_device = e.device AND r.target_seq = e.seq)"
                " ON CONFLICT DO NOTHING",
                (),
            ),
        )


def _own_word(shelf: StoreShelf) -> int:
    row = shelf.store.row(
        "SELECT text FROM acknowledgement WHERE device = ?", (shelf.store.device,)
    )
    word = kept_word(shelf.store.device, row[0]) if row else None
    return word.number if word else 0


def _is_place(shelf: StoreShelf, name: str, value: str) -> bool:
    device, _slash, seq = name.partition("/")
    number = number_in(seq, 1)
    return number is not None and shelf.link(device, number) is not None


def _is_first_unproven(shelf: StoreShelf, name: str, value: str) -> bool:
    return number_in(value, 1) is not None and _DEVICE.fullmatch(name) is not None


def _is_known_end(shelf: StoreShelf, name: str, value: str) -> bool:
    seq, _colon, link = value.partition(":")
    number = number_in(seq, 1)
    ours = shelf.link(name, number) if number is not None else None
    return ours is not None and ours.hex() == link


def _is_holding(shelf: StoreShelf, name: str, value: str) -> bool:
    with suppress(msgspec.DecodeError, UnicodeError):
        msgspec.json.decode(value, type=Holds)
        return _DEVICE.fullmatch(name) is not None
    return False


_Look = Callable[[StoreShelf, str, str], bool]
_MARKS: dict[str, _Look] = {
    LACKS: _is_place,
    BROKEN: _is_first_unproven,
    VOUCHED: _is_known_end,
    EARLIER: _is_holding,
}


def _vouched_by_the_city(shelf: StoreShelf) -> Iterator[Rotten]:
    """Where the city stands for the end of a journal and the mark that says so is gone or wrong."""
    for revoked in shelf.trust.list.revoked if shelf.trust.list else ():
        if revoked.after is None or revoked.link is None:
            continue
        end = shelf.store.row(
            "SELECT 1 FROM event WHERE device = ? AND seq = ? AND hex(chain) = ?"
            " AND signature IS NULL",
            (revoked.device, revoked.after, revoked.link.upper()),
        )
        key, value = f"{VOUCHED}{revoked.device}", f"{revoked.after}:{revoked.link}"
        if end is not None and shelf.store.meta(key) != value:
            yield written_right(
                f"meta/{key}",
                (
                    "INSERT INTO meta(key, value) VALUES(?, ?)"
                    " ON CONFLICT(key) DO UPDATE SET value = excluded.value",
                    (key, value),
                ),
            )


def notices(shelf: StoreShelf) -> Iterator[Rotten]:
    for number, seen, *words in shelf.store.rows(
        "SELECT number, seen, CAST(kind AS BLOB), CAST(ko AS BLOB), CAST(en AS BLOB) FROM notice"
    ):
        if seen not in (0, 1) or not all(map(is_text, words)):
            yield taken_out(f"notice/{number}", ("DELETE FROM notice WHERE number = ?", (number,)))


def migrations(shelf: StoreShelf) -> Iterator[Rotten]:
    """What was done to the file: a step that seems undone would be done a second time."""
    named = shelf.store.rows("SELECT name FROM _sqlite_migrations ORDER BY id")
    if [name for (name,) in named] != [name for name, _shape in STEPS]:
        yield written_right(
            "_sqlite_migrations",
            ("DELETE FROM _sqlite_migrations", ()),
            *(
                (
                    "INSERT INTO _sqlite_migrations(migration_set, name, applied_at)"
                    " VALUES('cheonman', ?, '')",
                    (name,),
                )
                for name, _shape in STEPS[:COUNT]
            ),
        )

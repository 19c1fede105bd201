"""Backups: a whole copy while the kiosk runs, and a way back that forges no numbers.

A restored store stands where the journal stood at the time of the backup. Numbers given since then
may already have travelled, so the restored store always takes a new device name; its old events
keep theirs.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from errno import EINVAL
from pathlib import Path

import msgspec
import pysqlite3.dbapi2 as sqlite

from db.clock import Clock, system_clock
from db.directory import (
    DataDirectory,
    DirectoryLock,
    calmly,
    read_at_most,
    require_outside,
    sync_directory,
)
from db.keys.contact_key import ContactKey
from db.keys.device import load_keys, make_keys
from db.problems import (
    Cause,
    DamagedFile,
    ForeignFile,
    InputRefused,
    MissingFile,
    NewerStore,
    StorageUnavailable,
)
from db.store.journal import rebuild
from db.store.migrations import APPLICATION_ID, COUNT, migrate
from db.store.notices import add_notice
from db.store.opening import adopt_device
from db.store.recovery import COMPLETE, fill_afresh
from db.store.rot import mend
from db.store.salvage import FRESH, move_aside, remove_store
from db.store.shape import unexpected_shape
from db.store.store import Store, check_sqlite, connect, put_meta, raise_calmly
from db.store.traces import remove_traces
from db.store.verification import verify
from db.written_aside import aside_of

_PIECE, _STEPS = 512, 100_000
"""Pages copied, and steps of a check, between two looks whether somebody asks to stop."""


class Backup(msgspec.Struct, frozen=True, kw_only=True):
    """A finished backup: the file, its bytes, how many events it holds, and the places (device/
    seq) of those that no longer fitted their hashes and went along without their contents.
    """

    file: str
    bytes: int
    events: int
    lost: tuple[str, ...] = ()


class Restored(msgspec.Struct, frozen=True, kw_only=True):
    """A finished restore: the new device and where the replaced store went, if there was one."""

    device: str
    events: int
    set_aside: str | None


def backup(store: Store, file: Path) -> Backup:
    """Copies the store to one file: aside, checked, flushed, renamed.

    An older backup of that name is replaced, any other file is not, and nothing is
    written where a device keeps its own: what a kiosk stored over its replaced store would go
    into a file without a name. Raises ForeignFile, InputRefused, StorageUnavailable, DamagedFile.
    """
    with calmly(file):
        require_outside(file.resolve().parent, "file")
        if file.is_dir() or (file.exists() and not _is_ours(file)):
            raise ForeignFile(str(file))
    try:
        with aside_of(file) as aside:
            events, lost = _copy(store, aside)
            _flush(aside)
            size = aside.stat().st_size
            os.replace(aside, file)
        sync_directory(file.absolute().parent)
    except OSError as error:
        raise StorageUnavailable.from_os(error, str(file)) from error
    except BaseException as error:
        raise_calmly(error, file)
        raise
    return Backup(file=str(file), bytes=size, events=events, lost=lost)


def _mended(store: Store, copy: sqlite.Connection) -> tuple[str, ...]:
    """A backup of what does not fit could not be restored: the copy holds only what does."""
    nobody = ContactKey(b"\0" * 32, demonstration=False)
    mended = mend(
        Store(store.directory, copy, store.keys, nobody, store.clock, None, remove_traces)
    )
    return (*mended.lost, *mended.broken)


def _copy(store: Store, aside: Path) -> tuple[int, tuple[str, ...]]:
    """Copies and checks; the number of events, and the places of those that do not fit. Whoever
    asks it to stop is heard between pieces.
    """
    copy = sqlite.connect(str(aside), isolation_level=None)
    try:
        # One reader's view from the first piece to the last, whatever the kiosk stores meanwhile.
        store.connection.execute("BEGIN")
        try:
            store.connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone()
            store.connection.backup(copy, pages=_PIECE, progress=_nothing)
        finally:
            store.connection.execute("ROLLBACK")
        copy.set_progress_handler(_nothing, _STEPS)
        # One file, no log beside it: it travels on a stick.
        copy.execute("PRAGMA journal_mode = DELETE")
        answer = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if answer != "ok":
            raise DamagedFile(str(store.directory.store), str(answer))
        lost = _mended(store, copy)
        return int(copy.execute("SELECT count(*) FROM event").fetchone()[0]), lost
    finally:
        copy.close()


def _nothing(*_done: int) -> int:
    """Called back by SQLite so that Python comes to its signals; 0 goes on."""
    return 0


def restore(path: Path, file: Path, clock: Clock = system_clock) -> Restored:
    """Makes the store of a data directory from a backup, under a new device name.

    The store that was there is moved aside, never overwritten, and only after the copy has been
    checked whole. Where its journal proves nothing from somewhere on, it is salvaged like a
    damaged store. Raises InputRefused, MissingFile, ForeignFile, NewerStore, DamagedFile,
    DirectoryInUse, StorageUnavailable.
    """
    check_sqlite()
    directory = DataDirectory(path)
    with calmly(file):
        if file.resolve() == directory.store.resolve():
            raise InputRefused(
                "file",
                f"{file}은(는) 이 기기가 지금 쓰는 저장소입니다. 백업한 파일을 정하세요.",
                f"{file} is the store that this device uses now; name a backup of it.",
            )
    _require_ours(file)
    directory.prepare()
    with DirectoryLock(directory):
        fresh = directory.path / FRESH
        try:
            remove_store(fresh)
            try:
                device, events = _copy_checked(directory, file, fresh, clock)
            except _Unproven as fault:
                remove_store(fresh)
                device, events = fill_afresh(
                    directory, fresh, file, str(fault), clock, own=fault.own
                )
            set_aside = move_aside(directory, clock) if directory.store.exists() else None
            os.replace(fresh, directory.store)
            sync_directory(directory.path)
        except OSError as error:
            raise StorageUnavailable.from_os(error, str(directory.path)) from error
        except BaseException as error:
            remove_store(fresh)
            raise_calmly(error, fresh)
            raise
    return Restored(device=device, events=events, set_aside=str(set_aside) if set_aside else None)


class _Unproven(Exception):
    """A sound file whose journal proves nothing from somewhere on: what can be is salvaged.

    `own` is the public key of the device that wrote it.
    """

    def __init__(self, what: str, own: Mapping[str, bytes]) -> None:
        super().__init__(what)
        self.own = own


def _copy_checked(
    directory: DataDirectory, file: Path, fresh: Path, clock: Clock
) -> tuple[str, int]:
    connection = connect(fresh)
    try:
        _fill_from(file, connection)
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        if version > COUNT:
            raise NewerStore(str(file))
        if version < COUNT:
            migrate(connection)
        fault = unexpected_shape(connection)
        if fault:
            raise DamagedFile(str(file), fault)
        keys = load_keys(directory) or make_keys(directory)
        no_contact = ContactKey(b"\0" * 32, demonstration=False)
        # The journal alone says whether a backup is sound; what follows from it is written anew.
        copied = Store(directory, connection, keys, no_contact, clock, None, remove_traces)
        mend(copied)
        rebuild(copied)
        faults = verify(copied, most=1)
        if faults:
            own = connection.execute("SELECT device, public_key FROM device WHERE own = 1")
            raise _Unproven(f"{faults[0].where}: {faults[0].what}", dict(own.fetchall()))
        events = int(connection.execute("SELECT count(*) FROM event").fetchone()[0])
        keys = adopt_device(directory, connection, clock, fresh=True)
        connection.execute("BEGIN IMMEDIATE")
        add_notice(
            connection,
            clock(),
            "restored",
            f"백업 {file.name}에서 되돌렸습니다. 기록 {events}건. 새 기기 {keys.device}이(가) "
            "되었습니다.",
            f"Restored from the backup {file.name}: {events} events. This is now the new device "
            f"{keys.device}.",
        )
        put_meta(connection, COMPLETE, f"restored from {file.name[:100]}")
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return keys.device, events
    finally:
        connection.close()


def _fill_from(file: Path, into: sqlite.Connection) -> None:
    """Copies every page of a backup. Raises DamagedFile, StorageUnavailable."""
    source = sqlite.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
    try:
        source.execute("PRAGMA trusted_schema = OFF")
        source.execute("PRAGMA cell_size_check = ON")
        answer = str(source.execute("PRAGMA integrity_check(1)").fetchone()[0])
        if answer != "ok":
            raise DamagedFile(str(file), answer)
        source.backup(into)
        into.execute("PRAGMA journal_mode = WAL")
    except sqlite.DatabaseError as error:
        calm = StorageUnavailable.from_sqlite(error, str(file))
        if calm is None or calm.cause is Cause.CORRUPT:
            raise DamagedFile(str(file), str(error)) from error
        raise calm from error
    finally:
        source.close()


def _require_ours(file: Path) -> None:
    """Looked at before a directory is made for it. Raises MissingFile, ForeignFile,
    StorageUnavailable.
    """
    with calmly(file):
        if not file.exists():
            raise MissingFile(str(file))
        if not file.is_file() or not _is_ours(file):
            raise ForeignFile(str(file))


def _is_ours(file: Path) -> bool:
    """True when the header says SQLite and carries this program's mark. Raises OSError."""
    try:
        header = read_at_most(file, 100)
    except OSError as error:
        if error.errno == EINVAL:
            return False
        raise
    mark = int.from_bytes(header[68:72], "big")
    return header.startswith(b"SQLite format 3\0") and mark == APPLICATION_ID


def _flush(file: Path) -> None:
    descriptor = os.open(file, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

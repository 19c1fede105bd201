"""Opens a data directory: for its one writer, or to read while that one is at work."""

from __future__ import annotations

from pathlib import Path

import pysqlite3.dbapi2 as sqlite

from db.clock import Clock, system_clock
from db.directory import DataDirectory, DirectoryLock, calmly, is_read_only
from db.keys.contact_key import contact_key
from db.keys.device import DeviceKeys, load_keys, make_keys
from db.problems import Cause, NewerStore, NoStore, StorageUnavailable
from db.store.migrations import COUNT
from db.store.notices import add_notice
from db.store.salvage import damage_of, finish_salvage, forget_unfinished, start_afresh
from db.store.shape import shape_fault
from db.store.store import Store, bring_forward, check_sqlite, connect, raise_calmly
from db.store.traces import remove_traces
from db.written_aside import clear_leftovers


def open_store(path: Path, clock: Clock = system_clock) -> Store:
    """Opens a data directory for its one writer, making what is missing.

    A damaged store is moved aside and what can be read of it is salvaged into a fresh one; the
    operator finds a notice. Raises DirectoryInUse, StorageUnavailable, NewerStore, ForeignFile,
    OldSqlite, BrokenKey.
    """
    check_sqlite()
    directory = DataDirectory(path)
    directory.prepare()
    lock = DirectoryLock(directory)
    try:
        with calmly(directory.path):
            for folder in (directory.path, directory.keys):
                clear_leftovers(folder)
            finish_salvage(directory)
            damage = damage_of(directory)
            if damage:
                start_afresh(directory, damage, clock)
            else:
                forget_unfinished(directory)
            connection, keys = _open_sound(directory, clock)
            try:
                contact = contact_key(directory)
            except BaseException:
                connection.close()
                raise
    except BaseException:
        lock.release()
        raise
    return Store(directory, connection, keys, contact, clock, lock, remove_traces)


def open_reader(path: Path, clock: Clock = system_clock) -> Store:
    """Opens a data directory to read it while its one writer may be at work.

    Raises NoStore, StorageUnavailable, NewerStore, OldSqlite, BrokenKey.
    """
    check_sqlite()
    directory = DataDirectory(path)
    keys = load_keys(directory)
    with calmly(directory.store):
        if keys is None or not directory.store.exists():
            raise NoStore(str(directory.store))
    _catch_up(directory)
    try:
        connection = connect(directory.store, read_only=True)
    except sqlite.Error as error:
        raise_calmly(error, directory.store)
        raise
    try:
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        if version > COUNT:
            raise NewerStore(str(directory.store))
        if version < COUNT:
            # It could only be brought forward by writing.
            raise StorageUnavailable(Cause.READ_ONLY, str(directory.store))
        if shape_fault(connection):
            raise StorageUnavailable(Cause.CORRUPT, str(directory.store))
        return Store(directory, connection, keys, contact_key(directory), clock)
    except BaseException as error:
        connection.close()
        raise_calmly(error, directory.store)
        raise


def _catch_up(directory: DataDirectory) -> None:
    """Brings a store of an older shape forward, before the first start of a newer program did."""
    if is_read_only(directory.path):
        return
    try:
        connection = connect(directory.store)
        try:
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
            if version < COUNT:
                with DirectoryLock(directory):
                    bring_forward(connection, directory.store)
        finally:
            connection.close()
    except sqlite.Error as error:
        raise_calmly(error, directory.store)
        raise


def _open_sound(directory: DataDirectory, clock: Clock) -> tuple[sqlite.Connection, DeviceKeys]:
    fresh = not directory.store.exists()
    try:
        connection = connect(directory.store)
    except sqlite.Error as error:
        raise_calmly(error, directory.store)
        raise
    try:
        bring_forward(connection, directory.store)
        return connection, adopt_device(directory, connection, clock, fresh=fresh)
    except BaseException as error:
        connection.close()
        raise_calmly(error, directory.store)
        raise


def adopt_device(
    directory: DataDirectory, connection: sqlite.Connection, clock: Clock, *, fresh: bool
) -> DeviceKeys:
    """The keys this store writes with; new ones where the old would fork its journal.

    Keys without their store, or a store without its keys, mean that numbers already given away
    could be given again, so the device takes a new name.
    """
    # Earlier versions kept what the tokens of receipts follow from; a copy of it opened replies.
    (directory.keys / "receipts.key").unlink(missing_ok=True)
    keys = None if fresh else load_keys(directory)
    own = [name for (name,) in connection.execute("SELECT device FROM device WHERE own = 1")]
    if keys is not None and keys.device in own:
        # A mark that rotted beside it makes no other device of this one.
        return keys
    if keys is None or own:
        keys = make_keys(directory)
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE device SET own = 0")
    connection.execute(
        # The mark of the own one may have rotted while the device stayed.
        "INSERT INTO device(device, public_key, own, since_us) VALUES(?, ?, 1, ?)"
        " ON CONFLICT(device) DO UPDATE SET own = 1",
        (keys.device, keys.public, clock()),
    )
    if own and not fresh:
        add_notice(
            connection,
            clock(),
            "new-device",
            f"기기 키가 저장소와 맞지 않아 새 기기가 되었습니다: {own[0]} -> {keys.device}.",
            f"The keys did not belong to the store's device {own[0]}; this is now the new device "
            f"{keys.device}.",
        )
    connection.execute("COMMIT")
    return keys

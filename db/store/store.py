"""The one file that a data directory keeps, written to whole or not at all.

A store belongs to the thread that opened it and to the process that holds the directory's lock.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from operator import methodcaller
from pathlib import Path
from types import TracebackType

import pysqlite3.dbapi2 as sqlite

from db.clock import Clock
from db.directory import DataDirectory, DirectoryLock, is_read_only
from db.keys.contact_key import ContactKey
from db.keys.device import RETIRED, SEED, DeviceKeys
from db.problems import (
    Cause,
    ForeignFile,
    HubDatabase,
    NewerStore,
    OldSqlite,
    StorageUnavailable,
)
from db.store import last_look
from db.store.events import Row, RowPart
from db.store.migrations import APPLICATION_ID, COUNT, migrate

OLDEST_SQLITE = (3, 51, 3)
"""Below it, resetting the write-ahead log can lose commits (sqlite.org, release 3.51.3)."""

HUB_APPLICATION_ID = 0x43484E48
"""'CHNH' in the file header: a hub's database, which has another shape than a store."""

BUSY_MS = 3000

LAST_HOME = "last_home_us"
"""Meta key: written whenever Home opens, to find out whether feedback can be taken."""

# Called for every text that is read: without a frame of its own it takes half as long.
_lenient_text = methodcaller("decode", "utf-8", "replace")

Places = Mapping[tuple[str, int], str]
"""Events by device and number, and which of their columns to set to nothing."""


class Connection(sqlite.Connection):  # type: ignore[misc]  # pysqlite3 has no types
    """A connection that remembers what must be seen to afterwards.

    `doubts` was read and did not fit its hashes: the place (device, seq) of an event, and what of
    it (rot.py). `erased` are places whose contents this transaction took away, and what of them
    (traces.py); `log_is_due` says that the write-ahead log may still hold such contents.
    """

    def __init__(self, *given: object, **named: object) -> None:
        super().__init__(*given, **named)
        self.doubts: dict[tuple[str, int], str] = {}
        self.erased: dict[tuple[str, int], str] = {}
        self.log_is_due = False


def note_erased(connection: sqlite.Connection, device: str, seq: int, columns: str) -> None:
    """Contents of an event were taken away in this transaction: `columns` empties them anywhere."""
    if isinstance(connection, Connection):
        told = connection.erased.get((device, seq))
        connection.erased[device, seq] = f"{told}, {columns}" if told else columns


def empty_log_of(connection: sqlite.Connection) -> None:
    """Takes what was erased out of the write-ahead log, now or after the next change: what was
    committed is true, even while somebody reads or the disk has no room.
    """
    if isinstance(connection, Connection):
        with suppress(sqlite.Error):
            ((busy, _frames, _moved),) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.log_is_due = bool(busy)


class Store:
    """One open data directory. Close it, or use it in a `with` statement.

    `remove_traces` takes what a change erased out of everything else that the directory keeps.
    """

    def __init__(
        self,
        directory: DataDirectory,
        connection: sqlite.Connection,
        keys: DeviceKeys,
        contact: ContactKey,
        clock: Clock,
        lock: DirectoryLock | None = None,
        remove_traces: Callable[[Store, Places], None] | None = None,
    ) -> None:
        self.directory = directory
        self.connection = connection
        self.keys = keys
        self.contact = contact
        self.clock = clock
        self._lock = lock
        self._remove_elsewhere = remove_traces

    @property
    def device(self) -> str:
        return self.keys.device

    @property
    def doubts(self) -> dict[tuple[str, int], str]:
        """What was read here and did not fit, since it was last written down."""
        return self.connection.doubts if isinstance(self.connection, Connection) else {}

    @property
    def is_writer(self) -> bool:  #: the one that holds the directory
        return self._lock is not None

    def is_own(self, device: str) -> bool:
        """True for the name of this device and those it had before."""
        retired = self.directory.keys / RETIRED / device / SEED
        return device == self.device or retired.exists()

    @contextmanager
    def change(self) -> Iterator[sqlite.Connection]:
        """One durable transaction: everything in it is on disk afterwards, or nothing is.

        Raises StorageUnavailable when the environment refuses.
        """
        connection = self.connection
        try:
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            connection.execute("COMMIT")
        except BaseException as error:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            if isinstance(connection, Connection):
                connection.erased.clear()
            raise_calmly(error, self.directory.store)
            raise
        if isinstance(connection, Connection) and (connection.erased or connection.log_is_due):
            self._remove_traces(connection)

    def _remove_traces(self, connection: Connection) -> None:
        erased, connection.erased = connection.erased, {}
        connection.log_is_due = True
        if erased and self._remove_elsewhere:
            self._remove_elsewhere(self, erased)
        empty_log_of(connection)

    @property
    def log_is_empty(self) -> bool:
        # Somebody reading it may keep what was erased there.
        return not (isinstance(self.connection, Connection) and self.connection.log_is_due)

    def rows(self, sql: str, parameters: RowPart = ()) -> list[Row]:
        """All rows of one question. Raises StorageUnavailable when the environment refuses."""
        try:
            return list(self.connection.execute(sql, parameters))
        except sqlite.Error as error:
            raise_calmly(error, self.directory.store)
            raise

    def row(self, sql: str, parameters: RowPart = ()) -> Row | None:
        """The first row of one question, or None."""
        found = self.rows(sql, parameters)
        return found[0] if found else None

    def meta(self, key: str) -> str | None:
        found = self.row("SELECT value FROM meta WHERE key = ?", (key,))
        return str(found[0]) if found else None

    def meta_number(self, key: str) -> int | None:
        kept = self.meta(key) or ""  # may have rotted into no number
        plain = kept.isascii() and kept.isdecimal() and len(kept) <= 19
        return int(kept) if plain and int(kept) < 1 << 63 else None

    def set_meta(self, key: str, value: str) -> None:
        with self.change() as connection:
            put_meta(connection, key, value)

    def close(self) -> None:
        self.connection.close()
        if self._lock:
            last_look.note_closed(self.directory.store)
            self._lock.release()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def put_meta(connection: sqlite.Connection, key: str, value: str) -> None:
    connection.execute(
        "INSERT INTO meta(key, value) VALUES(?, ?) ON CONFLICT(key) DO UPDATE SET value = ?2",
        (key, value),
    )


def raise_calmly(error: BaseException, file: Path) -> None:
    """Raises the calm form of an SQLite error; returns when `error` is something else."""
    if isinstance(error, sqlite.Error):
        calm = StorageUnavailable.from_sqlite(error, str(file))
        if calm is not None and calm.cause is Cause.NO_RIGHTS and is_read_only(file.parent):
            # SQLite only says that it could not open the file.
            calm = StorageUnavailable(Cause.READ_ONLY, str(file))
        if calm is not None:
            if calm.cause is Cause.CORRUPT:
                last_look.note_damage(file)
            raise calm from error


def check_sqlite(version: tuple[int, ...] = sqlite.sqlite_version_info) -> None:
    """Raises OldSqlite when the library in use can damage a database."""
    if version < OLDEST_SQLITE:
        raise OldSqlite(".".join(map(str, version)), ".".join(map(str, OLDEST_SQLITE)))


def connect(file: Path, *, read_only: bool = False, one_thread: bool = True) -> sqlite.Connection:
    """A connection with this program's settings. Raises sqlite.Error, StorageUnavailable.

    A read-only connection still opens the file for writing, as its log asks for; it only refuses
    to change rows. Where a disk takes no writing nobody writes: the file is read as it lies there,
    with an index of its log in memory, since the one beside it may be lost.
    """
    if not read_only:
        _make_private_file(file)
    alone = read_only and is_read_only(file.parent)
    still = "mode=ro&vfs=unix-none" if alone and _has_log(file) else "mode=ro&immutable=1"
    connection = sqlite.connect(
        f"{file.absolute().as_uri()}?{still if alone else 'mode=rw'}",
        uri=True,
        isolation_level=None,
        timeout=BUSY_MS / 1000,
        factory=Connection,
        cached_statements=256,
        check_same_thread=one_thread,
    )
    # Bytes that a flipped bit left are no text: their hash finds them, and they stop nothing else.
    connection.text_factory = _lenient_text
    try:
        connection.execute(f"PRAGMA locking_mode = {'EXCLUSIVE' if alone else 'NORMAL'}")
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA cell_size_check = ON")
        if read_only:
            connection.execute("PRAGMA query_only = ON")
            return connection
        connection.execute("PRAGMA page_size = 4096")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        # What is erased is overwritten, not merely forgotten.
        connection.execute("PRAGMA secure_delete = ON")
    except BaseException:
        connection.close()
        raise
    return connection


def _has_log(file: Path) -> bool:
    """True where a write-ahead log holds what the file does not; SQLite reads both."""
    try:
        return file.with_name(f"{file.name}-wal").stat().st_size > 0
    except OSError:
        return False


def _make_private_file(file: Path) -> None:
    """An empty file only its owner may read; SQLite gives its log the same rights."""
    try:
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        return
    except OSError as error:
        raise StorageUnavailable.from_os(error, str(file)) from error


def bring_forward(connection: sqlite.Connection, file: Path) -> None:
    """Checks whose file it is and how new, and migrates it. Raises ForeignFile, NewerStore."""
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    application = int(connection.execute("PRAGMA application_id").fetchone()[0])
    tables = int(connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0])
    if application == HUB_APPLICATION_ID:
        raise HubDatabase(str(file))
    if application != APPLICATION_ID and (application or version or tables):
        raise ForeignFile(str(file))
    if version > COUNT:
        raise NewerStore(str(file))
    if version < COUNT:
        migrate(connection)

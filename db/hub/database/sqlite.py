"""A hub's database in one SQLite file: the default, and enough for a city."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from itertools import chain
from pathlib import Path

import pysqlite3.dbapi2 as sqlite

from db.clock import Clock
from db.exchange.trust.trust import Trust
from db.hub.database.erasure import Addition
from db.hub.database.schema import NUMBER, statements
from db.hub.database.sql_shelf import SqlShelf
from db.problems import (
    Cause,
    DamagedHub,
    ForeignFile,
    KioskStore,
    NewerStore,
    StorageUnavailable,
)
from db.store.event_rows import INSERT, bound
from db.store.events import Row
from db.store.migrations import APPLICATION_ID
from db.store.page import Page
from db.store.sound import keeping_bytes
from db.store.store import HUB_APPLICATION_ID, check_sqlite, connect

BUSY_MS = 10_000
"""Several hubs on one machine wait this long for each other."""
_CACHE_KIB = 64 * 1024
LEAST_FREE = 4 * 1024 * 1024
"""Bytes free on its disk below which a hub is not well: the room of one large page."""

TOGETHER = 100
_INSERT_TOGETHER = INSERT + f",{INSERT.partition('VALUES')[2]}" * (TOGETHER - 1)
"""Rows that one statement inserts: whoever unpacks pages meanwhile is not woken at each of them."""
_SHAPE = statements(bytes_type="BLOB", whole_number="INTEGER", ending=" STRICT")
_UNOPENED = (sqlite.Error, UnicodeDecodeError)


class SqliteShelf(SqlShelf):
    """A `HubShelf` over one file. Any number of them, in any process of this machine."""

    id_as_hex = "lower(hex(e.id))"

    def __init__(self, file: Path, trust: Trust, clock: Clock) -> None:
        """Raises StorageUnavailable, DamagedHub, KioskStore, ForeignFile, NewerStore."""
        super().__init__(str(file), trust, clock)
        self._file = file
        check_sqlite()
        self._has_erased = self._log_is_due = False
        self.connection = _opened(file)

    @staticmethod
    def written(page: Page) -> list[Row]:
        return list(map(bound, page.events, page.contents))

    def close(self) -> None:
        self.connection.close()

    def _begin(self) -> None:
        self.connection.execute("BEGIN IMMEDIATE")

    def _commit(self) -> None:
        self.connection.execute("COMMIT")
        self._log_is_due |= self._has_erased
        self._has_erased = False
        if self._log_is_due:
            self._empty_log()

    def _empty_log(self) -> None:
        """Takes old text out of the write-ahead log, now or after the next change: what was
        committed is true, even while somebody reads or the disk has no room.
        """
        with suppress(sqlite.Error):
            ((busy, _frames, _moved),) = self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self._log_is_due = bool(busy)

    def tidy(self) -> None:
        if self._log_is_due:
            self._empty_log()

    def _rollback(self) -> None:
        self._has_erased = False
        with suppress(sqlite.Error):
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")

    def _calm(self, error: BaseException) -> StorageUnavailable | None:
        if isinstance(error, sqlite.IntegrityError):
            # What is written was checked, so what stands there rotted: `look_through` mends it.
            return StorageUnavailable(Cause.CORRUPT, self.place)
        return _calm(error, self.place) if isinstance(error, sqlite.Error) else None

    def _rows(self, sql: str, *values: object) -> list[Row]:
        try:
            return list(self.connection.execute(sql, values))
        except sqlite.Error as error:
            calm = self._calm(error)
            if calm is not None:
                raise calm from error
            raise

    def _write(self, sql: str, *values: object) -> int:
        return int(self.connection.execute(sql, values).rowcount)

    def _write_each(self, sql: str, rows: Sequence[Row]) -> int:
        return int(self.connection.executemany(sql, rows).rowcount) if rows else 0

    @contextmanager
    def _every_bit(self) -> Iterator[None]:
        usual = self.connection.text_factory
        self.connection.text_factory = keeping_bytes
        try:
            yield
        finally:
            self.connection.text_factory = usual

    def _insert(self, additions: Sequence[Addition]) -> None:
        for events, contents, written in additions:
            rows = written if isinstance(written, list) else list(map(bound, events, contents))
            whole = len(rows) // TOGETHER * TOGETHER
            for at in range(0, whole, TOGETHER):
                self.connection.execute(
                    _INSERT_TOGETHER, list(chain.from_iterable(rows[at : at + TOGETHER]))
                )
            self.connection.executemany(INSERT, rows[whole:])

    def _mend_frame(self) -> tuple[str, ...]:
        """Indexes follow from the rows. Raises DamagedHub where the rows cannot be reached."""
        mended: list[str] = []
        try:
            if self._frame_faults():
                self.connection.execute("REINDEX")
                if self._frame_faults():
                    raise DamagedHub(self.place)
                mended.append("indexes")
            for table in ("event", "device"):
                # Such a name cannot even be asked for where its bytes are no text.
                if self._write(f"DELETE FROM {table} WHERE device GLOB '*[^a-z2-7]*'"):
                    mended.append(f"{table} under a name that is none")
        except sqlite.Error as error:
            # Two rows that say they are one are no trouble of the machine either.
            calm = None if isinstance(error, sqlite.IntegrityError) else self._calm(error)
            raise calm or DamagedHub(self.place) from error
        return tuple(mended)

    def _frame_faults(self) -> list[str]:
        """What is wrong beside the values in the rows, which are held against their hashes."""
        answers = [str(said) for (said,) in self._rows("PRAGMA integrity_check")]
        return [said for said in answers if said != "ok" and " value in " not in said]

    def write_nothing(self) -> None:
        super().write_nothing()
        # A small change may fit into the log as it is; a page will not.
        try:
            free = shutil.disk_usage(self._file.parent).free
            is_there = self._file.exists()
        except OSError as error:
            raise StorageUnavailable.from_os(error, self.place) from error
        if not is_there:
            raise StorageUnavailable(Cause.MISSING, self.place)
        if free < LEAST_FREE:
            raise StorageUnavailable(Cause.FULL, self.place)

    def _erase(self, columns: str, device: str, seq: int) -> None:
        super()._erase(columns, device, seq)
        self._has_erased = True


def _opened(file: Path) -> sqlite.Connection:
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if file.exists():
            # Looked at before anything is set: a file of others stays as it is.
            with closing(connect(file, read_only=True)) as connection:
                _version(connection, file)
        connection = connect(file, one_thread=False)
    except OSError as error:
        raise StorageUnavailable.from_os(error, str(file)) from error
    except _UNOPENED as error:
        raise _told(error, file) from error
    try:
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        _bring_forward(connection, file)
    except _UNOPENED as error:
        connection.close()
        raise _told(error, file) from error
    except BaseException:
        connection.close()
        raise
    return connection


def _bring_forward(connection: sqlite.Connection, file: Path) -> None:
    """Makes the tables in a new file."""
    # Two hubs may start on a new file at once: only one looks at a time.
    connection.execute("BEGIN IMMEDIATE")
    if _version(connection, file) < NUMBER:
        for statement in _SHAPE:
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {NUMBER}")
        connection.execute(f"PRAGMA application_id = {HUB_APPLICATION_ID}")
    connection.execute("COMMIT")


def _version(connection: sqlite.Connection, file: Path) -> int:
    """Of the shape in this file, 0 in a new one. Raises KioskStore, ForeignFile, NewerStore,
    DamagedHub.
    """
    application = int(connection.execute("PRAGMA application_id").fetchone()[0])
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    shape = [sql for (sql,) in connection.execute("SELECT sql FROM sqlite_schema WHERE sql <> ''")]
    if application == HUB_APPLICATION_ID:
        if version > NUMBER:
            raise NewerStore(str(file))
        if sorted(shape) != (sorted(_SHAPE) if version == NUMBER else []):
            # A column under another name would look like a bug of ours.
            raise DamagedHub(str(file))
    elif sorted(shape) == sorted(_SHAPE):
        raise DamagedHub(str(file))
    elif application == APPLICATION_ID:
        raise KioskStore(str(file))
    elif application or version or shape:
        raise ForeignFile(str(file))
    return version


def _told(error: Exception, file: Path) -> Exception:
    """What a person can do about it; the error itself where it is a bug of ours."""
    if file.is_dir():
        return StorageUnavailable(Cause.IS_A_DIRECTORY, str(file))
    return _calm(error, str(file)) or error


def _calm(error: Exception, place: str) -> StorageUnavailable | None:
    if isinstance(error, UnicodeDecodeError):
        # SQLite names what it cannot read, byte for byte.
        return DamagedHub(place)
    calm = StorageUnavailable.from_sqlite(error, place)
    return DamagedHub(place) if calm is not None and calm.cause is Cause.CORRUPT else calm

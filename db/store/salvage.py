"""Damage: noticed, moved aside, never overwritten.

The fresh store (recovery.py) is complete on disk before the damaged one moves, so a power cut in
the middle loses nothing.
"""

from __future__ import annotations

import os
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING

import pysqlite3.dbapi2 as sqlite

from db.clock import Clock, nearest_in_seoul
from db.directory import DataDirectory, make_private, sync_directory, write_durably
from db.keys.device import SEED
from db.problems import StorageUnavailable
from db.store import last_look
from db.store.migrations import APPLICATION_ID, COUNT
from db.store.recovery import COMPLETE, fill_afresh
from db.store.shape import shape_fault
from db.store.store import connect
from db.store.verification import tail_fault

if TYPE_CHECKING:
    pass

FRESH = "cheonman.db.fresh"
SALVAGED = "salvaged"
"""A file beside a store that was moved aside: all that could be read of it was brought over."""
_HEADER = b"SQLite format 3\0"
_SMALL = 32 * 1024 * 1024


def damage_of(directory: DataDirectory) -> str | None:
    """What is wrong with the store's file, or None when it is sound, missing or somebody else's."""
    file = directory.store
    if not file.exists():
        return None
    size = file.stat().st_size
    whole = size < last_look.LARGE or last_look.is_due(file)
    if size == 0:
        return "the file is empty" if (directory.keys / SEED).exists() else None
    try:
        with file.open("rb") as stream:
            if stream.read(len(_HEADER)) != _HEADER:
                # SQLite itself would throw the log away, which may hold everything.
                return "the file is not a database"
    except OSError as error:
        raise StorageUnavailable.from_os(error, str(file)) from error
    try:
        connection = connect(file)
    except (sqlite.Error, UnicodeDecodeError) as error:
        return _damage(error)
    try:
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if application != APPLICATION_ID or version > COUNT:
            return None
        # The thorough check also compares indexes with rows; on a kiosk it takes milliseconds.
        check = "integrity_check" if size < _SMALL else "quick_check"
        answer = "ok"
        if whole:
            answer = str(connection.execute(f"PRAGMA {check}(1)").fetchone()[0])
        if answer != "ok":
            return answer
        if whole and size >= last_look.LARGE:
            last_look.note_looked(file)
        # An older shape is not read here, only brought forward.
        return shape_fault(connection) or tail_fault(connection) if version == COUNT else None
    except (sqlite.Error, UnicodeDecodeError) as error:
        return _damage(error)
    finally:
        connection.close()


def _damage(error: Exception) -> str | None:
    if isinstance(error, UnicodeDecodeError):
        # SQLite says what it cannot read byte for byte, and its binding wants texts.
        return "malformed database schema"
    calm = StorageUnavailable.from_sqlite(error)
    return str(error) if calm is None or calm.cause == "corrupt" else None


def start_afresh(directory: DataDirectory, damage: str, clock: Clock) -> Path:
    """Replaces a damaged store by a fresh one with what could be read; returns where it went.

    Raises StorageUnavailable; the damaged file then still stands where it stood.
    """
    fresh = directory.path / FRESH
    try:
        if not _is_complete(fresh):
            remove_store(fresh)
            fill_afresh(directory, fresh, directory.store, damage, clock)
        aside = move_aside(directory, clock)
        write_durably(aside / SALVAGED, b"")
        os.replace(fresh, directory.store)
        sync_directory(directory.path)
    except OSError as error:
        raise StorageUnavailable.from_os(error, str(directory.path)) from error
    except sqlite.Error as error:
        calm = StorageUnavailable.from_sqlite(error, str(fresh))
        if calm:
            raise calm from error
        raise
    return aside


def finish_salvage(directory: DataDirectory) -> None:
    """Completes what a salvage or a restore began and a power cut stopped between its renames."""
    fresh = directory.path / FRESH
    if not _is_complete(fresh):
        remove_store(fresh)
        return
    half = _half_moved(directory)
    if half is not None and directory.store.exists():
        # Its log is there already, and without it the file is an older store that would give
        # numbers a second time.
        os.replace(directory.store, half / directory.store.name)
        sync_directory(half)
    if not directory.store.exists():
        os.replace(fresh, directory.store)
        sync_directory(directory.path)


def forget_unfinished(directory: DataDirectory) -> None:
    """Takes away a fresh store that nobody needs, because it holds everybody's words."""
    remove_store(directory.path / FRESH)


def _half_moved(directory: DataDirectory) -> Path | None:
    """The newest directory of those moved aside, where it holds the log of a store alone."""
    folder = directory.damaged
    newest = max(folder.iterdir(), default=None, key=_moved) if folder.is_dir() else None
    if newest is None or (newest / directory.store.name).exists():
        return None
    return newest if any(newest.glob(f"{directory.store.name}-*")) else None


def _moved(aside: Path) -> float:
    return aside.stat().st_mtime


def move_aside(directory: DataDirectory, clock: Clock) -> Path:
    """Moves the store with its log into a directory of its own that nothing ever overwrites."""
    stamp = nearest_in_seoul(clock()).astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    number = 0
    while True:
        number += 1
        aside = directory.damaged / f"{stamp}-{number}"
        if not aside.exists():
            make_private(aside)
            break
    # The log first: left beside the fresh store it would be taken for that store's own.
    for name in ("-wal", "-shm", ""):
        part = directory.store.with_name(directory.store.name + name)
        if part.exists():
            os.replace(part, aside / part.name)
    sync_directory(aside)
    sync_directory(directory.path)
    return aside


def _is_complete(fresh: Path) -> bool:
    if not fresh.exists():
        return False
    try:
        connection = connect(fresh, read_only=True)
    except sqlite.Error:
        return False
    try:
        row = connection.execute("SELECT 1 FROM meta WHERE key = ?", (COMPLETE,)).fetchone()
        return row is not None
    except sqlite.Error:
        return False
    finally:
        connection.close()


def remove_store(file: Path) -> None:
    """Deletes an unfinished store with its log; what is not there is no trouble."""
    for name in ("", "-wal", "-shm"):
        file.with_name(file.name + name).unlink(missing_ok=True)

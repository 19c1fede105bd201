"""One data directory: where its files lie, and that one process at a time works on it."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EACCES, EAGAIN, EDEADLK, EINVAL, ENOLCK, ENOSYS, EOPNOTSUPP, EWOULDBLOCK
from io import BufferedReader
from pathlib import Path
from types import TracebackType

from db.problems import Cause, DirectoryInUse, InputRefused, StorageUnavailable
from db.written_aside import aside_of

STORE, LOCK, KEYS, DAMAGED = "cheonman.db", "cheonman.lock", "keys", "damaged"
SEED, CATALOGUE = "device.seed", "catalogue"


class DataDirectory:
    """The paths of one data directory. Nothing is created before `prepare` or `lock`."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def store(self) -> Path:
        return self.path / STORE

    @property
    def keys(self) -> Path:
        return self.path / KEYS

    @property
    def damaged(self) -> Path:
        return self.path / DAMAGED

    def prepare(self) -> None:
        """Creates the directory for its owner alone. Raises StorageUnavailable."""
        try:
            make_private(self.path)
            if not self.path.is_dir():
                raise StorageUnavailable(Cause.NOT_A_DIRECTORY, str(self.path))
        except OSError as error:
            raise StorageUnavailable.from_os(error, str(self.path)) from error


def require_outside(folder: Path, field: str) -> None:
    """What goes out of a device goes to no place where a device keeps its own: there it is taken
    for what it is not, is cleared away, or stays behind where nobody looks for it.

    Raises InputRefused, StorageUnavailable.
    """
    with calmly(folder):
        home = _home_around(folder.resolve())
    if home is not None:
        raise InputRefused(
            field,
            f"{folder}은(는) 기기의 데이터 폴더({home})입니다. 그 밖의 곳을 정하세요.",
            f"{folder} is where a device keeps its own ({home}); give a place outside of it.",
        )


def _home_around(folder: Path) -> Path | None:
    """The data directory that `folder` is, or whose keys, content or damaged stores it holds. What
    else lies below one, as its own exports do, is no part of it.
    """
    for home in (folder, *folder.parents):
        below = folder.relative_to(home).parts
        if below and below[0] not in (KEYS, DAMAGED, CATALOGUE):
            continue
        keys = home / KEYS
        if (keys / SEED).exists() or (keys.is_dir() and (home / STORE).exists()):
            return home
    return None


#: Somebody else holds the lock; Windows says the last two.
_HELD = (EWOULDBLOCK, EAGAIN, EACCES, EDEADLK)
_NO_LOCKS = (ENOLCK, ENOSYS, EOPNOTSUPP)


def is_read_only(path: Path) -> bool:
    """True on a disk that takes no writing, whoever asks."""
    try:
        return bool(os.statvfs(path).f_flag & os.ST_RDONLY)
    except (OSError, AttributeError):
        return False


class DirectoryLock:
    """Held from start to end by the one process that writes here.

    The operating system lets go of it when the process dies, however it dies. Raises
    DirectoryInUse when somebody else holds it, StorageUnavailable when the file cannot be made.
    """

    def __init__(self, directory: DataDirectory) -> None:
        path = directory.path / LOCK
        try:
            self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise StorageUnavailable.from_os(error, str(directory.path)) from error
        try:
            _take(self._descriptor)
        except OSError as error:
            os.close(self._descriptor)
            self._descriptor = -1
            if error.errno in _HELD:
                raise DirectoryInUse(str(directory.path)) from error
            if error.errno in _NO_LOCKS:
                raise StorageUnavailable(Cause.NO_LOCKS, str(directory.path)) from error
            raise StorageUnavailable.from_os(error, str(directory.path)) from error

    def release(self) -> None:
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def __enter__(self) -> DirectoryLock:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()


if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def calmly(path: Path) -> Iterator[None]:
    """Raises StorageUnavailable, naming the file, where the system refuses a path inside."""
    try:
        yield
    except OSError as error:
        named = error.filename if isinstance(error.filename, str) else str(path)
        raise StorageUnavailable.from_os(error, named) from error


def read_at_most(path: Path, most: int) -> bytes:
    """The first bytes of a plain file. Raises OSError.

    A pipe or a device is refused before it is waited for: nobody may ever write into it.
    """
    with open_plain(path) as stream:
        return stream.read(most)


@contextmanager
def open_plain(path: Path) -> Iterator[BufferedReader]:
    """The same file, for whoever reads its beginning first. Raises OSError."""
    with open(path, "rb", opener=_open_at_once) as stream:
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            raise OSError(EINVAL, "not a plain file", str(path))
        yield stream


def _open_at_once(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def make_private(path: Path) -> None:
    """Makes a directory, and those above it, for the owner alone. Raises OSError."""
    for each in (*reversed(path.parents), path):
        if not each.exists():
            each.mkdir(mode=0o700, exist_ok=True)


def sync_directory(path: Path) -> None:
    """Makes a rename inside `path` survive a power cut."""
    if sys.platform == "win32":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_durably(path: Path, content: bytes, mode: int = 0o600) -> None:
    """Writes a whole file or nothing: aside, flushed, renamed. Raises OSError."""
    with aside_of(path, mode) as aside:
        descriptor = os.open(aside, os.O_WRONLY | os.O_CLOEXEC)
        try:
            view = memoryview(content)
            while view:
                view = view[os.write(descriptor, view) :]
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        os.replace(aside, path)
    sync_directory(path.parent)

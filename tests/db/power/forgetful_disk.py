"""A disk that keeps what it was told to sync, and of the rest what chance lets it keep.

An SQLite file system under apsw. Only processes that never load another SQLite library may import
this: two of them in one process lose each other's locks.
"""

from __future__ import annotations

import os
import random
from typing import Any

import apsw

SECTOR = 512
NAME = "forgetful"

_files: list[DiskFile] = []


class Disk:
    """What may go wrong, and when. Counts every write, truncation and sync of all files."""

    def __init__(self) -> None:
        self.steps = 0
        self.cut_at: int | None = None
        self.fail_from: int | None = None
        self.chance = random.Random()

    def step(self) -> None:
        """One operation reaches the disk; perhaps it is the one at which the power goes."""
        self.steps += 1
        if self.steps == self.cut_at:
            for file in _files:
                file.lose()
            os._exit(9)
        if self.fail_from is not None and self.steps >= self.fail_from:
            gave_way: Any = apsw.IOError("the disk gives way")  # its types leave the codes out
            gave_way.result = apsw.SQLITE_IOERR
            gave_way.extendedresult = apsw.SQLITE_IOERR_WRITE
            raise gave_way


disk = Disk()


class DiskFile(apsw.VFSFile):
    """One file: `_seen` is what SQLite reads back, the file itself only what was synced."""

    def __init__(self, name: Any, flags: list[int]) -> None:
        super().__init__("", name, flags)
        size = super().xFileSize()
        self._seen = bytearray(super().xRead(size, 0)) if size else bytearray()
        # (offset, bytes) of a write, (size, None) of a truncation
        self._unsynced: list[tuple[int, bytes | None]] = []
        _files.append(self)

    def xRead(self, amount: int, offset: int) -> bytes:
        return bytes(self._seen[offset : offset + amount])

    def xFileSize(self) -> int:
        return len(self._seen)

    def xWrite(self, data: bytes, offset: int) -> None:
        disk.step()
        self._unsynced.append((offset, bytes(data)))
        if len(self._seen) < offset:
            self._seen.extend(bytes(offset - len(self._seen)))
        self._seen[offset : offset + len(data)] = data

    def xTruncate(self, size: int) -> None:
        disk.step()
        self._unsynced.append((size, None))
        del self._seen[size:]

    def xSync(self, flags: int) -> None:
        disk.step()
        for at, data in self._unsynced:
            self._put(at, data)
        self._unsynced.clear()
        super().xSync(flags)

    def _put(self, at: int, data: bytes | None) -> None:
        if data is None:
            super().xTruncate(at)
        else:
            super().xWrite(data, at)

    def lose(self) -> None:
        """The power is gone: of what was not synced some arrived, in no order, some of it torn."""
        survived = [each for each in self._unsynced if disk.chance.random() < 0.5]
        disk.chance.shuffle(survived)
        for at, data in survived:
            if data is not None and disk.chance.random() < 0.3:
                data = data[: SECTOR * disk.chance.randrange(len(data) // SECTOR + 1)]
            if data is None or data:
                self._put(at, data)

    def xClose(self) -> None:
        _files.remove(self)
        super().xClose()


class _FileSystem(apsw.VFS):
    def __init__(self) -> None:
        super().__init__(NAME, "")

    def xOpen(self, name: Any, flags: list[int]) -> DiskFile:
        return DiskFile(name, flags)


def mount() -> apsw.VFS:
    """The file system, known to SQLite by `NAME` while the answer is kept."""
    return _FileSystem()

"""Files in the making: each is written aside and renamed, and a killed writer's is cleared away.

All of them are named alike, `.cheonman-MACHINE-PROCESS-N.tmp`, whatever they are to become. So the
next writer in that directory knows which of them nobody finishes any more: those of a process of
this machine that is gone, and on a share those of anybody that nobody touched for a day.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from itertools import count
from pathlib import Path

_DAY_S = 86_400
_NAME = re.compile(r"(\.cheonman-([0-9a-f]{8})-(\d+)-\d+\.tmp)(?:-journal|-wal|-shm)?")
_numbers = count(1)
_writing: set[str] = set()


@contextmanager
def aside_of(path: Path, mode: int = 0o600) -> Iterator[Path]:
    """An empty file beside `path`, to be written and renamed; however the block ends, nothing of
    it stays under that name. Raises OSError.
    """
    aside = path.with_name(f".cheonman-{_machine()}-{os.getpid()}-{next(_numbers)}.tmp")
    _writing.add(aside.name)
    try:
        os.close(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode))
        # By the clock of who keeps the files: this machine's own may stand anywhere.
        clear_leftovers(path.parent, aside.stat().st_mtime)
        yield aside
    finally:
        # Where there was no way to the file, there is none to take it away either.
        for end in ("", "-journal", "-wal", "-shm"):
            with suppress(OSError):
                aside.with_name(aside.name + end).unlink(missing_ok=True)
        _writing.discard(aside.name)


def clear_leftovers(folder: Path, now_s: float | None = None) -> None:
    """Takes away what killed writers left in a directory; without `now_s` only this machine's."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            name = _NAME.fullmatch(entry.name)
            if name is None or name[1] in _writing:
                continue
            with suppress(OSError):
                gone = name[2] == _machine() and not _lives(int(name[3]))
                if gone or (now_s is not None and now_s - entry.stat().st_mtime > _DAY_S):
                    os.unlink(entry.path)


def _lives(process: int) -> bool:
    """False for this process too: whatever it writes now is known by name."""
    if process == os.getpid():
        return False
    if sys.platform == "win32":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


@cache
def _machine() -> str:
    """Eight digits for the machine or container whose process numbers these are."""
    try:
        name = Path("/etc/machine-id").read_text(encoding="ascii")
    except (OSError, UnicodeError):
        name = ""
    node = os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "")
    return hashlib.sha256(f"{name}\n{node}".encode()).hexdigest()[:8]

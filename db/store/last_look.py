"""When the whole of a large store's file was last looked through.

Reading a gigabyte at every start takes longer than anybody waits. A file that nobody touched since
it was closed in good order is looked through once a week; one that was not closed so, that lies
otherwise than it was left, or in which something was found damaged meanwhile, at the next start.
What is read is held against its hashes in any case.
"""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

import msgspec

LARGE = 256 * 1024 * 1024
_NAME = "cheonman.looked"
_WEEK_S = 7 * 86_400


class _Look(msgspec.Struct, frozen=True):
    """`at` in seconds, 0 where something was found wrong since; the file as it was left."""

    at: float = 0.0
    size: int = 0
    mtime_ns: int = 0


def is_due(file: Path) -> bool:
    """True where the whole file must be looked through before it is used."""
    look = _kept(file)
    if look is None or look.at == 0 or not 0 <= time.time() - look.at < _WEEK_S:
        return True
    try:
        left, log = file.stat(), file.with_name(f"{file.name}-wal")
        return (left.st_size, left.st_mtime_ns) != (look.size, look.mtime_ns) or log.exists()
    except OSError:
        return True


def note_looked(file: Path) -> None:
    """All of it is well; while it is open nothing is said of how it lies."""
    _keep(file, _Look(at=time.time()))


def note_damage(file: Path) -> None:
    """Something of it could not be read."""
    if _kept(file) is not None:
        _keep(file, _Look())


def note_closed(file: Path) -> None:
    """It was closed in good order, and lies as it should."""
    with suppress(OSError):
        left = file.stat()
        if left.st_size < LARGE:
            return
        look = _kept(file)
        # One that grew this large since it was opened was looked through then.
        at = time.time() if look is None else look.at
        _keep(file, _Look(at, left.st_size, left.st_mtime_ns))


def _kept(file: Path) -> _Look | None:
    try:
        return msgspec.json.decode((file.parent / _NAME).read_bytes()[:1000], type=_Look)
    except (OSError, msgspec.MsgspecError):
        return None


def _keep(file: Path, look: _Look) -> None:
    # Lost or cut short it costs a longer start, nothing else.
    with suppress(OSError):
        (file.parent / _NAME).write_bytes(msgspec.json.encode(look))

"""Where an export can go: mounted sticks and folders one may write to, or the device itself."""

from __future__ import annotations

import os
import shutil
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from db.directory import is_read_only, require_outside
from db.problems import Cause, InputRefused, StorageUnavailable

MOUNTS = Path("/proc/self/mounts")
ROOTS = ("/media/", "/mnt/", "/run/media/")
EXPORTS = "exports"
LONGEST_PATH = 400


@dataclass(frozen=True, slots=True)
class Place:
    path: Path
    free_bytes: int
    own: bool = False  #: a folder of this device, not something one takes along
    read_only: bool = False


def places(data_dir: Path, mounts: Path = MOUNTS) -> tuple[Place, ...]:
    """Writable mounts first, newest mount first, then the device's own exports folder."""
    found = (each for each in sticks(mounts) if not each.read_only)
    return (*found, Place(data_dir / EXPORTS, _free(data_dir), own=True))


def sticks(mounts: Path = MOUNTS) -> tuple[Place, ...]:
    """What is mounted where sticks are, newest first; one can read from a read-only one too."""
    found: list[Place] = []
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        lines = []
    for line in reversed(lines):
        fields = line.split(" ")
        path = Path(_unescaped(fields[1])) if len(fields) > 1 else None
        if path is None or not f"{path}/".startswith(ROOTS) or not os.access(path, os.R_OK):
            continue
        if all(path != each.path for each in found):
            found.append(place_of(path))
    return tuple(found)


def place_of(path: Path) -> Place:
    return Place(path, _free(path), read_only=not os.access(path, os.W_OK))


def _unescaped(text: str) -> str:
    """The kernel writes blanks in a mount's path as \\040."""
    for code, sign in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        text = text.replace(code, sign)
    return text


def _free(path: Path) -> int:
    try:
        return shutil.disk_usage(path).free
    except OSError:
        return 0


def _as_it_lies(path: Path) -> Path:
    """The path in the form its disk has it: names on a stick of a Mac are taken apart."""
    for form in ("NFC", "NFD"):
        other = unicodedata.normalize(form, str(path))
        if not os.path.exists(path) and os.path.exists(other):
            return Path(other)
    return path


def folder_of(typed: str, *, to_read: bool = False) -> Path:
    """The folder an operator typed. Raises InputRefused with the cure, StorageUnavailable."""
    text = typed.strip()
    path = Path(text)
    if not text or len(text) > LONGEST_PATH or "\0" in text or not path.is_absolute():
        raise InputRefused(
            "folder",
            "폴더를 /로 시작하는 전체 경로로 적으세요. 예: /media/usb",
            "Write the folder as a whole path that begins with /, for example /media/usb.",
        )
    path = _as_it_lies(path)
    if not path.is_dir():
        raise InputRefused(
            "folder",
            "그런 폴더가 없습니다. 꽂은 저장 장치와 철자를 확인하세요.",
            "There is no such folder. Check the stick and the spelling.",
        )
    if not os.access(path, os.R_OK if to_read else os.W_OK):
        locked = not to_read and is_read_only(path)
        raise StorageUnavailable(Cause.READ_ONLY if locked else Cause.NO_RIGHTS, text)
    if not to_read:
        require_outside(path, "folder")
    return path

"""The plain inside of a bundle: a tar archive that any tool opens, read strictly.

Only plain files with short names are written, and nothing else is read: no links, no devices, no
extensions, no sizes that lead beyond the data.
"""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator

from db.refusals import Reason, Refused

_BLOCK = 512
MOST_MEMBERS = 200_000


class Packer:
    """Collects members; `size` is what the archive takes so far, in bytes."""

    def __init__(self, at_seconds: int) -> None:
        self._buffer = io.BytesIO()
        self._tar = tarfile.TarFile(fileobj=self._buffer, mode="w", format=tarfile.USTAR_FORMAT)
        # The field holds eleven octal digits; no clock of a device may keep its words from leaving.
        self._at = min(max(0, at_seconds), 8**11 - 1)

    def add(self, name: str, content: bytes) -> None:
        member = tarfile.TarInfo(name)
        member.size, member.mtime, member.mode = len(content), self._at, 0o600
        self._tar.addfile(member, io.BytesIO(content))

    @property
    def size(self) -> int:
        return self._buffer.tell()

    def finish(self) -> bytes:
        self._tar.close()
        return self._buffer.getvalue()


def unpack(data: bytes, place: str) -> Iterator[tuple[str, bytes]]:
    """Names and contents, in order. Raises Refused at the first thing that is not as it should."""
    at = 0
    for _ in range(MOST_MEMBERS):
        header = data[at : at + _BLOCK]
        if len(header) < _BLOCK:
            raise Refused(Reason.UNREADABLE, place, "the archive ends too early")
        if header == bytes(_BLOCK):
            return
        name, size = _member(header, place)
        at += _BLOCK
        if at + size > len(data):
            raise Refused(Reason.UNREADABLE, place, f"{name} ends too early")
        yield name, data[at : at + size]
        at += -(-size // _BLOCK) * _BLOCK
    raise Refused(Reason.TOO_LARGE, place, "too many members")


def _member(header: bytes, place: str) -> tuple[str, int]:
    try:
        name = header[:100].rstrip(b"\0").decode("ascii")
        size = int(header[124:136].rstrip(b"\0 "), 8)
        check = int(header[148:156].rstrip(b"\0 "), 8)
    except ValueError as error:
        raise Refused(Reason.UNREADABLE, place, "a member's head is malformed") from error
    plain = header[257:263] == b"ustar\0" and header[156:157] in (b"0", b"\0")
    if not plain or check != sum(header[:148]) + 8 * 0x20 + sum(header[156:]) or size < 0:
        raise Refused(Reason.UNREADABLE, place, "not a member this program writes")
    return name, size

"""Reads rows straight out of the pages of a damaged SQLite file, its write-ahead log included.

Neither the file's header nor its inner pages are needed: every leaf page tells its own rows. What
comes out is only a claim; whoever uses it checks hashes and signatures.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from pathlib import Path

PAGE = 4096
_LEAF = 0x0D
_LARGEST_LOG = 4 * 1024 * 1024 * 1024
_LARGEST_PAYLOAD = 5 * 1024 * 1024
"""Bytes of a row; the largest is a page of the exchange that was in quarantine."""
_FRAME = 24 + PAGE

Value = int | float | str | bytes | None
PageOf = Callable[[int], bytes]
"""A page by its number; empty where there is none."""


def carve(file: Path) -> Iterator[tuple[Value, ...]]:
    """Every readable row of every table, newest page image first where a page has several.

    Raises OSError when the file itself cannot be read.
    """
    latest, stray = _log_pages(file.with_name(file.name + "-wal"))
    with file.open("rb") as stream:
        size = file.stat().st_size

        def page(number: int) -> bytes:
            if number in latest:
                return latest[number]
            if number < 1 or (number - 1) * PAGE >= size:
                return b""
            stream.seek((number - 1) * PAGE)
            return stream.read(PAGE)

        count = max((size + PAGE - 1) // PAGE, *latest, 0) if latest else (size + PAGE - 1) // PAGE
        for number in range(1, count + 1):
            yield from _rows(page(number), 100 if number == 1 else 0, page)
        for image in stray:
            yield from _rows(image, 0, page)


def _rows(image: bytes, start: int, page: PageOf) -> Iterator[tuple[Value, ...]]:
    if len(image) < PAGE:
        image = image.ljust(PAGE, b"\0")
    if image[start] != _LEAF:
        return
    cells = int.from_bytes(image[start + 3 : start + 5], "big")
    for index in range(min(cells, PAGE // 4)):
        at = start + 8 + 2 * index
        where = int.from_bytes(image[at : at + 2], "big")
        try:
            yield _record(_payload(image, where, page))
        except (IndexError, ValueError, struct.error, OverflowError):
            continue


def _payload(image: bytes, at: int, page: PageOf) -> bytes:
    length, at = _varint(image, at)
    _rowid, at = _varint(image, at)
    if not 0 < length <= _LARGEST_PAYLOAD:
        raise ValueError("no row is that long")
    whole, least = PAGE - 35, (PAGE - 12) * 32 // 255 - 23
    if length <= whole:
        return image[at : at + length]
    local = least + (length - least) % (PAGE - 4)
    local = local if local <= whole else least
    parts = [image[at : at + local]]
    missing = length - local
    following = int.from_bytes(image[at + local : at + local + 4], "big")
    while missing > 0:
        overflow = page(following)
        if len(overflow) < PAGE:
            # Its last values are gone; those before them may still be worth having.
            parts.append(bytes(missing))
            break
        parts.append(overflow[4 : 4 + missing])
        missing -= PAGE - 4
        following = int.from_bytes(overflow[:4], "big")
    return b"".join(parts)


def _record(payload: bytes) -> tuple[Value, ...]:
    header, at = _varint(payload, 0)
    data = header
    values: list[Value] = []
    while at < header:
        kind, at = _varint(payload, at)
        value, data = _value(payload, kind, data)
        values.append(value)
    if at != header or data != len(payload):
        raise ValueError("header and data do not meet")
    return tuple(values)


_INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}


def _value(payload: bytes, kind: int, at: int) -> tuple[Value, int]:
    if kind == 0:
        return None, at
    if kind in (8, 9):
        return kind - 8, at
    if kind in _INTEGERS:
        end = at + _INTEGERS[kind]
        return int.from_bytes(_exactly(payload, at, end), "big", signed=True), end
    if kind == 7:
        return float(struct.unpack(">d", _exactly(payload, at, at + 8))[0]), at + 8
    if kind < 12:
        raise ValueError("a reserved type")
    end = at + (kind - 12) // 2
    raw = _exactly(payload, at, end)
    return (raw.decode(errors="replace") if kind % 2 else raw), end


def _exactly(payload: bytes, at: int, end: int) -> bytes:
    if end > len(payload):
        raise ValueError("the row ends too early")
    return payload[at:end]


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for _ in range(8):
        byte = data[at]
        at += 1
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at
    return value << 8 | data[at], at + 1


def _log_pages(log: Path) -> tuple[dict[int, bytes], list[bytes]]:
    """The latest committed image of each page in the log, and images behind a break in it."""
    try:
        raw = log.read_bytes() if log.stat().st_size <= _LARGEST_LOG else b""
    except OSError:
        return {}, []
    if len(raw) < 32:
        return {}, []
    order = ">" if int.from_bytes(raw[:4], "big") & 1 else "<"
    salts = raw[16:24]
    sums = _checksum(raw[:24], (0, 0), order)
    whole = sums == struct.unpack(">II", raw[24:32])
    committed: dict[int, bytes] = {}
    pending: dict[int, bytes] = {}
    stray: list[bytes] = []
    for at in range(32, len(raw) - _FRAME + 1, _FRAME):
        head, image = raw[at : at + 24], raw[at + 24 : at + _FRAME]
        if head[8:16] != salts:
            # An older generation of the log: already in the file.
            continue
        if whole:
            sums = _checksum(image, _checksum(head[:8], sums, order), order)
            whole = sums == struct.unpack(">II", head[16:24])
        if not whole:
            stray.append(image)
            continue
        pending[int.from_bytes(head[:4], "big")] = image
        if head[4:8] != b"\0\0\0\0":
            committed.update(pending)
            pending = {}
    stray.extend(pending.values())
    return committed, stray


def _checksum(data: bytes, sums: tuple[int, int], order: str) -> tuple[int, int]:
    first, second = sums
    words = struct.unpack(f"{order}{len(data) // 4}I", data)
    for index in range(0, len(words), 2):
        first = (first + words[index] + second) & 0xFFFFFFFF
        second = (second + words[index + 1] + first) & 0xFFFFFFFF
    return first, second

"""A page 쪽: the events of one device without a break, as they travel. No storage here.

    page  = MAGIC | zstd(msgpack(columns))
    chain = h_{first-1} -> h_first ... -> h_last, and the device's own signature over h_last

What follows from something else does not travel: links are computed anew, and so is the hash of a
body that is there. So nothing in a page can be believed or disbelieved but as a whole. Events are
laid out in columns, which takes a third less room than one after the other. Every size and count
is bounded before memory is taken for it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import Annotated

import msgspec
import zstandard

from db.keys.device import device_bytes, device_name_of
from db.refusals import Reason, Refused
from db.store.events import (
    BODY,
    CHAIN,
    FIXED,
    LARGEST_BODY,
    LARGEST_SEALED,
    LARGEST_SEQ,
    LONGEST_KIND,
    LONGEST_SUBJECT,
    MISSING,
    THERE,
    Contents,
    Event,
    hash_sealed,
    is_time,
    name_part,
    refuse_null,
    signature_holds,
)

MOST_EVENTS = 500
LARGEST_PLAIN = 4 * 1024 * 1024
LARGEST_PAGE = 4 * 1024 * 1024
"""Bytes of a page before and after compression."""
GOAL_PLAIN = 1024 * 1024
"""Bytes of bodies after which an exporter begins the next page."""

MAGIC = b"CMPAGE1\n"
_LARGEST_WINDOW = 8 * 1024 * 1024
_LONGEST_FRAME_HEAD = 18
_LEVEL = 3

_Few = msgspec.Meta(max_length=MOST_EVENTS)
_Bytes16 = Annotated[bytes, msgspec.Meta(max_length=16 * MOST_EVENTS)]
_Bytes32 = Annotated[bytes, msgspec.Meta(max_length=32 * MOST_EVENTS)]
_Index = Annotated[int, msgspec.Meta(ge=0, lt=MOST_EVENTS)]
_Time = Annotated[int, msgspec.Meta(ge=-2 * LARGEST_SEQ, le=2 * LARGEST_SEQ - 1)]
_Kind = Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_KIND)]
_Subject = Annotated[str, msgspec.Meta(max_length=LONGEST_SUBJECT)]
_Body = Annotated[str, msgspec.Meta(min_length=1, max_length=LARGEST_BODY)]
_KeyId = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
_Box = Annotated[bytes, msgspec.Meta(min_length=1, max_length=LARGEST_SEALED)]
_Link = Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]


class _SealedAt(msgspec.Struct, array_like=True, frozen=True, forbid_unknown_fields=True):
    at: _Index
    key_id: _KeyId
    box: _Box


class _HashAt(msgspec.Struct, array_like=True, frozen=True, forbid_unknown_fields=True):
    at: _Index
    hash: _Link


class _Columns(msgspec.Struct, array_like=True, frozen=True, forbid_unknown_fields=True):
    """Events side by side. Fixed-size columns hold only the values that are there, in order."""

    version: Annotated[int, msgspec.Meta(ge=1, le=1)]
    device: Annotated[bytes, msgspec.Meta(min_length=16, max_length=16)]
    first: Annotated[int, msgspec.Meta(ge=1, le=LARGEST_SEQ)]
    previous: _Link
    signature: Annotated[bytes, msgspec.Meta(max_length=64)]
    ids: _Bytes16
    # The first as it is, each other one as the difference to the one before, in 64 bits: from one
    # end of time to the other it goes round.
    times: Annotated[list[_Time], _Few]
    kinds: Annotated[list[_Kind], _Few]
    kind_at: Annotated[list[_Index], _Few]
    subjects: Annotated[list[_Subject], _Few]
    has_receipt: Annotated[bytes, _Few]
    receipts: _Bytes16
    bodies: Annotated[list[_Body | None], _Few]
    salts: _Bytes16
    erased_hashes: _Bytes32
    sealed: Annotated[list[_SealedAt], _Few]
    erased_sealed: Annotated[list[_HashAt], _Few]


class Page(msgspec.Struct, frozen=True):
    """A page that was read: its chain follows from `previous` to `link`, its contents fit.

    Whether the device signed `link`, and whether this store believes the device, is asked
    afterwards. `events` have their links; the last one has the page's signature, or None where a
    revocation vouches for it.
    """

    device: str
    first: int
    previous: bytes
    events: tuple[Event, ...]
    contents: tuple[Contents, ...]

    @property
    def last(self) -> int:
        return self.first + len(self.events) - 1

    @property
    def link(self) -> bytes:
        return self.events[-1].chain

    @property
    def signature(self) -> bytes | None:
        return self.events[-1].signature

    @property
    def name(self) -> str:
        return f"{self.device}/{self.first}-{self.last}"

    def is_signed_by(self, public_key: bytes) -> bool:
        signature = self.signature
        return signature is not None and signature_holds(public_key, self.link, signature)


def write_page(
    previous: bytes, events: Sequence[Event], contents: Sequence[Contents], level: int = _LEVEL
) -> bytes:
    """The bytes of a page. `events` are of one device, contiguous, 1 to 500, the last one signed
    or vouched for; `previous` is the link before the first. Raises ValueError otherwise.
    """
    first, last = events[0], events[-1]
    if not 0 < len(events) <= MOST_EVENTS or last.seq - first.seq != len(events) - 1:
        raise ValueError("a page holds 1 to 500 events of one device without a break")
    kinds = list(dict.fromkeys(event.kind for event in events))
    number = {kind: index for index, kind in enumerate(kinds)}
    times = [event.at_us for event in events]
    columns = _Columns(
        version=1,
        device=device_bytes(first.device),
        first=first.seq,
        previous=previous,
        signature=last.signature or b"",
        ids=b"".join(event.id for event in events),
        times=[times[0], *(_in_64_bits(now - before) for before, now in pairwise(times))],
        kinds=kinds,
        kind_at=[number[event.kind] for event in events],
        subjects=[event.subject for event in events],
        has_receipt=bytes(event.receipt is not None for event in events),
        receipts=b"".join(event.receipt or b"" for event in events),
        bodies=[each.body for each in contents],
        salts=b"".join(each.salt or b"" for each in contents if each.body is not None),
        erased_hashes=b"".join(
            event.body_hash
            for event, each in zip(events, contents, strict=True)
            if each.body is None
        ),
        sealed=[
            _SealedAt(at, each.key_id, each.sealed)
            for at, each in enumerate(contents)
            if each.sealed is not None and each.key_id is not None
        ],
        erased_sealed=[
            _HashAt(at, event.sealed_hash)
            for at, (event, each) in enumerate(zip(events, contents, strict=True))
            if event.sealed_hash is not None and each.sealed is None
        ],
    )
    plain = msgspec.msgpack.encode(columns)
    if len(plain) > LARGEST_PLAIN:
        raise ValueError("the page is too large")
    return MAGIC + zstandard.ZstdCompressor(level=level, write_content_size=True).compress(plain)


_decoder = msgspec.msgpack.Decoder(_Columns)


_COVER = re.compile(
    rb"(?:\xdc\0\x11|\xdd\0\0\0\x11)(?:\x01|\xcc\x01|\xd0\x01)"
    rb"(?:\xc4\x10|\xc5\0\x10|\xc6\0\0\0\x10)(.{16})",
    re.DOTALL,
)
"""How the columns begin, in any spelling of MessagePack: version and device."""
_COVER_BYTES = 32


def whose_page(data: bytes, place: str = "page") -> str:
    """The device a page names, of which only the first bytes are unpacked: a page of nobody known
    is not worth more. Whether that device signed it is asked of the whole. Raises Refused.
    """
    _check_frame(data, place)
    unpacker = zstandard.ZstdDecompressor(max_window_size=_LARGEST_WINDOW)
    try:
        with unpacker.stream_reader(memoryview(data)[len(MAGIC) :]) as stream:
            found = _COVER.match(stream.read(_COVER_BYTES))
    except zstandard.ZstdError as error:
        raise Refused(Reason.UNREADABLE, place, str(error)[:120]) from error
    if found is None:
        raise Refused(Reason.UNREADABLE, place, "names no device")
    return device_name_of(found[1])


def unpacked_size(data: bytes) -> int:
    """The bytes that `read_page` would unpack; 0 for what it refuses before that."""
    try:
        return _check_frame(data, "page")
    except Refused:
        return 0


def read_page(data: bytes, place: str = "page") -> Page:
    """The page in `data`, its chain and contents checked. Raises Refused, and nothing else, for
    whatever the bytes may be; takes at most a few times LARGEST_PLAIN of memory.
    """
    plain = _unpacked(data, place)
    try:
        columns = _decoder.decode(plain)
        return _page(columns)
    except (msgspec.MsgspecError, ValueError, RecursionError, UnicodeError) as error:
        raise Refused(Reason.UNREADABLE, place, str(error)[:120]) from error


def _check_frame(data: bytes, place: str) -> int:
    """How many bytes a page unpacks to, by its head alone. Raises Refused where that is too much,
    or no page at all.
    """
    if len(data) > LARGEST_PAGE:
        raise Refused(Reason.TOO_LARGE, place, f"{len(data)} bytes")
    if not data.startswith(MAGIC):
        raise Refused(Reason.UNREADABLE, place, "not a page")
    try:
        frame = zstandard.get_frame_parameters(data[len(MAGIC) : len(MAGIC) + _LONGEST_FRAME_HEAD])
    except zstandard.ZstdError as error:
        raise Refused(Reason.UNREADABLE, place, str(error)[:120]) from error
    if frame.content_size > LARGEST_PLAIN or frame.window_size > _LARGEST_WINDOW:
        # A size that is not given reads as the largest number there is.
        raise Refused(Reason.TOO_LARGE, place, f"{frame.content_size} bytes unpacked")
    return int(frame.content_size)


def _unpacked(data: bytes, place: str) -> bytes:
    _check_frame(data, place)
    unpacker = zstandard.ZstdDecompressor(max_window_size=_LARGEST_WINDOW)
    try:
        return unpacker.decompress(data[len(MAGIC) :], allow_extra_data=False)
    except zstandard.ZstdError as error:
        raise Refused(Reason.UNREADABLE, place, str(error)[:120]) from error


def _page(columns: _Columns) -> Page:
    count = len(columns.bodies)
    even = (
        len(columns.ids) == 16 * count
        and len(columns.times) == len(columns.kind_at) == len(columns.subjects) == count
        and len(columns.has_receipt) == count
        and len(columns.signature) in (0, 64)
        and max(columns.kind_at, default=0) < len(columns.kinds)
        and columns.first + count <= LARGEST_SEQ
    )
    if not (count and even):
        raise ValueError("columns of different length")
    device = device_name_of(columns.device)
    receipts = _spread(columns.receipts, columns.has_receipt, 16)
    bodied = bytes(body is not None for body in columns.bodies)
    salts = _spread(columns.salts, bodied, 16)
    erased = _spread(columns.erased_hashes, bytes(1 - flag for flag in bodied), 32)
    boxes = {each.at: each for each in columns.sealed}
    gone = {each.at: each.hash for each in columns.erased_sealed}
    if len(boxes) + len(gone) != len(boxes | gone) or len(boxes) != len(columns.sealed):
        raise ValueError("two sealed contacts for one event")
    if max((*boxes, *gone), default=0) >= count:
        raise ValueError("a sealed contact for no event")
    for texts in (columns.kinds, columns.subjects, columns.bodies):
        refuse_null(texts)
    refuse_null(each.key_id for each in columns.sealed)
    # Written once as a whole, each body keeps its UTF-8 for hashing, reading and storing it.
    msgspec.msgpack.encode(columns.bodies)
    # Of some hundred events most have the same few kinds and subjects.
    kinds = [(kind, name_part(kind, LONGEST_KIND)) for kind in columns.kinds]
    subjects = {each: name_part(each, LONGEST_SUBJECT) for each in columns.subjects}
    sha256, join, packed, last = hashlib.sha256, b"".join, columns.device, count - 1
    ids = [columns.ids[at : at + 16] for at in range(0, 16 * count, 16)]
    times = list(accumulate(columns.times))
    if not _are_times(times):
        times = [_in_64_bits(each) for each in times]
        if not _are_times(times):
            raise ValueError("a time is outside its range")
    link, seq = columns.previous, columns.first
    events: list[Event] = []
    contents: list[Contents] = []
    for index, (id, at, body, salt, body_hash, receipt, subject, kind_at) in enumerate(
        zip(
            *(ids, times, columns.bodies, salts, erased, receipts),
            *(columns.subjects, columns.kind_at),
            strict=True,
        )
    ):
        kind, kind_part = kinds[kind_at]
        if body is not None and salt is not None:
            body_hash = sha256(join((BODY, salt, body.encode()))).digest()
        assert body_hash is not None
        box = boxes.get(index)
        sealed_hash = hash_sealed(box.key_id, box.box) if box else gone.get(index)
        # As `next_link` makes it, without an event to take apart first.
        parts = (
            CHAIN,
            link,
            FIXED(packed, seq, id, at),
            kind_part,
            subjects[subject],
            MISSING if receipt is None else THERE + receipt,
            body_hash,
            MISSING if sealed_hash is None else THERE + sealed_hash,
        )
        link = sha256(join(parts)).digest()
        signature = columns.signature if columns.signature and index == last else None
        events.append(
            Event(
                device,
                seq,
                id,
                kind,
                subject,
                at,
                receipt,
                body_hash,
                sealed_hash,
                link,
                signature,
            )
        )
        contents.append(Contents(salt, body, box.key_id, box.box) if box else Contents(salt, body))
        seq += 1
    return Page(device, columns.first, columns.previous, tuple(events), tuple(contents))


def _are_times(times: list[int]) -> bool:
    return is_time(min(times)) and is_time(max(times))


def _in_64_bits(number: int) -> int:
    return (number + 2**63) % 2**64 - 2**63


def _spread(packed: bytes, flags: bytes, size: int) -> list[bytes | None]:
    """One value for each flag that is set, None for each that is not. Raises ValueError."""
    if flags.count(0) + flags.count(1) != len(flags) or len(packed) != size * flags.count(1):
        raise ValueError("a column holds too few or too many values")
    if len(packed) == size * len(flags):
        return [packed[at : at + size] for at in range(0, len(packed), size)]
    values: list[bytes | None] = []
    at = 0
    for flag in flags:
        values.append(packed[at : at + size] if flag else None)
        at += size * flag
    return values

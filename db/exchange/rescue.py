"""Rescue 구조: everything that can be read of a store on a stick, when nothing else works any more.

The data directory is only read: its store may be damaged, its disk full or read-only, another
process may hold it. What still verifies goes out as pages, which any desk reads; what stands
behind a gap goes beside them for a person to see, since no signature reaches it any more.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from db.carving import carve
from db.claims import Claims, sound_prefix
from db.clock import Clock, system_clock
from db.directory import DataDirectory, calmly
from db.events import Contents, Event, genesis
from db.exchange.bundle import (
    ABOUT,
    ABOUT_TEXT,
    LARGEST,
    MANIFEST,
    PAPERS,
    SUFFIX,
    Manifest,
    in_parts,
    write_verified,
)
from db.exchange.exporting import Written, pages_from
from db.exchange.refusals import Reason, Refused
from db.exchange.sealing import seal
from db.exchange.tarball import Packer
from db.exchange.trust import load_trust

LOOSE = "loose.json"


class Rescued(msgspec.Struct, frozen=True, kw_only=True):
    """The files, events in pages, and events that stand beside them without a signature. `file`
    is the last of `files`, `bytes` the size of all.
    """

    file: str
    files: tuple[str, ...]
    bytes: int
    events: int
    loose: int


class _Loose(msgspec.Struct, frozen=True):
    event: Event
    contents: Contents


def rescue(
    data_dir: Path, to: Path, clock: Clock = system_clock, *, largest: int = LARGEST
) -> Rescued:
    """Writes sealed files to the directory `to`, each of a size that a desk opens. Raises Refused
    where this device has no papers, since nobody could be trusted to open them, and
    StorageUnavailable naming the stick; finished files stay.
    """
    directory = DataDirectory(data_dir)
    trust = load_trust(directory, clock)
    readers = trust.readers("")
    papers = trust.papers()
    if not readers or papers is None:
        raise Refused(Reason.NOT_ENROLLED, str(to))
    with calmly(directory.store):
        claims = Claims(carve(directory.store))
    public_keys = claims.public_keys | {
        device: bytes.fromhex(each.public_key) for device, each in trust.certificates.items()
    }
    loose: list[_Loose] = []

    def pages() -> Iterator[Written]:
        for device in sorted(claims.events):
            public_key = public_keys.get(device)
            sound, rest = sound_prefix(claims.events[device], public_key)
            loose.extend(_Loose(event, claims.contents_of(event) or Contents()) for event in rest)
            if public_key is not None:
                yield from pages_from(
                    genesis(public_key), [(e, claims.contents_of(e) or Contents()) for e in sound]
                )

    at_us, sizes, events = clock(), dict[str, int](), 0

    def write(part: list[Written], beside: bytes | None) -> None:
        nonlocal events
        count = sum(page.last - page.first + 1 for page in part)
        reaches = {page.device: page.last for page in part}
        manifest = Manifest(version=1, writer="", at_us=at_us, events=count, reaches=reaches)
        tar = Packer(max(0, at_us // 1_000_000))
        tar.add(ABOUT, ABOUT_TEXT.encode())
        tar.add(MANIFEST, msgspec.json.encode(manifest))
        tar.add(PAPERS, msgspec.json.encode(papers))
        for page in part:
            tar.add(f"pages/{page.device}/{page.first}-{page.last}", page.data)
        if beside is not None:
            tar.add(LOOSE, beside)
        data = seal(tar.finish(), readers)
        digest = hashlib.sha256(data).hexdigest()
        file = to / f"rescue-{at_us // 1_000_000}-{len(sizes) + 1:04d}-{digest[:8]}{SUFFIX}"
        write_verified(file, data)
        sizes[str(file)] = len(data)
        events += count

    for part in in_parts(pages(), largest):
        write(part, None)
    for beside in _beside(loose, largest):
        write([], beside)
    return Rescued(
        file=list(sizes)[-1],
        files=tuple(sizes),
        bytes=sum(sizes.values()),
        events=events,
        loose=len(loose),
    )


def _beside(loose: list[_Loose], largest: int) -> Iterator[bytes]:
    """Events without a signature as JSON lists of at most `largest` bytes, or one event each."""
    held: list[bytes] = []
    size = 0
    for each in map(msgspec.json.encode, loose):
        if held and size + len(each) > largest:
            yield b"[" + b",".join(held) + b"]"
            held, size = [], 0
        held.append(each)
        size += len(each) + 1
    if held:
        yield b"[" + b",".join(held) + b"]"

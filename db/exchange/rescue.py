"""Rescue 구조: everything that can be read of a store on a stick, when nothing else works any more.

The data directory is only read: its store may be damaged, its disk full or read-only, another
process may hold it. What still verifies goes out as pages, which any desk reads; what stands
behind a gap goes beside them for a person to see, since no signature reaches it any more.
"""

from __future__ import annotations

import hashlib
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
    MANIFEST,
    PAPERS,
    SUFFIX,
    Manifest,
    write_verified,
)
from db.exchange.exporting import Written, pages_from
from db.exchange.refusals import Reason, Refused
from db.exchange.sealing import seal
from db.exchange.tarball import Packer
from db.exchange.trust import load_trust

LOOSE = "loose.json"


class Rescued(msgspec.Struct, frozen=True, kw_only=True):
    """The file, events in pages, and events that stand beside them without a signature."""

    file: str
    bytes: int
    events: int
    loose: int


class _Loose(msgspec.Struct, frozen=True):
    event: Event
    contents: Contents


def rescue(data_dir: Path, to: Path, clock: Clock = system_clock) -> Rescued:
    """Writes one sealed file to the directory `to`. Raises Refused where this device has no
    papers, since nobody could be trusted to open it, and StorageUnavailable naming the stick.
    """
    directory = DataDirectory(data_dir)
    trust = load_trust(directory, clock)
    readers = trust.readers("")
    if not readers:
        raise Refused(Reason.NOT_ENROLLED, str(to))
    with calmly(directory.store):
        claims = Claims(carve(directory.store))
    public_keys = claims.public_keys | {
        device: bytes.fromhex(each.public_key) for device, each in trust.certificates.items()
    }
    pages: list[Written] = []
    loose: list[_Loose] = []
    for device in sorted(claims.events):
        public_key = public_keys.get(device)
        sound, rest = sound_prefix(claims.events[device], public_key)
        if public_key is not None:
            pages += pages_from(
                genesis(public_key), [(e, claims.contents_of(e) or Contents()) for e in sound]
            )
        loose += [_Loose(event, claims.contents_of(event) or Contents()) for event in rest]
    tar = Packer(max(0, clock() // 1_000_000))
    events = sum(page.last - page.first + 1 for page in pages)
    reaches = {page.device: page.last for page in pages}
    manifest = Manifest(version=1, writer="", at_us=clock(), events=events, reaches=reaches)
    tar.add(ABOUT, ABOUT_TEXT.encode())
    tar.add(MANIFEST, msgspec.json.encode(manifest))
    tar.add(PAPERS, msgspec.json.encode(trust.papers()))
    for page in pages:
        tar.add(f"pages/{page.device}/{page.first}-{page.last}", page.data)
    tar.add(LOOSE, msgspec.json.encode(loose))
    data = seal(tar.finish(), readers)
    digest = hashlib.sha256(data).hexdigest()
    file = to / f"rescue-{clock() // 1_000_000}-{digest[:8]}{SUFFIX}"
    write_verified(file, data)
    return Rescued(file=str(file), bytes=len(data), events=events, loose=len(loose))

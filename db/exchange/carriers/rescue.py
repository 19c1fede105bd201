"""Rescue 구조: everything that can be read of a store on a stick, when nothing else works any more.

The data directory is only read: its store may be damaged, its disk full or read-only, another
process may hold it. What still verifies goes out as pages, which any desk reads; what stands
behind a gap goes beside them for a person to see, since no signature reaches it any more.

Devices come in the order of their names, then what stands beside. So a place in that order is all
that another stick needs to go on, and the store, which may not be written, has nothing to remember.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from db.clock import Clock, system_clock
from db.directory import DataDirectory, calmly, require_outside
from db.exchange.carriers.bundle import (
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
from db.exchange.carriers.tarball import Packer
from db.exchange.pages.exporting import WrittenPage, pages_from
from db.exchange.trust.trust import load_trust
from db.keys.age_files import seal
from db.problems import InputRefused, StorageUnavailable
from db.refusals import Reason, Refused
from db.store.carved_events import Claims, sound_prefix
from db.store.carving import carve
from db.store.events import Contents, Event, genesis

LOOSE = "loose.json"
_PLACE = re.compile(r"(?:(loose)/)?([a-z2-7]{26})/([1-9]\d{0,17})")


class Rescued(msgspec.Struct, frozen=True, kw_only=True):
    """The files, events in pages, and events that stand beside them without a signature. `file`
    is the last of `files`, `bytes` the size of all.

    `left` events are still on no stick; the rescue goes on behind `after`.
    """

    file: str | None
    files: tuple[str, ...]
    bytes: int
    events: int
    loose: int
    left: int = 0
    after: str | None = None


class RescueStopped(StorageUnavailable):
    """The stick took no more. What it took is whole; the next one goes on behind `done.after`."""

    def __init__(self, trouble: StorageUnavailable, done: Rescued) -> None:
        super().__init__(trouble.cause, trouble.place)
        self.done = done
        self.ko += (
            f" 파일 {len(done.files)}개는 온전하고, 기록 {done.left}건이 아직 없습니다."
            " 다른 USB에 이어서 쓰세요."
        )
        self.en += (
            f" Whole files: {len(done.files)}; events still missing: {done.left}."
            " Go on with another stick."
        )


class _Loose(msgspec.Struct, frozen=True):
    event: Event
    contents: Contents


def rescue(
    data_dir: Path,
    to: Path,
    clock: Clock = system_clock,
    *,
    largest: int = LARGEST,
    after: str | None = None,
) -> Rescued:
    """Writes sealed files to the directory `to`, each of a size that a desk opens; all of it, or
    what stands behind the place where an earlier stick ended.

    Raises Refused where this device has no papers, since nobody could be trusted to open them,
    InputRefused where nothing stands behind `after`, and RescueStopped naming the stick; finished
    files stay.
    """
    begin = _place(after)
    require_outside(to, "to")
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
    journals: list[tuple[bytes, list[Event]]] = []
    loose: list[_Loose] = []
    for device in sorted(claims.events):
        public_key = public_keys.get(device)
        sound, rest = sound_prefix(claims.events[device], public_key)
        loose += [
            _Loose(event, claims.contents_of(event) or Contents())
            for event in rest
            if (True, device, event.seq) > begin
        ]
        ahead = [event for event in sound if (False, device, event.seq) > begin]
        if public_key is not None and ahead:
            known = len(sound) - len(ahead)
            journals.append((sound[known - 1].chain if known else genesis(public_key), ahead))
    if after is not None and not journals and not loose:
        raise InputRefused(
            "after", f"'{after}' 뒤에는 남은 기록이 없습니다.", f"nothing is left behind '{after}'."
        )

    def pages() -> Iterator[WrittenPage]:
        for previous, ahead in journals:
            pairs = [(event, claims.contents_of(event) or Contents()) for event in ahead]
            # Claims are checked already: the last of these is the last good signature.
            yield from pages_from(
                previous, ahead[0].seq - 1, pairs, lambda event: event.signature is not None
            )

    at_us, sizes, events, beside_them, ended = clock(), dict[str, int](), 0, 0, after
    total = sum(len(ahead) for _previous, ahead in journals) + len(loose)

    def write(part: list[WrittenPage], beside: bytes | None) -> None:
        count = sum(page.last - page.first + 1 for page in part)
        reaches = {page.device: page.last for page in part}
        manifest = Manifest(version=1, writer="", at_us=at_us, events=count, reaches=reaches)
        tar = Packer(at_us // 1_000_000)
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

    def done() -> Rescued:
        left = total - events - beside_them
        return Rescued(
            file=next(reversed(sizes), None),
            files=tuple(sizes),
            bytes=sum(sizes.values()),
            events=events,
            loose=beside_them,
            left=left,
            after=ended if left else None,
        )

    try:
        if journals or not loose:
            for part in in_parts(pages(), largest):
                write(part, None)
                events += sum(page.last - page.first + 1 for page in part)
                ended = f"{part[-1].device}/{part[-1].last}" if part else ended
        for some, beside in _beside(loose, largest):
            write([], beside)
            beside_them += len(some)
            ended = f"loose/{some[-1].event.device}/{some[-1].event.seq}"
    except StorageUnavailable as trouble:
        raise RescueStopped(trouble, done()) from trouble
    return done()


def _place(after: str | None) -> tuple[bool, str, int]:
    """Where an earlier stick ended, in the order of writing. Raises InputRefused."""
    if after is None:
        return False, "", 0
    match = _PLACE.fullmatch(after)
    if match is None:
        raise InputRefused(
            "after",
            f"'{after[:64]}'은(는) 구조가 멈춘 자리가 아닙니다. 멈출 때 나온 말을 그대로 적으세요.",
            f"'{after[:64]}' is no place where a rescue stopped; give what it said then.",
        )
    return match[1] is not None, match[2], int(match[3])


def _beside(loose: list[_Loose], largest: int) -> Iterator[tuple[list[_Loose], bytes]]:
    """Events without a signature as JSON lists of at most `largest` bytes, or one event each."""
    held: list[_Loose] = []
    packed: list[bytes] = []
    size = 0
    for one in loose:
        each = msgspec.json.encode(one)
        if held and size + len(each) > largest:
            yield held, b"[" + b",".join(packed) + b"]"
            held, packed, size = [], [], 0
        held.append(one)
        packed.append(each)
        size += len(each) + 1
    if held:
        yield held, b"[" + b",".join(packed) + b"]"

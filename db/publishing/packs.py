"""Packs 자료집: a catalogue that a desk published, whole or not there.

A pack is its parts and one event after them, written in one transaction; the events of a device
arrive in order, so who has that event has had the parts. Which pack stands follows from what the
packs say they saw, never from a clock: every store that knows the same events shows the same one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from functools import partial
from pathlib import Path
from typing import Annotated, Literal

import msgspec
import zstandard

from db.catalogue.loading import NAMES, Offer, load_catalogue, parse_named
from db.problems import InputRefused, NoStore
from db.publishing.publications import DeskEvent, day, desks_of, published, withdrawn
from db.records.catalogue import Catalogue, CatalogueProblem
from db.records.event_kinds import PACK, PART
from db.records.feedback import LONGEST_DEPARTMENT
from db.records.publication import LARGEST_CONTENT, LARGEST_PART, MOST_PARTS, PackBody, PartBody
from db.refusals import Refused
from db.store.journal import append, events
from db.store.notices import add_notice
from db.store.opening import open_reader
from db.store.projections import decode
from db.store.store import Store
from db.text import name_if_any, official_text

_LEVEL = 12
_LARGEST_WINDOW = 8 * 1024 * 1024
_NOTICE = "pack"
_HIGHEST_VERSION = 10**6
LONGEST_TITLE = 120

_Files = Annotated[
    dict[Literal["projects.json", "landmarks.json", "trees.json"], bytes],
    msgspec.Meta(min_length=1),
]


class PackRow(msgspec.Struct, frozen=True, kw_only=True):
    """One pack as an officer sees it. `conflict` means that another one was published without
    knowing it: publishing again, having seen both, settles that. `whole` is False once a part of
    it was erased."""

    id: str
    title: str
    version: int
    day: str
    department: str | None
    device: str
    whole: bool
    withdrawn: bool
    conflict: bool


def publish_pack(
    store: Store,
    files: dict[str, bytes],
    title: str,
    desks: Collection[str],
    department: str | None = None,
) -> str:
    """Checks the files as a kiosk will and publishes them as one pack; its id.

    Raises CatalogueProblem, InputRefused, StorageUnavailable.
    """
    check_files(files, "")
    title = checked_title(title)
    department = name_if_any(department, "department", LONGEST_DEPARTMENT)
    known = published(store, PACK, PackBody, desks)
    packed = zstandard.ZstdCompressor(level=_LEVEL).compress(msgspec.msgpack.encode(files))
    parts = [packed[at : at + LARGEST_PART] for at in range(0, len(packed), LARGEST_PART)]
    if len(parts) > MOST_PARTS:
        raise InputRefused(
            "dir",
            f"자료집이 너무 큽니다(압축해서 {len(packed) // 1024} KiB). 줄여 주세요.",
            f"the pack is too large ({len(packed) // 1024} KiB compressed); make it smaller.",
        )
    saw: dict[str, int] = {}
    for each in known:
        device, seq = each.origin
        saw[device] = max(seq, saw.get(device, 0))
    body = PackBody(
        title=title,
        version=min(_HIGHEST_VERSION, 1 + max((each.body.version for each in known), default=0)),
        parts=tuple(hashlib.sha256(part).hexdigest() for part in parts),
        department=department,
        saw=saw,
    )
    with store.change() as connection:
        for part in parts:
            append(store, connection, PART, "pack", PartBody(data=part))
        return append(store, connection, PACK, "pack", body).id.hex()


def checked_title(title: str) -> str:
    """The title as it is kept. Raises InputRefused."""
    return official_text(title, "title", LONGEST_TITLE)


def check_files(files: dict[str, bytes], where: str) -> None:
    """Raises CatalogueProblem naming `where`, the file and the field that a kiosk would refuse."""
    if not files or sum(map(len, files.values())) > LARGEST_CONTENT:
        names = ", ".join(NAMES)
        raise CatalogueProblem(
            where or "DIR",
            "",
            f"{names} 가운데 하나 이상, 모두 합쳐 {LARGEST_CONTENT // 1024**2} MB까지 있어야 "
            "합니다.",
            f"it takes one or more of {names}, {LARGEST_CONTENT // 1024**2} MB together at most.",
        )
    for name, raw in files.items():
        parse_named(name, raw, f"{where} {name}".strip())


def packs(store: Store, desks: Collection[str]) -> tuple[PackRow, ...]:
    """Every pack that is known: first those that count, the one that stands at the head, then
    those that were taken back."""
    known = published(store, PACK, PackBody, desks)
    taken_back = withdrawn(store, desks)
    counting = _in_order([each for each in known if each.id not in taken_back])
    unseen = [each for each in counting if not any(_saw(other, each) for other in counting)]
    return tuple(
        PackRow(
            id=each.id,
            title=each.body.title,
            version=each.body.version,
            day=_day(each),
            department=each.body.department,
            device=each.device,
            whole=_packed(store, each) is not None,
            withdrawn=each.id in taken_back,
            conflict=len(unseen) > 1 and each in unseen,
        )
        for each in (*counting, *_in_order([each for each in known if each.id in taken_back]))
    )


def offers(store: Store, desks: Collection[str]) -> Iterator[Offer]:
    """The packs a catalogue may be taken from, the one that should stand first."""
    taken_back = withdrawn(store, desks)
    known = published(store, PACK, PackBody, desks)
    for each in _in_order([each for each in known if each.id not in taken_back]):
        packed = _packed(store, each)
        if packed is not None:
            where = f"자료집 '{each.body.title}'"
            unpack = partial(_unpack, where, packed)
            yield Offer(each.id, each.body.title, _day(each), where, unpack)


def is_current(store: Store, catalogue: Catalogue) -> bool:
    """True while a catalogue made now would show the same pack. Cheap enough for the end of every
    visit. Raises Refused."""
    for offer in offers(store, desks_of(store)):
        if offer.id not in catalogue.pack_problems:
            return catalogue.pack is not None and catalogue.pack.id == offer.id
    return catalogue.pack is None


def catalogue_of(store: Store, data_dir: Path | None = None) -> Catalogue:
    """The catalogue of one data directory with what desks published. Raises CatalogueProblem,
    Refused."""
    return load_catalogue(data_dir, offers(store, desks_of(store)))


def catalogue_at(path: Path) -> Catalogue:
    """The same for a directory that may be open elsewhere, or have no store yet. Without papers
    that can be read nobody says whose packs count, and the built-in content stands. Raises
    CatalogueProblem, StorageUnavailable, NewerStore."""
    try:
        with open_reader(path) as store:
            return catalogue_of(store, path)
    except (NoStore, Refused):
        return load_catalogue(path)


def tell_operator(store: Store, catalogue: Catalogue) -> None:
    """Leaves a notice for each pack that was refused, once. Raises StorageUnavailable."""
    for problem in catalogue.pack_problems.values():
        if store.row("SELECT 1 FROM notice WHERE kind = ? AND en = ?", (_NOTICE, problem.en)):
            continue
        with store.change() as connection:
            add_notice(connection, store.clock(), _NOTICE, problem.ko, problem.en)


def _in_order(known: list[DeskEvent[PackBody]]) -> list[DeskEvent[PackBody]]:
    """A pack that saw another stands before it. Between packs that knew nothing of each other the
    higher version, then the greater name decides: arbitrary, but the same everywhere."""
    seen_by = {each.id: sum(_saw(other, each) for other in known) for each in known}
    left, ordered = list(known), []
    while left:
        # Packs that claim to have seen each other in a ring are all equally the last.
        first = [each for each in left if seen_by[each.id] == 0] or left
        winner = max(first, key=lambda each: (each.body.version, each.origin))
        left.remove(winner)
        ordered.append(winner)
        for each in left:
            seen_by[each.id] -= _saw(winner, each)
    return ordered


def _saw(later: DeskEvent[PackBody], earlier: DeskEvent[PackBody]) -> bool:
    device, seq = earlier.origin
    own, number = later.origin
    if own == device:
        return number > seq
    return later.body.saw.get(device, 0) >= seq


def _packed(store: Store, pack: DeskEvent[PackBody]) -> bytes | None:
    """The parts put together; None where one of them was erased or is another than was named."""
    count = len(pack.body.parts)
    if pack.seq <= count:
        return None
    parts = []
    before = events(store.connection, pack.device, pack.seq - count - 1)
    for expected, (_event, contents) in zip(pack.body.parts, before, strict=False):
        part = decode(contents.body, PartBody)
        if part is None or hashlib.sha256(part.data).hexdigest() != expected:
            return None
        parts.append(part.data)
    return b"".join(parts)


def _unpack(where: str, packed: bytes) -> dict[str, bytes]:
    """The files of a pack; nothing is unpacked before its size is known. Raises
    CatalogueProblem."""
    try:
        frame = zstandard.get_frame_parameters(packed)
        if frame.window_size > _LARGEST_WINDOW or not 0 < frame.content_size <= LARGEST_CONTENT:
            raise ValueError("larger than a pack may be")
        unpacker = zstandard.ZstdDecompressor(max_window_size=_LARGEST_WINDOW)
        plain = unpacker.decompress(packed, allow_extra_data=False)
        return dict(msgspec.msgpack.decode(plain, type=_Files))
    except (zstandard.ZstdError, msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise CatalogueProblem(
            where,
            "",
            "풀 수 없습니다. 검토대에서 다시 발행하세요.",
            f"it cannot be unpacked ({str(error)[:120]}); publish it again at a desk.",
        ) from error


def _day(each: DeskEvent[PackBody]) -> str:
    made = day(each.at_us)
    return made.isoformat() if made else ""

"""Bundles 꾸러미: pages, papers and acknowledgements in one sealed file that a stick carries.

A bundle appears under its name only when it is whole, on the stick and read back from there.
A large journal becomes several files, each of use by itself, so a full stick or a pulled one costs
nothing that was already written.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from errno import EINVAL, ENOTSUP
from pathlib import Path

import msgspec

from db.directory import require_outside, sync_directory
from db.exchange.carriers.tarball import Packer
from db.exchange.pages.exporting import WrittenPage, export_pages
from db.exchange.pages.store_shelf import StoreShelf
from db.exchange.pages.version_vector import Vector, beyond, highest, vector
from db.exchange.status.acknowledgements import can_give, signed_words, words
from db.exchange.status.log import note
from db.exchange.status.outbox import known_to_all, mark_sent, sent
from db.keys.age_files import seal
from db.problems import Problem, StorageUnavailable
from db.refusals import Reason, Refused
from db.store.page import unpacked_size
from db.written_aside import aside_of

SUFFIX = ".age"
DIGITS = 8
"""How much of a file's hash stands at the end of its name."""
LARGEST = 64 * 1024 * 1024
"""Bytes of pages in one file."""
LARGEST_UNPACKED = 1024 * 1024 * 1024
"""Bytes that the pages of one file unpack to, together: a reader unpacks no more of it."""
_PIECE = 4 * 1024 * 1024
"""Bytes of a file that are flushed at once."""
_PACKED = 0.5
"""How much of the way is behind events that are packed and not yet on the stick."""
LARGEST_FILE = 160 * 1024 * 1024
"""Bytes of the largest file a reader opens: pages, papers and acknowledgements together."""

PAPERS, WORDS, MANIFEST, ABOUT = "papers.json", "acknowledgements.json", "manifest.json", "README"

ABOUT_TEXT = """천만정원 꾸러미: 키오스크와 검토대 사이를 오가는 서명된 기록입니다.
검토대에서 'cheonman bundle read 파일'로 읽습니다. 다시 읽어도 같은 기록은 한 번만 들어갑니다.

A bundle of Cheonman Garden: signed events on their way between kiosks and desks. Read it with
'cheonman bundle read FILE'; reading it again changes nothing.
"""

Progress = Callable[[int, int], None]
"""Called with events done and events in all."""


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a bundle says of itself; a hint for people, believed by nobody."""

    version: int
    writer: str
    at_us: int
    events: int
    reaches: dict[str, int]


class Bundle(msgspec.Struct, frozen=True, kw_only=True):
    """One finished file, and behind which number and up to which it carries each journal."""

    file: str
    bytes: int
    pages: int
    events: int
    begins: dict[str, int]
    reaches: dict[str, int]


def is_bundle_name(name: str) -> bool:
    """True for the name of a finished bundle, whatever a stick or a person made of its letters.

    What macOS, editors and file servers leave beside a file begins with a dot or a tilde: nobody
    is asked to read that, and nobody is told about it.
    """
    return name.lower().endswith(SUFFIX) and not name.startswith((".", "~"))


def write_bundles(
    shelf: StoreShelf,
    to: Path,
    *,
    everything: bool = False,
    go_on: bool = False,
    largest: int = LARGEST,
    carrier: str = "bundle",
    base: Vector | None = None,
    progress: Progress | None = None,
    working: Progress | None = None,
) -> list[Bundle]:
    """Writes what the others do not hold yet into one file or more in the directory `to`.

    `everything` begins at the first event; `go_on` leaves out what earlier files carried, for the
    next stick of several; `base` is a beginning of the caller's own. At least one file is written:
    without events it carries papers and acknowledgements. `progress` is called when a file is
    finished, `working` also in between, since one alone may take a slow stick many seconds.

    Raises Refused where this device has no papers, InputRefused where `to` is a device's own,
    StorageUnavailable naming the stick; finished files stay and count as sent.
    """
    store = shelf.store
    require_outside(to, "to")
    try:
        readers = shelf.trust.readers(store.device)
        if not readers:
            raise Refused(Reason.NOT_ENROLLED, str(to))
        if base is None:
            base = {} if everything else known_to_all(shelf)
        if go_on:
            base = highest(base, sent(shelf))
        total = beyond(vector(store), base)
        # Its own key as well: a file nobody read back is not written.
        readers = [*readers, store.keys.age_recipient]
        done = 0
        made: list[Bundle] = []

        def at_work(events: int, share: float) -> None:
            if working:
                working(done + int(events * share), total)

        asked_for = can_give(shelf, words(shelf))
        for pages in in_parts(export_pages(store, base), largest, at_work):
            bundle = _write(shelf, to, len(made) + 1, pages, readers, at_work, asked_for)
            asked_for = []
            with store.change() as connection:
                mark_sent(shelf, connection, bundle.reaches)
            made.append(bundle)
            done += bundle.events
            if progress:
                progress(done, total)
    except Problem as problem:
        note(store, carrier, "write", str(to), problem=problem)
        raise
    note(store, carrier, "write", str(to), new=done)
    return made


AtWork = Callable[[int, float], None]
"""Called with the events of the file that is being made, and how much of its way lies behind them.
"""


def in_parts(
    pages: Iterable[WrittenPage], largest: int, at_work: AtWork = lambda events, share: None
) -> Iterator[list[WrittenPage]]:
    """The pages of one file after the other; one part at least, perhaps an empty one."""
    held: list[WrittenPage] = []
    size, unpacked, events, first = 0, 0, 0, True
    for page in pages:
        plain = unpacked_size(page.data)
        if held and (size + len(page.data) > largest or unpacked + plain > LARGEST_UNPACKED):
            yield held
            held, size, unpacked, events, first = [], 0, 0, 0, False
        held.append(page)
        size += len(page.data)
        unpacked += plain
        events += page.last - page.first + 1
        at_work(events, _PACKED)
    if held or first:
        yield held


def _write(
    shelf: StoreShelf,
    to: Path,
    part: int,
    pages: list[WrittenPage],
    readers: list[str],
    at_work: AtWork,
    asked_for: list[WrittenPage],
) -> Bundle:
    begins: dict[str, int] = {}
    reaches: dict[str, int] = {}
    for page in pages:
        begins.setdefault(page.device, page.first - 1)
        reaches[page.device] = page.last
    events = sum(page.last - page.first + 1 for page in pages)
    sealed = pack(shelf, [*asked_for, *pages], events, reaches)
    data = seal(sealed, list(dict.fromkeys(readers)))
    digest = hashlib.sha256(data).hexdigest()
    stamp = max(0, shelf.store.clock()) // 1_000_000
    file = to / f"{shelf.store.device}-{stamp}-{part:04d}-{digest[:DIGITS]}{SUFFIX}"
    write_verified(file, data, lambda share: at_work(events, _PACKED + (1 - _PACKED) * share))
    return Bundle(
        file=str(file),
        bytes=len(data),
        pages=len(pages),
        events=events,
        begins=begins,
        reaches=reaches,
    )


def pack(shelf: StoreShelf, pages: list[WrittenPage], events: int, reaches: Vector) -> bytes:
    """The plain inside of a bundle: a tar archive."""
    store = shelf.store
    tar = Packer(store.clock() // 1_000_000)
    manifest = Manifest(
        version=1, writer=store.device, at_us=store.clock(), events=events, reaches=dict(reaches)
    )
    tar.add(ABOUT, ABOUT_TEXT.encode())
    tar.add(MANIFEST, msgspec.json.encode(manifest))
    tar.add(PAPERS, msgspec.json.encode(shelf.trust.papers()))
    tar.add(WORDS, msgspec.json.encode(signed_words(shelf)))
    for page in pages:
        tar.add(f"pages/{page.device}/{page.first}-{page.last}", page.data)
    return tar.finish()


def write_verified(
    file: Path, data: bytes, written: Callable[[float], None] = lambda share: None
) -> None:
    """Writes a file whole or not at all, and reads it back from the medium before it is named.

    `written` is told how much of it, from 0 to 1, is on the medium. Raises StorageUnavailable.
    """
    try:
        with aside_of(file, 0o666) as aside:
            with aside.open("wb") as stream:
                for at in range(0, max(1, len(data)), _PIECE):
                    # Flushed piece by piece: else the system takes all at once and then stands.
                    stream.write(data[at : at + _PIECE])
                    stream.flush()
                    os.fsync(stream.fileno())
                    written(min(1.0, (at + _PIECE) / max(1, len(data))))
                _forget_cached(stream.fileno())
            _compare(aside, data)
            os.replace(aside, file)
        _sync(file.parent)
    except OSError as error:
        raise StorageUnavailable.from_os(error, str(file)) from error


def _compare(file: Path, data: bytes) -> None:
    with file.open("rb") as stream:
        read = hashlib.file_digest(stream, "sha256").digest()
    if read != hashlib.sha256(data).digest():
        raise OSError(f"{file} reads back differently")


def _forget_cached(descriptor: int) -> None:
    """Asks the system to read from the medium next time; where it cannot, the check is weaker."""
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)


def _sync(directory: Path) -> None:
    try:
        sync_directory(directory)
    except OSError as error:
        # Some sticks and shares cannot; the file itself was flushed and read back.
        if error.errno not in (EINVAL, ENOTSUP):
            raise

"""The folder 공유 폴더: a network share where devices leave their bundles and read the others'.

Every writer only ever makes, and takes away, files that begin with its own name, so any number of
them may work at once. A file is taken away when everybody it was meant for has confirmed it. Until
then it is looked at on every visit: its name says what it must hash to, and what nobody has
confirmed for long is left again, whatever may be wrong with the file or on its way.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from errno import EACCES, EINVAL, EPERM
from pathlib import Path
from typing import NamedTuple

import msgspec

from db.clock import DAY_US
from db.directory import open_plain
from db.exchange.carriers.bundle import (
    DIGITS,
    SUFFIX,
    Bundle,
    Progress,
    is_bundle_name,
    write_bundles,
)
from db.exchange.carriers.bundle_reading import Reading, Refusal, read_bundle
from db.exchange.pages.importing import TO_QUARANTINE
from db.exchange.pages.store_shelf import StoreShelf
from db.exchange.pages.version_vector import beyond, vector
from db.exchange.status.acknowledgements import can_give, own_acknowledgement, words
from db.exchange.status.log import note
from db.exchange.status.outbox import confirmed, known_to_all
from db.problems import StorageUnavailable
from db.refusals import Reason, Refused

LONG_US = 14 * DAY_US
"""After so long without anybody's word a file is left again."""


class FolderSync(msgspec.Struct, kw_only=True):
    """What one visit to the folder brought, left and cleared away.

    `passed_over` are files that were refused at an earlier visit and have not changed since.
    """

    reading: Reading
    passed_over: list[str] = []
    written: list[str] = []
    removed: list[str] = []


class _Found(NamedTuple):
    """A file as the folder shows it: its bytes, and when they or the rights to them changed."""

    size: int
    changed: str


class _Own(msgspec.Struct, frozen=True):
    """What a file of this device carries: (after, upto) of each journal, its word and papers.

    `papers` counts up with every change of who may read; an older file may be closed to somebody.
    """

    ranges: dict[str, tuple[int, int]]
    word: str
    papers: int
    given: tuple[str, ...] = ()
    """Pages with what others had lost."""


def sync_folder(shelf: StoreShelf, folder: Path, *, progress: Progress | None = None) -> FolderSync:
    """Reads what others left, leaves what they lack, clears away what is confirmed.

    One unreadable file stops nothing; it is named once, and again when it has changed. Raises
    Refused where this device has no papers, StorageUnavailable when the folder or this disk
    refuses.
    """
    if shelf.trust.city is None:
        raise Refused(Reason.NOT_ENROLLED, str(folder))
    names = _names(folder)
    reading = Reading()
    passed_over = _read_all(shelf, folder, names, reading, progress)
    own, spoilt = _own_files(shelf, folder, names)
    written = _leave(shelf, folder, own, progress)
    removed = [_take_away(shelf, folder, name) for name in [*spoilt, *_confirmed(shelf, own)]]
    _note(shelf, folder, reading)
    return FolderSync(reading=reading, passed_over=passed_over, written=written, removed=removed)


def _note(shelf: StoreShelf, folder: Path, reading: Reading) -> None:
    """The visit as a whole: what one file was refused for is no longer how exchange stands once a
    later visit found nothing wrong.
    """
    first = reading.refusals[0] if reading.refusals else None
    note(
        shelf.store,
        "folder",
        "sync",
        str(folder),
        cause=first.reason.value if first else None,
        ko=first.ko if first else None,
        en=first.en if first else None,
        repeats=True,
    )


def _names(folder: Path) -> dict[str, _Found]:
    """Finished bundles in the order of their names; whatever else lies there is not counted."""
    found: dict[str, _Found] = {}
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                # Its writer may take a file away at any time.
                with suppress(FileNotFoundError):
                    if is_bundle_name(entry.name) and entry.is_file():
                        about = entry.stat()
                        changed = f"{about.st_mtime_ns}/{about.st_ctime_ns}"
                        found[entry.name] = _Found(about.st_size, changed)
    except OSError as error:
        raise StorageUnavailable.from_os(error, str(folder)) from error
    return dict(sorted(found.items()))


def _read_all(
    shelf: StoreShelf,
    folder: Path,
    names: dict[str, _Found],
    reading: Reading,
    progress: Progress | None,
) -> list[str]:
    """What others left; names those that stay refused. A clock that went back sorts a later file
    before an earlier one, so files that lacked the events before theirs are read again as long as
    anything came.
    """
    others = [name for name in names if not name.startswith(f"{shelf.store.device}-")]
    passed_over = [name for name in others if _is_refused(shelf, name, names[name])]
    left = [name for name in others if name not in set(passed_over)]
    before = -1
    while left and reading.new > before:
        before = reading.new
        left = [n for n in left if not _read(shelf, folder / n, names[n], reading, progress)]
    return [_written(name) for name in passed_over]


def _written(name: str) -> str:
    """A name as it can be written down: on a share of another system it may be no UTF-8."""
    return name.encode("utf-8", "backslashreplace").decode()


def _refused_mark(found: _Found, papers: int | None = None) -> str:
    """Remembered of a refused file: other bytes make it worth another look, and other papers where
    it was refused by those of today.
    """
    return f"refused {found.changed}" + ("" if papers is None else f" papers {papers}")


def _is_refused(shelf: StoreShelf, name: str, found: _Found) -> bool:
    row = _row_of(shelf, name)
    marks = (_refused_mark(found), _refused_mark(found, _papers(shelf)))
    return row is not None and row[0] == found.size and row[1] in marks


def _row_of(shelf: StoreShelf, name: str) -> tuple[int, str] | None:
    row = shelf.store.row(
        "SELECT size, vector FROM folder_file WHERE name = ? AND own = 0", (_written(name),)
    )
    return (int(row[0]), str(row[1])) if row else None


def _read(
    shelf: StoreShelf, file: Path, found: _Found, reading: Reading, progress: Progress | None
) -> bool:
    """False where the file holds events that others have to come before."""
    store, size = shelf.store, found.size
    row = _row_of(shelf, file.name)
    # What only another key opens stays shut until this device has another key, and what was kept
    # apart stays there until the city says otherwise.
    apart = f"papers {_papers(shelf)}"
    if row and row[0] == size and row[1] in ("", store.device, apart):
        return True
    if _written(file.name) != file.name:
        odd = Refused(Reason.UNREADABLE, _written(str(file)), "its name is not UTF-8")
        reading.refuse(Refusal(odd.place, odd.reason, odd.ko, odd.en))
        _remember(shelf, _written(file.name), False, size, _refused_mark(found))
        return True
    refused, gaps = len(reading.refusals), reading.gaps
    reading.gaps = {}
    try:
        read_bundle(shelf, file, carrier="folder", into=reading, progress=progress)
    except Refused as refusal:
        if refusal.reason is Reason.MISSING:
            # Everybody it was meant for has confirmed it since the folder was looked through.
            return True
        if refusal.reason is Reason.NOT_FOR_US:
            _remember(shelf, file.name, False, size, store.device)
        else:
            # Perhaps it is still on its way here: once it has changed it is tried again.
            reading.refuse(Refusal(refusal.place, refusal.reason, refusal.ko, refusal.en))
            if _is_its_own_fault(refusal):
                by_papers = refusal.reason not in (Reason.UNREADABLE, Reason.TOO_LARGE)
                mark = _refused_mark(found, _papers(shelf) if by_papers else None)
                _remember(shelf, file.name, False, size, mark)
        return True
    else:
        fresh = reading.refusals[refused:]
        # Asked of this file alone: another one may stand before the very same gap.
        whole = not reading.gaps
        if whole and all(each.reason in TO_QUARANTINE for each in fresh):
            _remember(shelf, file.name, False, size, apart if fresh else "")
        return whole
    finally:
        open_gaps = gaps | reading.gaps
        reading.gaps = {each: at for each, at in open_gaps.items() if shelf.tail(each) <= at}


def _is_its_own_fault(refusal: Refused) -> bool:
    """False where the same bytes may be taken another time: a disk that does not answer now, this
    device's clock or its papers.
    """
    behind = refusal.__cause__
    if isinstance(behind, OSError):
        return behind.errno in (EACCES, EPERM, EINVAL)
    return refusal.reason not in (Reason.EXPIRED, Reason.DAMAGED_PAPERS)


def _own_files(
    shelf: StoreShelf, folder: Path, names: dict[str, _Found]
) -> tuple[dict[str, _Own], list[str]]:
    """What this device left and still stands there, and files of its own that are of no use: they
    do not stand there as it left them, or nobody took anything from them for long. What these
    carried is left again.
    """
    whole: dict[str, _Own] = {}
    spoilt: list[str] = []
    heard, now = confirmed(shelf), shelf.store.clock()
    rows = shelf.store.rows(
        "SELECT name, size, at_us, vector FROM folder_file WHERE own = 1 ORDER BY rowid"
    )
    for name, size, at_us, text in rows:
        if name not in names or not name.startswith(f"{shelf.store.device}-"):
            continue
        file = msgspec.json.decode(text, type=_Own)
        # A clock that went back leaves once more what it left in the future.
        waits = not 0 <= now - at_us < LONG_US and any(
            upto > heard.get(device, 0) for device, (_, upto) in file.ranges.items()
        )
        if names[name].size == size and not waits and _is_as_it_was_left(folder / name):
            whole[name] = file
        else:
            spoilt.append(name)
    return whole, spoilt


def _is_as_it_was_left(file: Path) -> bool:
    """True when a file still has the hash that its name says."""
    try:
        with open_plain(file) as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return False
    return file.name.endswith(f"-{digest[:DIGITS]}{SUFFIX}")


def _leave(
    shelf: StoreShelf, folder: Path, own: dict[str, _Own], progress: Progress | None
) -> list[str]:
    word = own_acknowledgement(shelf).signature
    papers = _papers(shelf)
    covered = known_to_all(shelf)
    for file in own.values():
        if file.papers != papers:
            continue
        for device, (after, upto) in file.ranges.items():
            if after <= covered.get(device, 0):
                covered[device] = max(upto, covered.get(device, 0))
    asked = tuple(page.name for page in can_give(shelf, words(shelf)))
    said = any(
        file.word == word and file.papers == papers and set(asked) <= set(file.given)
        for file in own.values()
    )
    if said and not beyond(vector(shelf.store), covered):
        return []
    made = write_bundles(shelf, folder, carrier="folder", base=covered, progress=progress)
    for bundle in made:
        name = Path(bundle.file).name
        own[name] = _Own(_ranges(bundle), word, papers, asked)
        _remember(shelf, name, True, bundle.bytes, msgspec.json.encode(own[name]).decode())
    return [bundle.file for bundle in made]


def _papers(shelf: StoreShelf) -> int:
    assert shelf.trust.list is not None
    return shelf.trust.list.number + sum(each.number for each in shelf.trust.certificates.values())


def _ranges(bundle: Bundle) -> dict[str, tuple[int, int]]:
    return {device: (after, bundle.reaches[device]) for device, after in bundle.begins.items()}


def _confirmed(shelf: StoreShelf, own: dict[str, _Own]) -> list[str]:
    """Files of this device that are confirmed, or were written anew for more readers; never the
    newest, which carries its word.
    """
    known, papers = known_to_all(shelf), _papers(shelf)
    return [
        name
        for name, file in list(own.items())[:-1]
        if file.papers != papers
        or all(upto <= known.get(device, 0) for device, (_, upto) in file.ranges.items())
    ]


def _take_away(shelf: StoreShelf, folder: Path, name: str) -> str:
    """Deletes one file of this device and forgets it."""
    try:
        (folder / name).unlink(missing_ok=True)
    except OSError as error:
        raise StorageUnavailable.from_os(error, str(folder / name)) from error
    with shelf.change() as connection:
        connection.execute("DELETE FROM folder_file WHERE name = ?", (name,))
    return str(folder / name)


def _remember(shelf: StoreShelf, name: str, own: bool, size: int, text: str) -> None:
    with shelf.store.change() as connection:
        connection.execute(
            "INSERT INTO folder_file(name, own, at_us, size, vector) VALUES(?,?,?,?,?)"
            " ON CONFLICT(name) DO UPDATE SET own = excluded.own, at_us = excluded.at_us,"
            " size = excluded.size, vector = excluded.vector",
            (name, int(own), shelf.store.clock(), size, text),
        )

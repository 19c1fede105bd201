"""The folder 공유 폴더: a network share where devices leave their bundles and read the others'.

Every writer only ever makes, and takes away, files that begin with its own name, so any number of
them may work at once. A file is taken away when everybody it was meant for has confirmed it.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import msgspec

from db.exchange.acknowledgements import own_acknowledgement
from db.exchange.bundle import SUFFIX, Bundle, Progress, write_bundles
from db.exchange.importing import KEPT_APART
from db.exchange.outbox import known_to_all
from db.exchange.reading import Reading, Refusal, read_bundle
from db.exchange.refusals import Reason, Refused
from db.exchange.shelf import StoreShelf
from db.exchange.vector import beyond, vector
from db.problems import StorageUnavailable

MOST_FILES = 20_000


class FolderSync(msgspec.Struct, kw_only=True):
    """What one visit to the folder brought, left and cleared away."""

    reading: Reading
    written: list[str] = []
    removed: list[str] = []


class _Own(msgspec.Struct, frozen=True):
    """What a file of this device carries: (after, upto) of each journal, its word and papers.

    `papers` counts up with every change of who may read; an older file may be closed to somebody.
    """

    ranges: dict[str, tuple[int, int]]
    word: str
    papers: int


def sync_folder(shelf: StoreShelf, folder: Path, *, progress: Progress | None = None) -> FolderSync:
    """Reads what others left, leaves what they lack, clears away what is confirmed.

    One unreadable file stops nothing. Raises Refused where this device has no papers,
    StorageUnavailable when the folder or this disk refuses.
    """
    if shelf.trust.city is None:
        raise Refused(Reason.NOT_ENROLLED, str(folder))
    names = _names(folder)
    reading = Reading()
    _read_all(shelf, folder, names, reading, progress)
    own, spoilt = _own_files(shelf, names)
    written = _leave(shelf, folder, own, progress)
    removed = [_take_away(shelf, folder, name) for name in [*spoilt, *_confirmed(shelf, own)]]
    return FolderSync(reading=reading, written=written, removed=removed)


def _names(folder: Path) -> dict[str, int]:
    """Finished files and their sizes, in the order of their names."""
    found: dict[str, int] = {}
    try:
        for entry in sorted(folder.iterdir())[:MOST_FILES]:
            # Its writer may take a file away at any time.
            with suppress(FileNotFoundError):
                if entry.name.endswith(SUFFIX) and entry.is_file():
                    found[entry.name] = entry.stat().st_size
    except OSError as error:
        raise StorageUnavailable.from_os(error, str(folder)) from error
    return found


def _read_all(
    shelf: StoreShelf,
    folder: Path,
    names: dict[str, int],
    reading: Reading,
    progress: Progress | None,
) -> None:
    """What others left. A clock that went back sorts a later file before an earlier one, so files
    that lacked the events before theirs are read again as long as anything came.
    """
    others = [name for name in names if not name.startswith(f"{shelf.store.device}-")]
    for name in others:
        if not _is_text(name):
            shown = str(folder / name).encode("ascii", "backslashreplace").decode()
            odd = Refused(Reason.UNREADABLE, shown, "its name is not UTF-8")
            reading.refuse(Refusal(odd.place, odd.reason, odd.ko, odd.en))
    left = list(filter(_is_text, others))
    before = -1
    while left and reading.new > before:
        before = reading.new
        left = [n for n in left if not _read(shelf, folder / n, names[n], reading, progress)]


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _read(
    shelf: StoreShelf, file: Path, size: int, reading: Reading, progress: Progress | None
) -> bool:
    """False where the file holds events that others have to come before."""
    store = shelf.store
    row = store.row("SELECT size, vector FROM folder_file WHERE name = ? AND own = 0", (file.name,))
    # What only another key opens stays shut until this device has another key, and what was kept
    # apart stays there until the city says otherwise.
    apart = f"papers {_papers(shelf)}"
    if row and row[0] == size and row[1] in ("", store.device, apart):
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
            # Perhaps it is still on its way here: the next visit tries again.
            reading.refuse(Refusal(refusal.place, refusal.reason, refusal.ko, refusal.en))
        return True
    else:
        fresh = reading.refusals[refused:]
        # Asked of this file alone: another one may stand before the very same gap.
        whole = not reading.gaps
        if whole and all(each.reason in KEPT_APART for each in fresh):
            _remember(shelf, file.name, False, size, apart if fresh else "")
        return whole
    finally:
        found = gaps | reading.gaps
        reading.gaps = {each: at for each, at in found.items() if shelf.tail(each) <= at}


def _own_files(shelf: StoreShelf, names: dict[str, int]) -> tuple[dict[str, _Own], list[str]]:
    """What this device left and still stands there, and files of its own that do not stand there
    as it left them: of use to nobody, so what they carried is left again.
    """
    whole: dict[str, _Own] = {}
    spoilt: list[str] = []
    rows = shelf.store.rows(
        "SELECT name, size, vector FROM folder_file WHERE own = 1 ORDER BY rowid"
    )
    for name, size, text in rows:
        if name not in names or not name.startswith(f"{shelf.store.device}-"):
            continue
        if names[name] == size:
            whole[name] = msgspec.json.decode(text, type=_Own)
        else:
            spoilt.append(name)
    return whole, spoilt


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
    said = any(file.word == word and file.papers == papers for file in own.values())
    if said and not beyond(vector(shelf.store), covered):
        return []
    made = write_bundles(shelf, folder, carrier="folder", base=covered, progress=progress)
    for bundle in made:
        name = Path(bundle.file).name
        own[name] = _Own(_ranges(bundle), word, papers)
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
    confirmed, papers = known_to_all(shelf), _papers(shelf)
    return [
        name
        for name, file in list(own.items())[:-1]
        if file.papers != papers
        or all(upto <= confirmed.get(device, 0) for device, (_, upto) in file.ranges.items())
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

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
    for name, size in names.items():
        if not _is_text(name):
            shown = str(folder / name).encode("ascii", "backslashreplace").decode()
            odd = Refused(Reason.UNREADABLE, shown, "its name is not UTF-8")
            reading.refuse(Refusal(odd.place, odd.reason, odd.ko, odd.en))
        elif not name.startswith(f"{shelf.store.device}-"):
            _read(shelf, folder / name, size, reading, progress)
    own = _own_files(shelf, names)
    written = _leave(shelf, folder, own, progress)
    removed = _clear(shelf, folder, own) if written or own else []
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


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _read(
    shelf: StoreShelf, file: Path, size: int, reading: Reading, progress: Progress | None
) -> None:
    store = shelf.store
    row = store.row("SELECT size, vector FROM folder_file WHERE name = ? AND own = 0", (file.name,))
    # What only another key opens stays shut until this device has another key, and what was kept
    # apart stays there until the city says otherwise.
    apart = f"papers {_papers(shelf)}"
    if row and row[0] == size and row[1] in ("", store.device, apart):
        return
    refused, gaps = len(reading.refusals), dict(reading.gaps)
    try:
        read_bundle(shelf, file, carrier="folder", into=reading, progress=progress)
    except Refused as refusal:
        if refusal.reason is Reason.MISSING:
            # Everybody it was meant for has confirmed it since the folder was looked through.
            return
        if refusal.reason is Reason.NOT_FOR_US:
            _remember(shelf, file.name, False, size, store.device)
        else:
            # Perhaps it is still on its way here: the next visit tries again.
            reading.refuse(Refusal(refusal.place, refusal.reason, refusal.ko, refusal.en))
        return
    fresh = reading.refusals[refused:]
    if reading.gaps == gaps and all(each.reason in KEPT_APART for each in fresh):
        _remember(shelf, file.name, False, size, apart if fresh else "")


def _own_files(shelf: StoreShelf, names: dict[str, int]) -> dict[str, _Own]:
    rows = shelf.store.rows("SELECT name, vector FROM folder_file WHERE own = 1 ORDER BY rowid")
    return {
        name: msgspec.json.decode(text, type=_Own)
        for name, text in rows
        if name in names and name.startswith(f"{shelf.store.device}-")
    }


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


def _clear(shelf: StoreShelf, folder: Path, own: dict[str, _Own]) -> list[str]:
    """Takes away files of this device that are confirmed, or were written anew for more readers;
    never the newest, which carries its word.
    """
    confirmed, papers = known_to_all(shelf), _papers(shelf)
    removed = []
    for name, file in list(own.items())[:-1]:
        if file.papers != papers or all(
            upto <= confirmed.get(device, 0) for device, (_, upto) in file.ranges.items()
        ):
            _delete(folder / name)
            removed.append(str(folder / name))
            with shelf.store.change() as connection:
                connection.execute("DELETE FROM folder_file WHERE name = ?", (name,))
    return removed


def _delete(file: Path) -> None:
    try:
        file.unlink(missing_ok=True)
    except OSError as error:
        raise StorageUnavailable.from_os(error, str(file)) from error


def _remember(shelf: StoreShelf, name: str, own: bool, size: int, text: str) -> None:
    with shelf.store.change() as connection:
        connection.execute(
            "INSERT INTO folder_file(name, own, at_us, size, vector) VALUES(?,?,?,?,?)"
            " ON CONFLICT(name) DO UPDATE SET own = excluded.own, at_us = excluded.at_us,"
            " size = excluded.size, vector = excluded.vector",
            (name, int(own), shelf.store.clock(), size, text),
        )

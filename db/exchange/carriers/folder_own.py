"""The files that this device left in a shared folder, each until nobody needs it any more."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import msgspec

from db.clock import DAY_US
from db.directory import open_plain
from db.exchange.carriers.bundle import (
    DIGITS,
    SUFFIX,
    Bundle,
    Progress,
    write_bundles,
)
from db.exchange.carriers.folder_files import FoundFile, papers_number, remember
from db.exchange.pages.store_shelf import StoreShelf
from db.exchange.pages.version_vector import beyond, vector
from db.exchange.status.acknowledgements import can_give, own_acknowledgement, words
from db.exchange.status.outbox import confirmed, known_to_all
from db.problems import StorageUnavailable

_OTHERS = re.compile(r"|[a-z2-7]{26}|papers \d+|refused \d+/\d+( papers \d+)?", re.ASCII)
"""What is remembered of a file that another device left."""
LONG_US = 14 * DAY_US
"""After so long without anybody's word a file is left again."""


class OwnFile(msgspec.Struct, frozen=True):
    """What a file of this device carries: (after, upto) of each journal, its word and papers.

    `papers` counts up with every change of who may read; an older file may be closed to somebody.
    """

    ranges: dict[str, tuple[int, int]]
    word: str
    papers: int
    given: tuple[str, ...] = ()
    """Pages with what others had lost."""


def own_files(
    shelf: StoreShelf, folder: Path, names: dict[str, FoundFile]
) -> tuple[dict[str, OwnFile], list[str]]:
    """What this device left and still stands there, and files of its own that are of no use: they
    do not stand there as it left them, or nobody took anything from them for long. What these
    carried is left again.
    """
    whole: dict[str, OwnFile] = {}
    spoilt: list[str] = []
    heard, now = confirmed(shelf), shelf.store.clock()
    rows = shelf.store.rows(
        "SELECT name, size, at_us, vector FROM folder_file WHERE own = 1 ORDER BY rowid"
    )
    for name, size, at_us, text in rows:
        if name not in names or not name.startswith(f"{shelf.store.device}-"):
            continue
        file = _kept_own(text)
        if file is None:
            # What it carries is no longer known here: it is left again.
            spoilt.append(name)
            continue
        # A clock that went back leaves once more what it left in the future.
        waits = not 0 <= now - at_us < LONG_US and any(
            upto > heard.get(device, 0) for device, (_, upto) in file.ranges.items()
        )
        if names[name].size == size and not waits and _is_as_it_was_left(folder / name):
            whole[name] = file
        else:
            spoilt.append(name)
    return whole, spoilt


def _kept_own(text: str) -> OwnFile | None:
    """What is remembered of an own file; None where that rotted."""
    try:
        return msgspec.json.decode(text, type=OwnFile)
    except (msgspec.DecodeError, UnicodeError):
        return None


def is_memory_of_file(shelf: StoreShelf, name: str, own: bool, text: str) -> bool:
    """False for a row that no visit can have written."""
    if own:
        return shelf.store.is_own(name.partition("-")[0]) and _kept_own(text) is not None
    return _OTHERS.fullmatch(text) is not None


def _is_as_it_was_left(file: Path) -> bool:
    """True when a file still has the hash that its name says."""
    try:
        with open_plain(file) as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return False
    return file.name.endswith(f"-{digest[:DIGITS]}{SUFFIX}")


def leave(
    shelf: StoreShelf, folder: Path, own: dict[str, OwnFile], progress: Progress | None
) -> list[str]:
    word = own_acknowledgement(shelf).signature
    papers = papers_number(shelf)
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
        own[name] = OwnFile(_ranges(bundle), word, papers, asked)
        remember(shelf, name, True, bundle.bytes, msgspec.json.encode(own[name]).decode())
    return [bundle.file for bundle in made]


def _ranges(bundle: Bundle) -> dict[str, tuple[int, int]]:
    return {device: (after, bundle.reaches[device]) for device, after in bundle.begins.items()}


def no_longer_needed(shelf: StoreShelf, own: dict[str, OwnFile]) -> list[str]:
    """Files of this device that are confirmed, or were written anew for more readers; never the
    newest, which carries its word.
    """
    known, papers = known_to_all(shelf), papers_number(shelf)
    return [
        name
        for name, file in list(own.items())[:-1]
        if file.papers != papers
        or all(upto <= known.get(device, 0) for device, (_, upto) in file.ranges.items())
    ]


def take_away(shelf: StoreShelf, folder: Path, name: str) -> str:
    """Deletes one file of this device and forgets it."""
    try:
        (folder / name).unlink(missing_ok=True)
    except OSError as error:
        raise StorageUnavailable.from_os(error, str(folder / name)) from error
    with shelf.change() as connection:
        connection.execute("DELETE FROM folder_file WHERE name = ?", (name,))
    return str(folder / name)

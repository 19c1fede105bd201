"""The folder 공유 폴더: a network share where devices leave their bundles and read the others'.

Every writer only ever makes, and takes away, files that begin with its own name, so any number of
them may work at once. A file is taken away when everybody it was meant for has confirmed it. Until
then it is looked at on every visit: its name says what it must hash to, and what nobody has
confirmed for long is left again, whatever may be wrong with the file or on its way.
"""

from __future__ import annotations

from errno import EACCES, EINVAL, EPERM
from pathlib import Path

import msgspec

from db.directory import require_outside
from db.exchange.carriers.bundle import (
    Progress,
)
from db.exchange.carriers.bundle_reading import Reading, Refusal, read_bundle
from db.exchange.carriers.folder_files import (
    FoundFile,
    bundles_in,
    papers_number,
    remember,
    row_of,
    writable_name,
)
from db.exchange.carriers.folder_own import leave, no_longer_needed, own_files, take_away
from db.exchange.pages.importing import TO_QUARANTINE
from db.exchange.pages.store_shelf import StoreShelf
from db.exchange.status.log import note
from db.refusals import Reason, Refused


class FolderSync(msgspec.Struct, kw_only=True):
    """What one visit to the folder brought, left and cleared away.

    `passed_over` are files that were refused at an earlier visit and have not changed since.
    """

    reading: Reading
    passed_over: list[str] = []
    written: list[str] = []
    removed: list[str] = []


def sync_folder(shelf: StoreShelf, folder: Path, *, progress: Progress | None = None) -> FolderSync:
    """Reads what others left, leaves what they lack, clears away what is confirmed.

    One unreadable file stops nothing; it is named once, and again when it has changed. Raises
    Refused where this device has no papers, StorageUnavailable when the folder or this disk
    refuses.
    """
    if shelf.trust.city is None:
        raise Refused(Reason.NOT_ENROLLED, str(folder))
    require_outside(folder, "folder")
    names = bundles_in(folder)
    reading = Reading()
    passed_over = _read_all(shelf, folder, names, reading, progress)
    own, spoilt = own_files(shelf, folder, names)
    written = leave(shelf, folder, own, progress)
    removed = [take_away(shelf, folder, name) for name in [*spoilt, *no_longer_needed(shelf, own)]]
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


def _read_all(
    shelf: StoreShelf,
    folder: Path,
    names: dict[str, FoundFile],
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
    return [writable_name(name) for name in passed_over]


def _refused_mark(found: FoundFile, papers: int | None = None) -> str:
    """Remembered of a refused file: other bytes make it worth another look, and other papers where
    it was refused by those of today.
    """
    return f"refused {found.changed}" + ("" if papers is None else f" papers {papers}")


def _is_refused(shelf: StoreShelf, name: str, found: FoundFile) -> bool:
    row = row_of(shelf, name)
    marks = (_refused_mark(found), _refused_mark(found, papers_number(shelf)))
    return row is not None and row[0] == found.size and row[1] in marks


def _read(
    shelf: StoreShelf, file: Path, found: FoundFile, reading: Reading, progress: Progress | None
) -> bool:
    """False where the file holds events that others have to come before."""
    store, size = shelf.store, found.size
    row = row_of(shelf, file.name)
    # What only another key opens stays shut until this device has another key, and what was kept
    # apart stays there until the city says otherwise.
    apart = f"papers {papers_number(shelf)}"
    if row and row[0] == size and row[1] in ("", store.device, apart):
        return True
    if writable_name(file.name) != file.name:
        odd = Refused(Reason.UNREADABLE, writable_name(str(file)), "its name is not UTF-8")
        reading.refuse(Refusal(odd.place, odd.reason, odd.ko, odd.en))
        remember(shelf, writable_name(file.name), False, size, _refused_mark(found))
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
            remember(shelf, file.name, False, size, store.device)
        else:
            # Perhaps it is still on its way here: once it has changed it is tried again.
            reading.refuse(Refusal(refusal.place, refusal.reason, refusal.ko, refusal.en))
            if _is_its_own_fault(refusal):
                by_papers = refusal.reason not in (Reason.UNREADABLE, Reason.TOO_LARGE)
                mark = _refused_mark(found, papers_number(shelf) if by_papers else None)
                remember(shelf, file.name, False, size, mark)
        return True
    else:
        fresh = reading.refusals[refused:]
        # Asked of this file alone: another one may stand before the very same gap.
        whole = not reading.gaps
        if whole and all(each.reason in TO_QUARANTINE for each in fresh):
            remember(shelf, file.name, False, size, apart if fresh else "")
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

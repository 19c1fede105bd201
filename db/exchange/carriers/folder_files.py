"""What lies in a shared folder, and what a store remembers of it."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from db.exchange.carriers.bundle import (
    is_bundle_name,
)
from db.exchange.pages.store_shelf import StoreShelf
from db.problems import StorageUnavailable


class FoundFile(NamedTuple):
    """A file as the folder shows it: its bytes, and when they or the rights to them changed."""

    size: int
    changed: str


def bundles_in(folder: Path) -> dict[str, FoundFile]:
    """Finished bundles in the order of their names; whatever else lies there is not counted."""
    found: dict[str, FoundFile] = {}
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                # Its writer may take a file away at any time.
                with suppress(FileNotFoundError):
                    if is_bundle_name(entry.name) and entry.is_file():
                        about = entry.stat()
                        changed = f"{about.st_mtime_ns}/{about.st_ctime_ns}"
                        found[entry.name] = FoundFile(about.st_size, changed)
    except OSError as error:
        raise StorageUnavailable.from_os(error, str(folder)) from error
    return dict(sorted(found.items()))


def writable_name(name: str) -> str:
    """A name as it can be written down: on a share of another system it may be no UTF-8."""
    return name.encode("utf-8", "backslashreplace").decode()


def row_of(shelf: StoreShelf, name: str) -> tuple[int, str] | None:
    row = shelf.store.row(
        "SELECT size, vector FROM folder_file WHERE name = ? AND own = 0", (writable_name(name),)
    )
    return (int(row[0]), str(row[1])) if row else None


def papers_number(shelf: StoreShelf) -> int:
    assert shelf.trust.list is not None
    return shelf.trust.list.number + sum(each.number for each in shelf.trust.certificates.values())


def remember(shelf: StoreShelf, name: str, own: bool, size: int, text: str) -> None:
    with shelf.store.change() as connection:
        connection.execute(
            "INSERT INTO folder_file(name, own, at_us, size, vector) VALUES(?,?,?,?,?)"
            " ON CONFLICT(name) DO UPDATE SET own = excluded.own, at_us = excluded.at_us,"
            " size = excluded.size, vector = excluded.vector",
            (name, int(own), shelf.store.clock(), size, text),
        )

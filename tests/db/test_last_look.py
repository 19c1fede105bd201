"""A large store is looked through whole when there is a reason to, and not at every start."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from db.directory import STORE, DataDirectory
from db.problems import StorageUnavailable
from db.store import last_look
from db.store.opening import open_store
from db.store.salvage import damage_of


@pytest.fixture
def large(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store that counts as large, opened and closed once."""
    monkeypatch.setattr(last_look, "LARGE", 1)
    open_store(data_dir).close()
    return data_dir / STORE


def touch(file: Path) -> None:
    os.utime(file, ns=(1, 1))


def test_a_file_left_in_good_order_is_not_looked_through_again(large: Path) -> None:
    assert not last_look.is_due(large)
    open_store(large.parent).close()
    assert not last_look.is_due(large)


def test_an_open_one_that_is_killed_is_looked_through(large: Path) -> None:
    with open_store(large.parent) as store:
        store.set_meta("anything", "1")
        assert last_look.is_due(large)
    assert not last_look.is_due(large)


@pytest.mark.parametrize(
    "happened",
    [
        touch,
        lambda file: (file.parent / "cheonman.looked").unlink(),
        lambda file: (file.parent / "cheonman.looked").write_bytes(b"{"),
        last_look.note_damage,
    ],
)
def test_a_reason_to_doubt_has_it_looked_through(
    large: Path, happened: Callable[[Path], object]
) -> None:
    happened(large)
    assert last_look.is_due(large)
    assert damage_of(DataDirectory(large.parent)) is None


def test_a_week_later_it_is_looked_through(large: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 8 * 86_400)
    assert last_look.is_due(large)
    monkeypatch.setattr(time, "time", lambda: now - 3600)
    assert last_look.is_due(large)


def test_damage_met_while_it_is_read_is_remembered_past_a_good_close(large: Path) -> None:
    size = large.stat().st_size
    with open_store(large.parent) as store:
        (page,) = store.row("SELECT rootpage FROM sqlite_schema WHERE name = 'notice'") or (0,)
        store.rows("PRAGMA wal_checkpoint(TRUNCATE)")
        with large.open("r+b") as stream:
            stream.seek((int(page) - 1) * 4096)
            stream.write(b"\xff" * 64)
        store.rows("PRAGMA shrink_memory")
        with pytest.raises(StorageUnavailable):
            store.rows("SELECT * FROM notice")
    assert large.stat().st_size == size and last_look.is_due(large)
    assert damage_of(DataDirectory(large.parent)) is not None

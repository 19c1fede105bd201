"""A backup is whole or not there; a restore forges no numbers and overwrites nothing."""

from __future__ import annotations

import os
import random
import stat
from collections.abc import Callable
from pathlib import Path

import pysqlite3.dbapi2 as sqlite
import pytest

from db.participation.feedback import add_feedback, list_feedback
from db.participation.replies import look_up
from db.problems import (
    DamagedFile,
    DirectoryInUse,
    ForeignFile,
    InputRefused,
    MissingFile,
    NewerStore,
    Problem,
    StorageUnavailable,
)
from db.receipts.code import code_of
from db.store.backup import backup, restore
from db.store.migrations import COUNT
from db.store.notices import notices
from db.store.opening import open_reader, open_store
from db.store.store import Store
from db.store.verification import verify
from tests.db.in_memory import PHONE, praise


@pytest.fixture
def saved(data_dir: Path, tmp_path: Path) -> Path:
    """A backup of a store with thirty feedback, the store closed."""
    file = tmp_path / "backup.db"
    with open_store(data_dir) as store:
        for number in range(30):
            add_feedback(store, praise(f"의견 {number}", contact=PHONE))
        backup(store, file)
    return file


def test_a_backup_made_while_the_kiosk_runs_is_one_sound_file(store: Store, tmp_path: Path) -> None:
    receipt = add_feedback(store, praise("백업될 글"))
    file = tmp_path / "backup.db"
    with open_reader(store.directory.path) as reader:
        done = backup(reader, file)
    assert (done.events, done.bytes) == (1, file.stat().st_size)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert sorted(path.name for path in tmp_path.glob("backup.db*")) == ["backup.db"]
    assert add_feedback(store, praise("다음")).seq == receipt.seq + 1


def test_an_older_backup_is_replaced_and_any_other_file_is_not(
    store: Store, tmp_path: Path
) -> None:
    file = tmp_path / "backup.db"
    backup(store, file)
    add_feedback(store, praise())
    assert backup(store, file).events == 1
    letter = tmp_path / "letter.txt"
    letter.write_text("dear")
    for target in (letter, tmp_path):
        with pytest.raises(ForeignFile):
            backup(store, target)
    assert letter.read_text() == "dear"


def test_a_store_is_not_restored_from_itself(data_dir: Path) -> None:
    with open_store(data_dir) as store:
        device = store.device
    with pytest.raises(InputRefused, match="name a backup"):
        restore(data_dir, data_dir / "cheonman.db")
    with open_store(data_dir) as store:
        assert store.device == device


@pytest.mark.parametrize("name", ["cheonman.db", "cheonman.db-wal", "link"])
def test_no_backup_lies_down_over_a_store_in_use(store: Store, tmp_path: Path, name: str) -> None:
    add_feedback(store, praise("먼저"))
    (tmp_path / "link").symlink_to(store.directory.store)
    file = tmp_path / name if name == "link" else store.directory.path / name
    before = store.directory.store.stat().st_ino
    with pytest.raises(InputRefused):
        backup(store, file)
    assert store.directory.store.stat().st_ino == before


def test_a_backup_that_has_no_room_leaves_nothing_behind(store: Store, tmp_path: Path) -> None:
    with pytest.raises(StorageUnavailable) as refused:
        backup(store, tmp_path / "missing" / "backup.db")
    assert "missing" in refused.value.sentence("ko")
    assert list(tmp_path.rglob("*.tmp")) == []


def test_a_restored_store_is_a_new_device_and_keeps_what_it_had(
    saved: Path, data_dir: Path
) -> None:
    with open_store(data_dir) as store:
        old = store.device
        later = add_feedback(store, praise("백업 뒤의 글"))
    done = restore(data_dir, saved)
    assert done.device != old
    assert done.events == 30
    with open_store(data_dir) as store:
        assert store.device == done.device
        assert verify(store) == ()
        assert [row.text for row in list_feedback(store)[0]] == [f"의견 {n}" for n in range(30)]
        assert {row.device for row in list_feedback(store)[0]} == {old}
        assert add_feedback(store, praise("새 글")).seq == 1
        assert notices(store)[0].kind == "restored"
        assert look_up(store, later.code) is None
    assert done.set_aside is not None
    connection = sqlite.connect(f"{done.set_aside}/cheonman.db")
    assert connection.execute("SELECT count(*) FROM event").fetchone() == (31,)
    connection.close()


def test_a_backup_is_restored_on_another_machine_and_its_receipts_still_open(
    saved: Path, data_dir: Path, tmp_path: Path
) -> None:
    with open_store(data_dir) as store:
        receipt_of = {row.text: row for row in list_feedback(store)[0]}
        (key,) = store.rows("SELECT receipt FROM event WHERE body LIKE '%의견 7%'")[0]
    restore(tmp_path / "new machine", saved)
    with open_store(tmp_path / "new machine") as store:
        status = look_up(store, code_of(key))
        assert status is not None and status.id == receipt_of["의견 7"].id


def as_newer(file: Path) -> None:
    connection = sqlite.connect(str(file))
    connection.execute(f"PRAGMA user_version = {COUNT + 1}")
    connection.close()


def as_foreign(file: Path) -> None:
    connection = sqlite.connect(str(file))
    connection.execute("PRAGMA application_id = 7")
    connection.close()


def as_text(file: Path) -> None:
    file.write_text("not a database")


def as_truncated(file: Path) -> None:
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2])


def as_trapped(file: Path) -> None:
    connection = sqlite.connect(str(file))
    connection.execute("CREATE TRIGGER trap AFTER INSERT ON event BEGIN DELETE FROM feedback; END")
    connection.close()


def as_forged(file: Path) -> None:
    connection = sqlite.connect(str(file), isolation_level=None)
    connection.execute("UPDATE event SET body = replace(body, '의견', '조작') WHERE seq = 5")
    connection.close()


def as_cut_event(file: Path) -> None:
    connection = sqlite.connect(str(file), isolation_level=None)
    connection.execute("DELETE FROM event WHERE seq = 5")
    connection.close()


@pytest.mark.parametrize(
    ("spoil", "kind"),
    [
        (as_newer, NewerStore),
        (as_foreign, ForeignFile),
        (as_text, ForeignFile),
        (as_truncated, DamagedFile),
        (as_trapped, DamagedFile),
    ],
    ids=lambda each: each.__name__,
)
def test_a_file_that_cannot_be_trusted_is_refused_and_the_store_stays(
    saved: Path, data_dir: Path, spoil: Callable[[Path], None], kind: type[Problem]
) -> None:
    spoil(saved)
    before = (data_dir / "cheonman.db").read_bytes()
    with pytest.raises(kind) as refused:
        restore(data_dir, saved)
    assert saved.name in refused.value.sentence("ko")
    assert (data_dir / "cheonman.db").read_bytes() == before
    assert sorted(path.name for path in data_dir.glob("cheonman.db*")) == ["cheonman.db"]
    with open_store(data_dir) as store:
        assert len(list_feedback(store)[0]) == 30


@pytest.mark.parametrize(("spoil", "left"), [(as_forged, 29), (as_cut_event, 29)])
def test_what_a_backup_cannot_prove_is_left_out_and_said(
    saved: Path, data_dir: Path, spoil: Callable[[Path], None], left: int
) -> None:
    with open_store(data_dir) as store:
        texts = {row.text for row in list_feedback(store)[0]}
    spoil(saved)
    restore(data_dir, saved)
    with open_store(data_dir) as store:
        found = [row.text for row in list_feedback(store)[0] if not row.erased]
        assert len(found) == left and set(found) < texts
        assert {notice.kind for notice in notices(store)} & {"rot", "salvage"}
        assert verify(store) == ()


@pytest.mark.parametrize("renamed", ["cheonman.db-wal", "cheonman.db", "cheonman.db.fresh"])
def test_a_power_cut_during_a_restore_leaves_the_old_store_or_the_new_one_whole(
    saved: Path, data_dir: Path, renamed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_store(data_dir) as store:
        add_feedback(store, praise("백업 뒤의 말"))
        device, count = store.device, len(list_feedback(store)[0])
        names = ("cheonman.db", "cheonman.db-wal")
        copy = {name: (data_dir / name).read_bytes() for name in names}
    # As a power cut leaves it, with a log beside it.
    for name, content in copy.items():
        (data_dir / name).write_bytes(content)
    real = os.replace

    def replace(source: Path, target: Path) -> None:
        if source.name == renamed:
            raise KeyboardInterrupt
        real(source, target)

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr("db.store.salvage.os.replace", replace)
        # A machine without power clears nothing up.
        patched.setattr("db.store.backup.remove_store", lambda file: None)
        restore(data_dir, saved)
    with open_store(data_dir) as store:
        found = len(list_feedback(store)[0])
        # Its keys were made anew already, so it is a new device either way.
        assert store.device != device
        assert found == (count if renamed == "cheonman.db-wal" else count - 1)
        assert verify(store) == ()
    assert not (data_dir / "cheonman.db.fresh").exists()


@pytest.mark.parametrize("seed", range(8))
def test_a_backup_with_a_flipped_bit_is_refused_or_gives_the_same_feedback(
    saved: Path, tmp_path: Path, seed: int
) -> None:
    content = bytearray(saved.read_bytes())
    chance = random.Random(seed)
    content[chance.randrange(100, len(content))] ^= 1 << chance.randrange(8)
    saved.write_bytes(content)
    try:
        restore(tmp_path / "other", saved)
    except Problem:
        return
    with open_store(tmp_path / "other") as store:
        assert sorted(row.text for row in list_feedback(store)[0]) == sorted(
            f"의견 {number}" for number in range(30)
        )


def test_nothing_is_restored_under_a_running_kiosk(saved: Path, data_dir: Path) -> None:
    with open_store(data_dir), pytest.raises(DirectoryInUse):
        restore(data_dir, saved)


def test_a_backup_that_is_not_there_is_named(data_dir: Path, tmp_path: Path) -> None:
    with pytest.raises(MissingFile) as refused:
        restore(data_dir, tmp_path / "nowhere.db")
    assert "nowhere.db" in refused.value.sentence("en")
    assert not (data_dir / "cheonman.db").exists()

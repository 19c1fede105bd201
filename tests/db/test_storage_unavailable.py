"""The environment refuses: one calm sentence by its cause, and what was confirmed stays."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pysqlite3.dbapi2 as sqlite
import pytest

from db.clock import system_clock as now
from db.exchange.trust.trust import Trust
from db.hub.database.sqlite import SqliteShelf
from db.participation.feedback import add_feedback, list_feedback
from db.problems import Cause, NoStore, StorageUnavailable
from db.store import opening
from db.store.opening import open_store
from db.store.store import Store, connect
from db.store.verification import verify
from tests.db.in_memory import praise


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 2 MB where this user may mount one; elsewhere files may not grow beyond that."""
    path = tmp_path / "disk"
    path.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(path)]
    if subprocess.run(mount, capture_output=True, check=False).returncode == 0:
        yield path
        subprocess.run(["umount", str(path)], check=True)
        return
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, limits[1]))
    yield path
    resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    signal.signal(signal.SIGXFSZ, handler)


def test_a_full_disk_refuses_and_keeps_every_confirmed_feedback(small_disk: Path) -> None:
    confirmed = []
    with open_store(small_disk / "data") as store:
        with pytest.raises(StorageUnavailable) as refused:
            for number in range(5_000):
                add_feedback(store, praise(f"의견 {number} " + "가" * 280))
                confirmed.append(f"의견 {number} " + "가" * 280)
        assert refused.value.cause in (Cause.FULL, Cause.INPUT_OUTPUT)
        assert not store.connection.in_transaction
        assert [row.text for row in list_feedback(store, limit=9_999)[0]] == confirmed
        assert len(confirmed) > 20


@pytest.mark.parametrize("left", [0, 8_192, 16_384])
def test_a_disk_without_room_is_called_full_and_not_broken(
    tmp_path: Path, left: int, small_disk: Path
) -> None:
    home = small_disk / "data"
    with open_store(home):
        pass
    if not small_disk.is_mount():
        # Files that may not grow are no full disk; there is nothing to ask here.
        return
    filler = os.open(small_disk / "filler", os.O_WRONLY | os.O_CREAT)
    with suppress(OSError):
        while True:
            os.write(filler, bytes(4096))
    os.close(filler)
    os.truncate(small_disk / "filler", (small_disk / "filler").stat().st_size - left)
    for act in (lambda: open_store(home), lambda: SqliteShelf(small_disk / "hub.db", Trust(), now)):
        with pytest.raises(StorageUnavailable) as refused:
            act().close()
        assert refused.value.cause is Cause.FULL


def test_room_made_again_is_used_again(small_disk: Path) -> None:
    filler = small_disk / "filler"
    with open_store(small_disk / "data") as store:
        add_feedback(store, praise("먼저"))
        with filler.open("wb", buffering=0) as file:
            try:
                while True:
                    file.write(b"\0" * 65536)
            except OSError:
                pass
        try:
            for _ in range(300):
                add_feedback(store, praise("가" * 300))
        except StorageUnavailable:
            filler.unlink()
        add_feedback(store, praise("다시 됩니다"))
        assert list_feedback(store, limit=9_999)[0][-1].text == "다시 됩니다"
        assert verify(store) == ()


def test_a_database_locked_by_another_program_refuses_after_a_while(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.rows("PRAGMA busy_timeout = 20")
    other = sqlite.connect(str(store.directory.store), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageUnavailable) as refused:
        add_feedback(store, praise())
    assert refused.value.cause is Cause.LOCKED
    other.execute("ROLLBACK")
    other.close()
    assert add_feedback(store, praise()).seq == 1


@pytest.mark.parametrize(
    ("code", "cause"),
    [
        (13, Cause.FULL),
        (8, Cause.READ_ONLY),
        (8 | 1 << 8, Cause.READ_ONLY),
        (5, Cause.LOCKED),
        (6, Cause.LOCKED),
        (10 | 3 << 8, Cause.INPUT_OUTPUT),
        (10 | 19 << 8, Cause.FULL),
        (11, Cause.CORRUPT),
        (26, Cause.CORRUPT),
        (14, Cause.NO_RIGHTS),
    ],
)
def test_the_cause_comes_from_the_primary_code_and_is_said_in_both_languages(
    code: int, cause: Cause
) -> None:
    error = sqlite.OperationalError("as SQLite says it")
    error.sqlite_errorcode = code
    calm = StorageUnavailable.from_sqlite(error, "/data/cheonman.db")
    assert calm is not None
    assert calm.cause is cause
    for language in ("ko", "en"):
        assert "/data/cheonman.db" in calm.sentence(language)
        assert "SQLite" not in calm.sentence(language)


def test_a_mistake_in_our_own_statements_stays_a_bug(store: Store) -> None:
    with pytest.raises(sqlite.OperationalError, match="no such table"):
        store.rows("SELECT * FROM nowhere")
    with pytest.raises(sqlite.IntegrityError), store.change() as connection:
        connection.execute("INSERT INTO meta(key, value) VALUES('k', NULL)")
    assert not store.connection.in_transaction


#: Root may write everywhere; without these two rights it may not, like anybody else.
WITHOUT_RIGHTS = """
import ctypes, os, sys
if os.geteuid() == 0:
    for right in (1, 2):
        ctypes.CDLL(None).prctl(24, right, 0, 0, 0)
os.execv(sys.executable, [sys.executable, "-c", sys.argv[1], sys.argv[2]])
"""
OPENS = """
import sys
from pathlib import Path
from db.problems import StorageUnavailable
from db.store.opening import open_store
try:
    open_store(Path(sys.argv[1]))
except StorageUnavailable as problem:
    print(problem.cause, problem.sentence("en"))
"""


def test_a_directory_without_rights_is_refused_by_name(tmp_path: Path) -> None:
    place = tmp_path / "locked"
    place.mkdir(mode=0o500)
    command = [sys.executable, "-c", WITHOUT_RIGHTS, OPENS, str(place / "data")]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    place.chmod(0o700)
    assert said.stdout.startswith("no-rights "), said.stderr
    assert str(place / "data") in said.stdout


def test_a_data_directory_that_is_a_file_is_refused_by_name(tmp_path: Path) -> None:
    file = tmp_path / "data"
    file.write_text("a file stands here")
    with pytest.raises(StorageUnavailable) as refused:
        open_store(file)
    assert refused.value.cause is Cause.NOT_A_DIRECTORY
    assert str(file) in refused.value.sentence("ko")
    assert file.read_text() == "a file stands here"


def test_an_error_while_opening_lets_go_of_the_directory(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        error = sqlite.OperationalError("disk I/O error")
        error.sqlite_errorcode = 10
        raise error

    with monkeypatch.context() as patched, pytest.raises(StorageUnavailable):
        patched.setattr(opening, "bring_forward", refuse)
        open_store(data_dir)
    open_store(data_dir).close()


def test_a_reader_of_a_missing_store_is_told_so(data_dir: Path) -> None:
    with pytest.raises(NoStore, match=r"cheonman init"):
        opening.open_reader(data_dir)
    assert connect(data_dir / "other.db").close() is None

"""What the system refuses is told by its true cause, and a disk that takes no writing is read."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import pysqlite3.dbapi2 as sqlite
import pytest

from db import directory as directories
from db.directory import DataDirectory, DirectoryLock
from db.participation.feedback import add_feedback, list_feedback
from db.problems import Cause, DirectoryInUse, Problem, StorageUnavailable, in_brackets
from db.store import store as stores
from db.store.opening import open_reader, open_store
from db.store.store import raise_calmly
from tests.db.in_memory import praise


@pytest.mark.parametrize("number", [errno.EWOULDBLOCK, errno.EAGAIN])
def test_only_a_lock_that_is_held_means_another_process(
    data_dir: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(_descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(directories, "_take", held)
    with pytest.raises(DirectoryInUse):
        DirectoryLock(DataDirectory(data_dir))


@pytest.mark.parametrize(
    ("number", "cause"),
    [
        (errno.ENOLCK, Cause.NO_LOCKS),
        (errno.ENOSYS, Cause.NO_LOCKS),
        (errno.EOPNOTSUPP, Cause.NO_LOCKS),
        (errno.EIO, Cause.INPUT_OUTPUT),
        (errno.EROFS, Cause.READ_ONLY),
        (errno.ENOMEM, Cause.SHORT),
        (errno.EPERM, Cause.NO_RIGHTS),
    ],
)
def test_any_other_trouble_with_the_lock_is_told_as_what_it_is(
    data_dir: Path, number: int, cause: Cause, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(directories, "_take", fails)
    with pytest.raises(StorageUnavailable) as refused:
        open_store(data_dir)
    assert refused.value.cause is cause


@pytest.mark.parametrize(
    ("number", "cause"),
    [
        (errno.ENOSPC, Cause.FULL),
        (errno.EROFS, Cause.READ_ONLY),
        (errno.EACCES, Cause.NO_RIGHTS),
        (errno.EBUSY, Cause.LOCKED),
        (errno.EFBIG, Cause.TOO_BIG),
        (errno.EMFILE, Cause.SHORT),
        (errno.ENFILE, Cause.SHORT),
        (errno.EILSEQ, Cause.BAD_PATH),
        (errno.EIO, Cause.INPUT_OUTPUT),
    ],
)
def test_an_error_of_the_system_is_sorted_by_its_cause(number: int, cause: Cause) -> None:
    told = StorageUnavailable.from_os(OSError(number, "x"), "/place")
    assert told.cause is cause and "/place" in told.ko


def saved(data_dir: Path) -> None:
    with open_store(data_dir) as store:
        add_feedback(store, praise("하나"))


def read(data_dir: Path) -> list[str]:
    with open_reader(data_dir) as store:
        return [row.text for row in list_feedback(store)[0]]


def test_a_store_on_a_disk_that_takes_no_writing_is_read_as_it_lies_there(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved(data_dir)
    assert not list(data_dir.glob("cheonman.db-*"))
    monkeypatch.setattr(stores, "is_read_only", lambda path: True)
    assert read(data_dir) == ["하나"]
    # Nothing was even tried to be written beside it.
    assert not list(data_dir.glob("cheonman.db-*"))


def test_what_stands_in_a_log_alone_is_read_there_as_well(
    data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "copy"
    with open_store(data_dir) as store:
        add_feedback(store, praise("하나"))
        shutil.copytree(data_dir, copy)
    assert (copy / "cheonman.db-wal").stat().st_size > 0
    monkeypatch.setattr(stores, "is_read_only", lambda path: True)
    assert read(copy) == ["하나"]


def test_a_file_that_cannot_be_opened_on_such_a_disk_is_no_question_of_rights(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    error = sqlite.OperationalError("unable to open database file")
    for read_only, cause in ((False, Cause.NO_RIGHTS), (True, Cause.READ_ONLY)):
        monkeypatch.setattr(stores, "is_read_only", lambda path, answer=read_only: answer)
        with pytest.raises(StorageUnavailable) as refused:
            raise_calmly(error, data_dir / "cheonman.db")
        assert refused.value.cause is cause


@pytest.mark.parametrize(
    ("detail", "korean", "english"),
    [
        ("", "", ""),
        ("failed to fill whole buffer", "", " (failed to fill whole buffer)"),
        ("Input/output error", "", " (Input/output error)"),
        ("617 bytes", " (617바이트)", " (617 bytes)"),
        ("dtqrph2vvke4h6qyijhj6s2ymi", " (dtqrph2vvke4h6qyijhj6s2ymi)", None),
    ],
)
def test_no_english_sentence_stands_inside_a_korean_one(
    detail: str, korean: str, english: str | None
) -> None:
    ko, en = in_brackets(detail)
    assert (ko, en) == (korean, korean if english is None else english)


def test_a_problem_is_one_of_two_sentences() -> None:
    assert Problem("한국어", "English").sentence("ko") == "한국어"

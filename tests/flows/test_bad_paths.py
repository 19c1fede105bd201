"""Paths that lead nowhere, or to what is no file of ours: one sentence, and nothing is begun."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.flows import preludes
from tests.flows.program import Answer, add_opinion, cheonman, clear_sentence, in_this_process

TROUBLE = 1
READERS = (
    ("sync", "--status"),
    ("store-hash",),
    ("backup", "copy.db"),
    ("feedback", "list"),
    ("purge", "--dry-run"),
    ("bundle", "write", "--to", ".", "--rescue"),
    ("enroll", "request", "--out", "request"),
)


@pytest.fixture
def device(tmp_path: Path) -> Path:
    data_dir = tmp_path / "device"
    answer = in_this_process("init", "--data-dir", data_dir, "--role", "desk", "--name", "시청")
    assert answer.status == 0, answer.err
    return data_dir


@pytest.fixture
def authority(tmp_path: Path) -> Path:
    path = tmp_path / "authority"
    assert in_this_process("authority", "init", "--dir", path).status == 0
    return path


def test_a_pipe_that_nobody_writes_into_is_refused_instead_of_waited_for(
    tmp_path: Path, device: Path, authority: Path
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    sign = ("--dir", authority, "--role", "kiosk", "--name", "X", "--out", tmp_path / "out")
    for words in (
        ("bundle", "read", pipe, "--data-dir", device),
        ("enroll", "accept", pipe, "--data-dir", device),
        ("authority", "sign", pipe, *sign),
        ("backup", pipe, "--data-dir", device),
        ("restore", pipe, "--data-dir", tmp_path / "restored"),
    ):
        clear_sentence(in_this_process(*words), pipe, status=TROUBLE)
    assert not (tmp_path / "restored").exists()


def test_a_file_that_is_not_there_is_not_called_damaged(tmp_path: Path, device: Path) -> None:
    nothing = tmp_path / "nothing.age"
    for words in (("bundle", "read"), ("enroll", "accept")):
        answer = in_this_process(*words, nothing, "--data-dir", device)
        assert "no such file" in clear_sentence(answer, nothing, status=TROUBLE)


def test_a_place_that_is_missing_or_no_directory_is_called_by_what_it_is(
    tmp_path: Path, device: Path
) -> None:
    (tmp_path / "file").touch()
    for place, said in (
        (tmp_path / "none" / "x", "no such directory"),
        (tmp_path / "file" / "x", "file stands where"),
        (tmp_path, "directory stands where"),
        (tmp_path / ("x" * 300), "cannot be a path"),
    ):
        answer = in_this_process("enroll", "request", "--data-dir", device, "--out", place)
        assert said in clear_sentence(answer, place, status=TROUBLE)


def test_a_file_in_the_place_of_a_directory_is_called_so(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    for words in (("authority", "init", "--dir", file), ("tour", file)):
        assert "file stands where" in clear_sentence(in_this_process(*words), file, status=TROUBLE)


def test_a_backup_behind_a_file_or_under_an_endless_name_is_refused(
    tmp_path: Path, device: Path
) -> None:
    (tmp_path / "file").touch()
    for place in (tmp_path / "file" / "copy.db", tmp_path / ("x" * 300)):
        answer = in_this_process("backup", place, "--data-dir", device)
        clear_sentence(answer, place, status=TROUBLE)


@pytest.mark.parametrize("words", READERS, ids=" ".join)
def test_an_endless_path_for_everything_is_refused(tmp_path: Path, words: tuple[str, ...]) -> None:
    endless = tmp_path / ("x" * 300)
    clear_sentence(in_this_process(*words, "--data-dir", endless), endless)


def _without_rights(*words: str | Path) -> Answer:
    return cheonman(*words, program=preludes.WITHOUT_RIGHTS)


def test_keys_of_another_user_are_named_by_every_command_that_needs_them(device: Path) -> None:
    assert add_opinion(device).status == 0
    keys = device / "keys"
    keys.chmod(0)
    try:
        for words in (*READERS, ("rebuild",), ("review", "set", "x", "--state", "answered")):
            answer = _without_rights(*words, "--data-dir", device)
            assert "no right" in clear_sentence(answer, keys, status=TROUBLE)
        doctor = _without_rights("doctor", "--data-dir", device)
        assert doctor.status == TROUBLE and not doctor.err and str(keys) in doctor.out
    finally:
        keys.chmod(0o700)


def test_the_citys_keys_of_another_user_are_named(authority: Path) -> None:
    authority.chmod(0)
    try:
        for words in (("list",), ("init",)):
            answer = _without_rights("authority", *words, "--dir", authority)
            assert "no right" in clear_sentence(answer, authority, status=TROUBLE)
    finally:
        authority.chmod(0o700)


SMALL_DISK = (
    *preludes.ON_A_FULL_DISK[:-1],
    preludes.ON_A_FULL_DISK[-1].replace("200_000", "100_000"),
)


def test_a_disk_too_small_for_a_backup_is_named_and_no_backup_is_called_damaged(
    tmp_path: Path, device: Path
) -> None:
    copy, restored = tmp_path / "copy.db", tmp_path / "restored"
    answer = cheonman("backup", copy, "--data-dir", device, program=SMALL_DISK)
    clear_sentence(answer, copy, status=TROUBLE)
    assert list(tmp_path.glob("copy.db*")) == []
    assert in_this_process("backup", copy, "--data-dir", device).status == 0
    answer = cheonman("restore", copy, "--data-dir", restored, program=SMALL_DISK)
    assert "damaged" not in clear_sentence(answer, status=TROUBLE)
    assert not (restored / "cheonman.db").exists()
    assert in_this_process("restore", copy, "--data-dir", restored).status == 0


@pytest.mark.parametrize(
    "words",
    [
        ("bundle", "read", "x.age"),
        ("bundle", "write", "--to", "."),
        ("sync", "--folder", "."),
        ("sync", "--hub", "http://127.0.0.1:1"),
        ("enroll", "request", "--out", "request"),
        ("enroll", "accept", "README.md"),
        ("review", "set", "x", "--state", "answered"),
        ("reply", "x", "--text", "답변"),
        ("publish", "list"),
        ("erase", "x", "--what", "both", "--reason", "y"),
        ("purge",),
        ("rebuild",),
    ],
    ids=" ".join,
)
def test_a_mistyped_directory_does_not_become_a_new_device(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    nothing = tmp_path / "nothing"
    clear_sentence(in_this_process(*words, "--data-dir", nothing), status=TROUBLE)
    assert not nothing.exists()

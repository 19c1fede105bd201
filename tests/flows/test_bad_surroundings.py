"""Disk, rights, clock and neighbours are against us: one calm sentence, and nothing is lost."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.flows import preludes
from tests.flows.program import (
    Answer,
    add_opinion,
    cheonman,
    clear_sentence,
    command,
    surroundings,
    texts,
)


@pytest.fixture
def locked_directory(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "locked"
    path.mkdir(mode=0o500)
    yield path
    path.chmod(0o700)


def test_a_kiosk_whose_directory_it_may_not_write_says_so_and_can_still_be_read(
    locked_directory: Path,
) -> None:
    data_dir = locked_directory / "data"
    answer = cheonman(
        *("kiosk", "--until", "ready", "--data-dir", data_dir), program=preludes.WITHOUT_RIGHTS
    )
    clear_sentence(answer, data_dir, status=0)
    assert float(answer.out) > 0


def test_feedback_without_the_right_to_write_is_refused_in_one_sentence(
    locked_directory: Path,
) -> None:
    answer = add_opinion(locked_directory, program=preludes.WITHOUT_RIGHTS)
    clear_sentence(answer, locked_directory, status=1)


def test_a_store_that_may_only_be_read_keeps_what_it_has(data_dir: Path) -> None:
    assert add_opinion(data_dir, "먼저 온 글").status == 0
    files = [path for path in data_dir.rglob("*") if path.is_file()]
    for path in files:
        path.chmod(0o400)
    data_dir.chmod(0o500)
    refused = add_opinion(data_dir, "늦게 온 글", program=preludes.WITHOUT_RIGHTS)
    data_dir.chmod(0o700)
    for path in files:
        path.chmod(0o600)
    clear_sentence(refused, data_dir, status=1)
    assert texts(data_dir) == ["먼저 온 글"]


def test_a_data_directory_that_is_a_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "data"
    path.write_text("a file stands here", encoding="utf-8")
    opened = cheonman("kiosk", "--until", "ready", "--data-dir", path)
    clear_sentence(opened, path, status=0)
    clear_sentence(add_opinion(path), path)
    assert path.read_text(encoding="utf-8") == "a file stands here"


HOLDER = """
import sys
from pathlib import Path
from db.directory import DataDirectory, DirectoryLock
with DirectoryLock(DataDirectory(Path(sys.argv[1]))):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_kiosk_on_one_directory_is_sent_away_by_name(data_dir: Path) -> None:
    assert add_opinion(data_dir, "먼저 온 글").status == 0
    holder = subprocess.Popen(
        command(data_dir, program=(sys.executable, "-P", "-c", HOLDER)),
        env=surroundings(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        second = cheonman("kiosk", "--until", "ready", "--data-dir", data_dir)
        clear_sentence(second, data_dir, status=1)
        clear_sentence(add_opinion(data_dir), data_dir, status=1)
        holder.communicate()
    assert texts(data_dir) == ["먼저 온 글"]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path | None]:
    """A disk of 1 MB, or None where this user may not mount one."""
    path = tmp_path / "disk"
    path.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(path)]
    with suppress(OSError):
        if subprocess.run(mount, capture_output=True, check=False).returncode == 0:
            yield path
            subprocess.run(["umount", str(path)], check=True)
            return
    yield None


def test_a_full_disk_refuses_kindly_and_keeps_every_opinion_it_confirmed(
    small_disk: Path | None, data_dir: Path
) -> None:
    place = small_disk or data_dir
    full: dict[str, object] = {} if small_disk else {"program": preludes.ON_A_FULL_DISK}
    answers = [add_opinion(place, f"의견 {0}")]
    assert answers[0].status == 0, answers[0].err
    if small_disk:
        fill(small_disk)
    refused: Answer | None = None
    for number in range(1, 60):
        answer = add_opinion(place, f"의견 {number} " + "가" * 250, **full)
        if answer.status:
            refused = answer
            break
        answers.append(answer)
    assert refused is not None
    clear_sentence(refused, status=1)
    opened = cheonman("kiosk", "--until", "ready", "--data-dir", place)
    assert opened.status == 0, opened.err
    if small_disk:
        (small_disk / "filler").unlink()
    assert len(texts(place)) == len(answers)
    assert add_opinion(place, "다시 됩니다").status == 0


def fill(disk: Path) -> None:
    """Leave no room at all."""
    with suppress(OSError), (disk / "filler").open("wb", buffering=0) as file:
        while True:
            file.write(b"\0" * 4096)

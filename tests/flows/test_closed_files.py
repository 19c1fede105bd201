"""Standard files that are closed or full: one document or nothing, and one sentence."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.flows.program import ROOT, surroundings

PROGRAM = f"'{sys.executable}' -m desktop"
FORM = "feedback add --general --kind praise --text 좋아요 --json"


def shell(line: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", "-c", line],
        cwd=ROOT,
        env=surroundings(ROOT),
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_with_stderr_closed_the_answer_holds_no_remark(data_dir: Path) -> None:
    done = shell(f"{PROGRAM} {FORM} --data-dir '{data_dir}' 2>&-")
    assert done.returncode == 0
    assert json.loads(done.stdout)["code"]


def test_with_all_three_closed_nothing_is_written_into_the_store(data_dir: Path) -> None:
    assert shell(f"{PROGRAM} {FORM} --data-dir '{data_dir}' <&- >&- 2>&-").returncode == 0
    listed = shell(f"{PROGRAM} feedback list --json --data-dir '{data_dir}'")
    assert json.loads(listed.stdout)["count"] == 1


@pytest.mark.parametrize("words", ["--help", "--version", "feedback add --help", "backup --help"])
def test_a_help_that_finds_no_room_ends_in_one_sentence(words: str) -> None:
    done = shell(f"{PROGRAM} {words} >/dev/full")
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1 and "could not be written" in done.stderr


def test_a_directory_is_not_called_a_damaged_file(data_dir: Path) -> None:
    init = f"init --role desk --name 시청 --data-dir '{data_dir}'"
    done = shell(
        f"{PROGRAM} {init} >&2 && {PROGRAM} bundle read '{data_dir}' --data-dir '{data_dir}'"
    )
    assert done.returncode == 1 and done.stdout == ""
    said = done.stderr.splitlines()[-1]
    assert "directory" in said and "damaged" not in said

"""Several hubs before a database of three machines: nothing acknowledged is lost when one dies."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.exchange.enrolment.authority import make_authority
from tests.left_out import leave_out
from tests.rehearsal.accounts import duplicates, lost
from tests.rehearsal.kiosks import Kiosk
from tests.rehearsal.missing import missing_programs
from tests.rehearsal.processes import wait_until
from tests.rehearsal.rehearsal import HAPPENINGS, Rehearsal

ROOT = Path(__file__).resolve().parents[2]
#: A leader is missed after 20 seconds; another machine may need all its patience beside other work.
LONGEST_OUTAGE = 60


@pytest.fixture(autouse=True)
def every_program_is_here() -> None:
    missing = missing_programs()
    if missing:
        leave_out(f"several hubs; apt-get install {missing}")


@pytest.mark.timeout(400)
def test_a_leader_that_is_killed_takes_no_acknowledged_event_along() -> None:
    with Rehearsal() as rehearsal:
        report = rehearsal.run(("kill-leader",))
    (act,) = report.acts
    assert (report.lost, report.duplicates, report.copies_differ) == (0, 0, 0)
    assert report.acknowledged_events >= 1_000
    # The kiosks wrote all the time, so a leader that was really gone was missed.
    assert 1 < act.outage_seconds < LONGEST_OUTAGE
    assert report.is_good


@pytest.mark.soak
@pytest.mark.timeout(3_000)
def test_hubs_leaders_and_whole_machines_may_go_one_after_another() -> None:
    with Rehearsal() as rehearsal:
        report = rehearsal.run(HAPPENINGS * 3)
    assert report.is_good, report


@pytest.fixture
def ground() -> Iterator[Path]:
    """A directory that servers of another user may enter, unlike pytest's own."""
    path = Path(tempfile.mkdtemp(prefix="cheonman-ground-"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path, ignore_errors=True)


@pytest.mark.timeout(120)
def test_a_rehearsal_that_is_interrupted_leaves_no_process_and_no_file(ground: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.rehearsal"],
        cwd=ROOT,
        env=os.environ | {"TMPDIR": str(ground)},
        stderr=subprocess.PIPE,
        text=True,
    ) as rehearsal:
        wait_until("a PostgreSQL that runs", lambda: any(postgres_on(ground)), 60)
        rehearsal.send_signal(signal.SIGINT)
        _out, said = rehearsal.communicate(timeout=60)
    assert rehearsal.returncode == 1
    assert said.splitlines()[-1] == "rehearsal: ended early"
    assert not list(ground.iterdir())
    assert not [words for words in command_lines() if str(ground) in words]


def postgres_on(ground: Path) -> Iterator[str]:
    return (words for words in command_lines() if f"{ground}" in words and "bin/postgres" in words)


def command_lines() -> Iterator[str]:
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            yield file.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue


def test_an_event_that_does_not_come_back_or_comes_back_otherwise_is_counted_as_lost(
    tmp_path: Path,
) -> None:
    kiosk = Kiosk(1, make_authority(tmp_path / "authority"))
    kiosk.acknowledged = {1: b"one", 2: b"two", 3: b"three"}
    assert lost(kiosk, Counter([(1, b"one"), (2, b"two"), (3, b"three"), (4, b"more")])) == 0
    assert lost(kiosk, Counter([(1, b"one"), (2, b"other")])) == 2


def test_an_event_that_comes_back_twice_is_counted_as_a_duplicate() -> None:
    assert duplicates(Counter([(1, b"one"), (2, b"two")])) == 0
    assert duplicates(Counter([(1, b"one"), (1, b"one"), (2, b"two"), (2, b"other")])) == 2

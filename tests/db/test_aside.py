"""Files in the making: nobody who fails leaves any, and the next clears what the killed left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from db import written_aside as asides
from db.directory import write_durably
from db.exchange.carriers.bundle import write_verified
from db.participation.feedback import add_feedback
from db.store import backup as backups
from db.store.backup import backup
from db.store.opening import open_store
from db.store.salvage import FRESH
from db.store.store import Store
from db.written_aside import aside_of
from desktop.__main__ import main
from tests.db.in_memory import praise

ROOT = Path(__file__).resolve().parents[2]
DAY_S = 86_400
#: Each act writes something big enough to be half there, and dies before it has its name.
DYING = """
import os, sys
from pathlib import Path
act, place = sys.argv[1], Path(sys.argv[2])
os.replace = lambda *_names: os.kill(os.getpid(), 9)
if act == "durably":
    from db.directory import write_durably
    write_durably(place / "words.json", b"x" * 100_000)
elif act == "verified":
    from db.exchange.carriers.bundle import write_verified
    write_verified(place / "rescue-1-0001-0.age", b"x" * 100_000)
else:
    from db.store.backup import backup
    from db.store.opening import open_reader
    with open_reader(Path(sys.argv[3])) as store:
        backup(store, place / "monday.db")
"""


def leftovers(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir() if each.name.startswith(".cheonman"))


@pytest.fixture
def place(tmp_path: Path) -> Path:
    path = tmp_path / "place"
    path.mkdir()
    return path


@pytest.mark.parametrize("act", ["durably", "verified", "backup"])
def test_what_a_killed_writer_left_goes_with_the_next_write_of_any_name(
    act: str, place: Path, store: Store
) -> None:
    add_feedback(store, praise())
    words = [sys.executable, "-c", DYING, act, str(place), str(store.directory.path)]
    died = subprocess.run(words, cwd=ROOT, check=False)
    assert died.returncode == -signal.SIGKILL
    (left,) = leftovers(place)
    assert (place / left).stat().st_size > 10_000
    if act == "durably":
        write_durably(place / "others.json", b"y")
    elif act == "verified":
        write_verified(place / "0.age", b"y")
    else:
        backup(store, place / "tuesday.db")
    assert leftovers(place) == [] and len(list(place.iterdir())) == 1


def test_what_somebody_is_writing_stays(place: Path) -> None:
    with aside_of(place / "first") as first:
        first.write_bytes(b"half")
        write_durably(place / "second", b"whole")
        assert first.read_bytes() == b"half"
    assert [each.name for each in place.iterdir()] == ["second"]


def made(place: Path, machine: str, process: int, age_s: float = 0) -> str:
    name = f".cheonman-{machine}-{process}-1.tmp"
    (place / name).write_bytes(b"half")
    then = (place / name).stat().st_mtime - age_s
    os.utime(place / name, (then, then))
    return name


def test_of_other_machines_and_living_processes_only_what_is_a_day_old_goes(place: Path) -> None:
    other, living = "0" * 8, os.getppid()
    stays = [made(place, other, 1), made(place, asides._machine(), living)]
    made(place, "1" * 8, 1, DAY_S + 60)
    made(place, asides._machine(), 1, DAY_S + 60)
    made(place, asides._machine(), os.getpid())
    write_durably(place / "words", b"whole")
    assert leftovers(place) == sorted(stays)
    (place / ".cheonman-notes.tmp").write_bytes(b"not ours")
    write_durably(place / "words", b"whole")
    assert ".cheonman-notes.tmp" in leftovers(place)


def test_opening_a_store_clears_what_killed_processes_left_in_it(data_dir: Path) -> None:
    with open_store(data_dir) as store:
        add_feedback(store, praise("하나"))
        backup(store, data_dir.parent / "copy.db")
    # A restore that was killed before it put the copy in its place.
    (data_dir.parent / "copy.db").rename(data_dir / FRESH)
    for folder in (data_dir, data_dir / "keys"):
        made(folder, asides._machine(), os.getpid())
    with open_store(data_dir):
        assert not (data_dir / FRESH).exists()
        assert leftovers(data_dir) == leftovers(data_dir / "keys") == []


@pytest.fixture(params=[signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def number(request: pytest.FixtureRequest) -> Iterator[signal.Signals]:
    """A sign to end, heard also where whoever runs the tests told them to outlive a terminal."""
    asked: signal.Signals = request.param
    before = signal.signal(asked, signal.default_int_handler)
    yield asked
    signal.signal(asked, before)


@pytest.mark.parametrize("while_checking", [False, True])
def test_a_backup_that_is_asked_to_stop_ends_in_one_sentence_and_leaves_nothing(
    data_dir: Path,
    place: Path,
    number: signal.Signals,
    while_checking: bool,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with open_store(data_dir) as store:
        for _ in range(20):
            add_feedback(store, praise())
    monkeypatch.setattr(backups, "_STEPS", 1)

    def asked(*done: int) -> int:
        if bool(done) is not while_checking:
            os.kill(os.getpid(), number)
        return 0

    monkeypatch.setattr(backups, "_nothing", asked)
    before = signal.getsignal(number)
    ended = main(["backup", str(place / "copy.db"), "--data-dir", str(data_dir)])
    said = capsys.readouterr()
    assert (ended, said.out, len(said.err.splitlines())) == (1, "", 1)
    assert "stopped" in said.err
    assert list(place.iterdir()) == []
    assert signal.getsignal(number) is before

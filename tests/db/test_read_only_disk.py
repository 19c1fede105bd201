"""A disk that takes no writing is read, named, and nothing on it is changed: with a real mount."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from db.directory import is_read_only
from db.doctor.checks import examine
from db.participation.feedback import add_feedback, list_feedback
from db.store import opening
from db.store import store as store_module
from db.store.opening import open_reader, open_store
from tests.db.in_memory import praise

ROOT = Path(__file__).parents[2]
#: Mounts the first word read-only over itself, where nobody else sees it, and runs the rest.
MOUNTED = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$@"'
WAYS = (("unshare", "--mount"), ("unshare", "--map-root-user", "--mount"))


def in_read_only(folder: Path, *words: str) -> subprocess.CompletedProcess[str] | None:
    """What a command says where `folder` cannot be written; None where this machine gives nobody
    the right to mount, as most containers do.
    """
    for way in WAYS:
        try:
            ran = subprocess.run(
                [*way, "sh", "-c", MOUNTED, str(folder), *words],
                capture_output=True, text=True, timeout=60, cwd=ROOT,
            )  # fmt: skip
        except FileNotFoundError:
            return None
        if ran.returncode == 0:
            return ran
        assert "not permitted" in ran.stderr or "denied" in ran.stderr, ran.stderr
    return None


@pytest.fixture(params=["closed in order", "killed while it wrote", "killed, its index lost"])
def home(request: pytest.FixtureRequest, data_dir: Path) -> Path:
    """A store with one opinion, whose log was emptied or still holds it."""
    if request.param == "closed in order":
        with open_store(data_dir) as store:
            add_feedback(store, praise("나무가 좋아요"))
        return data_dir
    code = (
        "import os, sys; from pathlib import Path; from db.store.opening import open_store;"
        "from db.participation.feedback import add_feedback; from tests.db.in_memory import praise;"
        "store = open_store(Path(sys.argv[1])); add_feedback(store, praise('나무가 좋아요'));"
        "os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", code, str(data_dir)], check=True, cwd=ROOT)
    assert (data_dir / "cheonman.db-wal").stat().st_size > 0
    if "lost" in request.param:
        (data_dir / "cheonman.db-shm").unlink()
    return data_dir


def test_commands_on_a_read_only_disk_read_it_and_call_it_one(home: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    kept = {each: each.stat().st_mtime_ns for each in home.rglob("*")}
    ran = in_read_only(home, sys.executable, "-m", "tests.db.read_only", str(home), str(copy))
    if ran is None:
        # Told by injected errors instead, here and in test_true_causes.py.
        return
    said = json.loads(ran.stdout)
    assert said["read_only"] is True
    assert said["list"][0] == 0 and "나무가 좋아요" in said["list"][1]
    assert said["state"][0] == 0
    assert said["backup"][0] == 0 and copy.stat().st_size > 0
    for command in ("doctor", "add"):
        status, out, err = said[command]
        assert status == 1 and "read-only" in out + err and "Traceback" not in err, command
    assert "well" not in said["doctor"][1]
    assert {each: each.stat().st_mtime_ns for each in home.rglob("*")} == kept


def test_what_a_killed_store_left_is_read_and_nothing_is_made_beside_it(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_module, "is_read_only", lambda path: True)
    monkeypatch.setattr(opening, "is_read_only", lambda path: True)
    kept = {each: each.stat().st_mtime_ns for each in home.rglob("*")}
    with open_reader(home) as store, open_reader(home) as another:
        for each in (store, another):
            assert [row.text for row in list_feedback(each)[0]] == ["나무가 좋아요"]
    assert {each: each.stat().st_mtime_ns for each in home.rglob("*")} == kept


def test_a_read_only_disk_is_a_trouble_to_the_doctor(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_store(data_dir).close()
    real: Callable[..., os.statvfs_result] = os.statvfs

    def read_only(path: Path) -> os.statvfs_result:
        values = list(real(path))
        values[8] |= os.ST_RDONLY
        return os.statvfs_result(values)

    monkeypatch.setattr(os, "statvfs", read_only)
    assert is_read_only(data_dir)
    assert [each.part for each in examine(data_dir).troubles] == ["disk"]

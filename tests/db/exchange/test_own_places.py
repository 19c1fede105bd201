"""What goes out of a device goes to no place where a device keeps its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from db.directory import require_outside
from db.problems import InputRefused
from db.store.opening import open_store
from desktop.exchange.sticks import folder_of
from tests.db.exchange.machines import Machines

Words = Callable[[Path, Path], tuple[object, ...]]

#: Every command that writes somewhere: what is typed to write into a folder of `other`.
WRITERS: dict[str, Words] = {
    "bundle": lambda own, to: ("bundle", "write", "--to", to, "--data-dir", own),
    "rescue": lambda own, to: ("bundle", "write", "--rescue", "--to", to, "--data-dir", own),
    "sync": lambda own, to: ("sync", "--folder", to, "--data-dir", own),
    "backup": lambda own, to: ("backup", to / "copy.db", "--data-dir", own),
    "request": lambda own, to: ("enroll", "request", "--out", to / "a.req", "--data-dir", own),
    "city": lambda own, to: ("authority", "init", "--dir", to),
    "tour": lambda own, to: ("tour", to, "--no-pictures"),
}


def everything_in(folder: Path) -> dict[str, int]:
    """What may not change; a lock file comes and goes with whoever opens a store."""
    return {
        str(each): each.stat().st_size
        for each in folder.rglob("*")
        if each.name != "cheonman.lock" and not each.name.startswith("cheonman.db-")
    }


def test_no_command_writes_into_a_data_directory(machines: Machines) -> None:
    own, other = machines.enrol("k1", "kiosk"), machines.enrol("k2", "kiosk")
    (other / "damaged" / "old").mkdir(parents=True)
    (other / "catalogue").mkdir()
    places = [own, other, other / "keys", other / "damaged" / "old", other / "catalogue"]
    kept = everything_in(other)
    for name, words in WRITERS.items():
        for to in places if name == "backup" else (other, own / "keys"):
            said: Any = machines.run(*words(own, to), status=2)
            assert said.count("\n") == 1 and "give a place outside of it" in said, (name, to)
    papers = ("--name", "k2", "--role", "kiosk", "--dir", machines.authority)
    sign = ("authority", "sign", machines.root / "k2.req", *papers, "--out", other / "c.cert")
    assert "give a place outside of it" in machines.run(*sign, status=2)
    assert everything_in(other) == kept


def test_the_operators_screen_refuses_it_too(data_dir: Path) -> None:
    open_store(data_dir).close()
    with pytest.raises(InputRefused, match="outside"):
        folder_of(str(data_dir))
    assert folder_of(str(data_dir), to_read=True) == data_dir


@pytest.mark.parametrize("below", ["exports", "sticks/blue", "share"])
def test_other_folders_below_a_data_directory_are_anybodys(data_dir: Path, below: str) -> None:
    open_store(data_dir).close()
    require_outside(data_dir / below, "to")


def test_a_way_round_through_a_link_leads_to_the_same_refusal(
    data_dir: Path, tmp_path: Path
) -> None:
    open_store(data_dir).close()
    (tmp_path / "link").symlink_to(data_dir / "damaged")
    with pytest.raises(InputRefused, match="outside"):
        require_outside(tmp_path / "link", "to")
    with pytest.raises(InputRefused, match="outside"):
        require_outside(tmp_path / "x" / ".." / data_dir.name / "keys", "to")


def test_a_folder_that_only_looks_like_one_is_none(tmp_path: Path) -> None:
    (tmp_path / "cheonman.db").touch()
    (tmp_path / "damaged").mkdir()
    require_outside(tmp_path, "to")
    require_outside(tmp_path / "damaged", "to")

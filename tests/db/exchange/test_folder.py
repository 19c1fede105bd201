"""A folder on a network share: many writers, no locks, nothing twice and nothing forgotten."""

from __future__ import annotations

import errno
import os
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NoReturn

import pytest

from db.clock import system_clock
from db.directory import sync_directory
from db.exchange.carriers.bundle_reading import MOST_REFUSALS, Reading, Refusal
from db.exchange.carriers.folder import sync_folder
from db.exchange.pages.store_shelf import StoreShelf
from db.exchange.status.log import exchanges
from db.exchange.trust import sealing
from db.refusals import Reason, Refused
from db.store.opening import open_store
from desktop.__main__ import main
from tests.db.exchange.machines import Machines


@pytest.fixture
def share(tmp_path: Path) -> Path:
    path = tmp_path / "share"
    path.mkdir()
    return path


def visit(machines: Machines, name: str, share: Path) -> dict[str, object]:
    said: dict[str, object] = machines.run(
        "sync", "--folder", share, "--data-dir", machines.of(name)
    )
    return said


def test_kiosks_and_desks_that_visit_a_folder_come_to_hold_the_same(
    machines: Machines, share: Path
) -> None:
    names = ["desk", "second-desk", "kiosk", "second-kiosk"]
    for name in names:
        machines.enrol(name, "desk" if "desk" in name else "kiosk")
    receipt = machines.say("kiosk", "하나")
    machines.say("second-kiosk", "둘")
    chance = random.Random(3)
    for _ in range(3):
        for name in chance.sample(names, len(names)):
            visit(machines, name, share)
    desk = machines.of("desk")
    machines.run("reply", receipt["id"], "--text", "답변", "--public", "--data-dir", desk)
    for _ in range(3):
        for name in chance.sample(names, len(names)):
            visit(machines, name, share)
    assert len({machines.hash(name)["journal"] for name in names}) == 1
    assert machines.hash("kiosk")["events"] == 3
    for name in names:
        status = machines.status(name)
        assert (status["pending"], status["sent_not_confirmed"]) == (0, 0), name


def test_a_folder_comes_to_rest_and_holds_one_file_of_each_device(
    machines: Machines, share: Path
) -> None:
    for name in ("desk", "kiosk"):
        machines.enrol(name, name)
    for number in range(4):
        machines.say("kiosk", f"의견 {number}")
        for name in ("kiosk", "desk") * 2:
            visit(machines, name, share)
    said = [visit(machines, name, share) for name in ("kiosk", "desk")]
    assert [each["written"] for each in said] == [[], []]
    assert len(list(share.iterdir())) == 2


def test_unfinished_and_foreign_files_are_passed_over_and_damaged_ones_named(
    machines: Machines, share: Path
) -> None:
    for name in ("desk", "kiosk"):
        machines.enrol(name, name)
    machines.say("kiosk", "의견")
    visit(machines, "kiosk", share)
    (made,) = share.glob("*.age")
    whole = made.read_bytes()
    (share / "half.age.tmp").write_bytes(whole[:100])
    (share / "note.txt").write_text("메모", encoding="utf-8")
    # A copy that has not arrived whole: named now, read when it is whole.
    made.write_bytes(whole[: len(whole) // 2])
    said = machines.run("sync", "--folder", share, "--data-dir", machines.of("desk"), status=1)
    assert said["new"] == 0 and [made.name in each["en"] for each in said["refusals"]] == [True]
    made.write_bytes(whole)
    sync_directory(share)
    assert visit(machines, "desk", share)["new"] == 1
    assert (share / "half.age.tmp").exists() and (share / "note.txt").exists()


def test_a_file_that_its_writer_takes_away_meanwhile_is_no_trouble(
    machines: Machines, share: Path
) -> None:
    for name in ("desk", "kiosk", "second-kiosk"):
        machines.enrol(name, "desk" if name == "desk" else "kiosk")
    for name in ("kiosk", "second-kiosk"):
        machines.say(name, f"{name}의 의견")
        visit(machines, name, share)
    first, second = sorted(share.iterdir())

    def take_away(_done: int, _total: int) -> None:
        second.unlink(missing_ok=True)

    with open_store(machines.of("desk")) as store:
        done = sync_folder(StoreShelf(store), share, progress=take_away)
        assert (done.reading.new, done.reading.refusals) == (1, [])
        assert all(each.cause is None for each in exchanges(store))
    assert first.exists()


def test_a_file_whose_name_is_no_text_is_named_and_keeps_nobody_waiting(
    machines: Machines, share: Path
) -> None:
    for name in ("desk", "kiosk"):
        machines.enrol(name, name)
    machines.say("kiosk", "의견")
    visit(machines, "kiosk", share)
    (share / os.fsdecode("전주.age".encode("cp949"))).write_bytes(b"x")
    said = machines.run("sync", "--folder", share, "--data-dir", machines.of("desk"), status=1)
    assert said["new"] == 1 and len(said["refusals"]) == 1
    assert "not UTF-8" in said["refusals"][0]["en"]


def test_what_was_taken_from_the_folder_before_it_was_confirmed_is_left_again(
    machines: Machines, share: Path
) -> None:
    for name in ("desk", "kiosk"):
        machines.enrol(name, name)
    machines.say("kiosk", "의견")
    visit(machines, "kiosk", share)
    for file in share.iterdir():
        file.unlink()
    assert len(visit(machines, "kiosk", share)["written"]) == 1  # type: ignore[arg-type]
    assert visit(machines, "desk", share)["new"] == 1


def test_a_device_enrolled_later_finds_everything_in_the_folder(
    machines: Machines, share: Path
) -> None:
    for name in ("desk", "kiosk"):
        machines.enrol(name, name)
    machines.say("kiosk", "의견")
    for name in ("kiosk", "desk", "kiosk", "desk"):
        visit(machines, name, share)
    machines.enrol("late", "kiosk")
    for name in ("late", "desk", "late", "kiosk"):
        visit(machines, name, share)
    assert machines.hash("late")["journal"] == machines.hash("desk")["journal"]


def test_a_device_without_papers_leaves_nothing_in_the_folder(
    machines: Machines, share: Path
) -> None:
    machines.make("kiosk", "kiosk")
    data_dir = machines.of("kiosk")
    said = machines.run("sync", "--folder", share, "--data-dir", data_dir, status=1)
    assert "enroll" in said and list(share.iterdir()) == []


def test_a_revoked_desks_word_left_in_the_folder_counts_no_more_and_disturbs_nobody(
    machines: Machines, share: Path
) -> None:
    for name in ("desk", "lost", "kiosk"):
        machines.enrol(name, "kiosk" if name == "kiosk" else "desk")
    machines.say("kiosk", "의견")
    for name in ("kiosk", "lost", "kiosk"):
        visit(machines, name, share)
    assert machines.status("kiosk")["sent_not_confirmed"] == 0
    lost = machines.of("lost")
    device = machines.run("enroll", "request", "--data-dir", lost, "--out", machines.root / "r")
    listed = machines.root / "list"
    words = ("--dir", machines.authority, "--out", listed)
    machines.run("authority", "revoke", device["device"], *words)
    machines.run("enroll", "accept", listed, "--data-dir", machines.of("kiosk"))
    assert machines.status("kiosk")["sent_not_confirmed"] == 1
    for name in ("kiosk", "desk", "kiosk"):
        assert visit(machines, name, share)["refusals"] == []
    assert machines.status("kiosk")["sent_not_confirmed"] == 0
    assert machines.hash("kiosk")["journal"] == machines.hash("desk")["journal"]


def test_a_file_whose_pages_were_kept_apart_is_named_once_and_not_at_every_visit(
    machines: Machines, share: Path
) -> None:
    for name in ("desk", "kiosk"):
        machines.enrol(name, name)
    shutil.copytree(machines.of("kiosk"), machines.of("clone"))
    for name in ("kiosk", "clone"):
        machines.say(name, f"{name}의 의견")
        visit(machines, name, share)
    desk = machines.of("desk")
    said = machines.run("sync", "--folder", share, "--data-dir", desk, status=1)
    assert [each["reason"] for each in said["refusals"]] == ["fork"]
    assert visit(machines, "desk", share)["refusals"] == []
    assert machines.status("desk")["forks"] >= 1


def test_files_behind_a_damaged_one_are_all_read_once_it_is_whole(
    machines: Machines, share: Path
) -> None:
    for name in ("desk", "kiosk"):
        machines.enrol(name, name)
    made: list[Path] = []
    for number in range(4):
        machines.say("kiosk", f"의견 {number}")
        visit(machines, "kiosk", share)
        made += [file for file in share.iterdir() if file not in made]
    whole = made[0].read_bytes()
    made[0].write_bytes(whole[: len(whole) // 2])
    desk = ("--data-dir", machines.of("desk"))
    said = machines.run("sync", "--folder", share, *desk, status=1)
    assert said["new"] == 0 and list(said["gaps"].values()) == [0]
    made[0].write_bytes(whole)
    said = visit(machines, "desk", share)
    assert (said["new"], said["gaps"]) == (4, {})


def test_a_file_that_was_cut_short_in_the_folder_is_left_again_by_who_wrote_it(
    machines: Machines, share: Path
) -> None:
    for name in ("desk", "kiosk"):
        machines.enrol(name, name)
    machines.say("kiosk", "의견")
    visit(machines, "kiosk", share)
    (made,) = share.iterdir()
    made.write_bytes(made.read_bytes()[:100])
    assert len(visit(machines, "kiosk", share)["written"]) == 1  # type: ignore[arg-type]
    assert visit(machines, "desk", share)["new"] == 1


@pytest.mark.parametrize("at", [0, 60, 300, -1])
def test_a_file_that_rots_in_the_folder_without_a_change_of_size_is_left_again(
    machines: Machines, share: Path, at: int
) -> None:
    for name in ("desk", "kiosk"):
        machines.enrol(name, name)
    for number in range(2):
        machines.say("kiosk", f"의견 {number}")
        visit(machines, "kiosk", share)
    first, second = sorted(share.iterdir(), key=lambda file: file.stat().st_mtime_ns)
    data, times = bytearray(first.read_bytes()), first.stat()
    data[at] ^= 1
    first.write_bytes(data)
    os.utime(first, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert len(visit(machines, "kiosk", share)["written"]) == 1  # type: ignore[arg-type]
    assert not first.exists() and second.exists()
    said = visit(machines, "desk", share)
    assert (said["new"], said["refusals"]) == (2, [])
    assert visit(machines, "kiosk", share)["written"] == []


def test_what_nobody_confirmed_for_long_is_left_again_and_what_somebody_confirmed_is_not(
    machines: Machines, share: Path
) -> None:
    for name in ("desk", "kiosk", "second-kiosk"):
        machines.enrol(name, "desk" if name == "desk" else "kiosk")
    machines.say("kiosk", "의견")

    def kiosk_visits(days: float) -> list[str]:
        at_us = system_clock() + round(days * 86_400 * 1_000_000)
        with open_store(machines.of("kiosk"), lambda: at_us) as store:
            return sync_folder(StoreShelf(store), share).written

    written = [len(kiosk_visits(days)) for days in (0, 0.1, 13, 15, 15.1, 28, 30, 1)]
    assert written == [1, 0, 0, 1, 0, 0, 1, 1]
    visit(machines, "desk", share)
    assert [kiosk_visits(days) for days in (2, 40)] == [[], []]


def test_files_on_a_share_that_are_sealed_to_others_are_no_trouble_to_a_kiosk(
    machines: Machines, share: Path
) -> None:
    for name in ("desk", "kiosk", "second-kiosk"):
        machines.enrol(name, "desk" if name == "desk" else "kiosk")
    for _ in range(2):
        for name in ("desk", "kiosk"):
            visit(machines, name, share)
    machines.say("second-kiosk", "의견")
    visit(machines, "second-kiosk", share)
    assert visit(machines, "kiosk", share)["refusals"] == []
    assert "sealed" not in machines.status("kiosk")["en"]


@pytest.fixture
def roomy_share() -> Iterator[Path]:
    """A folder in memory: twenty thousand files take a disk that others use many seconds."""
    with TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as path:
        yield Path(path)


def test_any_number_of_other_files_hides_no_bundle(machines: Machines, roomy_share: Path) -> None:
    share = roomy_share
    for name in ("desk", "kiosk"):
        machines.enrol(name, name)
    machines.say("kiosk", "의견")
    visit(machines, "kiosk", share)
    for number in range(20_001):
        os.close(os.open(share / f"{number:05}.txt", os.O_CREAT | os.O_WRONLY))
    assert visit(machines, "desk", share)["new"] == 1


SIDE_FILES = ("._{name}", ".{name}", "~{name}", "~${name}", ".smbdelete.age", "._.age", ".age")


def test_what_other_systems_leave_beside_a_bundle_is_neither_read_nor_named(
    machines: Machines, share: Path
) -> None:
    for name in ("desk", "kiosk"):
        machines.enrol(name, name)
    machines.say("kiosk", "의견")
    visit(machines, "kiosk", share)
    (made,) = share.iterdir()
    for name in SIDE_FILES:
        (share / name.format(name=made.name)).write_bytes(b"\0\5\26\7\0\2\0\0Mac OS X")
    (share / "folder.age").mkdir()
    made.rename(share / made.name.upper())
    said = visit(machines, "desk", share)
    assert (said["new"], said["refusals"], said["passed_over"]) == (1, [], [])


def test_a_refused_file_is_named_once_at_its_first_meeting(
    machines: Machines, share: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    machines.enrol("desk", "desk")
    (share / "0-empty.age").write_bytes(b"")
    words = ["sync", "--folder", str(share), "--data-dir", str(machines.of("desk"))]
    capsys.readouterr()
    assert main(words) == 1
    said = capsys.readouterr()
    assert (said.out + said.err).count("0-empty.age") == 1, said
    assert main(words) == 0
    said = capsys.readouterr()
    assert "0-empty" not in said.out + said.err and "confirmed" in said.out


def test_a_refused_file_is_named_once_and_again_when_it_has_changed(
    machines: Machines, share: Path
) -> None:
    for name in ("desk", "kiosk"):
        machines.enrol(name, name)
    machines.say("kiosk", "의견")
    visit(machines, "kiosk", share)
    (made,) = share.iterdir()
    whole = made.read_bytes()
    (share / "0-empty.age").write_bytes(b"")
    (share / "1-foreign.age").write_bytes(b"age-encryption.org/v1\nnot really")
    (share / os.fsdecode("전주.age".encode("cp949"))).write_bytes(b"x")
    desk = ("--data-dir", machines.of("desk"))
    said = machines.run("sync", "--folder", share, *desk, status=1)
    assert said["new"] == 1 and len(said["refusals"]) == 3
    assert machines.status("desk")["last_cause"] == "unreadable"
    said = visit(machines, "desk", share)
    assert said["refusals"] == [] and len(said["passed_over"]) == 3  # type: ignore[arg-type]
    status = machines.status("desk")
    assert status["last_cause"] is None and status["pending"] == 0
    assert "0-empty" not in status["ko"]
    (share / "0-empty.age").write_bytes(whole)
    said = visit(machines, "desk", share)
    assert (said["known"], len(said["passed_over"])) == (1, 2)  # type: ignore[arg-type]
    (share / "1-foreign.age").write_bytes(b"age-encryption.org/v1\nnot really.")
    said = machines.run("sync", "--folder", share, *desk, status=1)
    assert ["1-foreign" in each["en"] for each in said["refusals"]] == [True]


def test_a_file_the_disk_did_not_give_this_time_is_asked_for_again(
    machines: Machines, share: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("desk", "kiosk"):
        machines.enrol(name, name)
    machines.say("kiosk", "의견")
    visit(machines, "kiosk", share)
    desk = ("--data-dir", machines.of("desk"))

    def fails(file: Path) -> NoReturn:
        raise OSError(errno.EIO, "Input/output error", str(file))

    with open_store(machines.of("desk")) as store, monkeypatch.context() as patch:
        shelf = StoreShelf(store)
        patch.setattr(sealing, "open_plain", fails)
        done = sync_folder(shelf, share)
    assert len(done.reading.refusals) == 1
    assert machines.run("sync", "--folder", share, *desk)["new"] == 1


def test_refusals_beyond_those_that_are_named_are_counted() -> None:
    reading = Reading()
    for number in range(MOST_REFUSALS + 7):
        refused = Refused(Reason.UNREADABLE, f"{number}.age")
        reading.refuse(Refusal(refused.place, refused.reason, refused.ko, refused.en))
    assert (len(reading.refusals), reading.unnamed) == (MOST_REFUSALS, 7)

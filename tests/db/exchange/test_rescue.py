"""When everything else is broken: all that can be read, on a stick, without touching the rest."""

from __future__ import annotations

import hashlib
from pathlib import Path

from db.exchange.carriers.rescue import rescue
from tests.db.exchange.machines import Machines


def _prints(data_dir: Path) -> dict[str, str]:
    return {
        str(file.relative_to(data_dir)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in data_dir.rglob("*")
        if file.is_file()
    }


def test_a_store_that_no_longer_opens_goes_on_a_stick_and_a_desk_reads_it(
    machines: Machines,
) -> None:
    kiosk = machines.enrol("kiosk", "kiosk")
    machines.enrol("desk", "desk")
    for number in range(12):
        machines.say("kiosk", f"의견 {number}")
    file = kiosk / "cheonman.db"
    damaged = bytearray(file.read_bytes())
    damaged[:100] = bytes(100)
    file.write_bytes(damaged)
    before = _prints(kiosk)
    stick = machines.root / "stick"
    stick.mkdir()
    made = machines.run("bundle", "write", "--rescue", "--to", stick, "--data-dir", kiosk)
    assert _prints(kiosk) == before
    assert (made["events"], made["loose"]) == (12, 0)
    read = machines.run("bundle", "read", made["file"], "--data-dir", machines.of("desk"))
    assert (read["new"], read["rejected"]) == (12, 0)


def test_events_behind_a_hole_go_beside_the_pages_and_nothing_is_read_as_signed(
    machines: Machines,
) -> None:
    kiosk = machines.enrol("kiosk", "kiosk")
    machines.enrol("desk", "desk")
    ids = [machines.say("kiosk", f"의견 {number}")["id"] for number in range(9)]
    file = kiosk / "cheonman.db"
    data = file.read_bytes()
    # Every copy of the fifth event's header is altered, so its link no longer follows.
    file.write_bytes(data.replace(bytes.fromhex(ids[4]), bytes(16)))
    stick = machines.root / "stick"
    stick.mkdir()
    made = machines.run("bundle", "write", "--rescue", "--to", stick, "--data-dir", kiosk)
    assert (made["events"], made["loose"]) == (4, 5)
    desk = ("--data-dir", machines.of("desk"))
    assert machines.run("bundle", "read", *made["files"], *desk)["new"] == 4


def test_an_ordinary_bundle_of_a_damaged_kiosk_carries_what_was_salvaged(
    machines: Machines,
) -> None:
    kiosk = machines.enrol("kiosk", "kiosk")
    machines.enrol("desk", "desk")
    for number in range(12):
        machines.say("kiosk", f"의견 {number}")
    file = kiosk / "cheonman.db"
    damaged = bytearray(file.read_bytes())
    damaged[:100] = bytes(100)
    file.write_bytes(damaged)
    # Its own word is a stranger's until it is enrolled again; what it carries is taken.
    assert machines.carry("kiosk", "desk", status=1)["new"] == 12
    machines.say("kiosk", "새 기기에서")
    machines.run("enroll", "accept", machines.certify("kiosk", "kiosk"), "--data-dir", kiosk)
    machines.carry("kiosk", "desk")
    assert machines.hash("kiosk")["journal"] == machines.hash("desk")["journal"]


def test_a_rescue_comes_in_files_that_a_desk_opens_however_much_there_is(
    machines: Machines,
) -> None:
    kiosk = machines.enrol("kiosk", "kiosk")
    desk, fresh = machines.enrol("desk", "desk"), machines.enrol("fresh", "desk")
    ids = [machines.say("kiosk", f"의견 {number}")["id"] for number in range(9)]
    machines.carry("kiosk", "desk")
    machines.run("reply", ids[0], "--text", "답변", "--data-dir", desk)
    machines.carry("desk", "kiosk")
    file = kiosk / "cheonman.db"
    file.write_bytes(file.read_bytes().replace(bytes.fromhex(ids[6]), bytes(16)))
    made = rescue(kiosk, machines.root / "stick", largest=300)
    # A file for each journal, and one for each event behind the hole.
    assert (made.events, made.loose, len(made.files)) == (6 + 1, 3, 2 + 3)
    assert list(made.files) == sorted(made.files) and made.file == made.files[-1]
    read = machines.run("bundle", "read", *made.files, "--data-dir", fresh)
    assert (read["files"], read["new"], read["rejected"]) == (5, 7, 0)


def test_a_rescue_goes_on_behind_a_place_of_either_kind_and_refuses_any_other(
    machines: Machines,
) -> None:
    kiosk = machines.enrol("kiosk", "kiosk")
    told = [machines.say("kiosk", f"의견 {number}") for number in range(9)]
    device = told[0]["device"]
    file = kiosk / "cheonman.db"
    file.write_bytes(file.read_bytes().replace(bytes.fromhex(told[5]["id"]), bytes(16)))
    words = ("bundle", "write", "--to", machines.root, "--data-dir", kiosk)
    for after, events, loose in (
        (f"{device}/2", 3, 4),
        (f"{device}/5", 0, 4),
        (f"loose/{device}/7", 0, 2),
    ):
        made = machines.run(*words, "--rescue", "--after", after)
        assert (made["events"], made["loose"], made["left"]) == (events, loose, 0)
    for wrong in (f"loose/{device}/9", "x", f"{device}/0"):
        said = machines.run(*words, "--rescue", "--after", wrong, status=2)
        assert "--after" in said and wrong in said
    assert "--rescue" in machines.run(*words, "--after", f"{device}/2", status=2)

"""Where an office's walks go wrong: nothing is half done, and the way on stands in the sentence."""

from __future__ import annotations

import shutil

import msgspec
import pytest

from db.directory import DataDirectory, DirectoryLock
from db.exchange.carriers.tarball import Packer
from db.exchange.trust.papers import Signed
from db.keys.age_files import seal
from db.keys.device import load_keys
from tests.db.exchange.machines import Machines


def test_a_kiosk_cloned_before_its_first_word_is_cut_off_before_it(machines: Machines) -> None:
    """A disk image with a store in it: both machines begin at number one, and 0 is the last that
    they share.
    """
    kiosk = machines.enrol("kiosk", "kiosk")
    for name in ("desk", "second"):
        machines.enrol(name, "desk")
    shutil.copytree(kiosk, machines.of("clone"))
    for name in ("kiosk", "clone"):
        device = machines.say(name, f"{name} 하나")["device"]
    machines.carry("kiosk", "desk")
    machines.carry("clone", "second")
    stick = machines.root / "stick"
    made = machines.run("bundle", "write", "--data-dir", machines.of("second"), "--to", stick)
    desk = machines.of("desk")
    assert machines.run("bundle", "read", made["file"], "--data-dir", desk, status=1)["forks"] == 1

    listed = machines.root / "list"
    words = ("--dir", machines.authority, "--out", listed, "--data-dir", desk, "--after", 0)
    assert machines.run("authority", "revoke", device, *words)["after"] == 0
    names = ("desk", "second", "kiosk", "clone")
    for name in names:
        machines.run("enroll", "accept", listed, "--data-dir", machines.of(name))
    for name in ("kiosk", "clone"):
        papers = machines.certify(name, "kiosk")
        machines.run("enroll", "accept", papers, "--data-dir", machines.of(name))
        machines.carry(name, "desk")
    for name in ("second", "kiosk", "clone"):
        machines.carry("desk", name)
    assert len({machines.hash(name)["journal"] for name in names}) == 1
    for name in names:
        listing = machines.run("feedback", "list", "--data-dir", machines.of(name))
        assert sorted(row["text"] for row in listing["feedback"]) == ["clone 하나", "kiosk 하나"]
        assert machines.status(name)["forks"] == 0


@pytest.mark.parametrize("after", [-1, 2, 10**30])
def test_a_number_that_a_device_never_gave_cuts_nothing_off(machines: Machines, after: int) -> None:
    kiosk = machines.enrol("kiosk", "kiosk")
    device = machines.say("kiosk", "하나")["device"]
    before = (machines.authority / "papers.json").read_bytes()
    words = ("--dir", machines.authority, "--out", machines.root / "list", "--data-dir", kiosk)
    said = machines.run("authority", "revoke", device, *words, "--after", after, status=2)
    assert "--after" in said
    assert (machines.authority / "papers.json").read_bytes() == before


def test_the_register_stays_as_it_was_where_its_answer_cannot_be_written(
    machines: Machines,
) -> None:
    kiosk = machines.enrol("kiosk", "kiosk")
    request, out = machines.root / "kiosk.req", machines.root / "none" / "out"
    device = machines.run("enroll", "request", "--data-dir", kiosk, "--out", request)["device"]
    before = {file.name: file.read_bytes() for file in machines.authority.iterdir()}
    for words in (
        ("sign", request, "--role", "desk", "--name", "N"),
        ("revoke", device),
        ("contact-key",),
    ):
        city = ("--dir", machines.authority, "--out", out)
        said = machines.run("authority", *words, *city, status=1)
        assert str(out) in said
    assert {file.name: file.read_bytes() for file in machines.authority.iterdir()} == before


def test_what_else_lies_on_a_stick_keeps_nobody_from_reading_a_bundle(machines: Machines) -> None:
    machines.enrol("kiosk", "kiosk")
    desk = machines.enrol("desk", "desk")
    machines.say("kiosk", "의견")
    stick = machines.root / "stick"
    stick.mkdir()
    made = machines.run("bundle", "write", "--data-dir", machines.of("kiosk"), "--to", stick)
    photo, letter = stick / "0-photo.png", stick / "zz-letter.txt"
    photo.write_bytes(b"\x89PNG")
    letter.touch()
    read = ("bundle", "read", photo, made["file"], letter, "--data-dir", desk)
    said = machines.run(*read, status=1)
    assert (said["files"], said["new"]) == (1, 1)
    assert [each["place"] for each in said["refusals"]] == [str(photo), str(letter)]


def test_nothing_that_somebody_keeps_is_written_over(machines: Machines) -> None:
    kiosk, other = machines.enrol("kiosk", "kiosk"), machines.make("other", "kiosk")
    machines.enrol("desk", "desk")
    letter = machines.root / "letter.txt"
    letter.write_text("소중한 편지", encoding="utf-8")
    theirs, papers, granted = (
        machines.root / name for name in ("kiosk.req", "kiosk.cert", "desk.cert")
    )
    city = ("--dir", machines.authority, "--out")
    sign = ("authority", "sign", theirs, "--role", "kiosk", "--name", "N", *city)
    request = ("enroll", "request", "--data-dir", other, "--out")
    for words, kept in (
        (request, (letter, theirs, papers)),
        (sign, (letter, theirs, granted)),
        (("authority", "contact-key", *city), (letter, theirs, granted)),
    ):
        for file in kept:
            before = file.read_bytes()
            said = machines.run(*words, file, status=2)
            assert "--out" in said and str(file) in said and file.read_bytes() == before
    # An empty file keeps nothing, and a later edition may lie over the one before it.
    empty = machines.root / "empty"
    empty.touch()
    machines.run(*request, empty)
    machines.run("enroll", "request", "--data-dir", kiosk, "--out", theirs)
    for words in (sign, ("authority", "contact-key", *city), sign):
        machines.run(*words, papers)


def test_two_who_sign_at_once_forget_nobody(machines: Machines) -> None:
    """Whoever comes while another works is told so; nothing it did is lost afterwards."""
    kiosk = machines.make("kiosk", "kiosk")
    request, out = machines.root / "kiosk.req", machines.root / "kiosk.cert"
    asked = machines.run("enroll", "request", "--data-dir", kiosk, "--out", request)
    to = ("--dir", machines.authority, "--out", out, "--fingerprint", asked["fingerprint"])
    words = (*to, "--role", "kiosk", "--name", "N")
    with DirectoryLock(DataDirectory(machines.authority)):
        said = machines.run("authority", "sign", request, *words, status=1)
        assert str(machines.authority) in said and not out.exists()
        assert machines.run("authority", "list", "--dir", machines.authority)["devices"] == []
    machines.run("authority", "sign", request, *words)
    assert len(machines.run("authority", "list", "--dir", machines.authority)["devices"]) == 1


def test_a_revoked_device_that_asks_again_is_told_how_it_gets_a_new_name(
    machines: Machines,
) -> None:
    kiosk = machines.enrol("kiosk", "kiosk")
    request, out = machines.root / "kiosk.req", machines.root / "list"
    device = machines.run("enroll", "request", "--data-dir", kiosk, "--out", request)["device"]
    machines.run("authority", "revoke", device, "--dir", machines.authority, "--out", out)
    sign = ("--dir", machines.authority, "--role", "kiosk", "--name", "N", "--out", out)
    said = machines.run("authority", "sign", request, *sign, status=2)
    assert device in said and "enroll accept" in said


def test_a_reading_ends_well_only_where_nothing_was_refused(machines: Machines) -> None:
    """A refused word is a refusal too, and an archive with nothing known in it says so."""
    desk, kiosk = machines.enrol("desk", "desk"), machines.enrol("kiosk", "kiosk")
    machines.say("kiosk", "하나")
    stick = machines.root / "stick"
    stick.mkdir()
    keys = load_keys(DataDirectory(desk))
    assert keys is not None
    forged = msgspec.json.encode([Signed('{"device":"x"}', "00" * 64)])
    for name, members in {
        "word": {"acknowledgements.json": forged},
        "unknown": {"README": b"hello", "news.bin": b"\0"},
        "empty": {},
    }.items():
        tar = Packer(0)
        for member, content in members.items():
            tar.add(member, content)
        file = stick / f"{name}.age"
        file.write_bytes(seal(tar.finish(), [keys.age_recipient]))
        said = machines.run("bundle", "read", file, "--data-dir", desk, status=1)
        if name == "word":
            assert said["refusals"]
        else:
            assert (
                "nothing in it is known here" in said and said.count("cheonman bundle read:") == 1
            )
    made = machines.run("bundle", "write", "--data-dir", kiosk, "--to", stick)
    assert machines.run("bundle", "read", made["file"], "--data-dir", desk)["new"] == 1

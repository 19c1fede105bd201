"""The walks an office makes, by the commands it makes them with."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from db.keys.contact_key import read_key_file
from db.participation.feedback import add_feedback
from db.privacy.contact import open_sealed
from db.store.opening import open_store
from desktop.__main__ import main
from tests.db.exchange.machines import Machines
from tests.db.in_memory import PHONE, praise


def test_feedback_travels_to_the_desk_and_the_reply_back_and_all_is_confirmed(
    machines: Machines,
) -> None:
    machines.enrol("kiosk", "kiosk")
    machines.enrol("desk", "desk")
    receipt = machines.say("kiosk", "나무 그늘이 좋아요")
    assert machines.status("kiosk")["pending"] == 1
    read = machines.carry("kiosk", "desk")
    assert (read["new"], read["known"], read["rejected"]) == (1, 0, 0)
    status = machines.status("kiosk")
    assert (status["pending"], status["sent_not_confirmed"]) == (0, 1)
    desk = machines.of("desk")
    machines.run("review", "set", receipt["id"], "--state", "adopted", "--data-dir", desk)
    machines.run("reply", receipt["id"], "--text", "더 심겠습니다", "--public", "--data-dir", desk)
    assert machines.carry("desk", "kiosk")["new"] == 2
    status = machines.status("kiosk")
    assert (status["pending"], status["sent_not_confirmed"]) == (0, 0)
    assert machines.hash("kiosk") == machines.hash("desk")
    rebuilt = machines.run("rebuild", "--data-dir", desk)
    assert rebuilt["same"] and rebuilt["projections"] == machines.hash("kiosk")["projections"]


def test_reading_the_same_bundle_again_changes_nothing(machines: Machines) -> None:
    machines.enrol("kiosk", "kiosk")
    machines.enrol("desk", "desk")
    machines.say("kiosk", "한 번만")
    machines.carry("kiosk", "desk")
    before = machines.hash("desk")
    assert machines.carry("kiosk", "desk") | {"acknowledgements": 0} == {
        "files": 1,
        "new": 0,
        "known": 1,
        "rejected": 0,
        "filled": 0,
        "acknowledgements": 0,
        "forks": 0,
        "unnamed": 0,
        "gaps": {},
        "refusals": [],
    }
    assert machines.hash("desk") == before


def test_a_kiosk_that_is_not_enrolled_collects_and_says_what_is_missing(
    machines: Machines,
) -> None:
    machines.make("kiosk", "kiosk")
    machines.say("kiosk", "등록 전")
    said = machines.run(
        "bundle", "write", "--data-dir", machines.of("kiosk"), "--to", machines.root, status=1
    )
    assert "enroll request" in said
    assert machines.status("kiosk")["enrolled"] is False
    assert machines.status("kiosk")["pending"] == 1


def test_both_sides_of_an_enrolment_show_the_same_words(machines: Machines) -> None:
    data_dir = machines.make("kiosk", "kiosk")
    request, papers = machines.root / "r", machines.root / "c"
    asked = machines.run("enroll", "request", "--data-dir", data_dir, "--out", request)
    words = ("--dir", machines.authority, "--role", "kiosk", "--name", "완산", "--out", papers)
    compared = ("--fingerprint", asked["fingerprint"])
    signed = machines.run("authority", "sign", request, *words, *compared)
    taken = machines.accept(papers, "kiosk")
    assert asked["fingerprint"] == signed["fingerprint"] == taken["fingerprint"]
    assert signed["city_fingerprint"] == taken["city_fingerprint"]
    assert len(asked["fingerprint"].split("-")) == 12


def test_papers_of_another_city_or_for_another_device_are_not_taken(
    machines: Machines, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    machines.enrol("kiosk", "kiosk")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    other = Machines(elsewhere, capsys)
    other.make("kiosk", "kiosk")
    theirs = other.certify("kiosk", "kiosk")
    said = machines.run("enroll", "accept", theirs, "--data-dir", machines.of("kiosk"), status=1)
    assert str(theirs) in said
    machines.make("second", "kiosk")
    said = machines.run("enroll", "accept", theirs, "--data-dir", machines.of("second"), status=1)
    assert "certificate" in said


def test_a_told_fingerprint_that_differs_stops_the_enrolment(machines: Machines) -> None:
    data_dir = machines.make("kiosk", "kiosk")
    papers = machines.certify("kiosk", "kiosk")
    wrong = ("--fingerprint", "소나무-장미")
    said = machines.run("enroll", "accept", papers, "--data-dir", data_dir, *wrong, status=2)
    assert "--fingerprint" in said
    assert machines.status("kiosk")["enrolled"] is False


def test_altered_papers_and_requests_are_refused(machines: Machines) -> None:
    data_dir = machines.make("kiosk", "kiosk")
    papers = machines.certify("kiosk", "kiosk")
    text = papers.read_text(encoding="utf-8")
    papers.write_text(text.replace("kiosk", "desks"), encoding="utf-8")
    machines.run("enroll", "accept", papers, "--data-dir", data_dir, status=1)
    request = machines.root / "kiosk.req"
    asked = json.loads(request.read_text(encoding="utf-8"))
    asked["text"] = asked["text"].replace('"name":"kiosk"', '"name":"other"')
    request.write_text(json.dumps(asked), encoding="utf-8")
    words = ("--dir", machines.authority, "--role", "desk", "--name", "x", "--out", papers)
    assert str(request) in machines.run("authority", "sign", request, *words, status=1)


@pytest.mark.parametrize("damaged", [b"", b"{}", b"[" * 9_000])
def test_damaged_papers_are_named_and_mended_by_taking_the_certificate_again(
    machines: Machines, damaged: bytes
) -> None:
    kiosk = machines.enrol("kiosk", "kiosk")
    machines.enrol("desk", "desk")
    machines.say("kiosk", "먼저")
    papers = kiosk / "keys" / "papers.json"
    papers.write_bytes(damaged)
    machines.say("kiosk", "그 뒤에도")
    stick = machines.root / "stick"
    stick.mkdir()
    for words in (
        ("sync", "--status"),
        ("bundle", "write", "--to", stick),
        ("bundle", "write", "--rescue", "--to", stick),
    ):
        said = machines.run(*words, "--data-dir", kiosk, status=1)
        assert str(papers) in said and "enroll accept" in said
    machines.accept(machines.root / "kiosk.cert", "kiosk")
    assert machines.carry("kiosk", "desk")["new"] == 2


def test_a_lost_laptop_writes_nothing_more_and_reads_nothing_new(machines: Machines) -> None:
    """The walk: revoke it, carry the list to a desk, go on; what it did before stays."""
    machines.enrol("kiosk", "kiosk")
    machines.enrol("lost", "desk")
    machines.enrol("desk", "desk")
    receipt = machines.say("kiosk", "잃어버리기 전")
    machines.carry("kiosk", "lost")
    lost, desk = machines.of("lost"), machines.of("desk")
    machines.run("review", "set", receipt["id"], "--state", "in-review", "--data-dir", lost)
    machines.carry("lost", "desk")
    device = machines.run("enroll", "request", "--data-dir", lost, "--out", machines.root / "r")
    listed = machines.root / "list"
    words = ("--dir", machines.authority, "--out", listed, "--data-dir", desk)
    machines.run("authority", "revoke", device["device"], *words)
    machines.run("enroll", "accept", listed, "--data-dir", desk)
    machines.carry("desk", "kiosk")

    machines.run("reply", receipt["id"], "--text", "가짜 답변", "--data-dir", lost)
    stick = machines.root / "stick"
    made = machines.run("bundle", "write", "--data-dir", lost, "--to", stick)
    for each in (desk, machines.of("kiosk")):
        read = machines.run("bundle", "read", made["file"], "--data-dir", each, status=1)
        assert read["new"] == 0 and read["rejected"] > 0
    machines.say("kiosk", "잃어버린 뒤")
    made = machines.run("bundle", "write", "--data-dir", machines.of("kiosk"), "--to", stick)
    said = machines.run("bundle", "read", made["file"], "--data-dir", lost, status=1)
    assert "not sealed to this device" in said
    machines.run("bundle", "read", made["file"], "--data-dir", desk)
    assert machines.hash("kiosk")["journal"] == machines.hash("desk")["journal"]


def test_events_taken_before_the_revocation_was_known_are_withdrawn_everywhere(
    machines: Machines,
) -> None:
    machines.enrol("kiosk", "kiosk")
    machines.enrol("rogue", "desk")
    machines.enrol("desk", "desk")
    receipt = machines.say("kiosk", "의견")
    machines.carry("kiosk", "desk")
    machines.carry("kiosk", "rogue", "--all")
    rogue, desk = machines.of("rogue"), machines.of("desk")
    machines.run("review", "set", receipt["id"], "--state", "in-review", "--data-dir", rogue)
    machines.carry("rogue", "desk")
    machines.run("reply", receipt["id"], "--text", "가짜 답변", "--data-dir", rogue)
    machines.carry("rogue", "kiosk")
    device = machines.run("enroll", "request", "--data-dir", rogue, "--out", machines.root / "r")
    listed = machines.root / "list"
    words = ("--dir", machines.authority, "--out", listed, "--data-dir", desk, "--after", 1)
    machines.run("authority", "revoke", device["device"], *words)
    for each in (desk, machines.of("kiosk")):
        machines.run("enroll", "accept", listed, "--data-dir", each)
    assert machines.hash("kiosk") == machines.hash("desk")
    assert machines.status("kiosk")["kept_apart"] == 1
    assert machines.run("doctor", "--data-dir", machines.of("kiosk"))["ok"]


def test_a_new_contact_key_seals_new_contacts_and_the_old_one_still_opens_old_ones(
    machines: Machines,
) -> None:
    data_dir = machines.enrol("kiosk", "kiosk")
    opened = []

    def leave_contact() -> None:
        with open_store(data_dir) as store:
            receipt = add_feedback(store, praise(contact=PHONE))
            row = store.row("SELECT key_id, sealed FROM event WHERE seq = ?", (receipt.seq,))
        assert row is not None
        private = read_key_file(machines.authority / f"contact-{row[0]}.key")
        opened.append((row[0], open_sealed(row[1], private)[1]))

    leave_contact()
    listed = machines.root / "list"
    key = machines.run("authority", "contact-key", "--dir", machines.authority, "--out", listed)
    machines.run("enroll", "accept", listed, "--data-dir", data_dir)
    leave_contact()
    assert [value for _key, value in opened] == ["01012345678"] * 2
    assert opened[0][0] != opened[1][0] == key["key_id"]


def test_a_new_contact_key_that_a_desk_took_reaches_the_kiosks_with_its_bundles(
    machines: Machines,
) -> None:
    """The walk as it is written down: only the desk takes the list by hand."""
    kiosk, desk = machines.enrol("kiosk", "kiosk"), machines.enrol("desk", "desk")
    listed = machines.root / "list"
    key = machines.run("authority", "contact-key", "--dir", machines.authority, "--out", listed)
    machines.run("enroll", "accept", listed, "--data-dir", desk)
    with open_store(kiosk) as store:
        assert store.contact.key_id != key["key_id"]
    machines.carry("desk", "kiosk")
    with open_store(kiosk) as store:
        receipt = add_feedback(store, praise(contact=PHONE))
        row = store.row("SELECT key_id, sealed FROM event WHERE seq = ?", (receipt.seq,))
    assert row is not None and row[0] == key["key_id"]
    private = read_key_file(machines.authority / f"contact-{row[0]}.key")
    assert open_sealed(row[1], private)[1] == "01012345678"


def test_a_conflict_stays_until_somebody_settles_it_however_often_stores_meet(
    machines: Machines,
) -> None:
    machines.enrol("kiosk", "kiosk")
    desks = ("desk", "second")
    for name in desks:
        machines.enrol(name, "desk")
    receipt = machines.say("kiosk", "의견")
    for name, state in (("desk", "adopted"), ("second", "withheld")):
        machines.carry("kiosk", name, "--all")
        words = ("review", "set", receipt["id"], "--state", state, "--reason", "함께 정함")
        machines.run(*words, "--data-dir", machines.of(name))
    for _ in range(3):
        machines.carry("desk", "second")
        machines.carry("second", "desk")
        machines.carry("desk", "kiosk")
        for name in (*desks, "kiosk"):
            shown = machines.run("sync", "--show", "conflicts", "--data-dir", machines.of(name))
            assert shown["rows"] == [receipt["id"]]
            assert machines.status(name)["conflicts"] == 1
    settled = ("review", "set", receipt["id"], "--state", "adopted")
    machines.run(*settled, "--data-dir", machines.of("second"))
    machines.carry("second", "desk")
    machines.carry("desk", "kiosk")
    assert [machines.status(name)["conflicts"] for name in (*desks, "kiosk")] == [0, 0, 0]


def test_a_restored_kiosk_becomes_a_new_device_and_nothing_is_lost_or_twice(
    machines: Machines,
) -> None:
    kiosk = machines.enrol("kiosk", "kiosk")
    machines.enrol("desk", "desk")
    machines.say("kiosk", "백업 전")
    saved = machines.root / "saved.db"
    machines.run("backup", saved, "--data-dir", kiosk)
    machines.say("kiosk", "백업 뒤")
    machines.carry("kiosk", "desk")
    machines.run("restore", saved, "--data-dir", kiosk)
    machines.say("kiosk", "되돌린 뒤")
    machines.run("enroll", "accept", machines.certify("kiosk", "kiosk"), "--data-dir", kiosk)
    machines.carry("kiosk", "desk")
    machines.carry("desk", "kiosk")
    texts = machines.run("feedback", "list", "--data-dir", kiosk)["feedback"]
    assert sorted(row["text"] for row in texts) == ["되돌린 뒤", "백업 뒤", "백업 전"]
    assert machines.hash("kiosk") == machines.hash("desk")


def test_a_kiosk_copied_back_by_hand_notices_that_it_is_behind_and_takes_a_new_name(
    machines: Machines,
) -> None:
    kiosk = machines.enrol("kiosk", "kiosk")
    machines.enrol("desk", "desk")
    machines.say("kiosk", "하나")
    copy = machines.root / "copy"
    shutil.copytree(kiosk, copy)
    machines.say("kiosk", "둘")
    machines.carry("kiosk", "desk")
    shutil.rmtree(kiosk)
    shutil.copytree(copy, kiosk)
    machines.carry("desk", "kiosk")
    receipt = machines.say("kiosk", "셋")
    assert receipt["seq"] == 1
    machines.run("enroll", "accept", machines.certify("kiosk", "kiosk"), "--data-dir", kiosk)
    machines.carry("kiosk", "desk")
    machines.carry("desk", "kiosk")
    assert machines.hash("kiosk") == machines.hash("desk")
    assert machines.hash("kiosk")["events"] == 3


def test_only_a_desk_decides_and_answers(machines: Machines) -> None:
    kiosk = machines.enrol("kiosk", "kiosk")
    receipt = machines.say("kiosk", "의견")
    for words in (
        ("review", "set", receipt["id"], "--state", "adopted"),
        ("reply", receipt["id"], "--text", "답변"),
    ):
        said = machines.run(*words, "--data-dir", kiosk, status=2)
        assert "--data-dir" in said and "desk" in said


def test_a_review_is_asked_for_its_department_its_reason_or_its_original(
    machines: Machines,
) -> None:
    machines.enrol("kiosk", "kiosk")
    desk = machines.enrol("desk", "desk")
    one, two = machines.say("kiosk", "하나")["id"], machines.say("kiosk", "둘")["id"]
    machines.carry("kiosk", "desk")
    put = ("review", "set", one, "--data-dir", desk, "--state")
    for state in ("declined", "withheld"):
        assert "--reason" in machines.run(*put, state, status=2)
    assert "--department" in machines.run(*put, "assigned", status=2)
    said = machines.run(*put, "answered", status=2)
    assert "--state" in said and "reply first" in said
    assert machines.run(*put, "assigned", "--department", "녹지과")["department"] == "녹지과"
    assert "--duplicate-of" in machines.run(*put, "duplicate", status=2)
    assert machines.run(*put, "duplicate", "--duplicate-of", two)["state"] == "duplicate"
    assert machines.run(*put, "declined", "--reason", "예산이 없습니다")["reason"]


def test_commands_say_in_one_sentence_what_is_missing(
    machines: Machines, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = machines.enrol("desk", "desk")
    nothing = machines.root / "nothing"
    for words, named in (
        (("bundle", "read", nothing, "--data-dir", desk), str(nothing)),
        (("bundle", "write", "--to", nothing, "--data-dir", desk), str(nothing)),
        (("sync", "--folder", nothing, "--data-dir", desk), str(nothing)),
        (("authority", "list", "--dir", nothing), str(nothing)),
        (("authority", "revoke", "x", "--dir", machines.authority, "--out", nothing), "x"),
        (("enroll", "accept", nothing, "--data-dir", desk), str(nothing)),
        (("store-hash", "--data-dir", nothing), str(nothing)),
        (("review", "set", "f" * 32, "--state", "adopted", "--data-dir", desk), "FEEDBACK"),
    ):
        capsys.readouterr()
        assert main([str(word) for word in words]) in (1, 2)
        said = capsys.readouterr()
        assert len(said.err.splitlines()) == 1 and named in said.err and not said.out


def test_a_cloned_kiosk_is_cut_off_at_the_fork_and_both_branches_words_survive(
    machines: Machines,
) -> None:
    """The walk: the alarm names the fork, the city cuts there, both machines are enrolled anew."""
    kiosk = machines.enrol("kiosk", "kiosk")
    desk = machines.enrol("desk", "desk")
    device = machines.say("kiosk", "함께")["device"]
    shutil.copytree(kiosk, machines.of("clone"))
    for name in ("kiosk", "clone"):
        machines.say(name, f"{name} 하나")
        machines.say(name, f"{name} 둘")
    machines.carry("kiosk", "desk")
    stick = machines.root / "stick"
    made = machines.run("bundle", "write", "--data-dir", machines.of("clone"), "--to", stick)
    read = machines.run("bundle", "read", made["file"], "--data-dir", desk, status=1)
    assert read["forks"] == 1 and machines.status("desk")["forks"] == 1

    listed = machines.root / "list"
    words = ("--dir", machines.authority, "--out", listed, "--data-dir", desk, "--after", 1)
    machines.run("authority", "revoke", device, *words)
    names = ("desk", "kiosk", "clone")
    for name in names:
        machines.run("enroll", "accept", listed, "--data-dir", machines.of(name))
    for name in ("kiosk", "clone"):
        papers = machines.certify(name, "kiosk")
        machines.run("enroll", "accept", papers, "--data-dir", machines.of(name))
    for giver, taker in (
        ("kiosk", "desk"),
        ("clone", "desk"),
        ("desk", "kiosk"),
        ("desk", "clone"),
    ):
        machines.carry(giver, taker)
    assert machines.status("desk")["forks"] == 0, "an alarm the city has answered is over"
    assert len({machines.hash(name)["journal"] for name in names}) == 1
    told = ["clone 둘", "clone 하나", "kiosk 둘", "kiosk 하나", "함께"]
    for name in names:
        listing = machines.run("feedback", "list", "--data-dir", machines.of(name))
        assert sorted(row["text"] for row in listing["feedback"]) == told
        assert machines.run("doctor", "--data-dir", machines.of(name))["ok"]


def test_a_revoked_kiosk_takes_a_new_name_and_says_again_what_nobody_had_confirmed(
    machines: Machines,
) -> None:
    """Revoked without a number: others keep what they have, and the rest comes by the new name."""
    kiosk = machines.enrol("kiosk", "kiosk")
    machines.enrol("desk", "desk")
    device = machines.say("kiosk", "확인됨")["device"]
    machines.carry("kiosk", "desk")
    machines.carry("desk", "kiosk")
    machines.say("kiosk", "아직")
    listed = machines.root / "list"
    words = ("--dir", machines.authority, "--out", listed)
    machines.run("authority", "revoke", device, *words)
    for name in ("desk", "kiosk"):
        machines.run("enroll", "accept", listed, "--data-dir", machines.of(name))
    assert machines.status("kiosk")["enrolled"] is False
    machines.run("enroll", "accept", machines.certify("kiosk", "kiosk"), "--data-dir", kiosk)
    machines.carry("kiosk", "desk")
    listing = machines.run("feedback", "list", "--data-dir", machines.of("desk"))["feedback"]
    assert sorted(row["text"] for row in listing) == ["아직", "확인됨"]
    assert machines.hash("kiosk")["journal"] == machines.hash("desk")["journal"]

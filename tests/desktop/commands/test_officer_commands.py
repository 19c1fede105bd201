"""`cheonman officer` and `cheonman verify` as tools call them."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from db.inbox.acts import OfficerAtWork
from db.officers.accounts import Officers
from db.officers.act_log import acts
from db.officers.desk_records import DeskRecords
from db.officers.sign_in import sign_in
from db.participation.feedback import NewFeedback, add_feedback, list_feedback
from db.records import About, Kind
from db.records.officers import ActKind, OfficerRole
from db.store.opening import open_store
from db.store.store import Store
from desktop.__main__ import main
from tests.desktop.commands.command import Command

FIRST, SECOND = "느티나무 아래 17", "은행나무 위 8-3"


@pytest.fixture
def shell(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> Command:
    shell = Command(data_dir, capsys)
    shell.run("init", "--role", "desk", "--name", "검토대")
    return shell


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    file = tmp_path / "secret"
    file.write_text(FIRST + "\n", encoding="utf-8")
    return file


def test_officers_are_added_listed_and_reset_and_only_by_an_administrator(
    shell: Command, secret: Path, tmp_path: Path
) -> None:
    first = shell.document("officer", "add", "김검토", "--password-file", secret)
    assert (first["role"], first["active"]) == ("administrator", True)
    second_secret = tmp_path / "second"
    second_secret.write_text(SECOND, encoding="utf-8")
    add = ("officer", "add", "박둘째", "--role", "reviewer", "--password-file", second_secret)
    assert shell.run(*add)[0] == 2
    by = ("--by", "김검토", "--by-password-file", secret)
    assert shell.document(*add, "--department", "공원과", *by)["department"] == "공원과"
    wrong = ("--by", "박둘째", "--by-password-file", second_secret)
    status, _out, err = shell.run("officer", "reset", "김검토", "--password-file", secret, *wrong)
    assert status == 2 and "administrator" in err
    shell.document("officer", "reset", "박둘째", "--password-file", secret, *by)
    listed = shell.document("officer", "list")
    assert [each["role"] for each in listed["officers"]] == ["administrator", "reviewer"]
    assert "verifier" not in listed["officers"][0]
    with open_store(shell.data_dir) as store:
        officers = Officers(DeskRecords(store))
        assert sign_in(officers, "박둘째", FIRST).role is OfficerRole.REVIEWER
        assert ActKind.PASSWORD_SET in {each.record.act for each in acts(officers.records)}


def test_a_password_comes_from_standard_input_and_stands_on_no_command_line(
    shell: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = io.TextIOWrapper(io.BytesIO(f"{FIRST}\n".encode()))
    monkeypatch.setattr("sys.stdin", given)
    assert shell.document("officer", "add", "김검토", "--password-file", "-")["name"] == "김검토"
    assert shell.run("officer", "add", "이셋째", "--password", "no such option")[0] == 2


def test_the_citys_own_key_resets_a_password_and_another_citys_does_not(
    shell: Command, secret: Path, tmp_path: Path
) -> None:
    shell.document("officer", "add", "김검토", "--password-file", secret)
    ours, others = tmp_path / "city", tmp_path / "other"
    for place in (ours, others):
        assert main(["authority", "init", "--dir", str(place)]) == 0
    asked, papers = tmp_path / "asked", tmp_path / "papers"
    shell.run("enroll", "request", "--out", asked)
    words = ("authority", "sign", asked, "--role", "desk", "--name", "검토대", "--dir", ours)
    signed = [*map(str, words), "--out", str(papers), "--fingerprint"]
    shell._capsys.readouterr()
    with open_store(shell.data_dir) as store:
        from db.exchange.trust.fingerprint import fingerprint

        device = fingerprint(store.keys.public)
    assert main([*signed, device]) == 0
    shell._capsys.readouterr()
    assert main(["authority", "list", "--dir", str(ours), "--json"]) == 0
    city = json.loads(shell._capsys.readouterr().out)["fingerprint"]
    assert shell.run("enroll", "accept", papers, "--fingerprint", city)[0] == 0
    secret.write_text(SECOND, encoding="utf-8")
    reset = ("officer", "reset", "김검토", "--password-file", secret, "--authority")
    status, _out, err = shell.run(*reset, others)
    assert status == 2 and "--authority" in err
    shell.document(*reset, ours)
    with open_store(shell.data_dir) as store:
        assert sign_in(Officers(DeskRecords(store)), "김검토", SECOND).name == "김검토"


def _desk_that_worked(store: Store) -> None:
    officers = Officers(DeskRecords(store))
    officer = officers.add("김검토", FIRST, OfficerRole.ADMINISTRATOR, by=None)
    add_feedback(store, NewFeedback(about=About.GENERAL, kind=Kind.PROBLEM, text="가로등"))
    (row,) = list_feedback(store)[0]
    at_work = OfficerAtWork(officers, officer)
    at_work.open(row.id)
    at_work.note(row.id, "살펴봄")


@pytest.mark.parametrize(
    ("damage", "kind", "what"),
    [
        ("UPDATE event SET body = 'x' WHERE kind = 'officer.acted'", "officer.acted", "altered"),
        ("UPDATE event SET at_us = at_us + 1 WHERE seq = 3", "feedback.submitted", "header"),
        ("DELETE FROM event WHERE seq = 3", "officer.acted", "number 3 is missing"),
        ("UPDATE event SET signature = zeroblob(64) WHERE seq = 2", "officer.acted", "signature"),
        ("DELETE FROM desk_record WHERE kind = 'officer.acted'", "officer.acted", "taken out"),
    ],
)
def test_verify_names_the_first_broken_link(
    shell: Command, damage: str, kind: str, what: str
) -> None:
    with open_store(shell.data_dir) as store:
        _desk_that_worked(store)
    whole = shell.document("verify")
    assert whole["holds"] and whole["first_broken"] is None
    assert (whole["devices"], whole["events"], whole["acts"]) == (1, 6, 3)
    with open_store(shell.data_dir) as store:
        store.connection.execute(damage)
    status, out, _err = shell.run("verify", "--json")
    first = json.loads(out)["first_broken"]
    assert status == 1 and what in first["what"] and first["kind"] == kind
    assert first["number"] >= 2 and len(first["event"]) == 32 and first["device"]
    assert "BROKEN" in shell.run("verify")[1]


def test_no_erasure_takes_a_line_out_of_the_log(shell: Command) -> None:
    with open_store(shell.data_dir) as store:
        _desk_that_worked(store)
        (line, *_more) = acts(DeskRecords(store))
    assert shell.run("erase", line.ref, "--what", "both", "--reason", "지움")[0] == 2
    with open_store(shell.data_dir) as store:
        from db.records import Erased
        from db.store.journal import redact

        redact(store, line.device, int(line.ref.partition("/")[2]), Erased.BOTH, "몰래")
        assert line in acts(DeskRecords(store))
    assert shell.document("verify")["holds"]

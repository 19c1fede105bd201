"""The store's commands as tools call them: one document out, or one sentence of trouble."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from db.participation.feedback import list_feedback
from db.store.opening import open_store
from desktop.settings import load_settings
from tests.desktop.commands.command import Command


@pytest.fixture
def cheonman(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> Command:
    return Command(data_dir, capsys)


KIOSK = ("init", "--role", "kiosk", "--name", "꽃심 1층", "--site", "lib-kkotsim")


def test_init_makes_device_store_and_settings(cheonman: Command) -> None:
    said = cheonman.document(*KIOSK, "--panel-inches", "32")
    settings = load_settings(cheonman.data_dir)
    assert (settings.role, settings.name, settings.site) == ("kiosk", "꽃심 1층", "lib-kkotsim")
    assert settings.panel_inches == 32
    assert said["contact_key"]["demonstration"] is True
    with open_store(cheonman.data_dir) as store:
        assert store.device == said["device"]


def test_init_again_changes_what_it_is_told_and_keeps_the_rest(cheonman: Command) -> None:
    first = cheonman.document(*KIOSK, "--panel-inches", "32")
    second = cheonman.document("init", "--role", "kiosk", "--name", "다른 이름")
    assert second["device"] == first["device"]
    settings = load_settings(cheonman.data_dir)
    assert (settings.name, settings.site) == ("다른 이름", "lib-kkotsim")
    assert settings.panel_inches == 32


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("--role", "kiosk", "--name", "n"), "--site"),
        (("--role", "kiosk", "--name", "n", "--site", "deokjin"), "deokjin"),
        (("--role", "tree", "--name", "n"), "--role"),
        (("--role", "desk", "--name", "n" * 99), "name"),
        (("--role", "desk", "--name", "n", "--panel-inches", "3"), "--panel-inches"),
    ],
)
def test_init_refuses_by_name_and_makes_nothing(
    cheonman: Command, words: tuple[str, ...], named: str
) -> None:
    status, out, err = cheonman.run("init", *words)
    assert (status, out) == (2, "")
    assert named in err
    assert list(cheonman.data_dir.iterdir()) == []


def test_a_desk_needs_no_site(cheonman: Command) -> None:
    assert cheonman.document("init", "--role", "desk", "--name", "녹지정원과")["role"] == "desk"


def test_paper_forms_are_stored_as_paper_and_listed(cheonman: Command) -> None:
    cheonman.document(*KIOSK)
    added = [
        cheonman.document("feedback", "add", *about, "--kind", "problem", "--text", "글", *more)
        for about, more in (
            (("--project", "garden-city-10m-trees"), ("--rating", "1")),
            (("--dong", "덕진동1가"), ()),
            (("--at", "35.8242,127.1480"), ("--language", "en")),
            (("--trees",), ()),
            (("--general",), ()),
        )
    ]
    assert len({each["code"] for each in added}) == 5
    listed = cheonman.document("feedback", "list")
    assert listed["count"] == 5
    assert [row["id"] for row in listed["feedback"]] == [each["id"] for each in added]
    assert {row["origin"] for row in listed["feedback"]} == {"paper"}
    assert {row["site"] for row in listed["feedback"]} == {"lib-kkotsim"}
    assert listed["feedback"][1]["dong"] == "덕진동1가"


def test_a_phone_number_on_paper_is_pointed_out(cheonman: Command) -> None:
    cheonman.document(*KIOSK)
    said = cheonman.document(
        "feedback", "add", "--general", "--kind", "praise", "--text", "전화 010-1234-5678"
    )
    assert said["personal_data"] == [{"kind": "phone", "start": 3, "end": 16}]


def test_a_form_for_a_directory_that_was_not_there_is_stored_and_the_new_device_told(
    cheonman: Command, tmp_path: Path
) -> None:
    add = ("feedback", "add", "--general", "--kind", "praise", "--json")
    cheonman.data_dir = tmp_path / "nowhere"
    status, out, err = cheonman.run(*add)
    assert status == 0 and json.loads(out)["seq"] == 1
    assert "nowhere" in err and "new device" in err
    assert cheonman.run(*add)[2] == ""


def test_the_list_of_a_directory_without_a_store_is_empty(cheonman: Command) -> None:
    assert cheonman.document("feedback", "list")["count"] == 0


@pytest.mark.parametrize(
    ("words", "ends"),
    [
        (("feedback", "list"), 2),
        (("bundle", "write", "--rescue", "--to", "."), 1),
    ],
)
def test_a_mistyped_directory_is_named_and_not_made(
    cheonman: Command, tmp_path: Path, words: tuple[str, ...], ends: int
) -> None:
    cheonman.data_dir = tmp_path / "nowhere"
    status, out, err = cheonman.run(*words, "--json")
    assert (status, out) == (ends, "")
    assert "nowhere" in err and len(err.splitlines()) == 1
    assert not (tmp_path / "nowhere").exists()


def test_listing_works_while_the_kiosk_runs_and_adding_does_not(cheonman: Command) -> None:
    cheonman.document(*KIOSK)
    cheonman.document("feedback", "add", "--general", "--kind", "praise")
    with open_store(cheonman.data_dir):
        assert cheonman.document("feedback", "list")["count"] == 1
        status, out, err = cheonman.run("feedback", "add", "--general", "--kind", "praise")
    assert (status, out) == (1, "")
    assert str(cheonman.data_dir) in err and len(err.splitlines()) == 1


def test_the_doctor_prints_one_document_and_ends_with_trouble_when_there_is_some(
    cheonman: Command,
) -> None:
    cheonman.document(*KIOSK)
    said = cheonman.document("doctor")
    assert said["ok"] and said["panel"]["inches"] == 24
    assert said["panel"]["body_text_mm"] >= said["panel"]["needed_mm"]
    (cheonman.data_dir / "cheonman.toml").write_text('colour = "green"\n')
    status, out, err = cheonman.run("doctor", "--json")
    assert (status, err) == (1, "")
    assert "colour" in json.loads(out)["troubles"][0]["en"]
    status, out, _err = cheonman.run("doctor")
    assert status == 1 and "trouble" in out


def test_the_doctor_says_at_a_prompt_what_to_type(cheonman: Command) -> None:
    assert "to do    cheonman init" in cheonman.run("doctor")[1]
    cheonman.document(*KIOSK)
    assert "to do" not in cheonman.run("doctor")[1]
    seed, papers = (cheonman.data_dir / "keys" / name for name in ("device.seed", "papers.json"))
    seed.chmod(0o644)
    papers.touch(mode=0o600)
    said = cheonman.run("doctor")[1]
    assert f"to do    chmod go-rwx {seed}" in said
    assert "to do    cheonman enroll accept CERT" in said


def test_a_backup_comes_back_as_a_new_device(cheonman: Command, tmp_path: Path) -> None:
    device = cheonman.document(*KIOSK)["device"]
    cheonman.document("feedback", "add", "--general", "--kind", "praise", "--text", "남을 글")
    saved = cheonman.document("backup", tmp_path / "b.db")
    assert saved["events"] == 1
    cheonman.document("feedback", "add", "--general", "--kind", "praise", "--text", "나중 글")
    restored = cheonman.document("restore", tmp_path / "b.db")
    assert restored["device"] != device
    with open_store(cheonman.data_dir) as store:
        assert [row.text for row in list_feedback(store)[0]] == ["남을 글"]
    status, _out, err = cheonman.run("restore", tmp_path / "nowhere.db")
    assert status == 1 and "nowhere.db" in err


def test_a_backup_of_nothing_is_refused(cheonman: Command, tmp_path: Path) -> None:
    status, out, err = cheonman.run("backup", tmp_path / "b.db", "--json")
    assert (status, out) == (1, "")
    assert "cheonman init" in err
    assert not (tmp_path / "b.db").exists()

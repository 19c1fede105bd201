"""Erasing and purging from the command line, and what the settings say about it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from db.clock import DAY_US
from db.directory import DataDirectory
from db.participation.feedback import add_feedback, list_feedback
from db.retention.known_ages import FILE, Ages, load_ages, save_ages
from db.store.opening import open_store
from desktop.__main__ import main
from desktop.background.purge import periods
from desktop.settings import Settings, SettingsProblem, load_settings
from tests.db.in_memory import PHONE, praise


def run(data_dir: Path, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Any, str]:
    status = main([*words, "--data-dir", str(data_dir), "--json"])
    said = capsys.readouterr()
    return status, json.loads(said.out) if said.out else None, said.err


def test_a_wish_is_erased_by_the_id_that_the_list_shows(
    data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_store(data_dir) as store:
        receipt = add_feedback(store, praise("지워 주세요", contact=PHONE))
    words = ("erase", receipt.id, "--what", "both", "--reason", "본인이 원함")
    status, said, _ = run(data_dir, capsys, *words)
    assert status == 0 and said["events"] == [f"{receipt.device}/{receipt.seq}"]
    with open_store(data_dir) as store:
        (row,) = list_feedback(store)[0]
        assert row.erased and not row.has_contact
    status, said, err = run(data_dir, capsys, "erase", "0" * 32, *words[2:])
    assert status == 2 and said is None and "there is no event" in err


def test_a_purge_can_be_tried_first(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (data_dir / "cheonman.toml").write_text("keep_contact_days = 30\n", encoding="utf-8")
    with open_store(data_dir) as store:
        add_feedback(store, praise("남는 글", contact=PHONE))
    assert run(data_dir, capsys, "purge")[1]["contacts"] == 0
    directory = DataDirectory(data_dir)
    ages = load_ages(directory)
    ages.ran += 30 * DAY_US
    save_ages(directory, ages)
    before = (data_dir / FILE).read_bytes()
    assert run(data_dir, capsys, "purge", "--dry-run")[1]["contacts"] == 1
    assert (data_dir / FILE).read_bytes() == before
    assert run(data_dir, capsys, "purge")[1]["contacts"] == 1
    assert run(data_dir, capsys, "purge")[1]["contacts"] == 0


def test_marks_that_cannot_be_read_make_everything_young_again(data_dir: Path) -> None:
    (data_dir / FILE).write_bytes(b"{]")
    assert load_ages(DataDirectory(data_dir)) == Ages()


def test_periods_come_from_the_settings_and_are_bounded(data_dir: Path) -> None:
    assert max(vars_of(Settings())) == 0
    (data_dir / "cheonman.toml").write_text("keep_feedback_days = 3651\n", encoding="utf-8")
    with pytest.raises(SettingsProblem, match="keep_feedback_days"):
        load_settings(data_dir)


def vars_of(settings: Settings) -> list[int]:
    found = periods(settings)
    return [found.contact, found.contact_after_reply, found.feedback, found.planting]

"""Settings: declared once, bounded, and wrong ones named."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields
from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.settings import FILE, MAX_BYTES, Settings, SettingsProblem, load_settings, to_toml


def test_without_a_file_the_defaults_hold(data_dir: Path) -> None:
    assert load_settings(data_dir) == Settings()


def test_what_is_written_is_read_back(data_dir: Path) -> None:
    settings = Settings(name='꽃심 "1층"\\', site="lib-kkotsim", panel_inches=32.0, phone="063")
    (data_dir / FILE).write_text(to_toml(settings), encoding="utf-8")
    assert load_settings(data_dir) == settings


def test_the_command_line_wins_and_what_was_not_given_does_not(data_dir: Path) -> None:
    (data_dir / FILE).write_text('site = "lib-hyoja"\npanel_inches = 32.0\n', encoding="utf-8")
    settings = load_settings(data_dir, {"site": None, "panel_inches": 43.0})
    assert (settings.site, settings.panel_inches) == ("lib-hyoja", 43.0)


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ('colour = "green"', "colour"),
        ('panel_inches = "24"', "panel_inches"),
        ("panel_inches = 3", "panel_inches"),
        ("idle_seconds = 59", "idle_seconds"),
        ('language = "fr"', "language"),
        ('hub_url = "ftp://city"', "hub_url"),
        ('hub_url = "http://127.0.0.1.example"', "hub_url"),
        ('hub_url = "https://user@city.example"', "hub_url"),
        ('hub_url = "https://city.example:99999"', "hub_url"),
        ("full_screen = 1", "full_screen"),
    ],
)
def test_a_wrong_setting_names_file_and_key(data_dir: Path, line: str, key: str) -> None:
    (data_dir / FILE).write_text(line + "\n", encoding="utf-8")
    with pytest.raises(SettingsProblem) as caught:
        load_settings(data_dir)
    assert caught.value.key == key
    assert str(data_dir / FILE) in str(caught.value)


WRONG: dict[type, tuple[object, ...]] = {
    str: (1, 1.5, True, [], {}, date(2026, 1, 1), "x" * 500, "\u3164", "a\nb"),
    int: ("9", 1.5, True, [1], {"a": 1}, date(2026, 1, 1), -1, 10**30, 10**5000),
    float: ("9", True, [], {}, time(9), float("nan"), float("inf"), 10**400, 1e300),
    bool: ("true", 0, 1.0, [], {}),
}


@pytest.mark.parametrize("key", [each.name for each in fields(Settings)])
def test_a_refusal_names_the_field_what_is_there_and_what_would_be_right(key: str) -> None:
    for value in WRONG[type(getattr(Settings(), key))]:
        with pytest.raises(SettingsProblem) as caught:
            load_settings(Path("/nowhere"), {key: value})
        said = caught.value
        assert said.key == key and key in said.ko and key in said.en
        assert any("가" <= letter <= "힣" for letter in said.ko)
        assert "takes" in said.en and "써야 합니다" in said.ko
        for sentence in (said.ko, said.en):
            # A person's words, not a programmer's, and of a length that can be read.
            assert not re.search(r"\b(str|int|float|bool|None|dict|list)\b", sentence), sentence
            assert len(sentence) < 300 and sentence.isprintable()
        if key != "operator_pin_hash":
            assert " = " in said.en, "what is there"
            example = said.en.rpartition("for example ")[2]
            assert getattr(load_settings(Path("/nowhere"), tomllib.loads(example)), key) is not None


def test_a_misspelt_setting_is_told_its_right_name(data_dir: Path) -> None:
    with pytest.raises(SettingsProblem) as caught:
        load_settings(data_dir, {"idle_secnods": 90})
    assert "'idle_seconds'" in caught.value.ko and "'idle_seconds'" in caught.value.en


@pytest.mark.parametrize(
    "content", ["name = ", "a = 1\na = 2", f"x = {'[' * 9_000}", f"x = {'9' * 9_000}"]
)
def test_a_file_that_is_no_toml_is_refused_in_both_languages(data_dir: Path, content: str) -> None:
    (data_dir / FILE).write_text(content, encoding="utf-8")
    with pytest.raises(SettingsProblem) as caught:
        load_settings(data_dir)
    assert "읽을 수 없습니다" in caught.value.ko and "is not readable TOML" in caught.value.en


@pytest.mark.parametrize("content", [b"name = ", b"\xff\xfe", b"#" * (MAX_BYTES + 1)])
def test_a_file_that_is_no_settings_file_is_refused_whole(data_dir: Path, content: bytes) -> None:
    (data_dir / FILE).write_bytes(content)
    with pytest.raises(SettingsProblem):
        load_settings(data_dir)


def test_a_directory_in_the_place_of_the_settings_is_refused_by_name(data_dir: Path) -> None:
    (data_dir / "cheonman.toml").mkdir()
    with pytest.raises(SettingsProblem, match=r"cheonman\.toml: file: is no file"):
        load_settings(data_dir)


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40))
def test_any_name_survives_the_file(name: str) -> None:
    assert tomllib.loads(to_toml(Settings(name=name)))["name"] == name

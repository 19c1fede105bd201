"""Settings: declared once, bounded, and wrong ones named."""

from __future__ import annotations

import tomllib
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

"""What a person wrote into cheonman.toml outlives every change that the program makes there."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from desktop.kiosk.operator.pin.guard import PinGuard, hash_of
from desktop.settings import FILE, Settings, load_settings, to_toml
from desktop.settings_file import change_settings
from tests.desktop.commands.command import Command
from tests.desktop.commands.test_store_commands import KIOSK

WRITTEN = """# 금암도서관 1층, 2026년 11월 설치 (담당 김)
name = "금암 1"   # 안내대 옆

site = 'lib-geumam'
panel_inches = 32.0 # 재어 봄
# idle_seconds = 120
"""


@pytest.fixture
def cheonman(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> Command:
    return Command(data_dir, capsys)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_comments_order_and_line_ends_stay(data_dir: Path, line_end: str, mark: bytes) -> None:
    file = data_dir / FILE
    file.write_bytes(mark + WRITTEN.replace("\n", line_end).encode())
    change_settings(data_dir, panel_inches=24.5, operator_pin_hash="$argon2id$x")
    text = file.read_bytes().decode()
    wanted = WRITTEN.replace("32.0", "24.5").replace("\n", line_end)
    assert text.startswith(wanted)
    assert text.count("\n") == text.count(line_end)
    settings = load_settings(data_dir)
    assert (settings.panel_inches, settings.operator_pin_hash) == (24.5, "$argon2id$x")
    assert (settings.name, settings.site) == ("금암 1", "lib-geumam")


def test_a_key_that_was_not_there_comes_with_its_explanation(data_dir: Path) -> None:
    (data_dir / FILE).write_text(WRITTEN, encoding="utf-8")
    change_settings(data_dir, phone="063-281-2114")
    tail = (data_dir / FILE).read_text(encoding="utf-8").removeprefix(WRITTEN)
    assert tail.startswith("# Phone number") and 'phone = "063-281-2114"' in tail


def test_without_a_file_every_key_is_written_under_its_sentence(data_dir: Path) -> None:
    change_settings(data_dir, site="lib-geumam")
    assert (data_dir / FILE).read_text(encoding="utf-8") == to_toml(Settings(site="lib-geumam"))


def test_the_first_pin_leaves_the_comments(data_dir: Path) -> None:
    (data_dir / FILE).write_text(WRITTEN, encoding="utf-8")
    guard = PinGuard(data_dir, lambda: 0.0)
    guard.set_pin("482190")
    assert guard.is_set() and guard.check("482190")
    assert (data_dir / FILE).read_text(encoding="utf-8").startswith(WRITTEN)


def test_init_again_leaves_the_comments_and_the_pin(cheonman: Command) -> None:
    (cheonman.data_dir / FILE).write_text(WRITTEN, encoding="utf-8")
    change_settings(cheonman.data_dir, operator_pin_hash="x")
    said = cheonman.document("init", "--role", "kiosk", "--name", "금암 2")
    assert said["operator_pin"] is True
    text = (cheonman.data_dir / FILE).read_text(encoding="utf-8")
    assert '"금암 2"   # 안내대 옆' in text and "담당 김" in text
    assert load_settings(cheonman.data_dir).operator_pin_hash == "x"


def test_init_sets_a_pin_from_a_file_or_a_pipe_and_says_when_there_is_none(
    cheonman: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "no operator PIN" in cheonman.run(*KIOSK)[1]
    pin = tmp_path / "pin.txt"
    pin.write_bytes(b"\xef\xbb\xbf482190\r\n")
    status, out, err = cheonman.run(*KIOSK, "--pin-file", pin)
    assert (status, err) == (0, "") and "no operator PIN" not in out and "482190" not in out
    guard = PinGuard(cheonman.data_dir, lambda: 0.0)
    assert guard.check("482190")
    monkeypatch.setattr("sys.stdin", io.StringIO("739104\n"))
    assert cheonman.run(*KIOSK, "--pin-file", "-")[0] == 0
    assert guard.check("739104")


@pytest.mark.parametrize("text", ["", "123456", "111111", "12", "abcdef", "4821901234567"])
def test_a_pin_that_is_none_is_refused_and_nothing_is_made(
    cheonman: Command, tmp_path: Path, text: str
) -> None:
    (tmp_path / "pin.txt").write_text(text, encoding="utf-8")
    status, out, err = cheonman.run(*KIOSK, "--pin-file", tmp_path / "pin.txt")
    assert (status, out) == (2, "") and "--pin-file" in err
    assert list(cheonman.data_dir.iterdir()) == []


def test_a_hash_is_of_a_pin_without_fault() -> None:
    with pytest.raises(ValueError, match="simple"):
        hash_of("111111")

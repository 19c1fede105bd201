"""Words on a command line are read by everybody on the machine: each comes from elsewhere too."""

from __future__ import annotations

import argparse
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop.__main__ import main
from desktop.cli import output
from desktop.commands import erase, feedback, publish, reply, review, sync

WORDS = "그늘이 좋아요\n두 번째 줄"


class _Input(io.TextIOWrapper):
    def __init__(self, data: bytes) -> None:
        super().__init__(io.BytesIO(data), encoding="utf-8")


def parsed(option: str, *given: str) -> Any:
    parser = argparse.ArgumentParser()
    output.add_words(parser, option, "words", required=True)
    return vars(parser.parse_args(given))[option.removeprefix("--")]


def test_words_come_from_the_line_a_file_or_standard_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "words.txt"
    # As an editor on another system leaves it.
    file.write_bytes(b"\xef\xbb\xbf" + f"{WORDS}\r\n".encode())
    monkeypatch.setattr(sys, "stdin", _Input(f"{WORDS}\n".encode()))
    assert parsed("--text", "--text", WORDS) == WORDS
    assert parsed("--text", "--text-file", str(file)) == WORDS
    assert parsed("--text", "--text", "-") == WORDS


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"\xff\xfe\x00", "holds no UTF-8 text"),
        (b"a" * 70_000, "more than any text may have"),
    ],
)
@pytest.mark.parametrize("way", ["file", "input"])
def test_what_is_no_text_is_refused_with_one_sentence(
    content: bytes,
    said: str,
    way: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "words").write_bytes(content)
    monkeypatch.setattr(sys, "stdin", _Input(content))
    given = ("--text", "-") if way == "input" else ("--text-file", str(tmp_path / "words"))
    with pytest.raises(SystemExit) as ended:
        parsed("--text", *given)
    assert ended.value.code == 2
    assert said in capsys.readouterr().err


def test_a_second_text_from_the_same_input_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", _Input(WORDS.encode()))
    assert parsed("--ko", "--ko", "-") == WORDS
    with pytest.raises(SystemExit):
        parsed("--en", "--en", "-")
    assert "standard input is empty" in capsys.readouterr().err


def test_a_file_that_is_not_there_is_named(tmp_path: Path, capsys: Any) -> None:
    with pytest.raises(SystemExit):
        parsed("--text", "--text-file", str(tmp_path / "none"))
    assert "none" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("add", "options"),
    [
        (feedback.add_arguments, ["--text"]),
        (reply.add_arguments, ["--text", "--text-en"]),
        (review.add_arguments, ["--reason"]),
        (erase.add_arguments, ["--reason"]),
        (sync.add_arguments, ["--reason"]),
        (publish.add_arguments, ["--title", "--ko", "--en"]),
    ],
    ids=["feedback", "reply", "review", "erase", "sync", "publish"],
)
def test_every_option_for_words_has_its_file(
    add: Callable[[argparse.ArgumentParser], None], options: list[str]
) -> None:
    parser = argparse.ArgumentParser()
    add(parser)
    known = _options(parser)
    assert {option for option in known if option.endswith("-file")} == {
        f"{option}-file" for option in options
    }


def _options(parser: argparse.ArgumentParser) -> set[str]:
    found: set[str] = set()
    for action in parser._actions:
        found |= set(action.option_strings)
        if isinstance(action, argparse._SubParsersAction):
            for each in action.choices.values():
                found |= _options(each)
    return found


def test_a_paper_form_is_taken_in_from_a_file(tmp_path: Path, capsys: Any) -> None:
    home, file = tmp_path / "home", tmp_path / "form.txt"
    file.write_text(WORDS, encoding="utf-8")
    words = ["--data-dir", str(home), "--general", "--kind", "praise", "--text-file", str(file)]
    assert main(["feedback", "add", *words]) == 0
    capsys.readouterr()
    assert main(["feedback", "list", "--data-dir", str(home), "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)["feedback"]
    assert row["text"] == WORDS


def test_a_process_with_keys_leaves_no_dump() -> None:
    program = (
        "import ctypes; from nacl.signing import SigningKey\n"
        "from db.keys.device import DeviceKeys\n"
        "asked = lambda: ctypes.CDLL(None).prctl(3, 0, 0, 0, 0)\n"
        "before = asked(); DeviceKeys(SigningKey.generate(), 'age1')\n"
        "print(before, asked())"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout.split() == ["1", "0"], done.stderr


@pytest.mark.parametrize("unit", ["cheonman-kiosk.service", "hub/cheonman-hub.service"])
def test_the_units_forbid_core_files(unit: str) -> None:
    text = (Path(__file__).parents[3] / "resources/install" / unit).read_text(encoding="utf-8")
    assert "LimitCORE=0" in text.splitlines()

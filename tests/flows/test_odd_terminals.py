"""Readers that go away, terminals that know few letters, keys that are pressed in between."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.flows.program import (
    PATIENCE,
    Answer,
    add_opinion,
    cheonman,
    clear_sentence,
    command,
    in_this_process,
    surroundings,
)

TROUBLE, WRONG_USE = 1, 2


@pytest.fixture
def silent_hub() -> Iterator[socket.socket]:
    """Somebody takes the call and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(PATIENCE)
        yield listening


@pytest.fixture
def told(data_dir: Path) -> Path:
    """A store with an opinion in it."""
    assert add_opinion(data_dir, "나무 🌳").status == 0
    return data_dir


def unread(*words: str | Path) -> tuple[int, bytes]:
    """How a command ends, and what it complains of, when nobody reads its answer."""
    read, write = os.pipe()
    os.close(read)
    ended = subprocess.run(
        command(*words),
        env=surroundings(),
        stdout=write,
        stderr=subprocess.PIPE,
        timeout=PATIENCE,
        check=False,
    )
    os.close(write)
    return ended.returncode, ended.stderr


@pytest.mark.parametrize("words", [("feedback", "list"), ("feedback", "list", "--json")])
def test_a_reader_that_went_away_ends_a_command_quietly(told: Path, words: tuple[str, ...]) -> None:
    assert unread(*words, "--data-dir", told) == (0, b"")


def test_a_help_that_nobody_reads_ends_quietly_too() -> None:
    assert unread("sync", "--help") == (0, b"")


def test_an_answer_without_room_for_it_is_said_once(told: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(
            command("feedback", "list", "--data-dir", told),
            env=surroundings(),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
    assert ended.returncode == TROUBLE
    assert len(ended.stderr.splitlines()) == 1 and "could not be written" in ended.stderr


def test_a_terminal_that_knows_few_letters_gets_numbers_and_json_stays_json(told: Path) -> None:
    answer = cheonman("feedback", "list", "--data-dir", told, PYTHONIOENCODING="ascii")
    assert answer.status == 0 and "\\ub098" in answer.out and not answer.err
    answer = cheonman("feedback", "list", "--data-dir", told, "--json", PYTHONIOENCODING="ascii")
    assert json.loads(answer.out)["feedback"][0]["text"] == "나무 🌳"


def test_words_that_are_no_text_are_refused_before_anything_is_made(tmp_path: Path) -> None:
    data_dir = tmp_path / "device"
    odd = os.fsdecode("전주".encode("cp949"))
    for words in (
        ("init", "--role", "desk", "--name", odd, "--data-dir", data_dir),
        ("bundle", "read", odd, "--data-dir", data_dir),
        ("sync", "--folder", odd, "--data-dir", data_dir),
    ):
        assert "UTF-8" in clear_sentence(cheonman(*words), status=WRONG_USE)
    assert not data_dir.exists()


def test_words_that_steer_a_terminal_or_fill_it_do_not_reach_it(told: Path) -> None:
    for odd in ("\x1b[2J", "\N{RIGHT-TO-LEFT OVERRIDE}", "x" * 100_000):
        answer = cheonman("bundle", "read", f"/none/{odd}", "--data-dir", told)
        sentence = clear_sentence(answer, "/none/", status=TROUBLE)
        assert sentence.isprintable() and len(sentence) < 2_000


def test_a_line_that_would_break_the_settings_is_no_name(tmp_path: Path) -> None:
    data_dir = tmp_path / "device"
    for name in ("시청\n이층", "시청\x1b[31m", "\N{RIGHT-TO-LEFT OVERRIDE}시청"):
        answer = cheonman("init", "--role", "desk", "--name", name, "--data-dir", data_dir)
        clear_sentence(answer, "name", status=WRONG_USE)
    assert not (data_dir / "cheonman.toml").exists()


def test_a_user_without_a_home_is_told_to_name_a_directory() -> None:
    answer = cheonman("sync", "--status", CHEONMAN_DATA="~nobody-of-this-name/data")
    clear_sentence(answer, "--data-dir", status=WRONG_USE)


def _hear_ctrl_c() -> None:
    """A suite that was started in the background ignores the key, and so would what it starts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_a_command_that_is_interrupted_says_so_in_one_sentence(
    tmp_path: Path, silent_hub: socket.socket
) -> None:
    device, city, paper = tmp_path / "desk", tmp_path / "city", tmp_path / "paper"
    request = tmp_path / "request"
    sign = ("--dir", city, "--role", "desk", "--name", "시청", "--out", paper)
    there = ("--data-dir", device)
    assert in_this_process("init", "--role", "desk", "--name", "시청", *there).status == 0
    made = in_this_process("authority", "init", "--dir", city, "--json")
    asked = in_this_process("enroll", "request", *there, "--out", request, "--json")
    words, heard = (json.loads(said.out)["fingerprint"] for said in (made, asked))
    assert in_this_process("authority", "sign", request, *sign, "--fingerprint", heard).status == 0
    assert in_this_process("enroll", "accept", paper, *there, "--fingerprint", words).status == 0
    hub = f"http://127.0.0.1:{silent_hub.getsockname()[1]}"
    visit = subprocess.Popen(
        command("sync", "--hub", hub, "--data-dir", device),
        env=surroundings(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=_hear_ctrl_c,
    )
    caller, _address = silent_hub.accept()
    with caller:
        assert caller.recv(1)
        visit.send_signal(signal.SIGINT)
        out, err = visit.communicate(timeout=PATIENCE)
    clear_sentence(Answer(visit.returncode, out, err), "stopped", status=TROUBLE)
    assert add_opinion(device).status == 0, "nothing is left locked"

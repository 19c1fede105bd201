"""Signs of life for systemd and a status file for staff."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.process.watchdog import Watchdog


@pytest.fixture
def ear(tmp_path: Path) -> Iterator[socket.socket]:
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    listener.bind(str(tmp_path / "notify"))
    listener.settimeout(2)
    yield listener
    listener.close()


def heard(ear: socket.socket) -> str:
    return ear.recv(256).decode()


def test_ready_comes_first_and_signs_of_life_follow_by_themselves(
    ear: socket.socket, data_dir: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    environ = {
        "NOTIFY_SOCKET": str(tmp_path / "notify"),
        "WATCHDOG_USEC": "20000",
        "WATCHDOG_PID": str(os.getpid()),
    }
    heart = Watchdog(data_dir, dict, environ=environ)
    heart.start()
    assert heard(ear) == "READY=1"
    assert heard(ear) == "WATCHDOG=1"
    with qtbot.waitSignal(heart._beat.timeout):
        pass
    assert heard(ear) == "WATCHDOG=1"
    heart.stop()
    assert heard(ear) in ("WATCHDOG=1", "STOPPING=1")


@pytest.mark.parametrize(
    "environ",
    [
        {},
        {"NOTIFY_SOCKET": "relative"},
        {"NOTIFY_SOCKET": "/nobody/listens", "WATCHDOG_USEC": "1000000"},
        {"WATCHDOG_USEC": "soon"},
        {"WATCHDOG_USEC": "1000000", "WATCHDOG_PID": "1"},
    ],
)
def test_without_a_listening_system_nothing_happens(
    environ: dict[str, str], data_dir: Path, qapp: object
) -> None:
    heart = Watchdog(data_dir, dict, environ=environ)
    heart.start()
    heart._alive()
    heart.stop()


def test_the_status_file_says_what_it_is_told_and_nothing_more(
    data_dir: Path, qapp: object
) -> None:
    heart = Watchdog(data_dir, lambda: {"version": "0.1.0", "visiting": False}, environ={})
    heart.start()
    heart.stop()
    status = json.loads((data_dir / "status.json").read_text(encoding="utf-8"))
    assert status == {"version": "0.1.0", "visiting": False}
    assert [p.name for p in data_dir.iterdir()] == ["status.json"]


def test_a_folder_without_rights_is_no_reason_to_stop(tmp_path: Path, qapp: object) -> None:
    heart = Watchdog(tmp_path / "missing", dict, environ={})
    heart.write_status()

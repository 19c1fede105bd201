"""The session script ends with the kiosk's own exit status, whatever the compositor does."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.gates.sources import ROOT

SCRIPT = ROOT / "resources" / "install" / "cheonman-session.sh"


def run(tmp_path: Path, status: int, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The script with a kiosk that ends with `status` under a compositor that forgets it."""
    tools = {
        "cheonman": f'echo "$@ watch=${{WATCHDOG_PID:-none}}" >"{tmp_path}/called"; exit {status}',
        "cage": 'shift; [ "$1" = -- ] && shift; "$@"; exit 0',
        "xinit": 'a=$1; shift; "$a" "$1"; exit 0',
        "xset": "exit 0",
    }
    for name, line in tools.items():
        tool = tmp_path / name
        tool.write_text(f"#!/bin/sh\n{line}\n")
        tool.chmod(0o755)
    environment = {
        "PATH": f"{tmp_path}:{os.environ['PATH']}",
        "CHEONMAN_COMMAND": str(tmp_path / "cheonman"),
        "CHEONMAN_DATA": "/data",
        "RUNTIME_DIRECTORY": str(tmp_path),
        "WATCHDOG_PID": "1",
    }
    return subprocess.run(
        [str(SCRIPT), *arguments], env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("kind", ["cage", "x11"])
@pytest.mark.parametrize("status", [0, 1, 10])
def test_the_kiosks_own_status_comes_out(tmp_path: Path, kind: str, status: int) -> None:
    assert run(tmp_path, status, kind).returncode == status
    called = (tmp_path / "called").read_text()
    assert called == "kiosk --data-dir /data watch=none\n"


def test_wrong_use_is_told(tmp_path: Path) -> None:
    answer = run(tmp_path, 0)
    assert answer.returncode == 2
    assert "usage" in answer.stderr


def test_the_unit_restarts_always_but_not_after_the_operator_left() -> None:
    unit = (SCRIPT.parent / "cheonman-kiosk.service").read_text(encoding="utf-8")
    for line in (
        "Restart=always",
        "RestartPreventExitStatus=10",
        "Type=notify",
        "NotifyAccess=all",
    ):
        assert f"\n{line}\n" in unit

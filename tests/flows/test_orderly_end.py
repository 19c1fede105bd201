"""The service manager's SIGTERM ends the kiosk in order: nothing is cut off, the store is shut."""

from __future__ import annotations

import json
import signal
import subprocess
from pathlib import Path

from pytestqt.qtbot import QtBot

from tests.flows.program import ROOT, command, surroundings


def test_a_terminated_kiosk_closes_its_store_and_says_that_it_stopped(
    data_dir: Path, qtbot: QtBot
) -> None:
    kiosk = subprocess.Popen(
        command("kiosk", "--windowed", "--data-dir", data_dir),
        cwd=ROOT,
        env=surroundings(QT_QPA_PLATFORM="offscreen"),
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        log = data_dir / "logs" / "cheonman.log"
        store = data_dir / "cheonman.db"
        qtbot.waitUntil(lambda: log.is_file() and store.is_file(), timeout=20_000)
        qtbot.waitUntil(lambda: (data_dir / "status.json").is_file(), timeout=20_000)
        kiosk.send_signal(signal.SIGTERM)
        _, errors = kiosk.communicate(timeout=60)
    finally:
        kiosk.kill()
        kiosk.wait()
    assert kiosk.returncode == 0, errors
    assert log.read_text(encoding="utf-8").splitlines()[-1].endswith("stopped")
    assert json.loads((data_dir / "status.json").read_text())["visiting"] is False
    assert not store.with_name("cheonman.db-wal").exists()

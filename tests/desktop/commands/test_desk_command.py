"""`cheonman desk` opens desks alone, and no measurement is a way round the sign-in."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEventLoop, QTimer
from pytestqt.qtbot import QtBot

from desktop.__main__ import main


def test_a_store_of_a_kiosk_is_opened_by_no_desk(
    data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["init", "--data-dir", str(data_dir), "--role", "kiosk", "--name", "k"]
    assert main([*words, "--site", "lib-geumam"]) == 0
    assert main(["desk", "--data-dir", str(data_dir)]) == 2
    assert "is a kiosk; prepare a desk" in capsys.readouterr().err


def test_measuring_the_inbox_opens_no_store_that_asks_for_a_password(
    data_dir: Path, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", "--data-dir", str(data_dir), "--role", "desk", "--name", "d"]) == 0
    capsys.readouterr()
    assert main(["desk", "--data-dir", str(data_dir), "--until", "inbox"]) == 1
    said = capsys.readouterr()
    assert said.out == "" and "demonstration stores alone" in said.err
    # What ran the desk leaves no word to end behind: the next loop of this process runs.
    loop = QEventLoop()
    QTimer.singleShot(0, loop.quit)
    assert loop.exec() == 0

"""A bug is written down without a resident's words, and the kiosk goes on."""

from __future__ import annotations

import logging
import stat
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from desktop.process import crash_log
from desktop.process.crash_log import Failures, last_errors

WORDS = "우리 집 앞 나무 010-9999-8888"


@pytest.fixture
def watcher(qapp: object, data_dir: Path) -> Iterator[Failures]:
    before = sys.excepthook
    watcher = Failures(data_dir)
    watcher.install()
    yield watcher
    watcher.remove()
    assert sys.excepthook is before


def _fail() -> None:
    typed = WORDS
    raise ValueError(f"cannot save {typed}")


def _log_of(data_dir: Path) -> str:
    return (data_dir / "logs" / "cheonman.log").read_text(encoding="utf-8")


def test_a_bug_is_told_once_and_logged_by_type_and_place(
    watcher: Failures, data_dir: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(watcher.bug):
        try:
            _fail()
        except ValueError:
            sys.excepthook(*sys.exc_info())
    text = _log_of(data_dir)
    assert "bug: ValueError at" in text
    assert "_fail" in text


def test_no_word_of_a_resident_reaches_the_log(
    watcher: Failures, data_dir: Path, qtbot: QtBot
) -> None:
    try:
        _fail()
    except ValueError:
        sys.excepthook(*sys.exc_info())
        logging.getLogger("cheonman.tasks").exception("operation failed")
    thread = threading.Thread(target=_fail)
    with qtbot.waitSignal(watcher.bug):
        thread.start()
        thread.join()
    assert not any(word in _log_of(data_dir) for word in WORDS.split())
    assert _log_of(data_dir).count("ValueError") == 3


def test_a_bug_in_a_thread_arrives_on_the_screens_own_thread(
    watcher: Failures, qtbot: QtBot
) -> None:
    where: list[object] = []
    watcher.bug.connect(lambda: where.append(threading.current_thread()))
    thread = threading.Thread(target=_fail)
    with qtbot.waitSignal(watcher.bug):
        thread.start()
        thread.join()
    qtbot.waitUntil(lambda: bool(where))
    assert where == [threading.main_thread()]


def test_the_newest_errors_come_first_and_informations_are_left_out(
    watcher: Failures, data_dir: Path
) -> None:
    logger = logging.getLogger("cheonman.test")
    for number in range(8):
        logger.info("nothing wrong %d", number)
        logger.error("trouble %d", number)
    assert [e.what for e in last_errors(data_dir, 3)] == ["trouble 7", "trouble 6", "trouble 5"]
    assert last_errors(data_dir / "nowhere") == ()


def test_the_log_is_private_and_never_grows_beyond_its_cap(
    watcher: Failures, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert watcher._handler is not None
    watcher._handler.maxBytes = 4096
    for number in range(2000):
        logging.getLogger("cheonman.test").error("trouble %d", number)
    files = list((data_dir / "logs").glob("cheonman.log*"))
    assert len(files) == crash_log.KEPT_FILES + 1
    assert all(file.stat().st_size <= 4096 for file in files)
    assert stat.S_IMODE((data_dir / "logs").stat().st_mode) == 0o700


def test_a_folder_that_cannot_be_made_costs_the_log_and_not_the_kiosk(
    qapp: object, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    watcher = Failures(blocked)
    watcher.install()
    watcher.remove()
    assert "no log is kept" in capsys.readouterr().err


def test_a_bug_in_a_timer_reaches_the_hook(watcher: Failures, qtbot: QtBot, data_dir: Path) -> None:
    with qtbot.captureExceptions() as caught:
        QTimer.singleShot(0, _fail)
        qtbot.waitUntil(lambda: bool(caught))
    assert caught[0][0] is ValueError

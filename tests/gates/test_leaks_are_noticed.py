"""The guard around every test sees what it claims to see."""

from __future__ import annotations

import threading

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.leaks import Leaks


def test_a_clean_test_leaves_nothing_to_report(qtbot: QtBot) -> None:
    leaks = Leaks.before()
    timer = QTimer()
    timer.start(60_000)
    timer.stop()
    widget = QWidget()
    widget.deleteLater()
    assert leaks.after() == []


def test_a_running_thread_is_noticed_by_name() -> None:
    leaks, enough = Leaks.before(), threading.Event()
    thread = threading.Thread(target=enough.wait, name="straggler")
    thread.start()
    try:
        assert leaks.after(grace=0.01) == ["thread 'straggler'"]
    finally:
        enough.set()
        thread.join()


def test_a_forgotten_window_is_noticed_by_its_class(qtbot: QtBot) -> None:
    leaks = Leaks.before()
    window = QWidget()
    window.setObjectName("stray")
    assert leaks.after() == ["top-level QWidget 'stray'"]
    window.deleteLater()


def test_a_timer_that_still_runs_is_noticed(qtbot: QtBot) -> None:
    leaks = Leaks.before()
    timer = QTimer()
    timer.start(60_000)
    assert leaks.after() == ["running timer of nobody"]
    timer.stop()


def test_what_was_there_before_is_nobody_s_leak(qtbot: QtBot) -> None:
    window, timer = QWidget(), QTimer()
    timer.start(60_000)
    assert Leaks.before().after() == []
    timer.stop()
    window.deleteLater()

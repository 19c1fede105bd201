"""The only two ways off the UI thread."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import cast

import pytest
from pytestqt.qtbot import QtBot

from db.store.store import Store
from desktop.background.tasks import Changes, Tasks
from desktop.background.turn import Turn


class Shelf:
    """A store that knows which thread uses it."""

    def __init__(self) -> None:
        self.thread = threading.get_ident()
        self.closed_by = 0

    def close(self) -> None:
        self.closed_by = threading.get_ident()


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks]:
    made = Tasks(lambda: cast("Store", Shelf()))
    yield made
    made.close()


def test_an_answer_comes_back_on_the_thread_that_asked(tasks: Tasks, qtbot: QtBot) -> None:
    here, got = threading.get_ident(), []
    tasks.query(
        lambda store: cast("Shelf", store).thread, lambda t: got.append((t, threading.get_ident()))
    )
    qtbot.waitUntil(lambda: bool(got))
    worker, answered = got[0]
    assert worker != here
    assert answered == here


def test_the_store_is_opened_once_and_closed_on_its_own_thread(qtbot: QtBot) -> None:
    shelves: list[Shelf] = []

    def open_shelf() -> Store:
        shelves.append(Shelf())
        return cast("Store", shelves[-1])

    tasks = Tasks(open_shelf)
    done: list[None] = []
    for _ in range(3):
        tasks.query(lambda store: None, done.append)
    qtbot.waitUntil(lambda: len(done) == 3)
    tasks.close()
    assert len(shelves) == 1
    assert shelves[0].closed_by == shelves[0].thread


def test_loading_content_does_not_open_the_store(qtbot: QtBot) -> None:
    opened: list[int] = []

    def open_store() -> Store:
        opened.append(1)
        raise AssertionError("nothing asked for it")

    tasks = Tasks(open_store)
    done: list[int] = []
    tasks.load(lambda: 7, done.append)
    qtbot.waitUntil(lambda: done == [7])
    tasks.close()
    assert not opened


def test_a_late_answer_on_the_same_channel_is_dropped(tasks: Tasks, qtbot: QtBot) -> None:
    got: list[str] = []
    tasks.query(lambda store: "old", got.append, channel="search")
    tasks.query(lambda store: "new", got.append, channel="search")
    tasks.query(lambda store: "other", got.append)
    qtbot.waitUntil(lambda: "other" in got)
    assert got == ["new", "other"]


def test_a_change_tells_what_it_changed_only_after_it_succeeded(tasks: Tasks, qtbot: QtBot) -> None:
    told: list[Changes] = []
    tasks.changed.connect(told.append)
    failed: list[Exception] = []

    def break_down(store: object) -> None:
        raise OSError("no room")

    tasks.change(break_down, lambda r: None, failed.append, changes=Changes.FEEDBACK)
    tasks.change(lambda store: 1, lambda r: None, changes=Changes.REPLIES)
    qtbot.waitUntil(lambda: bool(told))
    assert told == [Changes.REPLIES]
    assert isinstance(failed[0], OSError)


def test_an_error_nobody_takes_reaches_the_exception_hook(tasks: Tasks, qtbot: QtBot) -> None:
    def bug(store: object) -> None:
        raise ZeroDivisionError

    with qtbot.captureExceptions() as caught:
        tasks.query(bug, lambda r: None)
        qtbot.waitUntil(lambda: bool(caught))
    assert caught[0][0] is ZeroDivisionError


def test_busy_until_the_last_answer_is_delivered(tasks: Tasks, qtbot: QtBot) -> None:
    before = tasks.busy
    tasks.query(lambda store: None, lambda r: None)
    assert (before, tasks.busy) == (False, True)
    qtbot.waitUntil(lambda: not tasks.busy)


def test_an_answer_that_comes_after_the_turn_it_was_asked_in_is_heard_by_nobody() -> None:
    turn, heard = Turn(), list[str]()
    early, late = turn.hears(heard.append), turn.hears(heard.append)
    told_so = turn.hears(heard.append, lambda: heard.append("too late"))
    early("in time")
    turn.end()
    late("late")
    told_so("late as well")
    turn.hears(heard.append)("of the next turn")
    assert heard == ["in time", "too late", "of the next turn"]

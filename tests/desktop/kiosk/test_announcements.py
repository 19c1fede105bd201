"""Announcements: nobody is told that there are none when nobody could look."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from db.problems import Cause, StorageUnavailable
from db.publishing.announcements import Announcement
from db.store.opening import open_store
from desktop.background.tasks import Tasks
from desktop.kiosk.announcements.presenter import MOST_SHOWN, AnnouncementsPresenter
from desktop.kiosk.announcements.state import AnnouncementsState
from desktop.kiosk.announcements.view import AnnouncementsView
from desktop.kiosk.shell.routes import ToAnnouncements
from desktop.theme.look import Look
from desktop.theme.metrics import Metrics
from desktop.theme.palette import LIGHT
from tests.desktop.kiosk.services import services
from tests.frozen_clock import FrozenClock


class Door:
    """Opens the store, unless the disk is away."""

    def __init__(self, open_it: Callable[[], Any]) -> None:
        self._open, self.shut = open_it, True

    def __call__(self) -> Any:
        if self.shut:
            raise StorageUnavailable(Cause.INPUT_OUTPUT)
        return self._open()


@pytest.fixture
def door(data_dir: Path, frozen_clock: FrozenClock) -> Door:
    return Door(lambda: open_store(data_dir, frozen_clock))


@pytest.fixture
def presenter(
    door: Door, data_dir: Path, frozen_clock: FrozenClock, qtbot: QtBot
) -> Iterator[AnnouncementsPresenter]:
    tasks = Tasks(door)
    yield AnnouncementsPresenter(services(tasks, data_dir, frozen_clock))
    tasks.close()


def test_a_store_that_cannot_be_read_is_not_told_as_having_no_announcements(
    presenter: AnnouncementsPresenter, door: Door, qtbot: QtBot
) -> None:
    view = AnnouncementsView(Look(Metrics.for_panel(1920, 1080, 24), LIGHT))
    qtbot.addWidget(view)
    presenter.attach(view)

    def said() -> str:
        return " ".join(each.text() for each in view.findChildren(QLabel))

    presenter.enter(ToAnnouncements())
    qtbot.waitUntil(lambda: presenter.state.failed)
    assert "불러올 수 없습니다" in said()
    assert "공지가 없습니다" not in said()
    door.shut = False
    presenter.enter(ToAnnouncements())
    qtbot.waitUntil(lambda: presenter.state.known)
    assert not presenter.state.failed
    qtbot.waitUntil(lambda: "공지가 없습니다" in said())


def test_announcements_beyond_what_a_screen_can_bear_are_counted(
    presenter: AnnouncementsPresenter, qtbot: QtBot
) -> None:
    view = AnnouncementsView(Look(Metrics.for_panel(1920, 1080, 24), LIGHT))
    qtbot.addWidget(view)
    one = Announcement(
        id="0" * 32, ko="공지", en=None, day="", until=None, project=None, department=None
    )
    view.show_state(AnnouncementsState(told=(one,), known=True))
    assert not [each for each in view.findChildren(QLabel) if "더 오래된" in each.text()]
    presenter.on_told((one,) * (MOST_SHOWN + 3))
    assert (len(presenter.state.told), presenter.state.older) == (MOST_SHOWN, 3)
    view.show_state(AnnouncementsState(told=(one,), known=True, older=3))
    (said,) = [each.text() for each in view.findChildren(QLabel) if "더 오래된" in each.text()]
    assert "3건" in said

"""Home: four doors, and honest about what cannot be done now."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from db.catalogue.loading import load_catalogue
from db.problems import Cause, StorageUnavailable
from db.store.opening import open_store
from desktop import i18n
from desktop.background.tasks import Tasks
from desktop.kiosk.home.presenter import HomePresenter
from desktop.kiosk.home.view import HomeView
from desktop.kiosk.shell.routes import ToHome
from desktop.theme.fonts import add_fonts
from desktop.theme.look import Look
from desktop.theme.metrics import Metrics
from desktop.theme.palette import LIGHT
from desktop.widgets.card import PressCard
from desktop.widgets.figure import TreeFigure
from desktop.widgets.text import Text
from tests.desktop.kiosk.services import services
from tests.flows.kiosk_in_hand import KioskInHand
from tests.frozen_clock import FrozenClock

CATALOGUE = load_catalogue(None)


class Disk:
    """A store's opening that can be refused."""

    def __init__(self, open_it: Callable[[], Any]) -> None:
        self._open, self.full = open_it, True

    def __call__(self) -> Any:
        if self.full:
            raise StorageUnavailable(Cause.FULL)
        return self._open()


@pytest.fixture
def disk(data_dir: Path, frozen_clock: FrozenClock) -> Disk:
    return Disk(lambda: open_store(data_dir, frozen_clock))


@pytest.fixture
def home(
    disk: Disk, data_dir: Path, frozen_clock: FrozenClock, qtbot: QtBot
) -> Iterator[HomePresenter]:
    tasks = Tasks(disk)
    given = services(tasks, data_dir, frozen_clock, site="lib-geumam", phone="063-000-0000")
    yield HomePresenter(given)
    tasks.close()


def test_a_disk_that_cannot_be_written_is_told_with_the_phone_number_and_healing_is_noticed(
    home: HomePresenter, disk: Disk, qtbot: QtBot
) -> None:
    look = Look(Metrics.for_panel(1920, 1080, 24), LIGHT)
    view = HomeView(look, lambda look: QLabel(), home.state)
    qtbot.addWidget(view)
    home.attach(view)
    home.enter(ToHome())
    qtbot.waitUntil(lambda: home.state.closed)
    said = " ".join(label.text() for label in view.findChildren(QLabel))
    assert "지금은 의견을 받을 수 없습니다" in said
    assert "063-000-0000" in said
    disk.full = False
    home.enter(ToHome())
    qtbot.waitUntil(lambda: not home.state.closed)


@pytest.fixture
def speaking() -> Iterator[None]:
    add_fonts()
    yield
    i18n.use_language("ko")


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("panel", [(1920, 1080, 24), (1080, 1920, 24), (1366, 768, 15.6)])
def test_no_strip_above_the_doors_takes_their_names_or_their_figure(
    home: HomePresenter, speaking: None, qtbot: QtBot, panel: tuple[int, int, float], large: bool,
    language: str,
) -> None:  # fmt: skip
    width, height, inches = panel
    i18n.use_language(language)
    metrics = Metrics.for_panel(width, height, inches, large=large)
    bar = 239 if large else 104 if width > height else 191
    if metrics.shallow:
        bar = 168 if large else 202
    for notice, closed, n in ((False, False, 3), (False, True, 0), (False, True, 3)):
        state = replace(home.state, notice=notice, closed=closed, announcements=n)
        view = HomeView(Look(metrics, LIGHT, language), lambda look: QLabel(), state)
        qtbot.addWidget(view)
        view.resize(width, height - metrics.px(bar))
        view.show_state(state)
        view.show()
        for text in view.findChildren(Text):
            assert not text.isVisible() or not text.overflows(), text.text()
        for figure in view.findChildren(TreeFigure):
            assert not figure.overflows()


def test_every_door_leads_where_it_says(data_dir: Path, qtbot: QtBot) -> None:
    hand = KioskInHand(data_dir, qtbot)
    for door in ("map", "trees", "feedback", "replies"):
        hand.kiosk.navigator.open(ToHome())
        hand.settle()
        hand.touch(hand.view.findChildren(PressCard, f"door-{door}")[0])
        assert hand.screen == door
    hand.close()


def test_the_figure_is_the_official_plan(home: HomePresenter) -> None:
    assert (home.state.plan, home.state.plan_until) == (10_000_000, "2026-06")
    assert home.state.projects == 82


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("panel", [(1920, 1080, False), (1920, 1080, True), (1080, 1920, False)])
def test_home_promises_no_way_to_a_reply_but_those_that_its_door_leads_to(
    home: HomePresenter, qtbot: QtBot, language: str, panel: tuple[int, int, bool]
) -> None:
    width, height, large = panel
    add_fonts()
    i18n.use_language(language)
    look = Look(Metrics.for_panel(width, height, 24, large=large), LIGHT, language)
    view = HomeView(look, lambda look: QLabel(), home.state)
    qtbot.addWidget(view)
    door = view.findChild(PressCard, "door-replies")
    assert door is not None
    said = {text.text() for text in door.findChildren(Text)} | {door.accessibleName()}
    # A number, by its parts or typed: there is no camera, no scanner, no card reader.
    assert i18n.tr("접수번호로 찾습니다") in " ".join(said)
    for words in said | {text.text() for text in view.findChildren(Text)}:
        other = ("qr", "카메라", "camera", "scan", "찍", "barcode", "바코드")
        assert not any(way in words.lower() for way in other), words
    i18n.use_language(i18n.KOREAN)

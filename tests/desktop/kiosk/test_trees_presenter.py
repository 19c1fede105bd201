"""The tree ledger's presenter: topics, tabs, one open site, and what residents registered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from db.participation.plantings import NewPlanting, register_planting
from db.problems import Cause, StorageUnavailable
from desktop.background.tasks import Changes
from desktop.kiosk.shell.routes import Route, ScreenName
from desktop.kiosk.shell.screen import Services
from desktop.kiosk.trees.presenter import TreesPresenter
from desktop.kiosk.trees.state import KINDS, MAP, OVERVIEW, TreesState
from tests.desktop.kiosk.tree_stage import services_over
from tests.frozen_clock import FrozenClock


class Listener(QObject):
    """A view that keeps what it was told to show."""

    back_pressed = Signal()
    topic_chosen = Signal(str)
    tab_chosen = Signal(str)
    planting_chosen = Signal(str)
    map_moved = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[TreesState] = []

    def show_state(self, state: TreesState) -> None:
        self.shown.append(state)


@pytest.fixture
def services(data_dir: Path, frozen_clock: FrozenClock, qtbot: QtBot) -> Iterator[Services]:
    made = services_over(data_dir, frozen_clock)
    yield made
    made.tasks.close()


def test_it_opens_on_the_overview_and_follows_topics(services: Services) -> None:
    presenter = TreesPresenter(services)
    presenter.enter(None)
    assert presenter.state.topic == OVERVIEW
    presenter.enter("no such topic")
    assert presenter.state.topic == OVERVIEW
    presenter.enter(KINDS)
    assert (presenter.state.topic, presenter.state.tab) == (KINDS, "category")


def test_doors_lead_to_topics_and_to_registering_a_tree(services: Services) -> None:
    presenter, view = TreesPresenter(services), Listener()
    went: list[Route] = []
    presenter.go.connect(went.append)
    presenter.attach(view)
    view.topic_chosen.emit("years")
    view.topic_chosen.emit("planted")
    assert went == [Route(ScreenName.TREES, "years"), Route(ScreenName.PLANTED)]


def test_a_tab_is_remembered_until_the_visit_ends(services: Services) -> None:
    presenter, view = TreesPresenter(services), Listener()
    presenter.enter(KINDS)
    presenter.attach(view)
    view.tab_chosen.emit("species")
    presenter.enter(OVERVIEW)
    presenter.enter(KINDS)
    assert presenter.state.tab == "species"
    presenter.wipe()
    presenter.enter(KINDS)
    assert presenter.state.tab == "category"


def test_a_planting_opens_on_the_map_and_an_unknown_one_closes_the_panel(
    services: Services,
) -> None:
    presenter, view = TreesPresenter(services), Listener()
    presenter.enter(("planting", "p012"))
    assert (presenter.state.topic, presenter.state.selected) == (MAP, "p012")
    presenter.attach(view)
    view.planting_chosen.emit("p999")
    assert presenter.state.selected is None


def test_trees_that_residents_register_are_counted_apart(services: Services, qtbot: QtBot) -> None:
    presenter = TreesPresenter(services)
    presenter.enter(None)
    before = presenter.state.figures.confirmed
    new = NewPlanting(species="느티나무", trees=3)
    services.tasks.change(
        lambda store: register_planting(store, new), lambda _: None, changes=Changes.PLANTINGS
    )
    qtbot.waitUntil(lambda: presenter.state.registered == 3)
    assert presenter.state.figures.confirmed == before


def test_a_store_that_cannot_be_read_leaves_the_ledger_readable(
    data_dir: Path, frozen_clock: FrozenClock, qtbot: QtBot
) -> None:
    def broken() -> None:
        raise StorageUnavailable(Cause.LOCKED, str(data_dir))

    services = services_over(data_dir, frozen_clock, broken)
    presenter = TreesPresenter(services)
    presenter.enter(None)
    done: list[object] = []
    services.tasks.load(lambda: None, done.append)
    qtbot.waitUntil(lambda: bool(done))
    assert presenter.state.registered == 0
    assert presenter.state.figures.confirmed == 61_351
    services.tasks.close()


def test_the_charts_are_loaded_once_while_the_overview_is_read(
    services: Services, qtbot: QtBot
) -> None:
    loaded: list[int] = []
    presenter = TreesPresenter(services, lambda: loaded.append(1))
    presenter.enter(None)
    presenter.enter("years")
    qtbot.waitUntil(lambda: loaded == [1])
    presenter.enter(None)
    done: list[object] = []
    services.tasks.load(lambda: None, done.append)
    qtbot.waitUntil(lambda: bool(done))
    assert loaded == [1]

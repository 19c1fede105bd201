"""The tree ledger's presenter: topics, tabs, one open site, and what residents registered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from db.participation.plantings import NewPlanting, register_planting
from db.problems import Cause, StorageUnavailable
from desktop.background.tasks import Changes
from desktop.kiosk.shell.routes import Route, ToPlanted, ToTrees, TreesTopic
from desktop.kiosk.shell.screen import Services
from desktop.kiosk.trees.intents import ChooseTopicTab, OpenTopic, Register, ShowSite
from desktop.kiosk.trees.presenter import TreesPresenter
from desktop.kiosk.trees.state import TopicTab
from tests.desktop.kiosk.tree_stage import services_over
from tests.frozen_clock import FrozenClock


@pytest.fixture
def services(data_dir: Path, frozen_clock: FrozenClock, qtbot: QtBot) -> Iterator[Services]:
    made = services_over(data_dir, frozen_clock)
    yield made
    made.tasks.close()


def test_it_opens_on_the_overview_and_follows_topics(services: Services) -> None:
    presenter = TreesPresenter(services)
    presenter.enter(ToTrees())
    assert presenter.state.topic == TreesTopic.OVERVIEW
    presenter.enter(ToTrees(TreesTopic.KINDS))
    assert (presenter.state.topic, presenter.state.tab) == (TreesTopic.KINDS, "category")


def test_doors_lead_to_topics_and_to_registering_a_tree(services: Services) -> None:
    presenter = TreesPresenter(services)
    went: list[Route] = []
    presenter.go.connect(went.append)
    presenter.do(OpenTopic(TreesTopic.YEARS))
    presenter.do(Register())
    assert went == [ToTrees(TreesTopic.YEARS), ToPlanted()]


def test_a_tab_is_remembered_until_the_visit_ends(services: Services) -> None:
    presenter = TreesPresenter(services)
    presenter.enter(ToTrees(TreesTopic.KINDS))
    presenter.do(ChooseTopicTab(TopicTab.SPECIES))
    presenter.enter(ToTrees(TreesTopic.OVERVIEW))
    presenter.enter(ToTrees(TreesTopic.KINDS))
    assert presenter.state.tab == "species"
    presenter.wipe()
    presenter.enter(ToTrees(TreesTopic.KINDS))
    assert presenter.state.tab == "category"


def test_a_planting_opens_on_the_map_and_an_unknown_one_closes_the_panel(
    services: Services,
) -> None:
    presenter = TreesPresenter(services)
    presenter.enter(ToTrees(TreesTopic.MAP))
    presenter.do(ShowSite("p012"))
    opened = presenter.state
    assert (opened.topic, opened.selected) == (TreesTopic.MAP, "p012")
    presenter.do(ShowSite("p999"))
    assert presenter.state.selected is None


def test_trees_that_residents_register_are_counted_apart(services: Services, qtbot: QtBot) -> None:
    presenter = TreesPresenter(services)
    presenter.enter(ToTrees())
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
    presenter.enter(ToTrees())
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
    presenter.enter(ToTrees())
    presenter.enter(ToTrees(TreesTopic.YEARS))
    qtbot.waitUntil(lambda: loaded == [1])
    presenter.enter(ToTrees())
    done: list[object] = []
    services.tasks.load(lambda: None, done.append)
    qtbot.waitUntil(lambda: bool(done))
    assert loaded == [1]

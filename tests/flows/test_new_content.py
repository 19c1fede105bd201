"""What a desk published appears at a kiosk by itself: between two visits, in every place."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from db.exchange.carriers.bundle_reading import Reading, read_bundle
from db.exchange.pages.store_shelf import StoreShelf
from db.store.store import Store
from desktop.background.tasks import Changes
from desktop.kiosk.help.intents import ChooseTopic
from desktop.kiosk.help.presenter import HelpPresenter
from desktop.kiosk.help.state import Topic
from desktop.kiosk.map.presenter import MapPresenter
from desktop.kiosk.map.project_row import ProjectRow
from desktop.kiosk.shell.intents import TypeQuery
from desktop.kiosk.shell.routes import ToProject
from tests.db.exchange.machines import Machines
from tests.flows.kiosk_in_hand import KioskInHand

BUILT_IN = Path(__file__).parents[2] / "resources" / "catalogue"
NEW = "test-new-garden"
NAME = "아주 새로운 쉼터 정원"


@pytest.fixture
def machines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Machines:
    made = Machines(tmp_path, capsys)
    made.enrol("kiosk", "kiosk")
    made.enrol("desk", "desk")
    made.carry("kiosk", "desk")
    return made


@pytest.fixture
def hand(machines: Machines, qtbot: QtBot) -> Iterator[KioskInHand]:
    made = KioskInHand(machines.of("kiosk"), qtbot)
    yield made
    made.close()


def publish(machines: Machines, tmp_path: Path) -> str:
    """A pack with one project more; its id."""
    folder = tmp_path / "files"
    shutil.copytree(BUILT_IN, folder)
    document = json.loads((folder / "projects.json").read_text(encoding="utf-8"))
    model = next(p for p in document["projects"] if p["lat"] is not None)
    fresh = {"id": NEW, "name_ko": NAME, "name_en": "A very new rest garden", "related": []}
    document["projects"].insert(0, model | fresh)
    (folder / "projects.json").write_text(json.dumps(document), encoding="utf-8")
    words = ("pack", folder, "--title", "시연 자료집")
    made: dict[str, Any] = machines.run("publish", *words, "--data-dir", machines.of("desk"))
    return str(made["id"])


def bring(machines: Machines, hand: KioskInHand) -> None:
    """The desk's stick is read by the running kiosk."""
    stick = machines.root / "stick"
    words = ("bundle", "write", "--data-dir", machines.of("desk"), "--to", stick)
    files = [Path(file) for file in machines.run(*words)["files"]]

    def read(store: Store) -> Reading:
        reading, shelf = Reading(), StoreShelf(store)
        for file in files:
            read_bundle(shelf, file, into=reading)
        return reading

    read_in: list[Reading] = []
    hand.kiosk.tasks.change(read, read_in.append, changes=Changes.CATALOGUE)
    hand.settle()
    assert read_in[0].new > 0
    assert read_in[0].rejected == 0


def rows(hand: KioskInHand) -> list[str]:
    """The names in the list beside the map."""
    hand.open("map")
    presenter = hand.kiosk.navigator.presenter(MapPresenter)
    presenter.do(TypeQuery("쉼터 정원"))
    hand.settle()
    view = hand.kiosk.shell.view
    assert view is not None
    return [row.project.name_ko for row in view.findChildren(ProjectRow) if row.project]


def said(view: QWidget | None) -> str:
    assert view is not None
    return " ".join(label.text() for label in view.findChildren(QLabel) if label.isVisible())


def end_visit(hand: KioskInHand) -> None:
    hand.kiosk.navigator.end_visit()
    hand.settle()


def test_a_pack_that_arrives_during_a_visit_is_shown_on_map_and_list_after_it_and_goes_again(
    machines: Machines, hand: KioskInHand, tmp_path: Path
) -> None:
    id = publish(machines, tmp_path)
    hand.open("map")
    bring(machines, hand)
    view = hand.kiosk.shell.view
    assert NAME not in rows(hand)
    assert hand.screen == "map"
    assert view is not None
    end_visit(hand)
    assert hand.screen == "home"
    assert not hand.kiosk.navigator.visiting
    assert NAME in rows(hand)
    presenter = hand.kiosk.navigator.presenter(MapPresenter)
    assert NEW in {project.id for project in presenter.state.listing}
    hand.open(ToProject(NEW))
    assert NAME in said(hand.kiosk.shell.view)
    hand.open("help")
    hand.kiosk.navigator.presenter(HelpPresenter).do(ChooseTopic(Topic.SOURCES))
    hand.settle()
    assert "시연 자료집" in said(hand.kiosk.shell.view)
    machines.run("publish", "withdraw", id, "--data-dir", machines.of("desk"))
    end_visit(hand)
    bring(machines, hand)
    assert NAME not in rows(hand)


def test_a_kiosk_that_starts_with_a_pack_shows_it(
    machines: Machines, qtbot: QtBot, tmp_path: Path
) -> None:
    publish(machines, tmp_path)
    machines.carry("desk", "kiosk")
    hand = KioskInHand(machines.of("kiosk"), qtbot)
    assert NAME in rows(hand)
    hand.close()


def test_an_announcement_is_met_on_home_read_in_its_words_and_leads_to_its_project(
    machines: Machines, hand: KioskInHand
) -> None:
    project = "baekje-wind-path-forest"
    words = ("--ko", "공지의 글 **그대로**", "--project", project)
    machines.run("publish", "announcement", *words, "--data-dir", machines.of("desk"))
    hand.open("home")
    view = hand.kiosk.shell.view
    assert view is not None
    assert view.findChild(QWidget, "door-announcements") is None
    end_visit(hand)
    bring(machines, hand)
    end_visit(hand)
    view = hand.kiosk.shell.view
    assert view is not None
    door = view.findChild(QWidget, "door-announcements")
    assert door is not None
    assert "공지 1건" in door.accessibleName()
    hand.touch(door)
    assert hand.screen == "announcements"
    assert "공지의 글 *\u2060*그대로*\u2060*" in said(hand.kiosk.shell.view)
    assert "desk" in said(hand.kiosk.shell.view)
    hand.touch(hand.bar("language"))
    assert "Only written in Korean" in said(hand.kiosk.shell.view)
    view = hand.kiosk.shell.view
    assert view is not None
    button = view.findChild(QWidget, f"project-{project}")
    assert button is not None
    hand.touch(button)
    assert hand.screen == "project"

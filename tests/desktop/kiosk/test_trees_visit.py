"""A visit to the trees in the real program: every door opens and leads back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from desktop.kiosk.app import Kiosk
from desktop.kiosk.planted.presenter import PlantedPresenter
from desktop.kiosk.shell.routes import ToPlanted, ToTrees, TreesTopic
from desktop.kiosk.trees.presenter import TreesPresenter
from desktop.settings import Settings
from desktop.theme.fonts import add_fonts
from tests.desktop.kiosk.tree_stage import words_of

TOPICS = (
    TreesTopic.MAP,
    TreesTopic.YEARS,
    TreesTopic.KINDS,
    TreesTopic.DONGS,
    TreesTopic.BENEFITS,
)

#: Seconds; each press comes a second after the last, so that none is taken for its double.
NOW = [0.0]


@pytest.fixture
def kiosk(data_dir: Path, qtbot: QtBot) -> Iterator[Kiosk]:
    add_fonts()
    program = Kiosk(Settings(reduced_motion=True), data_dir, seconds=lambda: NOW[0])
    with qtbot.waitSignal(program.ready, timeout=10_000):
        program.start((1920, 1080))
    yield program
    program.stop()
    program.shell.deleteLater()


def press(kiosk: Kiosk, qtbot: QtBot, name: str) -> None:
    view = kiosk.shell.view
    assert view is not None
    button = view.findChild(QAbstractButton, name)
    assert button is not None, name
    NOW[0] += 1
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_every_door_of_the_overview_opens_and_leads_back(kiosk: Kiosk, qtbot: QtBot) -> None:
    kiosk.navigator.open(ToTrees())
    for topic in TOPICS:
        press(kiosk, qtbot, topic)
        assert kiosk.navigator.current == ToTrees(topic)
        press(kiosk, qtbot, "back")
        assert kiosk.navigator.current == ToTrees()


def test_a_registered_tree_stands_apart_and_the_ledger_stays_the_same(
    kiosk: Kiosk, qtbot: QtBot
) -> None:
    kiosk.navigator.open(ToTrees())
    press(kiosk, qtbot, "planted")
    press(kiosk, qtbot, "소나무")
    for name in ("next", "next"):
        press(kiosk, qtbot, name)
    view = kiosk.shell.view
    assert view is not None
    press(kiosk, qtbot, "year-2024")
    press(kiosk, qtbot, "next")
    press(kiosk, qtbot, "send")
    qtbot.waitUntil(lambda: (at := kiosk.navigator.current) is not None and at.name == "receipt")
    kiosk.navigator.open(ToTrees(TreesTopic.APART))
    trees = kiosk.navigator.presenter(TreesPresenter)
    qtbot.waitUntil(lambda: trees.state.registered == 1)
    view = kiosk.shell.view
    assert view is not None
    assert "1그루" in words_of(view)
    assert trees.state.figures.confirmed == 61_351


def test_the_end_of_a_visit_forgets_what_was_answered(kiosk: Kiosk, qtbot: QtBot) -> None:
    kiosk.navigator.open(ToPlanted())
    press(kiosk, qtbot, "소나무")
    kiosk.navigator.end_visit()
    assert kiosk.navigator.presenter(PlantedPresenter).state.species is None

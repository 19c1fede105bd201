"""Where the map ends: at the border of the city, at the nearest zoom, at the end of a list."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.kiosk.feedback.subjects import Subjects
from desktop.kiosk.planted.intents import ChooseDong, PlantedIntent
from desktop.kiosk.planted.place_step import PlantedPlaceStep
from desktop.kiosk.planted.state import PlantedState
from desktop.map import names
from desktop.map.city import City
from desktop.map.name_candidates import name_candidates
from desktop.map.projection import to_world
from desktop.map.stage import MapStage
from desktop.map.viewport import CLOSEST, MapPosition, Viewport
from desktop.theme.type import Role
from desktop.widgets.button import PressButton
from tests.desktop.kiosk.feedback_stage import HandTasks, look
from tests.desktop.kiosk.services import services

#: In 금암동; and a field in 완주군, beyond the border.
HERE, OUTSIDE = (35.8435, 127.1405), (35.9300, 127.2500)


@pytest.fixture(scope="module")
def city() -> City:
    from desktop.map.city import load_city

    return load_city()


@pytest.mark.parametrize("pick", [False, True])
def test_a_tap_beyond_the_border_is_answered_and_chooses_nothing(
    qtbot: QtBot, city: City, pick: bool
) -> None:
    stage = MapStage(look(), city, position=MapPosition(*to_world(*OUTSIDE), 0.3), pick=pick)
    qtbot.addWidget(stage)
    stage.resize(1100, 800)
    stage.show()
    canvas = stage.canvas
    canvas.settle()
    # The middle of the map stays inside the city, so its corner is looked for.
    outside = next(
        at
        for at in (QPoint(canvas.width() // 2, 8), QPoint(canvas.width() - 8, 8), QPoint(8, 8))
        if city.dong_at(*_world(stage, at)) is None
    )
    chosen: list[object] = []
    canvas.place_chosen.connect(lambda *place: chosen.append(place))
    canvas.dong_chosen.connect(chosen.append)
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=outside)
    assert stage.note.isVisible() and not chosen
    assert stage.canvas.geometry().contains(stage.note.geometry())
    stage.note.hide()


def _world(stage: MapStage, at: QPoint) -> tuple[float, float]:
    canvas = stage.canvas
    position = canvas.position
    return (
        position.x + (at.x() - canvas.width() / 2) / position.zoom,
        position.y + (at.y() - canvas.height() / 2) / position.zoom,
    )


def test_at_the_nearest_zoom_some_dong_is_named_wherever_one_looks(city: City) -> None:
    the_look, chance = look(), random.Random(1)
    metrics = {bold: QFontMetricsF(the_look.font(Role.BODY, bold)) for bold in (False, True)}
    checked = 0
    while checked < 60:
        bounds = chance.choice(city.dongs).bounds
        x = chance.uniform(bounds.left(), bounds.right())
        y = chance.uniform(bounds.top(), bounds.bottom())
        if city.dong_at(x, y) is None:
            continue
        checked += 1
        view = Viewport.at(MapPosition(x, y, CLOSEST), 1200, 800, 1.0)
        found = name_candidates(the_look, city, view, (), metrics)
        seen = [
            each
            for each in found
            if each.kind == names.DONG
            and any(0 <= px <= view.width and 0 <= py <= view.height for px, py in each.points)
        ]
        assert seen, (x, y)


def test_every_dong_can_be_chosen_and_ones_own_comes_first(city: City, data_dir: Path) -> None:
    catalogue = services(HandTasks(), data_dir).catalogue
    hits, more = Subjects(catalogue, city, HERE).dongs("")
    own = city.dong_at(*to_world(*HERE))
    assert own is not None and hits[0].id == own.spot.name_ko
    assert (len(hits), more) == (len(city.dongs), 0) == (83, 0)
    assert [hit.id for hit in hits[1:]] == sorted(hit.id for hit in hits[1:])
    elsewhere, _ = Subjects(catalogue, city).dongs("")
    assert [hit.id for hit in elsewhere] == sorted(hit.id for hit in elsewhere)


def test_ones_own_dong_comes_first_for_a_planting_too(qtbot: QtBot, city: City) -> None:
    told: list[PlantedIntent] = []
    step = PlantedPlaceStep(look(large=True), PlantedState((), 2026, 11, 2018), city, HERE)
    step.did.connect(told.append)
    qtbot.addWidget(step)
    own = city.dong_at(*to_world(*HERE))
    buttons = step.findChildren(PressButton)
    assert own is not None
    for each in buttons[:2]:
        each.click()
    assert told == [ChooseDong(None), ChooseDong(own.spot.name_ko)]
    assert len(buttons) == 1 + len(city.dongs)

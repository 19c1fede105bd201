"""Who is on stage: the way back, the look, the end of a visit. On the real kiosk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.kiosk.attract.view import AttractView
from desktop.kiosk.home.view import HomeView
from desktop.kiosk.map.intents import OpenDong
from desktop.kiosk.map.presenter import MapPresenter
from desktop.kiosk.map.state import Panel
from desktop.kiosk.shell.intents import TypeQuery
from desktop.kiosk.shell.routes import Route
from tests.flows.kiosk_in_hand import KioskInHand


@pytest.fixture
def hand(data_dir: Path, qtbot: QtBot) -> Iterator[KioskInHand]:
    opened = KioskInHand(data_dir, qtbot)
    yield opened
    opened.close()


def test_the_first_screen_is_attract_and_a_touch_opens_home(hand: KioskInHand) -> None:
    view = hand.kiosk.shell.view
    assert isinstance(view, AttractView)
    hand.touch(view.start)
    assert isinstance(hand.kiosk.shell.view, HomeView)


def test_back_leads_through_the_screens_one_came_by(hand: KioskInHand) -> None:
    for name in ("home", "map", "project", "trees"):
        hand.open(name)
    seen = []
    for _ in range(4):
        hand.kiosk.navigator.back()
        seen.append(hand.screen)
    assert seen == ["project", "map", "home", "home"]


def test_every_route_leads_to_a_screen(hand: KioskInHand) -> None:
    assert all(hand.kiosk.navigator.knows(route.name) for route in get_args(Route))


def test_the_key_back_closes_what_lies_over_the_map_first(hand: KioskInHand) -> None:
    hand.open("map")
    projects = hand.kiosk.navigator.presenter(MapPresenter)
    assert hand.kiosk.content is not None
    projects.do(OpenDong(hand.kiosk.content.city.dongs[0].code))
    assert projects.state.panel is Panel.DONG
    hand.key(Qt.Key.Key_Escape)
    assert (hand.screen, projects.state.panel) == ("map", Panel.LIST)
    hand.key(Qt.Key.Key_Escape)
    assert hand.screen == "home"


def test_home_forgets_the_way_back(hand: KioskInHand) -> None:
    hand.open("map")
    hand.open("home")
    hand.kiosk.navigator.back()
    assert hand.screen == "home"


def test_a_change_of_letters_keeps_the_screen_and_its_state(hand: KioskInHand) -> None:
    hand.open("map")
    projects = hand.kiosk.navigator.presenter(MapPresenter)
    projects.do(TypeQuery("덕진"))
    before = projects.state
    hand.touch(hand.bar("large"))
    assert hand.screen == "map"
    assert projects.state.query == before.query
    assert hand.kiosk.navigator.look.large


def test_the_bar_says_the_other_language_in_its_own_words(hand: KioskInHand) -> None:
    assert hand.bar("language").text() == "English"
    hand.touch(hand.bar("language"))
    assert hand.bar("language").text() == "한국어"
    assert hand.bar("home").text() == "Home"


def test_the_end_of_a_visit_brings_home_back_in_its_defaults(hand: KioskInHand) -> None:
    for key in ("large", "contrast", "language"):
        hand.touch(hand.bar(key))
    hand.open("trees")
    hand.kiosk.navigator.end_visit()
    hand.settle()
    look = hand.kiosk.navigator.look
    assert hand.screen == "home"
    assert (look.large, look.contrast, look.language) == (False, False, "ko")
    assert not hand.kiosk.navigator.visiting


def test_the_window_closes_only_for_whoever_may_leave(hand: KioskInHand) -> None:
    hand.kiosk.shell.close()
    assert hand.kiosk.shell.isVisible()
    hand.kiosk.shell.may_close = True
    hand.kiosk.shell.close()
    assert not hand.kiosk.shell.isVisible()


def test_a_smaller_panel_dresses_the_screen_anew(hand: KioskInHand) -> None:
    hand.open("home")
    hand.kiosk.shell.setFixedSize(1080, 1920)
    hand.settle()
    assert hand.kiosk.navigator.look.portrait


def test_a_kiosk_that_stops_counts_no_more_idle_seconds(data_dir: Path, qtbot: QtBot) -> None:
    hand = KioskInHand(data_dir, qtbot)
    hand.open("home")
    idle = hand.kiosk.accessibility.idle
    counted = idle.running
    hand.close()
    assert (counted, idle.running) == (True, False)

"""What a visit sounds like: every end of its steps, and what went wrong, in a way of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.access.chime import Sound
from desktop.kiosk.planted.presenter import PlantedPresenter
from desktop.kiosk.planted.state import PlantedStep
from desktop.kiosk.replies.intents import Find, TypeNumber, UseKeyboard
from desktop.kiosk.replies.presenter import RepliesPresenter
from desktop.kiosk.shell.intents import Send
from tests.flows.kiosk_in_hand import KioskInHand


@pytest.fixture
def wide(data_dir: Path, qtbot: QtBot) -> Iterator[KioskInHand]:
    hand = KioskInHand(data_dir, qtbot)
    yield hand
    hand.close()


def test_a_fault_and_a_planting_have_sounds_of_their_own(wide: KioskInHand) -> None:
    sounds: list[Sound] = []
    wide.kiosk.accessibility.listening.chime.sounded.connect(sounds.append)
    wide.open("replies")
    replies = wide.kiosk.navigator.presenter(RepliesPresenter)
    replies.do(UseKeyboard())
    sounds.clear()
    replies.do(TypeNumber("1234"))
    replies.do(Find())
    replies.do(Find())  # the same again is nothing new
    assert sounds == [Sound.FAULT]
    wide.open("planted")
    planted = wide.kiosk.navigator.presenter(PlantedPresenter)
    planted._show(replace(planted.state, step=PlantedStep.REVIEW, species="소나무", year=2025))
    planted.do(Send())
    wide.wait(lambda: wide.screen == "receipt")
    assert sounds[-1] is Sound.PLANTED

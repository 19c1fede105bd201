"""The idle clock: the only time limit there is, and how generous it is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from pytestqt.qtbot import QtBot

from desktop.access.idle import SHORTEST_LIMIT, WARNING_SECONDS, IdleClock, IdleLimits
from desktop.access.idle_dialog import IdleDialog
from desktop.access.idle_watch import IdleWatch
from desktop.theme.look import Look
from tests.desktop.access.conftest import HandClock, Window


class Ear:
    """Collects what an idle clock says."""

    def __init__(self, idle: IdleClock) -> None:
        self.warnings: list[int] = []
        self.resumed = self.expired = 0
        idle.warning.connect(self.warnings.append)
        idle.resumed.connect(self._resumed)
        idle.expired.connect(self._expired)

    def _resumed(self) -> None:
        self.resumed += 1

    def _expired(self) -> None:
        self.expired += 1


@pytest.fixture
def idle(qapp: object, hand_clock: HandClock) -> Iterator[IdleClock]:
    clock = IdleClock(clock=hand_clock)
    clock.start()
    yield clock
    clock.stop()


def test_a_reader_is_warned_after_sixty_and_leaves_after_ninety_seconds(
    idle: IdleClock, hand_clock: HandClock
) -> None:
    ear = Ear(idle)
    hand_clock.forward(59.9)
    idle.tick()
    assert not ear.warnings
    hand_clock.forward(0.1)
    idle.tick()
    assert ear.warnings == [30]
    hand_clock.forward(30)
    idle.tick()
    assert ear.expired == 1
    assert not idle.running


def test_the_warning_counts_every_second_once(idle: IdleClock, hand_clock: HandClock) -> None:
    ear = Ear(idle)
    hand_clock.forward(60)
    for _ in range(300):
        idle.tick()
        hand_clock.forward(0.1)
    idle.tick()
    assert ear.warnings == list(range(WARNING_SECONDS, 0, -1))
    assert ear.expired == 1


def test_any_input_restarts_the_count(idle: IdleClock, hand_clock: HandClock) -> None:
    ear = Ear(idle)
    for _ in range(20):
        hand_clock.forward(59)
        idle.tick()
        idle.touch()
    assert not ear.warnings


def test_a_warned_visit_can_be_prolonged_more_than_ten_times(
    idle: IdleClock, hand_clock: HandClock
) -> None:
    ear = Ear(idle)
    for _ in range(25):
        hand_clock.forward(89)
        idle.tick()
        assert idle.warned
        idle.touch()
        assert not idle.warned
    assert ear.resumed == 25
    assert ear.expired == 0


def test_typing_and_listening_give_more_time(idle: IdleClock) -> None:
    assert idle.limit == 90
    idle.set_typing(True)
    assert idle.limit == 180
    idle.set_doubled(True)
    assert idle.limit == 360
    idle.set_typing(False)
    assert idle.limit == 180


def test_nobody_is_idle_while_the_voice_speaks_and_the_count_starts_at_its_end(
    idle: IdleClock, hand_clock: HandClock
) -> None:
    ear = Ear(idle)
    idle.set_speaking(True)
    hand_clock.forward(600)
    idle.tick()
    assert not ear.warnings
    idle.set_speaking(False)
    hand_clock.forward(59)
    idle.tick()
    assert not ear.warnings
    hand_clock.forward(1)
    idle.tick()
    assert ear.warnings == [30]


def test_the_spoken_warning_does_not_stop_its_own_countdown(
    idle: IdleClock, hand_clock: HandClock
) -> None:
    ear = Ear(idle)
    hand_clock.forward(60)
    idle.tick()
    idle.set_speaking(True)
    hand_clock.forward(5)
    idle.tick()
    idle.set_speaking(False)
    assert ear.warnings == [30, 25]
    hand_clock.forward(25)
    idle.tick()
    assert ear.expired == 1


def test_using_the_question_itself_starts_its_thirty_seconds_again(
    idle: IdleClock, hand_clock: HandClock
) -> None:
    ear = Ear(idle)
    hand_clock.forward(80)
    idle.tick()
    idle.prolong()
    assert ear.warnings == [10, 30]
    assert idle.warned


def test_a_stopped_clock_says_nothing(idle: IdleClock, hand_clock: HandClock) -> None:
    ear = Ear(idle)
    idle.stop()
    hand_clock.forward(1000)
    idle.tick()
    idle.touch()
    assert (ear.warnings, ear.resumed, ear.expired) == ([], 0, 0)


def test_a_screen_may_have_a_limit_of_its_own(idle: IdleClock, hand_clock: HandClock) -> None:
    idle.set_doubled(True)
    idle.fix(120)
    assert idle.limit == 120
    idle.fix(None)
    assert idle.limit == 180


def test_the_clock_wakes_itself_up(qtbot: QtBot) -> None:
    now = [0.0]
    idle = IdleClock(clock=lambda: now[0])
    idle.start()
    now[0] = 59.99  # the wait that is left is ten milliseconds
    idle.touch()
    now[0] += 59.99
    idle.set_typing(False)
    now[0] += 0.02
    with qtbot.waitSignal(idle.warning, timeout=10_000):
        pass
    idle.stop()


@given(
    reading=st.floats(0, 900),
    typing=st.floats(0, 1800),
    is_typing=st.booleans(),
    doubled=st.booleans(),
)
def test_no_setting_makes_a_limit_shorter_than_a_minute(
    reading: float, typing: float, is_typing: bool, doubled: bool
) -> None:
    limits = IdleLimits(reading, typing)
    assert limits.of(typing=is_typing, doubled=doubled) >= SHORTEST_LIMIT
    assert limits.of(typing=is_typing, doubled=True) >= 2 * SHORTEST_LIMIT


@pytest.mark.parametrize(
    "key", [Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Down]
)
def test_walking_between_the_answers_gives_their_thirty_seconds_again(
    idle: IdleClock, hand_clock: HandClock, window: Window, look: Look, key: Qt.Key
) -> None:
    question = IdleDialog(look, 876)
    question.setParent(window)
    window.present()
    watch, ear = IdleWatch(idle, lambda: question), Ear(idle)
    hand_clock.forward(idle.limit - 2)
    idle.tick()
    assert idle.warned
    pressed = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier)
    for _ in range(3):  # a slow hand
        assert not watch.handle(question.stop, pressed)
        assert (idle.warned, ear.warnings[-1]) == (True, WARNING_SECONDS)
        hand_clock.forward(WARNING_SECONDS - 2)
        idle.tick()
    assert ear.expired == 0
    hand_clock.forward(3)
    idle.tick()
    assert ear.expired == 1

"""The hidden way to the operator's screen opens for those who know it, and by chance for nobody."""

from __future__ import annotations

import random

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QMouseEvent

from desktop.kiosk.shell.operator_gesture import OperatorGesture

WINDOW = QRect(0, 0, 1920, 1080)
MARK = QRect(48, 28, 64, 64)
ON_MARK, CORNER, ELSEWHERE = QPoint(80, 60), QPoint(1900, 20), QPoint(900, 500)


class Finger:
    def __init__(self) -> None:
        self.now = 100.0
        self.opened = 0
        self.mark: QRect | None = MARK
        self.gate = OperatorGesture(lambda: self.mark, lambda: WINDOW, lambda: self.now)
        self.gate.opened.connect(self._opened)
        self._target = QObject()

    def _opened(self) -> None:
        self.opened += 1

    def tap(self, point: QPoint, after: float = 0.4) -> None:
        self.now += after
        kinds = (QEvent.Type.MouseButtonPress,) * 2 + (QEvent.Type.MouseButtonRelease,) * 2
        for kind in kinds:  # the window hears of it, then the widget
            event = QMouseEvent(
                kind,
                QPointF(point),
                QPointF(point),
                Qt.MouseButton.LeftButton,
                Qt.MouseButton.LeftButton,
                Qt.KeyboardModifier.NoModifier,
            )
            assert self.gate.handle(self._target, event) is False


@pytest.fixture
def finger(qapp: object) -> Finger:
    return Finger()


def test_five_taps_the_corner_and_the_mark_open_the_gate(finger: Finger) -> None:
    for _ in range(5):
        finger.tap(ON_MARK)
    finger.tap(CORNER)
    assert finger.opened == 0
    finger.tap(ON_MARK)
    assert finger.opened == 1


def test_slow_taps_do_not_open_it(finger: Finger) -> None:
    for _ in range(5):
        finger.tap(ON_MARK, after=1.0)
    finger.tap(CORNER)
    finger.tap(ON_MARK)
    assert finger.opened == 0


def test_a_pause_before_the_corner_closes_it_again(finger: Finger) -> None:
    for _ in range(5):
        finger.tap(ON_MARK)
    finger.tap(CORNER, after=3.5)
    finger.tap(ON_MARK)
    assert finger.opened == 0


def test_a_touch_elsewhere_begins_anew(finger: Finger) -> None:
    for _ in range(5):
        finger.tap(ON_MARK)
    finger.tap(ELSEWHERE)
    finger.tap(CORNER)
    finger.tap(ON_MARK)
    assert finger.opened == 0


def test_without_a_mark_on_the_screen_nothing_opens(finger: Finger) -> None:
    finger.mark = None
    for _ in range(5):
        finger.tap(ON_MARK)
    finger.tap(CORNER)
    finger.tap(ON_MARK)
    assert finger.opened == 0


def test_a_child_hammering_on_the_screen_does_not_open_it(finger: Finger) -> None:
    hand = random.Random(7)
    for _ in range(20_000):
        point = QPoint(hand.randrange(1920), hand.randrange(1080))
        finger.tap(point, after=hand.random() * 0.3)
    assert finger.opened == 0

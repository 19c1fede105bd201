"""Touches as the window system delivers them: to the window first, then to the widget in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QPointingDevice, QTouchEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.access.reader import aloud
from desktop.access.spoken import describe, name_of
from tests.flows.test_idle_visit import Visit


@pytest.fixture
def visit(data_dir: Path, qtbot: QtBot) -> Iterator[Visit]:
    visit = Visit(data_dir, qtbot)
    yield visit
    visit.close()


@pytest.fixture(scope="module")
def finger() -> QPointingDevice:
    return QTest.createTouchDevice()


def middle(visit: Visit, widget: QWidget) -> QPoint:
    return widget.mapTo(visit.shell, widget.rect().center())


def click(visit: Visit, place: QPoint) -> None:
    QTest.mouseClick(visit.shell.windowHandle(), Qt.MouseButton.LeftButton, pos=place)
    visit.settle()


def tap(visit: Visit, finger: QPointingDevice, place: QPoint) -> None:
    window = visit.shell.windowHandle()
    QTest.touchEvent(window, finger).press(0, place, window).commit()
    QTest.touchEvent(window, finger).release(0, place, window).commit()
    visit.settle()


def door(visit: Visit, words: str) -> QAbstractButton:
    return next(
        w
        for w in visit.shell.findChildren(QAbstractButton)
        if w.isVisible() and name_of(w).startswith(words)
    )


def test_a_finger_opens_a_door(visit: Visit, finger: QPointingDevice) -> None:
    tap(visit, finger, middle(visit, door(visit, "천만그루")))
    assert visit.screen == "trees"


def test_a_finger_that_answers_the_question_presses_nothing(
    visit: Visit, finger: QPointingDevice
) -> None:
    for touch in (lambda p: tap(visit, finger, p), lambda p: click(visit, p)):
        place = middle(visit, visit.bar("large"))
        visit.wait_seconds(61)
        asked = visit.dialog is not None
        touch(place)
        assert asked and visit.dialog is None
        touch(place)
        before = visit.kiosk.visit.large
        visit.clock.forward(1)
        touch(place)
        assert (before, visit.kiosk.visit.large) == (False, True)
        visit.clock.forward(1)  # a second tap within that time would be one with the first
        touch(middle(visit, visit.bar("large")))
        assert not visit.kiosk.visit.large


def test_a_cancelled_touch_opens_no_door_and_the_next_one_does(
    visit: Visit, finger: QPointingDevice
) -> None:
    target = door(visit, "천만그루")
    place, window = middle(visit, target), visit.shell.windowHandle()
    QTest.touchEvent(window, finger).press(0, place, window).commit()
    assert target.isDown()
    # Qt tells of the cancelled touch and then lets the mouse go that it had made of the finger.
    QApplication.sendEvent(window, QTouchEvent(QEvent.Type.TouchCancel, finger))
    QTest.touchEvent(window, finger).release(0, place, window).commit()
    visit.settle()
    assert (visit.screen, target.isDown()) == ("home", False)
    tap(visit, finger, place)
    assert visit.screen == "trees"


def test_a_finger_can_end_the_visit(visit: Visit, finger: QPointingDevice) -> None:
    visit.open("trees")
    visit.wait_seconds(61)
    assert visit.dialog is not None
    tap(visit, finger, middle(visit, visit.dialog.stop))
    assert visit.screen == "home"
    assert not visit.kiosk.navigator.visiting


def test_with_speech_a_finger_hears_first_and_opens_then(
    visit: Visit, finger: QPointingDevice
) -> None:
    visit.touch(visit.bar("speech"))
    visit.settle()
    for touch in (lambda p: tap(visit, finger, p), lambda p: click(visit, p)):
        visit.open("home")
        visit.clock.forward(1)
        target = door(visit, "천만그루")
        touch(middle(visit, target))
        assert visit.screen == "home"
        assert visit.voice.texts[-1] == aloud(describe(target), "ko")
        touch(middle(visit, target))
        assert visit.screen == "trees"


def test_the_hidden_way_opens_with_real_touches(visit: Visit, finger: QPointingDevice) -> None:
    mark = next(w for w in visit.shell.findChildren(QWidget, "brand") if w.isVisible())
    place, corner = middle(visit, mark), QPoint(1900, 20)
    for _ in range(5):
        tap(visit, finger, place)
        visit.clock.forward(0.3)
    tap(visit, finger, corner)
    assert visit.screen == "home"
    tap(visit, finger, place)
    visit.settle()
    assert visit.screen == "operator"

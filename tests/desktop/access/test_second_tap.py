"""The gate against second taps, over a window whose pages stand in one place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.access.input import InputGate
from desktop.access.second_tap import CALM_S, LONG_CALM_S, NEAR_MM, SecondTap
from desktop.theme.look import Look
from tests.desktop.access.conftest import HandClock, Window

GAPS = (0.08, 0.16, 0.3, 0.45, 0.59, 0.61, 0.8, 1.0, 1.4, 1.6)
HERE, THERE = QPoint(200, 200), QPoint(700, 200)


@dataclass
class Book:
    """Every page is a button where the last one was; pressing it turns the page."""

    window: QWidget
    gate: SecondTap
    clock: HandClock
    finger: QPointingDevice
    tells: bool = True
    calm: float = CALM_S
    pages: list[QPushButton] = field(default_factory=list)
    beside: int = 0

    def turn(self) -> None:
        for old in self.pages:
            old.hide()
        page = QPushButton(self.window)
        page.setGeometry(100, 150, 200, 100)
        page.clicked.connect(self.turn)
        page.show()
        self.pages.append(page)
        if self.tells:
            self.gate.turned(self.calm)

    def count(self) -> None:
        self.beside += 1

    def press(self, how: str, place: QPoint = HERE) -> None:
        handle = self.window.windowHandle()
        if how == "mouse":
            QTest.mouseClick(handle, Qt.MouseButton.LeftButton, pos=place)
        elif how == "touch":
            QTest.touchEvent(handle, self.finger).press(0, place, handle).commit()
            QTest.touchEvent(handle, self.finger).release(0, place, handle).commit()
        else:
            self.pages[-1].setFocus()
            QTest.keyClick(handle, Qt.Key.Key_Space)


@pytest.fixture
def book(window: Window, look: Look, hand_clock: HandClock) -> Iterator[Book]:
    tap = SecondTap(px_per_mm=lambda: look.metrics.px_per_mm, clock=hand_clock)
    gate = InputGate([tap])
    beside = QPushButton(window)
    beside.setGeometry(600, 150, 200, 100)
    made = Book(window, tap, hand_clock, QTest.createTouchDevice())
    beside.clicked.connect(made.count)
    made.turn()
    window.present()
    gate.install()
    yield made
    gate.remove()


def turns(book: Book, how: str, *, gap: float) -> int:
    """How many pages two presses turn."""
    before = len(book.pages)
    book.clock.forward(10)
    book.press(how)
    book.clock.forward(gap)
    book.press(how)
    return len(book.pages) - before


@pytest.mark.parametrize("how", ["mouse", "touch", "key"])
@pytest.mark.parametrize("tells", [True, False])
def test_a_second_press_turns_no_second_page_before_its_time(
    book: Book, how: str, tells: bool
) -> None:
    book.tells = tells
    for calm in (CALM_S, LONG_CALM_S) if tells else (CALM_S,):
        book.calm = calm
        assert [turns(book, how, gap=gap) for gap in GAPS] == [2 if g >= calm else 1 for g in GAPS]


@pytest.mark.parametrize("how", ["mouse", "touch", "key"])
def test_a_hand_that_goes_on_trembling_turns_one_page(book: Book, how: str) -> None:
    book.clock.forward(10)
    for _ in range(6):
        book.press(how)
        book.clock.forward(0.4)
    assert len(book.pages) == 2


@pytest.mark.parametrize("how", ["mouse", "touch"])
def test_a_page_that_comes_late_is_looked_at_first(book: Book, how: str) -> None:
    """The disk took its time: what counts is when the page came."""
    book.press(how)
    book.clock.forward(5)
    book.turn()
    book.clock.forward(0.2)
    book.press(how)
    assert len(book.pages) == 3


@pytest.mark.parametrize("how", ["mouse", "touch"])
def test_nearness_is_measured_in_mm(book: Book, look: Look, how: str) -> None:
    near = round(NEAR_MM * look.metrics.px_per_mm)
    for step, turned in ((near - 2, 1), (near + 2, 2)):
        before = len(book.pages)
        book.clock.forward(10)
        book.press(how, HERE - QPoint(step // 2, 0))
        book.press(how, HERE + QPoint(step - step // 2, 0))
        assert len(book.pages) - before == turned


@pytest.mark.parametrize("how", ["mouse", "touch"])
def test_a_button_that_stays_counts_every_press_and_so_does_a_press_elsewhere(
    book: Book, how: str
) -> None:
    book.press(how)
    for _ in range(5):
        book.clock.forward(0.05)
        book.press(how, THERE)
    assert (len(book.pages), book.beside) == (2, 5)


def test_a_dropped_touch_ends_with_its_finger(book: Book) -> None:
    """Nothing of it reaches the page, and the next press is free again."""
    book.press("touch")
    book.press("touch")
    assert not book.pages[-1].isDown()
    book.press("mouse", THERE)
    assert (len(book.pages), book.beside) == (2, 1)


def test_a_key_after_a_walk_is_meant(book: Book) -> None:
    book.press("key")
    book.clock.forward(0.1)
    QTest.keyClick(book.pages[-1], Qt.Key.Key_Tab)
    book.press("key")
    assert len(book.pages) == 3


def test_what_is_forgotten_has_no_second(book: Book) -> None:
    book.press("mouse")
    book.gate.forget()
    book.press("mouse")
    assert len(book.pages) == 3

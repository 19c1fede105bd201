"""What can be pressed acts on release inside, and sinks."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.theme.fonts import add_fonts
from desktop.theme.look import Look
from desktop.theme.metrics import Metrics
from desktop.theme.palette import CONTRAST, LIGHT, Palette
from desktop.widgets.button import PressButton


@pytest.fixture
def button(qtbot: QtBot) -> Iterator[PressButton]:
    add_fonts()
    made = PressButton(Look(Metrics.for_panel(1920, 1080, 24), LIGHT), "보내기")
    qtbot.addWidget(made)
    made.resize(made.sizeHint())
    made.show()
    yield made


def test_sliding_off_before_the_release_cancels(button: PressButton, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(button.clicked):
        QTest.mousePress(button, Qt.MouseButton.LeftButton)
        QTest.mouseMove(button, QPoint(button.width() + 60, 10))
        QTest.mouseRelease(button, Qt.MouseButton.LeftButton, pos=QPoint(button.width() + 60, 10))


def test_the_face_sinks_by_its_edge_while_pressed(button: PressButton) -> None:
    rest = button.face_rect()
    QTest.mousePress(button, Qt.MouseButton.LeftButton)
    assert button.face_rect().top() == rest.top() + button.thickness
    QTest.mouseRelease(button, Qt.MouseButton.LeftButton)
    assert button.face_rect() == rest


@pytest.mark.parametrize("variant", ["plain", "main", "quiet", "soil", "light", "chip", "key"])
@pytest.mark.parametrize("palette", [LIGHT, CONTRAST], ids=["light", "contrast"])
def test_the_shape_of_a_button_tells_that_it_cannot_be_pressed(
    palette: Palette, variant: str, qtbot: QtBot
) -> None:
    add_fonts()
    made = PressButton(Look(Metrics.for_panel(1920, 1080, 24), palette), "다음", variant=variant)
    qtbot.addWidget(made)
    made.resize(400, made.sizeHint().height())
    assert steps_along_its_head(made) <= 2
    made.setEnabled(False)
    assert steps_along_its_head(made) > 20
    assert not made.current_face().edge


def steps_along_its_head(button: PressButton) -> int:
    """How often the brightness changes along the outline's upper edge, between its corners."""
    picture = button.grab().toImage()
    y = round(button.face_rect().top() + 1)
    grey = [QColor(picture.pixel(x, y)).lightness() for x in range(60, 340)]
    return sum(abs(one - other) > 8 for one, other in pairwise(grey))


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_enter_works_like_space(button: PressButton, qtbot: QtBot, key: Qt.Key) -> None:
    with qtbot.waitSignal(button.clicked):
        QTest.keyClick(button, key)


def test_a_long_word_makes_the_button_grow_and_is_never_cut(button: PressButton) -> None:
    button.set_text("Jeonju Garden Industry Exposition and more")
    button.resize(420, button.heightForWidth(420))
    assert not button.overflows()


def test_a_word_that_had_to_be_broken_between_its_letters_does_not_fit(button: PressButton) -> None:
    button.set_text("Delete")
    button.resize(button.sizeHint().width() // 2, 400)
    assert button.overflows()

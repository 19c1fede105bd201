"""Are you still there: what the question looks like and what a touch during it does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop import i18n
from desktop.access.idle import IdleClock
from desktop.access.idle_dialog import SPOKEN_AT, IdleDialog, spoken_warning
from desktop.access.idle_watch import IdleWatch
from desktop.access.input import InputGate
from desktop.access.second_tap import SecondTap
from desktop.theme.look import Look
from desktop.theme.metrics import Metrics
from desktop.theme.palette import CONTRAST, LIGHT, Palette
from desktop.widgets.text import Text
from tests.desktop.access.conftest import HandClock

PANELS = {
    "24 inch": (1920, 1080, 24.0),
    "portrait": (1080, 1920, 24.0),
    "15.6 inch": (1366, 768, 15.6),
    "21.5 inch": (1920, 1080, 21.5),
    "43 inch 4K": (3840, 2160, 43.0),
}


@dataclass
class Stage:
    idle: IdleClock
    window: QWidget
    button: QPushButton
    dialog: IdleDialog
    clock: HandClock

    def warn(self) -> None:
        self.clock.forward(self.idle.limit - 20)
        self.idle.tick()
        assert self.idle.warned
        self.dialog.show()


@pytest.fixture
def stage(qtbot: QtBot, look: Look, window: QWidget, hand_clock: HandClock) -> Iterator[Stage]:
    window.resize(1920, 976)
    button = QPushButton("아래", window)
    button.setGeometry(0, 0, 200, 100)
    dialog = IdleDialog(look, 876)
    dialog.setParent(window)
    dialog.setGeometry(0, 100, 1920, 876)
    dialog.hide()
    window.show()
    idle = IdleClock(clock=hand_clock)
    second_tap = SecondTap(px_per_mm=lambda: look.metrics.px_per_mm, clock=hand_clock)
    watch = IdleWatch(idle, lambda: dialog if dialog.isVisible() else None)
    gate = InputGate([second_tap, watch])
    gate.install()
    idle.resumed.connect(dialog.hide)
    idle.resumed.connect(second_tap.turned)
    dialog.stay.connect(idle.touch)
    idle.start()
    yield Stage(idle, window, button, dialog, hand_clock)
    gate.remove()
    idle.stop()


def test_a_touch_anywhere_continues_and_presses_nothing(stage: Stage, qtbot: QtBot) -> None:
    presses: list[bool] = []
    stage.button.clicked.connect(lambda: presses.append(True))
    stage.warn()
    qtbot.mouseClick(stage.button, Qt.MouseButton.LeftButton)
    assert not stage.idle.warned
    qtbot.mouseClick(stage.button, Qt.MouseButton.LeftButton)
    assert not presses, "a second tap at once belongs to the answer"
    stage.clock.forward(1)
    qtbot.mouseClick(stage.button, Qt.MouseButton.LeftButton)
    assert len(presses) == 1


def test_any_key_continues_and_does_nothing_else(stage: Stage, qtbot: QtBot) -> None:
    presses: list[bool] = []
    stage.button.clicked.connect(lambda: presses.append(True))
    stage.button.setFocus()
    stage.warn()
    qtbot.keyClick(stage.button, Qt.Key.Key_A)
    assert not stage.idle.warned
    stage.warn()
    qtbot.keyClick(stage.button, Qt.Key.Key_Space)
    assert not stage.idle.warned
    qtbot.keyClick(stage.button, Qt.Key.Key_Space)
    assert not presses, "a bounce belongs to the answer"


def test_ending_now_works_while_everything_else_only_continues(stage: Stage, qtbot: QtBot) -> None:
    stage.warn()
    with qtbot.waitSignal(stage.dialog.end, timeout=10_000):
        qtbot.mouseClick(stage.dialog.stop, Qt.MouseButton.LeftButton)


def test_going_on_takes_the_question_away(stage: Stage, qtbot: QtBot) -> None:
    stage.warn()
    qtbot.mouseClick(stage.dialog.keep, Qt.MouseButton.LeftButton)
    assert not stage.idle.warned
    assert stage.dialog.isHidden()


def test_walking_between_the_answers_by_key_keeps_the_question_open(
    stage: Stage, qtbot: QtBot
) -> None:
    stage.warn()
    stage.dialog.stop.setFocus()
    qtbot.keyClick(stage.dialog.stop, Qt.Key.Key_Tab)
    assert stage.idle.warned
    with qtbot.waitSignal(stage.dialog.end, timeout=10_000):
        stage.dialog.stop.setFocus()
        qtbot.keyClick(stage.dialog.stop, Qt.Key.Key_Return)


def test_moving_without_pressing_does_not_prove_that_somebody_is_there(stage: Stage) -> None:
    stage.warn()
    QTest.mouseMove(stage.window, QPoint(5, 5))
    assert stage.idle.warned


@pytest.mark.parametrize("palette", [LIGHT, CONTRAST], ids=["light", "contrast"])
@pytest.mark.parametrize("large", [False, True], ids=["default", "large"])
@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("panel", PANELS)
def test_the_question_is_whole_on_every_panel(
    qtbot: QtBot, window: QWidget, panel: str, language: str, large: bool, palette: Palette
) -> None:
    i18n.use_language(language)
    width, height, inches = PANELS[panel]
    look = Look(Metrics.for_panel(width, height, inches, large=large), palette, language)
    bar = look.px(239 if large else 191 if look.portrait or look.metrics.ref_width < 1700 else 104)
    dialog = IdleDialog(look, (height - bar) / look.metrics.scale)
    window.resize(width, height - bar)
    dialog.setParent(window)
    dialog.setGeometry(window.rect())
    window.show()
    for text in dialog.findChildren(Text):
        assert not text.overflows(), text.text()
    buttons = (dialog.keep, dialog.stop)
    card = dialog.card.geometry()
    assert dialog.rect().contains(card)
    for button in buttons:
        assert not button.overflows()
        assert look.metrics.mm(button.height()) >= 20 or look.metrics.ref_height < 1000
        assert look.metrics.mm(min(button.width(), button.height())) >= 12
    first, second = (b.geometry() for b in buttons)
    between = max(
        second.left() - first.right(), first.left() - second.right(),
        second.top() - first.bottom(), first.top() - second.bottom(),
    )  # fmt: skip
    assert look.metrics.mm(between) >= 4


def test_the_seconds_are_spoken_at_least_three_times(look: Look) -> None:
    assert "30" in (spoken_warning(30) or "")
    assert "누르세요" in (spoken_warning(30) or "")
    assert [s for s in range(30, 0, -1) if spoken_warning(s)] == list(SPOKEN_AT)


def test_a_second_turns_exactly_one_leaf_hollow(look: Look, window: QWidget) -> None:
    dialog = IdleDialog(look, 876)
    dialog.setParent(window)
    greens = []
    for seconds in (30, 29, 15, 0):
        dialog.show_seconds(seconds)
        image = dialog.ring.grab().toImage()
        greens.append(
            sum(
                image.pixelColor(x, y) == look.palette.pine
                for x in range(0, image.width(), 2)
                for y in range(0, image.height(), 2)
            )
        )
    one_leaf = greens[0] / 30
    assert abs(greens[0] - greens[1] - one_leaf) < one_leaf * 0.5
    assert abs(greens[2] - greens[0] / 2) < one_leaf
    assert greens[3] == 0

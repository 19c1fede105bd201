"""A trembling hand taps twice, a key bounces or is held: every press goes one step and no further.

Touches and clicks come as the window system delivers them; the kiosk's seconds are the test's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import cycle
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from db.records.feedback import Kind
from desktop.access.second_tap import CALM_S, LONG_CALM_S
from desktop.keyboard.key import KeyButton
from desktop.keyboard.layouts import Act
from desktop.kiosk.feedback.intents import ChooseKind, TypeText
from desktop.kiosk.feedback.presenter import FeedbackPresenter
from desktop.kiosk.feedback.state import FeedbackStep, StepPart
from desktop.kiosk.planted.intents import ChooseYear
from desktop.kiosk.planted.presenter import PlantedPresenter
from desktop.kiosk.planted.steps import CountStep
from desktop.kiosk.receipt.presenter import ReceiptPresenter
from desktop.kiosk.shell.routes import ToFeedback
from tests.flows.test_idle_visit import PROJECT, Visit

Press = Callable[[QPoint], None]
SOON = (0.08, 0.2, 0.35, 0.5, CALM_S - 0.01)
LATER = (CALM_S + 0.01, 0.8, 1.0)
#: Hand and gap for one place after another: the whole table stands in the test of the gate itself.
TURN_BY_TURN = tuple(zip(cycle(("touch", "mouse")), SOON, strict=False))
#: A hand trembles by a few mm as well (device px).
TREMOR = QPoint(14, -9)


@pytest.fixture
def visit(data_dir: Path, qtbot: QtBot) -> Iterator[Visit]:
    visit = Visit(data_dir, qtbot)
    yield visit
    visit.close()


@pytest.fixture(scope="module")
def finger() -> QPointingDevice:
    return QTest.createTouchDevice()


def hands(visit: Visit, finger: QPointingDevice) -> dict[str, Press]:
    window = visit.shell.windowHandle()

    def touch(place: QPoint) -> None:
        QTest.touchEvent(window, finger).press(0, place, window).commit()
        QTest.touchEvent(window, finger).release(0, place, window).commit()
        visit.settle()

    def click(place: QPoint) -> None:
        QTest.mouseClick(window, Qt.MouseButton.LeftButton, pos=place)
        visit.settle()

    return {"touch": touch, "mouse": click}


def place_of(visit: Visit, name: str) -> QPoint:
    widget = visit.child(name)
    return widget.mapTo(visit.shell, widget.rect().center())


def twice(visit: Visit, press: Press, name: str, gap: float) -> None:
    """Two presses on what has this name, as a trembling hand makes them."""
    visit.clock.forward(5)
    place = place_of(visit, name)
    press(place)
    visit.clock.forward(gap)
    press(place + TREMOR)


def test_a_door_opens_its_screen_and_nothing_on_it(visit: Visit, finger: QPointingDevice) -> None:
    press = hands(visit, finger)
    doors = ("map", "trees", "feedback", "replies", "map")
    for door, (how, gap) in zip(doors, TURN_BY_TURN, strict=True):
        visit.kiosk.navigator.end_visit()
        visit.settle()
        twice(visit, press[how], f"door-{door}", gap)
        assert visit.screen == door, (how, gap)


def test_the_touch_that_wakes_the_kiosk_lands_at_home(
    visit: Visit, finger: QPointingDevice
) -> None:
    press = hands(visit, finger)
    place = place_of(visit, "door-map")
    for how, gap in (("touch", SOON[0]), ("mouse", SOON[-1])):
        visit.kiosk.navigator.end_visit()
        visit.kiosk.navigator.rest()
        visit.settle()
        assert visit.screen == "attract"
        visit.clock.forward(5)
        press[how](place)
        visit.clock.forward(gap)
        press[how](place)
        assert visit.screen == "home", (how, gap)


#: Where a double tap is made, what is pressed, and where it leads.
STEPS = (
    (FeedbackStep.KIND, "next", FeedbackStep.FEELING),
    (FeedbackStep.FEELING, "next", FeedbackStep.TEXT),
    (FeedbackStep.TEXT, "next", FeedbackStep.CONTACT),
    (FeedbackStep.CONTACT, "contact-no", FeedbackStep.REVIEW),
    (FeedbackStep.TEXT, "back", FeedbackStep.FEELING),
    (FeedbackStep.REVIEW, "edit-text", FeedbackStep.TEXT),
)


def opinion(visit: Visit) -> FeedbackPresenter:
    """An opinion whose kind is chosen."""
    visit.open(ToFeedback(project=PROJECT))
    visit.touch(visit.child("kind-suggestion"))
    presenter = visit.kiosk.navigator.presenter(FeedbackPresenter)
    return presenter


def stand_at(visit: Visit, presenter: FeedbackPresenter, step: FeedbackStep) -> None:
    presenter._show(replace(presenter.state, step=step, part=StepPart.WHOLE, reviewing=False))
    visit.settle()


def test_every_step_of_an_opinion_is_taken_one_by_one(
    visit: Visit, finger: QPointingDevice
) -> None:
    press, presenter = hands(visit, finger), opinion(visit)
    for (at, pressed, leads_to), (how, gap) in zip(STEPS, cycle(TURN_BY_TURN), strict=False):
        stand_at(visit, presenter, at)
        twice(visit, press[how], pressed, gap)
        assert presenter.state.screen == (leads_to, StepPart.WHOLE), (how, gap)


def test_what_is_pressed_later_or_elsewhere_is_meant(visit: Visit, finger: QPointingDevice) -> None:
    press, presenter = hands(visit, finger), opinion(visit)
    for how, gap in zip(cycle(("touch", "mouse")), LATER, strict=False):
        stand_at(visit, presenter, FeedbackStep.KIND)
        twice(visit, press[how], "next", gap)
        assert presenter.state.step is FeedbackStep.TEXT, (how, gap)
    for how in press:
        presenter._write(replace(presenter.state.draft, rating=None))
        stand_at(visit, presenter, FeedbackStep.KIND)
        visit.clock.forward(5)
        press[how](place_of(visit, "next"))
        visit.clock.forward(0.05)
        press[how](place_of(visit, "rating-2"))
        assert (presenter.state.step, presenter.state.draft.rating) == (FeedbackStep.FEELING, 2), (
            how
        )


def test_a_choice_or_a_switch_that_is_tapped_twice_stays_as_it_was_set(
    visit: Visit, finger: QPointingDevice
) -> None:
    press, presenter = hands(visit, finger), opinion(visit)
    stand_at(visit, presenter, FeedbackStep.FEELING)
    for how, gap in TURN_BY_TURN:
        presenter._write(replace(presenter.state.draft, rating=None))
        visit.settle()
        twice(visit, press[how], "rating-2", gap)
        assert presenter.state.draft.rating == 2, (how, gap)
    visit.clock.forward(5)
    for _ in range(2):
        bar = visit.bar("contrast")
        press["touch"](bar.mapTo(visit.shell, bar.rect().center()))
    assert visit.kiosk.visit.contrast


def test_the_receipt_outlasts_every_second_tap_on_the_button_that_sent(
    visit: Visit, finger: QPointingDevice
) -> None:
    press = hands(visit, finger)
    presenter = opinion(visit)
    for how, gap in (("touch", 0.08), ("mouse", 1.0), ("touch", LONG_CALM_S + 0.1)):
        visit.open(ToFeedback(project=PROJECT))
        presenter.do(ChooseKind(Kind.SUGGESTION))
        stand_at(visit, presenter, FeedbackStep.REVIEW)
        visit.clock.forward(5)
        place = place_of(visit, "send")
        press[how](place)
        visit.wait(lambda: visit.screen == "receipt")
        visit.clock.forward(gap)
        press[how](place + TREMOR)
        assert visit.screen == "receipt", (how, gap)
        assert visit.kiosk.navigator.presenter(ReceiptPresenter).state.code, (how, gap)


def test_every_step_of_a_planting_is_taken_one_by_one_up_to_its_receipt(
    visit: Visit, finger: QPointingDevice
) -> None:
    press = hands(visit, finger)
    visit.open("planted")
    presenter = visit.kiosk.navigator.presenter(PlantedPresenter)
    steps = []
    for name, (how, gap) in zip(
        ("느티나무", "next", "back", "next", "next"), TURN_BY_TURN, strict=True
    ):
        twice(visit, press[how], name, gap)
        steps.append(presenter.state.step)
    assert steps == ["count", "place", "count", "place", "when"]
    presenter.do(ChooseYear(2025))
    twice(visit, press["touch"], "next", SOON[0])
    assert presenter.state.step == "review"
    twice(visit, press["mouse"], "send", SOON[1])
    visit.wait(lambda: visit.screen == "receipt")
    assert visit.kiosk.navigator.presenter(ReceiptPresenter).state.trees == 1


def test_quick_presses_all_count_in_a_page_that_a_finger_may_drag(
    visit: Visit, finger: QPointingDevice
) -> None:
    press = hands(visit, finger)["touch"]
    visit.open("planted")
    presenter = visit.kiosk.navigator.presenter(PlantedPresenter)
    card = place_of(visit, "느티나무")
    for _ in range(2):
        # The screen was built anew under the finger, and the resident took their time.
        visit.clock.forward(5)
        press(card)
        assert presenter.state.step == "count"
        presenter.on_back()
        visit.settle()
    visit.clock.forward(5)
    press(card)
    visit.clock.forward(5)
    more = next(b for b in visit.view.findChildren(CountStep)).more
    place = more.mapTo(visit.shell, more.rect().center())
    for _ in range(4):
        press(place)
    assert presenter.state.trees == 5


def key_event(visit: Visit, kind: QEvent.Type, key: Qt.Key, *, again: bool = False) -> None:
    """As the window system delivers it: to the window, which hands it to what has the focus."""
    event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, "", again)
    QApplication.sendEvent(visit.shell.windowHandle(), event)
    visit.settle()


def tap_key(visit: Visit, key: Qt.Key) -> None:
    key_event(visit, QEvent.Type.KeyPress, key)
    key_event(visit, QEvent.Type.KeyRelease, key)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_a_key_that_bounces_or_is_held_takes_one_step(visit: Visit, key: Qt.Key) -> None:
    presenter = opinion(visit)
    for gap in (SOON[0], SOON[-1]):
        stand_at(visit, presenter, FeedbackStep.KIND)
        visit.clock.forward(5)
        for _ in range(2):
            visit.child("next").setFocus()
            tap_key(visit, key)
            visit.clock.forward(gap)
        assert presenter.state.step is FeedbackStep.FEELING, gap
    stand_at(visit, presenter, FeedbackStep.KIND)
    visit.clock.forward(5)
    visit.child("next").setFocus()
    tap_key(visit, key)
    key_event(visit, QEvent.Type.KeyPress, key)
    for _ in range(20):
        visit.clock.forward(0.1)
        key_event(visit, QEvent.Type.KeyPress, key, again=True)
    key_event(visit, QEvent.Type.KeyRelease, key)
    assert presenter.state.screen == (FeedbackStep.FEELING, StepPart.WHOLE)
    visit.clock.forward(5)
    visit.child("next").setFocus()
    tap_key(visit, key)
    assert presenter.state.screen == (FeedbackStep.TEXT, StepPart.WHOLE)


def test_a_held_back_key_leaves_one_screen_and_walking_on_is_free(visit: Visit) -> None:
    presenter = opinion(visit)
    stand_at(visit, presenter, FeedbackStep.TEXT)
    visit.clock.forward(5)
    key_event(visit, QEvent.Type.KeyPress, Qt.Key.Key_Escape)
    for _ in range(20):
        visit.clock.forward(0.1)
        key_event(visit, QEvent.Type.KeyPress, Qt.Key.Key_Escape, again=True)
    key_event(visit, QEvent.Type.KeyRelease, Qt.Key.Key_Escape)
    assert (visit.screen, presenter.state.step) == ("feedback", FeedbackStep.FEELING)
    visit.clock.forward(0.05)
    tap_key(visit, Qt.Key.Key_Tab)
    visit.child("rating-3").setFocus()
    tap_key(visit, Qt.Key.Key_Return)
    assert presenter.state.draft.rating == 3


def test_writing_fast_loses_no_letter(visit: Visit, finger: QPointingDevice) -> None:
    presenter = opinion(visit)
    stand_at(visit, presenter, FeedbackStep.TEXT)
    press = hands(visit, finger)
    for how in press:
        visit.shell.setFocus()
        presenter.do(TypeText(""))
        visit.child("feedback-text").setFocus()
        visit.settle()
        visit.clock.forward(5)
        for word in (
            "ㄴ",
            "ㅏ",
            "ㅁ",
            "ㅜ",
            "ㅜ",
            Act.NUMBERS,
            "1",
            "1",
            "2",
            Act.DELETE,
            Act.DELETE,
        ):
            key = key_on(visit, word)
            press[how](key.mapTo(visit.shell, key.rect().center()))
            visit.clock.forward(0.05)
        assert presenter.state.draft.text == "나무ㅜ1", how
        way = key_on(visit, Act.LANGUAGE)
        press[how](way.mapTo(visit.shell, way.rect().center()))


def key_on(visit: Visit, word: str | Act) -> KeyButton:
    return next(
        k
        for k in visit.shell.findChildren(KeyButton)
        if k.isVisible() and word in (k.key.act, k.text())
    )


def test_a_keyboard_that_comes_or_goes_lets_no_second_tap_through(
    visit: Visit, finger: QPointingDevice
) -> None:
    presenter = opinion(visit)
    stand_at(visit, presenter, FeedbackStep.TEXT)
    press = hands(visit, finger)["touch"]
    field: QWidget = visit.child("feedback-text")
    low = field.mapTo(visit.shell, QPoint(field.width() // 2, field.height() - 12))
    visit.clock.forward(5)
    press(low)
    visit.clock.forward(0.2)
    press(low)
    assert presenter.state.draft.text == ""
    away = key_on(visit, Act.PUT_AWAY)
    place = away.mapTo(visit.shell, away.rect().center())
    visit.clock.forward(5)
    press(place)
    visit.clock.forward(0.2)
    press(place)
    assert (visit.screen, presenter.state.step) == ("feedback", FeedbackStep.TEXT)

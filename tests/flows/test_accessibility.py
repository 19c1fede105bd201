"""The accessibility checklist, measured on the real kiosk: touch, text, keys, names, position."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.access.chime import Sound
from desktop.access.reader import aloud
from desktop.access.spoken import describe, is_field, name_of, script
from desktop.access.targets import targets
from desktop.keyboard.key import KeyButton
from desktop.kiosk.map.presenter import MapPresenter
from desktop.kiosk.shell.intents import TypeQuery
from desktop.kiosk.shell.routes import ScreenName, ToFeedback
from desktop.map.canvas import MapCanvas
from desktop.tour.inventory import shown_rect
from tests.desktop.access.recording_voice import RecordingVoice
from tests.flows.kiosk_in_hand import KioskInHand

#: Cap height of the bundled font as a share of its pixel size.
CAP = 0.705
SMALLEST_TARGET_MM, SMALLEST_AREA_MM2, SMALLEST_GAP_MM = 12.0, 150.0, 2.5
SMALLEST_TEXT_MM, LARGE_TEXT_MM = 7.25, 12.0
PROJECT = "baekje-wind-path-forest"
PANELS = {
    "landscape": (1920, 1080, 24.0),
    "portrait": (1080, 1920, 24.0),
    "smallest": (1366, 768, 15.6),
}


@pytest.fixture(params=PANELS)
def hand(request: pytest.FixtureRequest, data_dir: Path, qtbot: QtBot) -> Iterator[KioskInHand]:
    width, height, inches = PANELS[request.param]
    hand = KioskInHand(data_dir, qtbot, (width, height), panel_inches=inches)
    yield hand
    hand.close()


@pytest.fixture
def wide(data_dir: Path, qtbot: QtBot) -> Iterator[KioskInHand]:
    hand = KioskInHand(data_dir, qtbot)
    yield hand
    hand.close()


def every_screen(hand: KioskInHand, look_at: Callable[[str], None]) -> None:
    """Open every screen the kiosk has and let `look_at(name)` judge it."""
    look_at("attract")
    for name in screens(hand):
        hand.open(name)
        look_at(name)


def screens(hand: KioskInHand) -> list[ScreenName]:
    without_argument = [n for n in hand.kiosk.navigator._pages if n not in ("attract", "receipt")]
    assert {"home", "map", "project", "trees", "feedback", "help", "operator"} <= set(
        without_argument
    )
    return without_argument


def controls(hand: KioskInHand) -> list[QWidget]:
    """What can be acted on now and is at least partly in view."""
    return [
        w
        for w in hand.shell.findChildren(QWidget)
        if (isinstance(w, QAbstractButton) or is_field(w))
        and w.isVisible()
        and w.isEnabled()
        and not shown_rect(w, hand.shell).isEmpty()
    ]


def whole(hand: KioskInHand, widget: QWidget) -> bool:
    """False for a row that the fold cuts on purpose."""
    return shown_rect(widget, hand.shell).size() == widget.size()


def modes(hand: KioskInHand) -> Iterator[str]:
    yield "default"
    hand.bar("large").click()
    hand.settle()
    yield "large"
    hand.bar("large").click()
    hand.bar("contrast").click()
    hand.settle()
    yield "contrast"


def test_every_target_is_large_enough_and_keeps_its_distance(hand: KioskInHand) -> None:
    wrong: list[str] = []

    def look_at(name: str) -> None:
        metrics = hand.kiosk.navigator.look.metrics
        found = controls(hand)
        for widget in found:
            wide, high = metrics.mm(widget.width()), metrics.mm(widget.height())
            small = min(wide, high) < SMALLEST_TARGET_MM or wide * high < SMALLEST_AREA_MM2
            if whole(hand, widget) and small:
                wrong.append(f"{name}: {name_of(widget)!r} is {wide:.1f} x {high:.1f} mm")
        for one, other in combinations(found, 2):
            gap = distance(reach(hand, one), reach(hand, other))
            if not within(one, other) and metrics.mm(gap) < SMALLEST_GAP_MM:
                wrong.append(f"{name}: {name_of(one)!r} and {name_of(other)!r}: {gap} px apart")

    for _mode in modes(hand):
        every_screen(hand, look_at)
    assert not wrong, "\n".join(wrong)


def reach(hand: KioskInHand, widget: QWidget) -> QRect:
    """Where a touch acts: rows of a list leave strips between them to nobody."""
    rect = shown_rect(widget, hand.shell)
    if not isinstance(widget, QAbstractButton):
        return rect
    middle, height = widget.width() // 3, widget.height()
    top = next((y for y in range(20) if widget.hitButton(QPoint(middle, y))), 0)
    foot = next((y for y in range(20) if widget.hitButton(QPoint(middle, height - 1 - y))), 0)
    return rect.adjusted(0, top, 0, -foot) if whole(hand, widget) else rect.adjusted(0, top, 0, 0)


def within(one: QWidget, other: QWidget) -> bool:
    return one.isAncestorOf(other) or other.isAncestorOf(one)


def distance(one: QRect, other: QRect) -> int:
    """Pixels between two rectangles; 0 when they touch or overlap."""
    across = max(other.left() - one.right() - 1, one.left() - other.right() - 1, 0)
    down = max(other.top() - one.bottom() - 1, one.top() - other.bottom() - 1, 0)
    return max(across, down)


def test_every_text_is_high_enough_to_read(hand: KioskInHand) -> None:
    wrong: list[str] = []

    def look_at(name: str) -> None:
        look = hand.kiosk.navigator.look
        least = LARGE_TEXT_MM if look.large else SMALLEST_TEXT_MM
        for widget in hand.shell.findChildren(QWidget):
            if not isinstance(widget, QLabel | QAbstractButton) or not widget.text().strip():
                continue
            if not widget.isVisible() or isinstance(widget, KeyButton):
                continue
            # Widgets that set their words in roles of their own leave the widget's font alone.
            pixels = widget.font().pixelSize()
            height = look.metrics.mm(pixels * CAP)
            if pixels > 0 and height < least - 0.01:
                wrong.append(f"{name}: {widget.text()[:20]!r} is {height:.2f} mm high")

    for mode in modes(hand):
        if mode != "contrast":
            every_screen(hand, look_at)
    assert not wrong, "\n".join(wrong)


def test_every_control_has_a_name_of_its_own_and_a_role(hand: KioskInHand) -> None:
    wrong: list[str] = []

    def look_at(name: str) -> None:
        found = controls(hand)
        for widget in found:
            interface = QAccessible.queryAccessibleInterface(widget)
            if interface.role() in (QAccessible.Role.NoRole, QAccessible.Role.Client):
                wrong.append(f"{name}: {name_of(widget)!r} has no role")
            if isinstance(widget, QAbstractButton) and widget.text().strip():
                words = "".join(widget.text().lower().split())
                heard = name_of(widget) + widget.accessibleDescription()
                heard = "".join(heard.lower().split())
                if words not in heard and not isinstance(widget, KeyButton):
                    wrong.append(f"{name}: {widget.text()!r} is called {name_of(widget)!r}")
        counted = Counter(name_of(widget) for widget in found)
        wrong.extend(
            f"{name}: {times} controls are called {word!r}"
            for word, times in counted.items()
            if times > 1 or not word
        )

    every_screen(hand, look_at)
    hand.bar("language").click()
    hand.settle()
    every_screen(hand, look_at)
    assert not wrong, "\n".join(wrong)


def test_no_two_controls_share_a_name_over_the_keyboard_or_beside_the_map(
    wide: KioskInHand,
) -> None:
    wide.open("map")
    search = wide.view.findChild(QWidget, "search")
    assert search is not None
    search.setFocus()
    wide.settle()
    wide.kiosk.navigator.presenter(MapPresenter).do(TypeQuery("정원"))
    wide.settle()
    assert twice(wide) == []
    wide.bar("large").click()
    wide.settle()
    assert twice(wide) == []


def twice(hand: KioskInHand) -> list[str]:
    """Names that more than one thing on the screen has: the map is told apart by its name too."""
    named = [*controls(hand), *hand.shell.findChildren(MapCanvas)]
    counted = Counter(name_of(widget) for widget in named if widget.isVisible())
    return [name for name, times in counted.items() if times > 1]


def test_the_bar_stands_in_the_same_place_on_every_screen(hand: KioskInHand) -> None:
    for _mode in modes(hand):
        seen: dict[tuple[object, ...], list[str]] = {}

        def look_at(name: str, seen: dict[tuple[object, ...], list[str]] = seen) -> None:
            bar = hand.access_bar
            place = (
                bar.geometry().getRect(),
                *(b.geometry().getRect() for b in bar.buttons.values()),
            )
            seen.setdefault(place, []).append(name)

        every_screen(hand, look_at)
        assert len(seen) == 1, seen


def test_help_from_a_person_is_offered_on_every_screen(hand: KioskInHand) -> None:
    missing: list[str] = []

    def look_at(name: str) -> None:
        texts = [w.text() for w in hand.shell.findChildren(QLabel) if w.isVisible()]
        if name != "operator" and not any("직원" in text for text in texts):
            missing.append(name)

    every_screen(hand, look_at)
    assert not missing


def test_keys_alone_reach_every_target_and_leave_every_screen(wide: KioskInHand) -> None:
    wide.key(Qt.Key.Key_Tab)
    wide.key(Qt.Key.Key_Return)
    assert wide.screen == "home"
    for name in screens(wide):
        wide.open("home")
        wide.open(name)
        order = wide.kiosk.accessibility.keys.order()
        assert order, name
        order[0].setFocus()
        seen = {id(wide.focused)}
        for _ in range(len(order) - 1):
            wide.key(Qt.Key.Key_Tab)
            seen.add(id(wide.focused))
        assert len(seen) == len(order), f"{name}: Tab reaches {len(seen)} of {len(order)}"
        wide.key(Qt.Key.Key_Tab)
        assert wide.focused is order[0], f"{name}: Tab does not come round"
        if name != "home":
            for _ in range(8):
                if wide.screen == name:
                    wide.key(Qt.Key.Key_Escape)
            assert wide.screen == "home", f"{name}: the back key does not lead out"


def test_arrows_alone_reach_the_bar_from_every_screen_and_come_back(wide: KioskInHand) -> None:
    for name in screens(wide):
        wide.open(name)
        bar = list(wide.access_bar.buttons.values())
        first = next(w for w in targets(wide.view) if not is_field(w))
        first.setFocus()
        for _ in range(80):
            if wide.focused in bar:
                break
            wide.key(Qt.Key.Key_Down)
        at = name_of(wide.focused or wide.shell)
        assert wide.focused in bar, f"{name}: the arrow down ends at {at!r}"
        wide.key(Qt.Key.Key_Up)
        assert wide.focused not in bar, name


def test_doors_open_by_confirm_key_and_home_and_help_have_keys(wide: KioskInHand) -> None:
    wide.open("home")
    for door, screen in (("지도에서", "map"), ("천만그루", "trees"), ("의견 보내기", "feedback")):
        for _ in range(20):
            if name_of(wide.focused or wide.shell).startswith(door):
                break
            wide.key(Qt.Key.Key_Tab)
        wide.key(Qt.Key.Key_Return)
        assert wide.screen == screen
        wide.key(Qt.Key.Key_F1)
        assert wide.screen == "help"
        wide.key(Qt.Key.Key_Escape)
        assert wide.screen == screen
        wide.key(Qt.Key.Key_HomePage)
        assert wide.screen == "home"


def test_the_focus_is_always_visible_after_a_key(wide: KioskInHand) -> None:
    wide.open("home")
    ring = wide.kiosk.accessibility.ring
    for _ in range(len(wide.kiosk.accessibility.keys.order())):
        wide.key(Qt.Key.Key_Tab)
        target = wide.focused
        assert target is not None and ring.target is target
        assert ring.geometry().contains(
            QRect(target.mapTo(wide.shell, QPoint(0, 0)), target.size())
        )
    wide.touch(wide.bar("contrast"))
    assert ring.target is None


def test_a_change_of_size_or_language_keeps_the_place_of_the_focus(wide: KioskInHand) -> None:
    wide.open("home")
    for key in ("large", "language", "contrast"):
        wide.bar(key).setFocus()
        wide.key(Qt.Key.Key_Return)
        assert wide.focused is wide.bar(key)
    wide.bar("language").click()


def test_sliding_off_a_target_cancels(wide: KioskInHand) -> None:
    wide.open("home")
    door = next(w for w in controls(wide) if name_of(w).startswith("지도에서"))
    QTest.mousePress(door, Qt.MouseButton.LeftButton)
    QTest.mouseMove(door, QPoint(-50, -50))
    QTest.mouseRelease(door, Qt.MouseButton.LeftButton, pos=QPoint(-50, -50))
    wide.settle()
    assert wide.screen == "home"


def test_a_trembling_hand_sends_an_opinion_once(wide: KioskInHand) -> None:
    wide.open(ToFeedback(project=PROJECT))
    sounds: list[Sound] = []
    wide.kiosk.accessibility.listening.chime.sounded.connect(sounds.append)
    for name in ("kind-suggestion", "next", "next", "next", "contact-no"):
        wide.touch(child(wide, name))
    assert set(sounds) == {Sound.STEP}
    send = child(wide, "send")
    for press in (QTest.mouseClick, QTest.mouseDClick, QTest.mouseClick):
        press(send, Qt.MouseButton.LeftButton)
    wide.wait(lambda: wide.screen == "receipt")
    assert sounds[-1] is Sound.DONE
    counted: list[int] = []
    wide.kiosk.tasks.query(
        lambda store: store.rows("SELECT count(*) FROM feedback")[0][0], counted.append
    )
    wide.wait(lambda: bool(counted))
    assert counted == [1]


def child(hand: KioskInHand, name: str) -> QWidget:
    """The visible control with that object name."""
    return next(w for w in hand.shell.findChildren(QWidget, name) if w.isVisible())


def test_in_speech_mode_every_screen_is_announced_and_every_word_can_be_heard(
    wide: KioskInHand,
) -> None:
    wide.open("home")
    wide.touch(wide.bar("speech"))
    wide.settle()
    assert "음성 안내를 켰습니다" in wide.voice.texts[-1]
    for name in screens(wide):
        wide.voice.said.clear()
        shown: list[str] = []
        wide.kiosk.accessibility.speaker.said.connect(shown.append)
        wide.open(name)
        view = wide.view
        wide.wait(lambda: bool(wide.voice.texts))
        wide.kiosk.accessibility.speaker.said.disconnect(shown.append)
        (said,) = shown
        assert said.startswith(name_of(view)), name
        there = [w for w in view.findChildren(QAbstractButton) if w.isVisible() and w.isEnabled()]
        fields = [w for w in view.findChildren(QWidget) if is_field(w) and w.isVisible()]
        assert f"누를 수 있는 것은 {len(there) + len(fields)}가지입니다" in said, name
        heard = " ".join(script(view))
        for widget in view.findChildren(QWidget):
            if not widget.isVisible() or widget.visibleRegion().isEmpty():
                continue
            if isinstance(widget, QLabel) and widget.text().strip():
                words = " ".join(widget.text().split())
                assert words in heard, f"{name}: {words!r} is never read"
            elif isinstance(widget, QAbstractButton) and name_of(widget):
                assert name_of(widget) in heard, f"{name}: {name_of(widget)!r} is never read"


def test_a_question_and_a_fault_are_heard_when_they_come(wide: KioskInHand) -> None:
    def click(name: str) -> None:
        button = child(wide, name)
        assert isinstance(button, QAbstractButton)
        wide.voice.said.clear()
        button.click()
        wide.settle()

    wide.bar("speech").click()
    wide.open(ToFeedback(project=PROJECT))
    click("kind-suggestion")
    click("quit")
    wide.wait(lambda: bool(wide.voice.texts) and wide.voice.texts[-1].startswith("그만둘까요?"))
    assert "계속" in wide.voice.texts[-1]
    wide.key(Qt.Key.Key_Escape)
    for name in ("next", "next", "next", "contact-yes", "older", "consent", "next"):
        click(name)
    field = child(wide, "contact-field")
    QTest.keyClicks(field, "0101")
    click("next")
    fault = field.accessibleDescription()
    assert fault
    wide.wait(lambda: bool(wide.voice.texts) and fault.split(".")[0] in wide.voice.texts[-1])
    assert wide.focused is field
    assert "0101" not in " ".join(wide.voice.texts)


def test_in_speech_mode_a_touch_reads_and_the_next_one_presses(wide: KioskInHand) -> None:
    wide.open("home")
    wide.touch(wide.bar("speech"))
    door = next(w for w in controls(wide) if name_of(w).startswith("천만그루"))
    wide.touch(door)
    assert wide.screen == "home"
    assert wide.voice.texts[-1] == aloud(describe(door), "ko")
    wide.touch(door)
    assert wide.screen == "trees"
    wide.touch(wide.bar("speech"))
    wide.touch(wide.bar("speech"))
    assert not wide.kiosk.visit.speech


def test_without_a_voice_the_bar_offers_no_speech_and_the_rest_works(
    data_dir: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.flows import kiosk_in_hand

    class Mute(RecordingVoice):
        def available(self) -> bool:
            return False

    monkeypatch.setattr(kiosk_in_hand, "RecordingVoice", Mute)
    hand = KioskInHand(data_dir, qtbot)
    try:
        assert "speech" not in hand.access_bar.buttons
        assert len(hand.access_bar.buttons) == 6
        hand.bar("large").click()
        hand.settle()
        assert hand.kiosk.visit.large
    finally:
        hand.close()


def test_the_low_position_brings_every_control_down(data_dir: Path, qtbot: QtBot) -> None:
    hand = KioskInHand(data_dir, qtbot, (1080, 1920))
    try:
        hand.open("home")
        hand.touch(hand.bar("low"))
        for name in screens(hand):
            hand.open(name)
            top = min(shown_rect(w, hand.shell).top() for w in controls(hand))
            assert top >= 1920 * 0.42, f"{name}: a control stands at {top} px"
    finally:
        hand.close()


def test_personal_input_is_never_spoken(wide: KioskInHand) -> None:
    wide.open(ToFeedback(project=PROJECT))
    for name in ("kind-suggestion", "next", "next", "next", "contact-yes", "older", "consent"):
        wide.touch(child(wide, name))
    if not wide.shell.findChildren(QWidget, "contact-field"):
        wide.touch(child(wide, "next"))
    wide.bar("speech").click()
    wide.settle()
    field = child(wide, "contact-field")
    field.setFocus()
    wide.settle()
    wide.voice.said.clear()
    assert wide.kiosk.shell.keyboard is not None and isinstance(field, QLineEdit)
    keys = {key.text(): key for key in wide.kiosk.shell.keyboard.findChildren(KeyButton)}
    for digit in "0101":
        wide.touch(keys[digit])
    assert field.text().replace("-", "") == "0101"
    wide.touch(field)
    wide.kiosk.accessibility.listening.read_screen()
    wide.kiosk.accessibility.speaker.repeat()
    heard = " ".join(wide.voice.texts)
    assert "0101" not in heard.replace("-", "")
    assert not any(text.startswith(tuple("01")) for text in wide.voice.texts)
    assert "읽지 않습니다" in heard

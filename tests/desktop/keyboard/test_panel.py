"""The keyboard on the screen writes into real fields and gets along with a real keyboard."""

from __future__ import annotations

import itertools
from functools import cache

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QPointingDevice, QTouchEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop import i18n
from desktop.keyboard.key import KeyButton
from desktop.keyboard.layouts import Act, KeyLayout
from desktop.keyboard.panel import KeyboardPanel
from desktop.theme.fonts import add_fonts
from tests.desktop.keyboard.conftest import Desk, panel_look

PANELS = [
    (1920, 1080, 24.0),
    (1080, 1920, 24.0),
    (1366, 768, 24.0),
    (1366, 768, 15.6),
    (3840, 2160, 43.0),
]


def test_tapping_jamo_writes_hangul_with_the_last_syllable_marked_as_provisional(
    desk: Desk,
) -> None:
    desk.write("ㅈㅓㄴㅈㅜㅅㅣ")
    assert desk.area.value == "전주시"
    assert desk.area.toPlainText() == "전주"
    assert desk.panel.typist.composing == "시"


@pytest.mark.parametrize("name", ["area", "field", "plain"])
def test_every_kind_of_text_field_can_be_written_into(desk: Desk, qtbot: QtBot, name: str) -> None:
    target = getattr(desk, name)
    target.setFocus()
    qtbot.waitUntil(lambda: desk.panel.typist.target is target)
    desk.write("ㄱㅏㅂㅅㅇㅣ ")
    text = target.toPlainText() if name == "area" else target.text()
    assert text == "값이 "


def test_keys_never_take_the_focus_from_the_field(desk: Desk) -> None:
    desk.write("ㄱㅏ")
    assert QApplication.focusWidget() is desk.area


def test_delete_takes_jamo_then_syllables_and_goes_on_while_held(desk: Desk, qtbot: QtBot) -> None:
    desk.write("ㅈㅓㄴㅈㅜ")
    desk.press(Act.DELETE)
    assert desk.area.value == "전ㅈ"
    desk.press(Act.DELETE, Act.DELETE)
    assert desk.area.value == ""
    desk.write("ㅋㅋㅋㅋㅋ ")
    key = desk.key(Act.DELETE)
    QTest.mousePress(key, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desk.area.value == "", timeout=10_000)
    QTest.mouseRelease(key, Qt.MouseButton.LeftButton)


def test_a_real_key_pressed_in_between_settles_the_syllable_first(desk: Desk) -> None:
    desk.write("ㄱㅏ")
    QTest.keyClicks(desk.area, "b")
    desk.write("ㄴㅏ")
    assert desk.area.value == "가b나"


def test_touching_the_text_settles_the_syllable_before_the_caret_moves(desk: Desk) -> None:
    desk.write("ㄱㅏㄴㅏ")
    QTest.mouseClick(desk.area.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    desk.write("ㄷㅏ")
    assert desk.area.value == "다가나"


def test_going_to_another_field_leaves_the_syllable_in_the_first(desk: Desk, qtbot: QtBot) -> None:
    desk.write("ㄱㅏㄴ")
    desk.field.setFocus()
    qtbot.waitUntil(lambda: desk.panel.typist.target is desk.field)
    desk.write("ㅏ")
    assert (desk.area.toPlainText(), desk.field.value) == ("간", "ㅏ")


def test_shift_holds_for_one_letter(desk: Desk) -> None:
    desk.press(Act.SHIFT)
    assert desk.key(Act.SHIFT).isChecked()
    desk.press("ㅃ", "ㅏ", "ㄹ", "ㄹ", "ㅣ")
    assert desk.area.value == "빨리"


def test_shift_pressed_twice_in_english_stays_until_pressed_again(desk: Desk) -> None:
    desk.press(Act.LANGUAGE, Act.SHIFT, Act.SHIFT, "A", "B", Act.SHIFT, "c")
    assert desk.area.value == "ABc"


def test_languages_digits_and_signs_mix_in_one_text(desk: Desk) -> None:
    desk.write("ㄱㅏ")
    desk.press(Act.NUMBERS, "1", "@", Act.NUMBERS)
    desk.write("ㄴㅏ")
    desk.press(Act.LANGUAGE, "x", Act.LANGUAGE, "ㄷ", "ㅏ", "?")
    assert desk.area.value == "가1@나x다?"


def test_cheonjiin_is_one_tap_away_and_is_remembered_by_the_way_chosen(
    desk: Desk, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(desk.panel.way_chosen) as chosen:
        desk.press(Act.WAY)
    assert chosen.args == [KeyLayout.CHEONJIIN.value]
    desk.press("ㅅㅎ", "ㅅㅎ", "ㅣ", "ㆍ", "ㄴㄹ", "ㄱㅋ", Act.NEXT_LETTER, "ㄱㅋ", "ㆍ", "ㅡ")
    assert desk.area.value == "한ㄱ고"
    panel = KeyboardPanel(panel_look(), way=chosen.args[0])
    qtbot.addWidget(panel)
    assert panel.page is KeyLayout.CHEONJIIN


def test_new_line_makes_a_line_in_a_text_and_enters_a_one_line_field(
    desk: Desk, qtbot: QtBot
) -> None:
    desk.write("ㄱㅏ")
    assert desk.key(Act.ENTER).text() == "줄바꿈"
    desk.press(Act.ENTER, "ㄴ", "ㅏ")
    assert desk.area.value == "가\n나"
    desk.field.setFocus()
    qtbot.waitUntil(lambda: desk.panel.typist.target is desk.field)
    assert desk.key(Act.ENTER).text() == "입력"
    desk.write("ㄷㅏ")
    with qtbot.waitSignals([desk.field.entered, desk.panel.put_away]):
        desk.press(Act.ENTER)
    assert (desk.field.text(), desk.field.hasFocus()) == ("다", False)


def test_closing_the_keyboard_keeps_the_syllable_and_lets_the_field_go(
    desk: Desk, qtbot: QtBot
) -> None:
    desk.write("ㄱㅏ")
    with qtbot.waitSignal(desk.panel.put_away):
        desk.press(Act.PUT_AWAY)
    assert desk.area.toPlainText() == "가"
    assert not desk.area.hasFocus()


def test_a_telephone_field_brings_the_digits_and_an_address_field_the_at_sign(
    desk: Desk, qtbot: QtBot
) -> None:
    desk.field.setInputMethodHints(Qt.InputMethodHint.ImhDialableCharactersOnly)
    desk.field.setFocus()
    qtbot.waitUntil(lambda: desk.panel.page is KeyLayout.DIGITS)
    desk.write("010-12")
    assert desk.field.value == "010-12"
    desk.plain.setInputMethodHints(Qt.InputMethodHint.ImhEmailCharactersOnly)
    desk.plain.setFocus()
    qtbot.waitUntil(lambda: desk.panel.page is KeyLayout.ENGLISH)
    desk.write("a@b.kr")
    assert desk.plain.text() == "a@b.kr"
    desk.area.setFocus()
    qtbot.waitUntil(lambda: desk.panel.typist.target is desk.area)
    assert "@" not in [key.text() for key in desk.panel.keys]


def test_two_thumbs_may_be_down_at_the_same_time(desk: Desk) -> None:
    first, second = desk.key("ㄴ"), desk.key("ㅏ")
    device = QTest.createTouchDevice()
    touch = QTest.touchEvent(desk.panel, device)

    def at(key: KeyButton) -> QPoint:
        return key.mapTo(desk.panel, key.rect().center())

    touch.press(0, at(first), desk.panel)
    touch.commit()
    touch.stationary(0)
    touch.press(1, at(second), desk.panel)
    touch.commit()
    assert first.isDown() and second.isDown()
    touch.release(0, at(first), desk.panel)
    touch.stationary(1)
    touch.commit()
    touch.release(1, at(second), desk.panel)
    touch.commit()
    assert desk.area.value == "나"


def test_a_thumb_that_went_up_writes_again_while_the_other_is_still_down(desk: Desk) -> None:
    places = {word: desk.key(word).geometry().center() for word in "ㅁㄴㅇㄹ"}
    # Off screen the window is larger than its screen, and fingers are on screens only.
    desk.window.move(QPoint(100, 400) - desk.panel.mapTo(desk.window, places["ㅁ"]))
    touch, resting = QTest.touchEvent(desk.panel, QTest.createTouchDevice()), -1
    words = "ㅁㄴㅇㄹㅁㄴ"
    for number, word in enumerate(words):
        thumb = number % 2
        if number:
            touch.stationary(resting)
        touch.press(thumb, places[word], desk.panel).commit()
        assert desk.key(word).isDown()
        if number:
            touch.stationary(thumb)
            touch.release(resting, places[words[number - 1]], desk.panel).commit()
        resting = thumb
    touch.release(resting, places[words[-1]], desk.panel).commit()
    assert desk.area.value == words


@cache
def finger() -> QPointingDevice:
    return QTest.createTouchDevice()


def down(desk: Desk, at: QPoint) -> None:
    # Off screen the window is larger than its screen, and fingers are on screens only.
    desk.window.move(QPoint(400, 400) - desk.panel.mapTo(desk.window, at))
    QTest.touchEvent(desk.panel, finger()).press(0, at, desk.panel).commit()


def up(desk: Desk, at: QPoint) -> None:
    QTest.touchEvent(desk.panel, finger()).release(0, at, desk.panel).commit()


def tell(desk: Desk, kind: QEvent.Type) -> None:
    """A touch event that names no finger, as the window system sends it to the keyboard."""
    QApplication.sendEvent(desk.panel, QTouchEvent(kind, finger()))


@pytest.mark.parametrize("words", ["ㅎ", Act.DELETE, Act.SPACE, Act.ENTER, Act.LANGUAGE])
@pytest.mark.parametrize("how", ["cancelled", "ended unseen", "pressed again", "keyboard hidden"])
def test_a_touch_that_is_taken_back_leaves_no_key_down_and_writes_nothing(
    desk: Desk, words: str | Act, how: str
) -> None:
    desk.area.set_value("나무")
    key = desk.key(words)
    at = key.geometry().center()
    down(desk, at)
    assert key.isDown()
    if how == "cancelled":
        tell(desk, QEvent.Type.TouchCancel)
    elif how == "ended unseen":
        tell(desk, QEvent.Type.TouchEnd)
    elif how == "keyboard hidden":
        desk.panel.hide()
        desk.panel.show()
    else:
        down(desk, QPoint(1, 1))
    assert not key.isDown()
    assert (desk.area.value, desk.panel.page) == ("나무", KeyLayout.DUBEOLSIK)
    up(desk, at)
    assert (desk.area.value, desk.panel.page) == ("나무", KeyLayout.DUBEOLSIK)
    letter = desk.key("ㅋ").geometry().center()
    down(desk, letter)
    up(desk, letter)
    assert desk.area.value == "나무ㅋ"


def test_a_held_delete_stops_when_its_touch_is_cancelled(desk: Desk, qtbot: QtBot) -> None:
    desk.area.set_value("나" * 20)
    key = desk.key(Act.DELETE)
    key.setAutoRepeatDelay(0)
    key.setAutoRepeatInterval(1)
    at = key.geometry().center()
    down(desk, at)
    qtbot.waitUntil(lambda: len(desk.area.value) < 18)
    tell(desk, QEvent.Type.TouchCancel)
    left = desk.area.value
    with qtbot.assertNotEmitted(key.clicked):
        for _ in range(20):
            QApplication.processEvents()
    assert desk.area.value == left
    up(desk, at)


def test_a_finger_that_slides_off_a_key_types_nothing(desk: Desk) -> None:
    key = desk.key("ㅎ")
    QTest.mousePress(key, Qt.MouseButton.LeftButton)
    QTest.mouseRelease(key, Qt.MouseButton.LeftButton, pos=QPoint(-80, -80))
    assert desk.area.value == ""


def test_what_does_not_fit_any_more_is_not_typed_and_the_keyboard_stays_alive(desk: Desk) -> None:
    desk.area.set_value("가" * 19)
    desk.write("ㄴㅏㄷ")
    assert desk.area.value == "가" * 19 + "낟"
    desk.write("ㅏ")
    assert desk.area.value == "가" * 19 + "낟"
    desk.press(Act.DELETE)
    desk.write("ㅁㅏ")
    assert desk.area.value == "가" * 19 + "마"


def test_keys_have_spoken_names_that_contain_what_stands_on_them(desk: Desk) -> None:
    assert desk.key("ㅂ").accessibleName() == "ㅂ 비읍"
    names = [key.accessibleName() for key in desk.panel.keys]
    assert all(names) and len(set(names)) == len(names)
    assert all(key.text() in key.accessibleName() for key in desk.panel.keys)


@pytest.mark.parametrize("page", [KeyLayout.CHEONJIIN, KeyLayout.DIGITS])
@pytest.mark.parametrize(("width", "height", "inches"), PANELS)
def test_the_keys_of_a_pad_stand_in_columns(
    qtbot: QtBot, width: int, height: int, inches: float, page: KeyLayout
) -> None:
    panel = KeyboardPanel(panel_look(width, height, inches))
    qtbot.addWidget(panel)
    panel.resize(width, panel.bed.height)
    panel.show_page(page)
    one_part = [key for key in panel.keys if key.key.text and key.key.width > 1]
    lefts = {key.x() for key in one_part if key.key.width < 1.5}
    assert len(lefts) == 3
    assert {key.geometry().right() for key in panel._rows[0][-1:]} == {
        row[-1].geometry().right() for row in panel._rows
    }


def test_an_apostrophe_and_a_comma_stand_on_the_english_page(desk: Desk) -> None:
    desk.press(Act.LANGUAGE, "i", "t", "'", "s", ",")
    assert desk.area.value == "it's,"
    assert not [key for key in desk.panel.keys if key.key.act is Act.WAY]
    desk.press(Act.NUMBERS, "'")
    assert desk.area.value == "it's,'"


def test_who_reads_english_meets_no_korean_on_the_english_keyboard(qtbot: QtBot) -> None:
    panel = KeyboardPanel(panel_look(english=True))
    qtbot.addWidget(panel)
    words = [key.text() for key in panel.keys]
    assert panel.page is KeyLayout.ENGLISH and "Kor" in words
    assert all(word.isascii() for word in words)
    panel.show_page(KeyLayout.SYMBOLS)
    assert all(key.text().isascii() for key in panel.keys)


@pytest.mark.parametrize("page", list(KeyLayout))
@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("english", [False, True])
@pytest.mark.parametrize(("width", "height", "inches"), PANELS)
def test_keys_are_large_enough_apart_and_show_their_words_whole_on_every_panel(
    qtbot: QtBot,
    width: int,
    height: int,
    inches: float,
    english: bool,
    large: bool,
    page: KeyLayout,
) -> None:
    add_fonts()
    look = panel_look(width, height, inches, large=large, english=english)
    panel = KeyboardPanel(look)
    qtbot.addWidget(panel)
    panel.resize(width, panel.bed.height)
    panel.show_page(page)
    mm = look.metrics.mm
    for key in panel.keys:
        assert min(mm(key.width()), mm(key.height() - key.thickness)) >= 14 - 0.1, key.text()
        assert not key.overflows(), key.text()
        assert panel.rect().contains(key.geometry()), key.text()
    for one, other in itertools.combinations(panel.keys, 2):
        grown = one.geometry().adjusted(*(round(v * 2.4 * mm(1) ** -1) for v in (-1, -1, 1, 1)))
        assert not grown.intersects(other.geometry()), (one.text(), other.text())
    i18n.use_language(i18n.KOREAN)

"""Text fields take any input without harm: counted as people count, cut where they are full."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.letters import count_letters
from db.text import clean_text
from desktop.widgets.limit import Limit, readable
from tests.desktop.keyboard.conftest import Desk

FAMILY = "👨‍👩‍👧"


@pytest.mark.parametrize(
    "text",
    [
        *("각", "\u1112\u1161\u11ab", "e\u0301", FAMILY, "🇰🇷", "ㆍ", "ㅋ", "กำ", "ກຳ", "ｶ\uff9e"),
        *("ที่", "1️⃣", "👍🏽", "ᄒᆞᆫ", "நி"),
        *("ㅅㆍ", "ㅅㆍㆍ", "ㆍㆍ"),
    ],
)
def test_what_people_call_one_letter_counts_as_one(text: str) -> None:
    assert count_letters(text) == 1


@pytest.mark.parametrize(
    ("text", "count"), [("강ㆍ", 2), ("강ㆍㆍ", 2), ("ㆍㆍㆍ", 2), ("나무ㆍ꽃", 4), ("ㅅㅅㆍ", 2)]
)
def test_a_dot_belongs_to_the_letter_that_it_opens_and_to_no_whole_one(
    text: str, count: int
) -> None:
    assert count_letters(text) == count


@given(st.text(max_size=40), st.text(max_size=200), st.text(max_size=40))
def test_what_a_field_lets_in_always_fits_and_the_store_takes_it(
    before: str, added: str, after: str
) -> None:
    limit = Limit(300)
    start, end = readable(before, lines=True), readable(after, lines=True)
    let_in = limit.room_for(start, added, end, lines=True)
    assert limit.allows(start + let_in + end)
    clean_text(start + let_in + end)


@given(st.text(max_size=60), st.integers(0, 20))
def test_a_cut_never_leaves_half_a_letter(text: str, most: int) -> None:
    whole = readable(text, lines=True)
    cut = Limit(most).room_for("", text, "", lines=True)
    assert whole.startswith(cut)
    assert count_letters(cut) + count_letters(whole[len(cut) :]) == count_letters(whole)


def test_a_paste_of_ten_megabytes_is_cut_and_the_field_stays_alive(desk: Desk) -> None:
    QApplication.clipboard().setText("정원" * 1_700_000)
    QTest.keySequence(desk.area, QKeySequence(QKeySequence.StandardKey.Paste))
    assert desk.area.value == "정원" * 10
    QTest.keySequence(desk.field, QKeySequence(QKeySequence.StandardKey.Paste))
    assert desk.field.value == "정원" * 5
    QApplication.clipboard().clear()
    desk.press("ㄱ")
    QTest.keyClick(desk.area, Qt.Key.Key_Backspace)
    assert desk.area.value == ("정원" * 10)[:-1]


def test_a_system_keyboard_that_commits_too_much_is_cut_too(desk: Desk) -> None:
    event = QInputMethodEvent("", [])
    event.setCommitString("나" * 5000)
    QApplication.sendEvent(desk.field, event)
    assert desk.field.value == "나" * 10


def test_emoji_and_rare_jamo_are_kept_and_can_be_deleted(desk: Desk) -> None:
    for text in (FAMILY, "ᄒᆞᆫ글", "ㆍ"):
        mime = QMimeData()
        mime.setText(text)
        desk.area.insertFromMimeData(mime)
    assert desk.area.value == readable(FAMILY + "ᄒᆞᆫ글ㆍ", lines=True)
    for _ in range(40):
        desk.press("ㄱ")
        QTest.keyClick(desk.area, Qt.Key.Key_Backspace)
        QTest.keyClick(desk.area, Qt.Key.Key_Backspace)
    assert desk.area.value == ""


def test_writing_goes_on_in_the_right_place_after_an_emoji(desk: Desk, qtbot: QtBot) -> None:
    desk.field.set_value("🌳🌳")
    desk.field.setFocus()
    qtbot.waitUntil(lambda: desk.panel.typist.target is desk.field)
    desk.write("ㄴㅏ")
    assert desk.field.value == "🌳🌳나"
    desk.area.set_value("🌳")
    desk.area.setFocus()
    qtbot.waitUntil(lambda: desk.panel.typist.target is desk.area)
    desk.write("ㄴㅏ")
    assert desk.area.value == "🌳나"


def test_control_characters_and_turned_writing_are_left_out(desk: Desk) -> None:
    mime = QMimeData()
    mime.setText("가\x00나\u202e다\r\n라\t마")
    desk.area.insertFromMimeData(mime)
    assert desk.area.value == "가나다\n라 마"


def test_nothing_typed_ever_reaches_the_clipboard(desk: Desk) -> None:
    clipboard = QApplication.clipboard()
    clipboard.clear()
    desk.area.set_value("비밀")
    desk.field.set_value("비밀")
    for field in (desk.area, desk.field):
        for sequence in ("Ctrl+A", "Ctrl+C", "Ctrl+X", "Ctrl+Insert", "Shift+Del"):
            QTest.keySequence(field, QKeySequence(sequence))
    QTest.mouseDClick(desk.field, Qt.MouseButton.LeftButton)
    assert clipboard.text() == ""
    assert (desk.area.value, desk.field.value) == ("비밀", "비밀")


def test_undo_on_a_real_keyboard_asks_whoever_holds_the_text(desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.area.undo_asked):
        QTest.keySequence(desk.area, QKeySequence(QKeySequence.StandardKey.Undo))


def test_a_masked_field_shows_its_text_only_while_it_is_written(desk: Desk, qtbot: QtBot) -> None:
    desk.field._mask = lambda text: "•" * len(text)
    desk.field.set_value("010")
    assert desk.field._shown() == "•••"
    desk.field.setFocus()
    qtbot.waitUntil(desk.field.hasFocus)
    assert desk.field._shown() == "010"


def test_every_change_is_told_with_the_syllable_being_composed(desk: Desk) -> None:
    told: list[str] = []
    desk.area.edited.connect(told.append)
    desk.write("ㄱㅏㄴ")
    desk.press("내리기")
    assert told[:3] == ["ㄱ", "가", "간"]
    assert told[-1] == "간"

"""In the many-line field words stay whole, and what is longer than a line is parted at a letter."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.letters import letters
from desktop.widgets.text_area import TextArea
from desktop.widgets.word_lines import end_of_line
from tests.desktop.kiosk.feedback_stage import look

HUB = "전주혁신창업허브"
FAMILY, FLAG, OLD = "👨\u200d👩\u200d👧\u200d👦", "🇰🇷", "\u1112\u119e\u11ab"


@pytest.fixture
def area(qtbot: QtBot) -> Iterator[TextArea]:
    made = TextArea(look(), "글")
    qtbot.addWidget(made)
    made.resize(640, 700)
    made.show()
    made.activateWindow()
    made.setFocus()
    yield made


def lines(area: TextArea) -> list[str]:
    """What stands in each line, the syllable being composed included."""
    found = []
    block = area.document().begin()
    while block.isValid():
        layout, text = block.layout(), block.text().encode("utf-16-le")
        at = 2 * layout.preeditAreaPosition()
        if at >= 0:
            text = text[:at] + layout.preeditAreaText().encode("utf-16-le") + text[at:]
        for number in range(layout.lineCount()):
            line = layout.lineAt(number)
            start = 2 * line.textStart()
            found.append(text[start : start + 2 * line.textLength()].decode("utf-16-le"))
        block = block.next()
    return found


@pytest.mark.parametrize(
    ("text", "full", "end"),
    [
        ("나무 그늘", 3, 3),
        ("나무 그늘", 2, 2),
        ("나무 그늘", 4, 3),
        ("나무 그늘", 5, 5),
        ("나무그늘", 3, 3),
        ("나무(그늘)을", 4, 2),
        ("나무/그늘", 4, 3),
        ("나무\u00a0그늘 곁", 4, 4),
        ("", 0, 0),
    ],
)
def test_a_line_ends_behind_its_last_whole_word(text: str, full: int, end: int) -> None:
    assert end_of_line(text, 0, full) == end


def test_no_word_of_hangul_is_parted_wherever_the_line_ends(area: TextArea) -> None:
    words = ["나무", HUB, "앞", "그늘과", "의자를", "만성동에서", "AI정보공학과"]
    for shift in range(len(words)):
        turned = words[shift:] + words[:shift]
        area.set_value(" ".join(turned))
        shown = lines(area)
        assert len(shown) > 1 and [w for line in shown for w in line.split()] == turned


@pytest.mark.parametrize("letter", ["가", "w", FAMILY, FLAG, OLD, "ก\u0e33"])
def test_a_word_longer_than_the_line_is_parted_between_letters(area: TextArea, letter: str) -> None:
    area.set_value(f"끝 {letter * 40}")
    first, *rest = lines(area)
    assert first == "끝 " and len(rest) > 1
    assert [each for line in rest for each in letters(line)] == [letter] * 40


def test_a_word_that_grows_while_it_is_composed_moves_whole_to_the_next_line(
    area: TextArea,
) -> None:
    area.set_value("나무 그늘과 긴 의자를 남겨")
    (before,) = lines(area)
    for syllable in HUB:
        for stage in ("ㅎ", syllable):
            QApplication.sendEvent(area, QInputMethodEvent(stage, []))
        area.settle()
    QApplication.sendEvent(area, QInputMethodEvent("가", []))
    assert lines(area) == [before.removesuffix("남겨"), f"남겨{HUB}가"]
    assert area.value == f"{before}{HUB}가" and area.caret == len(area.value)
    assert area.cursorRect().top() > 0
    area.set_value("나무")
    assert lines(area) == ["나무"]


def test_a_finger_and_the_arrows_find_the_letter_they_point_at(area: TextArea) -> None:
    area.set_value(f"나무 그늘과 긴 의자를 {HUB}\n둘째 줄")
    assert len(lines(area)) == 3
    for position in (0, 4, 14, 18, len(area.value)):
        cursor = area.textCursor()
        cursor.setPosition(position)
        area.setTextCursor(cursor)
        at = area.cursorRect().center() + QPoint(1, 0)
        area.moveCursor(cursor.MoveOperation.Start)
        QTest.mouseClick(area.viewport(), Qt.MouseButton.LeftButton, pos=at)
        assert area.textCursor().position() == position
    QTest.keyClick(area, Qt.Key.Key_Up)
    assert lines(area)[1].startswith(area.value[13 : area.textCursor().position()])
    QTest.mouseClick(
        area.viewport(), Qt.MouseButton.LeftButton, pos=area.viewport().rect().bottomRight()
    )
    assert area.textCursor().position() == len(area.value)

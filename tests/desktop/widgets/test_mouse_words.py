"""Labels of the desk: words stay whole, and nothing of a resident's is taken for markup."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from desktop.theme.desk_look import DeskLook
from desktop.theme.fonts import add_fonts
from desktop.widgets.mouse.words import Label

ENGLISH = "None, a reply by receipt number alone and nothing else"
KOREAN = "비 온 다음 날 북쪽 나무 데크가 미끄러워 넘어질 뻔했습니다"


@pytest.mark.parametrize("text", [ENGLISH, KOREAN])
def test_lines_break_between_words_at_every_width(qtbot: QtBot, text: str) -> None:
    add_fonts()
    label = Label(DeskLook())
    qtbot.addWidget(label)
    label.say(text)
    for width in range(80, 360, 7):
        lines = label._lay_out(width)
        assert " ".join(lines).split() == text.split()
        assert label.heightForWidth(width) == len(lines) * label.minimumSizeHint().height()


def test_what_a_resident_wrote_is_shown_letter_by_letter(qtbot: QtBot) -> None:
    label = Label(DeskLook(), "<b>굵게</b> &amp; 😀")
    qtbot.addWidget(label)
    assert label._lay_out(400) == ("<b>굵게</b> &amp; 😀",)
    assert label.accessibleName() == "<b>굵게</b> &amp; 😀"

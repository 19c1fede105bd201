"""Page buttons beside what they turn, where a panel has no height for them below it."""

from __future__ import annotations

import ctypes
import gc
from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtWidgets import QApplication, QScroller, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.theme.fonts import add_fonts
from desktop.theme.look import Look
from desktop.theme.metrics import Metrics
from desktop.theme.palette import LIGHT
from desktop.widgets import dragging
from desktop.widgets.button import PressButton
from desktop.widgets.page_ends import PageEnds
from desktop.widgets.pager import Pager
from desktop.widgets.text import Text

#: Reference px of a body under the header: alone, and over the row of speech.
ROOMY, LOW = 410, 270


@pytest.fixture
def look(qapp: object) -> Look:
    add_fonts()
    return Look(Metrics.for_panel(1366, 768, 15.6, large=True), LIGHT)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """Alone a pager would not become lower than all its buttons."""
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


def pager(look: Look, window: QWidget, room: float, words: str = "나무 한 그루 " * 60) -> Pager:
    """A pager with a screen's action, `room` reference px high."""
    content = QWidget()
    QVBoxLayout(content).addWidget(Text(look, words))
    made = Pager(look, content)
    made.setParent(window)
    assert made.side is not None
    made.side.addWidget(PressButton(look, "다음", variant="main"))
    window.resize(look.metrics.width, look.px(room))
    made.setGeometry(window.rect())
    window.show()
    settle()
    return made


def settle() -> None:
    for _ in range(4):
        QApplication.processEvents()


def seen(made: Pager) -> list[str]:
    """The words of the buttons from top to bottom; all of them whole."""
    shown = [b for b in made.findChildren(PressButton) if b.isVisible()]
    places = {b.mapTo(made, b.rect().topLeft()).y(): b for b in shown}
    for top, button in places.items():
        assert top >= 0 and top + button.height() <= made.height(), button.text()
    return [places[top].text() for top in sorted(places)]


def test_both_page_buttons_and_the_action_are_whole_beside_the_words(
    look: Look, window: QWidget
) -> None:
    made = pager(look, window, ROOMY)
    assert seen(made) == ["위로", "아래로", "다음"]


def test_in_less_height_the_action_waits_for_the_last_page(look: Look, window: QWidget) -> None:
    made = pager(look, window, LOW)
    pages = 0
    while made.down.isVisible():
        assert seen(made) == ["위로", "아래로"]
        made.down.click()
        settle()
        pages += 1
    assert pages > 1
    assert seen(made) == ["위로", "다음"]
    made.up.click()
    settle()
    assert seen(made) == ["위로", "아래로"]


def test_an_action_needs_no_page_buttons_beside_a_short_page(look: Look, window: QWidget) -> None:
    made = pager(look, window, LOW, "나무 한 그루")
    assert seen(made) == ["다음"]


def ink(part: QWidget) -> QRect:
    """Where its letters stand, or all of it."""
    rect = part.geometry()
    if isinstance(part, Text):
        ((top, foot),) = part.uncut()
        return QRect(rect.x(), rect.y() + top, rect.width(), foot - top)
    return rect


def pages_of(made: Pager) -> list[list[str]]:
    """What can be read on each page: the words of the parts that are whole there."""
    content, read = made.content, []
    parts = [w for w in content.findChildren(QWidget) if isinstance(w, Text | PressButton)]
    while True:
        shown = content.mask().boundingRect()
        read.append([w.text() for w in parts if shown.contains(ink(w))])
        for part in parts:
            # What is not whole there is not there at all.
            assert shown.contains(ink(part)) or not shown.intersects(ink(part)), part.text()
        if not made.down.isEnabled():
            return read
        made.down.click()
        settle()


@pytest.mark.parametrize("gap", [0, 7, 40])
@pytest.mark.parametrize("make", [Text, PressButton])
def test_a_page_ends_between_two_lines_and_the_next_begins_with_the_one_that_did_not_fit(
    look: Look, window: QWidget, make: type[Text] | type[PressButton], gap: int
) -> None:
    content = QWidget()
    column = QVBoxLayout(content)
    column.setSpacing(gap)
    words = [f"{number}번째 줄" for number in range(11)]
    for each in words:
        column.addWidget(make(look, each))
    made = Pager(look, content)
    made.setParent(window)
    window.resize(look.metrics.width, look.px(ROOMY))
    made.setGeometry(window.rect())
    window.show()
    settle()
    pages = pages_of(made)
    assert len(pages) > 2 and all(pages)
    for before, page in pairwise(pages[:-1]):
        assert words.index(page[0]) == words.index(before[-1]) + 1
    assert pages[-1][-1] == words[-1]
    assert {each for page in pages for each in page} == set(words)
    assert made._place.text() == f"{len(pages)} / {len(pages)}"
    for _ in pages:
        made.up.click()
    settle()
    assert made._area.verticalScrollBar().value() == 0


def test_what_the_program_shows_lies_whole_on_its_page(look: Look, window: QWidget) -> None:
    made = pager(look, window, ROOMY)
    lines = made.content.findChildren(Text)[0]
    button = PressButton(look, "단추")
    layout = made.content.layout()
    assert layout is not None
    layout.addWidget(button)
    settle()
    made.show_whole(button)
    settle()
    assert made.content.mask().boundingRect().contains(button.geometry())
    made.show_whole(lines)
    assert made.up.isEnabled() is False


def test_a_page_shows_the_first_lines_of_a_card_that_the_next_one_repeats() -> None:
    rows, lines = ((0, 100), (110, 330)), ((10, 50), (60, 90), (120, 160), (170, 210), (220, 320))
    ends = PageEnds(rows, lines, 340, air=8)
    assert ends.starts(250) == [0, 100] and ends.end(0, 250) == 218
    assert ends.end(100, 250) == 340
    # A card that fills less than it would leave free waits for its page.
    ends = PageEnds(((0, 200), (210, 420)), ((10, 190), (220, 410)), 430, air=8)
    assert ends.starts(250) == [0, 200] and ends.end(0, 250) == 208


def test_what_stands_beside_others_at_every_height_is_cut_only_where_it_is_higher() -> None:
    picture, lines = (0, 290), tuple((10 + 50 * n, 48 + 50 * n) for n in range(8))
    ends = PageEnds((), (picture, *lines), 420, air=8)
    assert ends.starts(300)[0] == 0
    for start in ends.starts(300):
        for edge in (start, ends.end(start, 300)):
            assert not any(top < edge < bottom for top, bottom in lines)


def test_every_pager_feels_a_finger_and_all_share_one_gesture(look: Look) -> None:
    asked = dragging._dragging.cache_info().misses
    for _ in range(3):
        made = Pager(look, QWidget())
        viewport = made._area.viewport()
        assert QScroller.hasScroller(viewport)
        assert viewport.testAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        made.deleteLater()
    assert dragging._dragging.cache_info().misses <= max(asked, 1)


def test_three_hundred_pagers_leave_no_memory_behind(look: Look) -> None:
    def open_and_close(times: int) -> None:
        for _ in range(times):
            Pager(look, QWidget()).deleteLater()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()

    open_and_close(60)
    before = allocated()
    open_and_close(300)
    # A gesture of its own for each was 3,400 bytes of it.
    assert (allocated() - before) / 300 < 1_000


def allocated() -> int:
    """Bytes that the C library has given out, to Qt above all."""
    info = ctypes.CDLL(None).mallinfo2
    info.restype = _Mallinfo
    found = info()
    return int(found.uordblks + found.hblkhd)


class _Mallinfo(ctypes.Structure):
    _fields_ = [
        (name, ctypes.c_size_t)
        for name in (
            *("arena", "ordblks", "smblks", "hblks", "hblkhd"),
            *("usmblks", "fsmblks", "uordblks", "fordblks", "keepcost"),
        )
    ]

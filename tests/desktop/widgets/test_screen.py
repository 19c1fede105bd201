"""A screen is given all the room there is, and turns pages where that is too little."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.theme.fonts import add_fonts
from desktop.theme.look import Look
from desktop.theme.metrics import Metrics
from desktop.theme.palette import LIGHT
from desktop.widgets.button import PressButton
from desktop.widgets.header import Header
from desktop.widgets.pager import Pager
from desktop.widgets.screen import Screen, Turner
from desktop.widgets.text import Text

Make = Callable[..., Screen[None, None]]
LOOK = Look(Metrics.for_panel(1080, 1920, 24, low=True), LIGHT)


@pytest.fixture
def make(qtbot: QtBot) -> Iterator[Make]:
    add_fonts()

    def make_it(
        *parts: QWidget, height: int, title: str = "제목", look: Look = LOOK
    ) -> Screen[None, None]:
        screen = Screen[None, None](look, "화면", Header(look, title, back="뒤로"))
        for part in parts:
            screen.body.addWidget(part)
        qtbot.addWidget(screen)
        screen.resize(look.metrics.width, height)
        screen.show()
        # Layouts ask for each other until they agree.
        qtbot.waitUntil(lambda: not any(p.height() == 0 for p in parts))
        return screen

    yield make_it


def answers(count: int) -> list[PressButton]:
    return [PressButton(LOOK, f"답 {i}") for i in range(count)]


def page_buttons(screen: Screen[None, None]) -> list[PressButton]:
    pagers = screen.findChildren(Pager)
    return [b for p in pagers for b in (p.up, p.down) if b.isVisible()]


def test_what_fits_fills_its_place_and_has_no_page_buttons(make: Make) -> None:
    parts = answers(3)
    screen = make(*parts, height=800)
    assert not page_buttons(screen)


def test_what_does_not_fit_is_turned_and_never_squeezed(make: Make, qtbot: QtBot) -> None:
    parts = answers(9)
    screen = make(*parts, height=600)
    qtbot.waitUntil(lambda: len(page_buttons(screen)) == 2)
    for one, other in pairwise(parts):
        assert one.geometry().bottom() < other.geometry().top()
        assert not one.overflows()


def long_page(look: Look = LOOK) -> Pager:
    content = QWidget()
    column = QVBoxLayout(content)
    for each in answers(12):
        column.addWidget(each)
    return Pager(look, content)


def test_a_page_within_a_page_shows_all_it_has(make: Make, qtbot: QtBot) -> None:
    inner = long_page()
    screen = make(*answers(5), inner, height=700)
    qtbot.waitUntil(lambda: inner.unrolled)
    qtbot.waitUntil(lambda: len(page_buttons(screen)) == 2)
    assert not inner.up.isVisible()
    last = next(b for b in inner.findChildren(PressButton) if b.text() == "답 11")
    qtbot.waitUntil(lambda: inner.height() >= 12 * last.height())
    inner.show_whole(last)
    assert not last.visibleRegion().isEmpty()
    screen.resize(screen.width(), 1900)
    qtbot.waitUntil(lambda: not inner.unrolled)


def test_a_page_turns_by_itself_where_the_rest_leaves_it_lines_enough(
    make: Make, qtbot: QtBot
) -> None:
    inner = long_page()
    screen = make(*answers(1), inner, height=800)
    qtbot.waitUntil(lambda: inner.up.isVisible())
    assert page_buttons(screen) == [inner.up, inner.down]
    assert not inner.unrolled


def test_a_page_beside_what_is_higher_than_the_panel_turns_with_it_and_stays_so(
    make: Make, qtbot: QtBot
) -> None:
    inner, beside = long_page(), QWidget()
    row, column = QHBoxLayout(), QVBoxLayout(beside)
    for each in answers(7):
        column.addWidget(each)
    row.addWidget(beside)
    row.addWidget(inner, 1)
    both = QWidget()
    both.setLayout(row)
    screen = make(both, height=640)
    turner = screen.findChildren(Turner)[0]
    qtbot.waitUntil(lambda: inner.unrolled and turner.up.isVisible())
    for _ in range(3):
        turner.judge()  # the same answer, however often it is asked
        assert inner.unrolled and len(turner._starts) > 1 and turner.up.isVisible()
    screen.resize(screen.width(), 1900)
    qtbot.waitUntil(lambda: not inner.unrolled and not page_buttons(screen))


#: Large letters on the smallest lying panel: page buttons stand at the side.
TIGHT = Look(Metrics.for_panel(1366, 768, 15.6, large=True), LIGHT)


def test_pages_within_a_page_never_stand_two_columns_beside_each_other(
    make: Make, qtbot: QtBot
) -> None:
    inner, action = long_page(TIGHT), PressButton(TIGHT, "다음")
    assert inner.side is not None
    inner.side.addWidget(action)
    screen = make(*answers(4), inner, height=420, look=TIGHT)
    qtbot.waitUntil(lambda: inner.unrolled)
    qtbot.waitUntil(lambda: len(page_buttons(screen)) == 2)
    up, down = page_buttons(screen)
    assert not inner.isAncestorOf(up)
    assert up.geometry().bottom() < down.geometry().top()
    last = next(b for b in inner.findChildren(PressButton) if b.text() == "답 11")
    qtbot.waitUntil(
        lambda: (
            action.mapTo(inner, action.rect().topLeft()).y()
            > last.mapTo(inner, last.rect().bottomLeft()).y()
        )
    )
    inner.show_whole(action)
    assert action.visibleRegion().boundingRect() == action.rect()


def test_whether_a_screen_turns_does_not_follow_from_how_it_did_before(
    make: Make, qtbot: QtBot
) -> None:
    inner = long_page(TIGHT)
    screen = make(*answers(1), inner, height=520, look=TIGHT)
    for height in (300, 520, 300, 520):
        screen.resize(screen.width(), height)
        qtbot.waitUntil(lambda height=height: inner.unrolled is (height == 300))  # type: ignore[misc]
        qtbot.waitUntil(lambda: len(page_buttons(screen)) == 2)


@pytest.mark.parametrize(("height", "beside"), [(580, 400), (580, 600), (620, 500), (700, 600)])
def test_a_screen_turns_where_what_stands_beside_a_page_is_too_high(
    make: Make, height: int, beside: int
) -> None:
    """Rolled up the page is lower than its neighbour, so that rolling it up wins less than it lets
    expect: the screen went from one to the other and back until the process died."""
    look = Look(Metrics.for_panel(1920, 1080, 24, large=True), LIGHT)
    content, neighbour, box = QWidget(), QWidget(), QWidget()
    column = QVBoxLayout(content)
    for _ in range(6):
        column.addWidget(Text(look, "긴 글이 여기 있습니다 " * 3))
    column.addStretch(1)
    neighbour.setMinimumHeight(beside)
    inner = Pager(look, content)
    row = QHBoxLayout(box)
    row.addWidget(inner, 2)
    row.addWidget(neighbour, 1)
    screen = make(box, height=height, look=look)
    for each in (height - 20, height):
        screen.resize(screen.width(), each)
        for _ in range(4):
            QApplication.processEvents()
    # Only what has room neither rolled up nor unrolled turns with the whole screen.
    room = screen.findChildren(Turner)[0].height()
    assert inner.unrolled is (beside > room) and len(page_buttons(screen)) == 2


@pytest.mark.parametrize("title", ["도움말", "제목이 아주 길어서 한 줄에 서지 못하는 화면"])
@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("panel", [(1920, 1080), (1080, 1920), (1366, 768)])
def test_the_way_back_stands_in_one_place_whatever_the_title(
    make: Make, panel: tuple[int, int], large: bool, title: str
) -> None:
    look = Look(Metrics.for_panel(*panel, 24, large=large), LIGHT)
    screen = make(height=700, title=title, look=look)
    short = make(height=700, title="가", look=look)
    places = {
        s.header.back.mapTo(s, s.header.back.rect().topLeft()) for s in (screen, short) if s.header
    }
    assert len(places) == 1


@pytest.mark.parametrize(
    "panel", [(1920, 1080, 24.0), (1366, 768, 24.0), (1366, 768, 15.6), (1080, 1920, 24.0)]
)
def test_a_head_is_never_lower_than_its_words(qtbot: QtBot, panel: tuple[int, int, float]) -> None:
    add_fonts()
    look = Look(Metrics.for_panel(*panel, large=True), LIGHT)
    screen = Screen[None, None](look, "화면", Header(look, site="", staff=False))
    for each in answers(9):
        screen.body.addWidget(each)
    qtbot.addWidget(screen)
    screen.resize(look.metrics.width, look.px(300))
    screen.show()
    assert screen.header is not None
    brand = screen.header.findChildren(Text)
    assert brand
    qtbot.waitUntil(lambda: not any(words.overflows() for words in brand))

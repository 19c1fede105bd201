"""Page buttons beside what they turn, where a panel has no height for them below it."""

from __future__ import annotations

import ctypes
import gc

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QScroller, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.kiosk.app import add_fonts
from desktop.theme.look import Look
from desktop.theme.metrics import Metrics
from desktop.theme.palette import LIGHT
from desktop.widgets import pager as pager_module
from desktop.widgets.button import PressButton
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


def test_every_pager_feels_a_finger_and_all_share_one_gesture(look: Look) -> None:
    asked = pager_module._dragging.cache_info().misses
    for _ in range(3):
        made = Pager(look, QWidget())
        viewport = made._area.viewport()
        assert QScroller.hasScroller(viewport)
        assert viewport.testAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        made.deleteLater()
    assert pager_module._dragging.cache_info().misses <= max(asked, 1)


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

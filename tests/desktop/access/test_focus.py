"""Keys reach everything in the order one reads, and the ring shows where one is."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.access.bar import AccessBar, BarKey
from desktop.access.focus import FocusKeys
from desktop.access.focus_ring import FocusRing
from desktop.access.input import InputGate
from desktop.access.targets import nearest, place, targets
from desktop.keyboard.panel import KeyboardPanel
from desktop.theme.look import Look
from desktop.theme.palette import CONTRAST
from desktop.widgets.button import PressButton
from desktop.widgets.field import TextField
from desktop.widgets.pager import Pager
from desktop.widgets.text_area import TextArea
from tests.desktop.access.conftest import Window


@pytest.fixture
def keys(window: Window) -> Iterator[FocusKeys]:
    keys = FocusKeys(lambda: [window], window)
    gate = InputGate([keys])
    gate.install()
    yield keys
    gate.remove()


def grid(window: Window, columns: int = 3, rows: int = 3) -> list[QPushButton]:
    """Buttons in rows, made in an order that is not the reading order."""
    made = {}
    for number in reversed(range(columns * rows)):
        button = QPushButton(str(number), window)
        row, column = divmod(number, columns)
        button.setGeometry(20 + column * 220, 20 + row * 120, 200, 100)
        made[number] = button
    return [made[n] for n in range(columns * rows)]


def test_tab_follows_the_reading_order_and_comes_round(
    window: Window, keys: FocusKeys, qtbot: QtBot
) -> None:
    buttons = grid(window)
    window.present()
    buttons[0].setFocus()
    seen = []
    for _ in range(len(buttons)):
        focused = window.focusWidget()
        seen.append(focused)
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    assert seen == buttons
    assert window.focusWidget() is buttons[0]
    qtbot.keyClick(buttons[0], Qt.Key.Key_Backtab)
    assert window.focusWidget() is buttons[-1]


def test_a_column_is_read_to_its_end_before_the_next_one(window: Window) -> None:
    holder = QWidget(window)
    holder.setGeometry(window.rect())
    row = QHBoxLayout(holder)
    expected = []
    for name in ("left", "right"):
        column = QWidget()
        box = QVBoxLayout(column)
        for number in range(3):
            button = QPushButton(f"{name} {number}")
            box.addWidget(button)
            expected.append(button)
        row.addWidget(column)
    window.present()
    assert targets(window) == expected


def test_a_view_may_set_its_own_order(window: Window) -> None:
    buttons = grid(window)
    window.focus_order = lambda: [buttons[4], buttons[0]]  # type: ignore[attr-defined]
    window.present()
    assert targets(window) == [buttons[4], buttons[0]]


def test_hidden_and_disabled_targets_are_passed_over(window: Window) -> None:
    buttons = grid(window, 3, 1)
    window.present()
    buttons[0].hide()
    buttons[1].setEnabled(False)
    assert targets(window) == [buttons[2]]


@pytest.mark.parametrize(
    ("start", "key", "end"),
    [
        (4, Qt.Key.Key_Up, 1),
        (4, Qt.Key.Key_Down, 7),
        (4, Qt.Key.Key_Left, 3),
        (4, Qt.Key.Key_Right, 5),
        (2, Qt.Key.Key_Right, 2),
        (0, Qt.Key.Key_Up, 0),
    ],
)
def test_an_arrow_goes_to_the_neighbour_in_its_direction(
    window: Window, keys: FocusKeys, qtbot: QtBot, start: int, key: Qt.Key, end: int
) -> None:
    buttons = grid(window)
    window.present()
    buttons[start].setFocus()
    qtbot.keyClick(buttons[start], key)
    assert window.focusWidget() is buttons[end]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    cells=st.sets(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=2, max_size=14),
    data=st.data(),
)
def test_an_arrow_never_goes_the_other_way(
    window: Window, cells: set[tuple[int, int]], data: st.DataObject
) -> None:
    holder = QWidget(window)
    holder.setGeometry(0, 0, 1000, 600)
    for x, y in sorted(cells):
        QPushButton(f"{x},{y}", holder).setGeometry(x * 160, y * 95, 140, 80)
    window.present()
    holder.show()
    buttons = targets(holder)
    start = data.draw(st.sampled_from(buttons))
    signs = {
        Qt.Key.Key_Left: (-1, 0),
        Qt.Key.Key_Right: (1, 0),
        Qt.Key.Key_Up: (0, -1),
        Qt.Key.Key_Down: (0, 1),
    }
    here = place(start).center()
    for key, (sx, sy) in signs.items():
        found = nearest(start, buttons, key)
        if found is None:
            ahead = [b for b in buttons if sx * (b.x() - start.x()) + sy * (b.y() - start.y()) > 0]
            assert not ahead
        else:
            there = place(found).center()
            assert sx * (there.x() - here.x()) + sy * (there.y() - here.y()) > 0
    holder.deleteLater()
    holder.setParent(None)


def test_a_text_field_keeps_the_arrows_it_needs_and_is_no_trap(
    window: Window, keys: FocusKeys, qtbot: QtBot
) -> None:
    line = QLineEdit("나무", window)
    line.setGeometry(20, 20, 300, 60)
    area = QTextEdit(window)
    area.setPlainText("한 줄\n두 줄")
    area.setGeometry(20, 100, 300, 200)
    button = QPushButton("아래", window)
    button.setGeometry(20, 320, 300, 60)
    window.present()
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_Left)
    assert window.focusWidget() is line
    qtbot.keyClick(line, Qt.Key.Key_Down)
    assert window.focusWidget() is area
    qtbot.keyClick(area, Qt.Key.Key_Down)
    assert window.focusWidget() is area
    assert area.textCursor().blockNumber() == 1
    qtbot.keyClick(area, Qt.Key.Key_Down)
    assert window.focusWidget() is button
    area.setFocus()
    qtbot.keyClick(area, Qt.Key.Key_Tab)
    assert window.focusWidget() is button
    assert area.toPlainText() == "한 줄\n두 줄"


@pytest.mark.parametrize(
    ("key", "name"),
    [
        (Qt.Key.Key_Escape, "back"),
        (Qt.Key.Key_Back, "back"),
        (Qt.Key.Key_Home, "home"),
        (Qt.Key.Key_HomePage, "home"),
        (Qt.Key.Key_F1, "help"),
        (Qt.Key.Key_Help, "help"),
    ],
)
def test_back_home_and_help_have_keys_of_their_own(
    window: Window, keys: FocusKeys, qtbot: QtBot, key: Qt.Key, name: str
) -> None:
    button = QPushButton("단추", window)
    window.present()
    with qtbot.waitSignal(getattr(keys, name), timeout=10_000):
        qtbot.keyClick(button, key)


def test_rows_out_of_view_are_reached_by_arrow_and_scrolled_into_view(
    window: Window, look: Look, keys: FocusKeys, qtbot: QtBot
) -> None:
    content = QWidget()
    box = QVBoxLayout(content)
    rows = [PressButton(look, f"줄 {n}", height=100) for n in range(12)]
    for row in rows:
        box.addWidget(row)
    holder = QWidget(window)
    holder.setGeometry(window.rect())
    column = QVBoxLayout(holder)
    column.addWidget(Pager(look, content))
    below = QPushButton("아래")
    column.addWidget(below)
    window.present()
    rows[0].setFocus()
    for _ in range(11):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Down)
    assert window.focusWidget() is rows[11]
    assert not rows[11].visibleRegion().isEmpty()
    assert rows[11].visibleRegion().boundingRect().height() == rows[11].height()


def test_the_place_is_kept_when_the_view_is_built_anew(
    window: Window, keys: FocusKeys, qtbot: QtBot
) -> None:
    buttons = grid(window)
    window.present()
    buttons[5].setFocus()
    keys.remember()
    for button in buttons:
        button.setParent(None)
        button.deleteLater()
    again = grid(window)
    for button in again:
        button.show()
    keys.resume()
    assert window.focusWidget() is again[5]


def test_the_ring_shows_after_a_key_and_goes_with_a_touch(
    window: Window, look: Look, keys: FocusKeys, qtbot: QtBot
) -> None:
    buttons = grid(window)
    ring = FocusRing(look, window)
    keys.by_key.connect(ring.show_ring)
    keys.by_touch.connect(ring.hide_ring)
    window.present()
    buttons[0].setFocus()
    assert not ring.isVisible()
    qtbot.keyClick(buttons[0], Qt.Key.Key_Tab)
    assert ring.target is buttons[1]
    around = look.px(10)
    wanted = buttons[1].geometry().adjusted(-around, -around, around, around)
    assert ring.geometry() == wanted
    buttons[1].move(400, 300)
    assert ring.geometry().contains(QRect(400, 300, 200, 100))
    qtbot.mouseClick(buttons[2], Qt.MouseButton.LeftButton)
    assert ring.target is None


def test_the_ring_forgets_a_target_that_was_thrown_away(
    window: Window, look: Look, qtbot: QtBot
) -> None:
    button = QPushButton("단추", window)
    ring = FocusRing(look, window)
    window.present()
    button.setFocus()
    ring.show_ring()
    assert ring.target is button
    with qtbot.waitSignal(button.destroyed, timeout=10_000):
        button.deleteLater()
    assert ring.target is None


def _luminance(colour: QColor) -> float:
    parts: list[float] = []
    for value in (colour.redF(), colour.greenF(), colour.blueF()):
        parts.append(value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4)
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor, other: QColor) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("mode", ["light", "contrast", "bar"])
def test_the_ring_is_a_millimetre_thick_and_stands_out_on_every_ground(
    window: Window, look: Look, qtbot: QtBot, mode: str
) -> None:
    if mode == "contrast":
        look = Look(look.metrics, CONTRAST)
    if mode == "bar":
        bar = AccessBar(look)
        bar.setParent(window)
        bar.setGeometry(0, 0, 1900, 104)
        window.resize(1920, 300)
        target: QWidget = bar.buttons[BarKey.HOME]
        ground = look.palette.soil
    else:
        target = PressButton(look, "단추")
        target.setParent(window)
        target.setGeometry(100, 100, 300, 80)
        ground = look.palette.paper
    ring = FocusRing(look, window)
    window.present()
    target.setFocus()
    ring.show_ring()
    inner, outer = ring._bands()
    assert contrast(inner, outer) >= 3
    assert max(contrast(outer, ground), contrast(inner, ground)) >= 3
    assert look.metrics.mm(look.px(6)) >= 1
    image = ring.grab().toImage()
    found = {image.pixelColor(x, image.height() // 2).name() for x in range(look.px(10))}
    assert {inner.name(), outer.name()} <= found


def test_neighbours_in_order_are_all_different(window: Window) -> None:
    grid(window)
    window.present()
    order = targets(window)
    assert len(set(order)) == len(order)
    assert all(a is not b for a, b in pairwise(order))


@pytest.fixture
def writing(window: Window, look: Look, qtbot: QtBot) -> Iterator[FocusKeys]:
    """A field with the keyboard docked below it and a button below that."""
    window.resize(1920, 1000)
    field = TextField(look, "글")
    field.setParent(window)
    field.setGeometry(40, 40, 1400, 100)
    panel = KeyboardPanel(look)
    panel.setParent(window)
    panel.setGeometry(0, 300, 1920, 480)
    below = QPushButton("아래", window)
    below.setGeometry(40, 850, 400, 90)
    keys = FocusKeys(lambda: [field, below], window, keyboard=lambda: panel)
    gate = InputGate([keys])
    gate.install()
    window.present()
    field.setFocus()
    yield keys
    gate.remove()


def test_four_arrows_and_the_confirm_key_write_a_word(
    writing: FocusKeys, window: Window, qtbot: QtBot
) -> None:
    field = window.focusWidget()
    assert isinstance(field, TextField)
    by_name = {key.text(): key for key in writing.walk.within_reach()}
    for letter in "ㄴㅏㅁㅜ":
        if writing.walk.key is None:
            qtbot.keyClick(field, Qt.Key.Key_Down)
        for _ in range(40):
            assert writing.walk.key is not None
            here, there = place(writing.walk.key).center(), place(by_name[letter]).center()
            if writing.walk.key is by_name[letter]:
                break
            if abs(here.y() - there.y()) > 40:
                step = Qt.Key.Key_Down if there.y() > here.y() else Qt.Key.Key_Up
            else:
                step = Qt.Key.Key_Right if there.x() > here.x() else Qt.Key.Key_Left
            qtbot.keyClick(field, step)
        qtbot.keyClick(field, Qt.Key.Key_Return)
        assert window.focusWidget() is field
    assert field.value == "나무"


@pytest.mark.parametrize("confirm", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_enter_on_the_keyboard_of_the_screen_enters_once_and_puts_it_away(
    writing: FocusKeys, window: Window, qtbot: QtBot, confirm: Qt.Key
) -> None:
    field = window.focusWidget()
    assert isinstance(field, TextField)
    field.set_value("나무")
    qtbot.keyClick(field, Qt.Key.Key_Down)
    keys = writing.walk.within_reach()
    writing.walk._point(next(key for key in keys if key.text() == "입력"))
    entered: list[bool] = []
    field.entered.connect(lambda: entered.append(True))
    panel = window.findChild(KeyboardPanel)
    assert panel is not None
    with qtbot.waitSignal(panel.put_away):
        qtbot.keyClick(field, confirm)
    assert (entered, field.value) == ([True], "나무")
    writing.resume()
    assert isinstance(window.focusWidget(), QPushButton)


def test_a_new_line_by_the_keypad_is_one_new_line(
    writing: FocusKeys, window: Window, qtbot: QtBot, look: Look
) -> None:
    area = TextArea(look, "글")
    area.setParent(window)
    area.setGeometry(40, 150, 1400, 140)
    area.show()
    area.setFocus()
    qtbot.waitUntil(area.hasFocus)
    writing.walk.enter(area)
    for word in ("ㄱ", "줄바꿈", "ㄴ", "지우기", "지우기", "줄바꿈"):
        key = next(key for key in writing.walk.within_reach() if key.text() == word)
        writing.walk._point(key)
        qtbot.keyClick(area, Qt.Key.Key_Return)
        assert writing.walk.key is key
    assert area.value == "ㄱ\n"


@pytest.mark.parametrize("word", ["줄바꿈", "입력", "지우기", "ㄱ", "띄어쓰기"])
def test_a_finger_on_a_key_is_no_key_of_the_keypad(
    writing: FocusKeys, window: Window, qtbot: QtBot, look: Look, word: str
) -> None:
    if word == "줄바꿈":
        area = TextArea(look, "글")
        area.setParent(window)
        area.show()
        area.setFocus()
        qtbot.waitUntil(area.hasFocus)
    key = next(key for key in writing.walk.within_reach() if key.text() == word)
    with qtbot.assertNotEmitted(writing.by_key):
        qtbot.mouseClick(key, Qt.MouseButton.LeftButton)
    assert writing.walk.key is None


def test_the_pointer_leaves_the_keyboard_upward_downward_and_by_escape(
    writing: FocusKeys, window: Window, qtbot: QtBot
) -> None:
    field = window.focusWidget()
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: writing.walk.key is not None)
    for _ in range(8):
        if writing.walk.key is not None:
            qtbot.keyClick(field, Qt.Key.Key_Up)
    assert writing.walk.key is None
    assert window.focusWidget() is field
    qtbot.keyClick(field, Qt.Key.Key_Down)
    with qtbot.assertNotEmitted(writing.back):
        qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert writing.walk.key is None
    for _ in range(9):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Down)
    assert isinstance(window.focusWidget(), QPushButton)


def test_another_page_of_keys_keeps_the_pointer_at_its_place(
    writing: FocusKeys, window: Window, qtbot: QtBot
) -> None:
    field = window.focusWidget()
    qtbot.keyClick(field, Qt.Key.Key_Down)
    turn = next(k for k in writing.walk.within_reach() if k.property("turn") or "123" in k.text())
    writing.walk._point(turn)
    before = place(turn).center()
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: writing.walk.key in writing.walk.within_reach())
    assert writing.walk.key is not None
    assert (place(writing.walk.key).center() - before).manhattanLength() < 300

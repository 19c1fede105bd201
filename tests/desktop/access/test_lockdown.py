"""A kiosk is a window one cannot fall out of."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from desktop.access.input import InputGate
from desktop.access.lockdown import Lockdown, forget_clipboard, hide_pointer
from tests.desktop.access.conftest import Window


@pytest.fixture
def locked(window: Window) -> Iterator[Window]:
    gate = InputGate([Lockdown()])
    gate.install()
    yield window
    gate.remove()


def test_no_menu_opens_on_a_field(locked: Window) -> None:
    field = QLineEdit("글", locked)
    locked.present()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(5, 5), QPoint(5, 5))
    QApplication.sendEvent(field, event)
    assert QApplication.activePopupWidget() is None


@pytest.mark.parametrize(
    ("key", "modifier", "taken"),
    [
        (Qt.Key.Key_F4, Qt.KeyboardModifier.AltModifier, True),
        (Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier, True),
        (Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier, True),
        (Qt.Key.Key_Q, Qt.KeyboardModifier.NoModifier, False),
        (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier, False),
    ],
)
def test_keys_that_would_leave_the_program_are_taken(
    window: Window, key: Qt.Key, modifier: Qt.KeyboardModifier, taken: bool
) -> None:
    event = QKeyEvent(QKeyEvent.Type.KeyPress, key, modifier)
    assert Lockdown().handle(window, event) is taken


def test_the_clipboard_is_empty_after_a_visit(qapp: object) -> None:
    QGuiApplication.clipboard().setText("이웃의 전화번호")
    forget_clipboard()
    assert QGuiApplication.clipboard().text() == ""


def test_a_touch_screen_shows_no_pointer(qapp: QApplication) -> None:
    hide_pointer()
    try:
        cursor = QApplication.overrideCursor()
        assert cursor is not None and cursor.shape() == Qt.CursorShape.BlankCursor
    finally:
        QApplication.restoreOverrideCursor()

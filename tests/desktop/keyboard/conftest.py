"""A window with a many-line field, a one-line field and the keyboard under them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop import i18n
from desktop.keyboard.key import KeyButton
from desktop.keyboard.layouts import Act
from desktop.keyboard.panel import KeyboardPanel
from desktop.theme.fonts import add_fonts
from desktop.theme.look import Look
from desktop.theme.metrics import Metrics
from desktop.theme.palette import LIGHT
from desktop.widgets.field import TextField
from desktop.widgets.text_area import TextArea


@dataclass
class Desk:
    """What a resident has before them; `press` taps keys by what stands on them."""

    window: QWidget
    area: TextArea
    field: TextField
    plain: QLineEdit
    panel: KeyboardPanel

    def key(self, words: str | Act) -> KeyButton:
        for key in self.panel.keys:
            if words in (key.key.act, key.text()) and (
                isinstance(words, Act) or key.key.act is not Act.SHIFT
            ):
                return key
        raise LookupError(f"no key {words}; there are {[k.text() for k in self.panel.keys]}")

    def press(self, *keys: str | Act) -> None:
        for words in keys:
            QTest.mouseClick(self.key(words), Qt.MouseButton.LeftButton)

    def write(self, letters: str) -> None:
        """Tap the letters one by one; a blank is the space key."""
        self.press(*(Act.SPACE if letter == " " else letter for letter in letters))


def panel_look(width: int = 1920, height: int = 1080, inches: float = 24.0, **how: bool) -> Look:
    language = "en" if how.pop("english", False) else "ko"
    i18n.use_language(language)
    return Look(Metrics.for_panel(width, height, inches, **how), LIGHT, language)


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    add_fonts()
    look = panel_look()
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    area = TextArea(look, "글", limit=20)
    field = TextField(look, "찾기", limit=10)
    plain = QLineEdit()
    panel = KeyboardPanel(look)
    for each in (area, field, plain, panel):
        column.addWidget(each)
    window.resize(1920, 976)
    window.show()
    window.activateWindow()
    area.setFocus()
    qtbot.waitUntil(lambda: panel.typist.target is area)
    yield Desk(window, area, field, plain, panel)
    i18n.use_language(i18n.KOREAN)

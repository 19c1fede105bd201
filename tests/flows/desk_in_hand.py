"""The real desk in this process: its window, the real store, keys and drops as Qt delivers them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from db.clock import system_clock
from db.records.feedback import ReviewState
from desktop.desk.app import Desk
from desktop.desk.screens import Screens
from desktop.settings import Settings
from desktop.widgets.mouse.words import Label

NAME, PASSWORD = "김하늘", "느티나무 아래 17"
NOTHING, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier


class DeskInHand:
    """Opens the desk at `size` and waits until somebody can sign in."""

    def __init__(
        self,
        data_dir: Path,
        qtbot: QtBot,
        size: tuple[int, int] = (1440, 900),
        clock: Callable[[], int] = system_clock,
    ) -> None:
        self.qtbot = qtbot
        settings = Settings(role="desk", name="desk")
        self.desk = Desk(settings, data_dir, clock=clock)
        with qtbot.waitSignal(self.desk.ready, timeout=20_000):
            self.desk.start(size)
        self.desk.window.activateWindow()
        self.settle()

    @property
    def screens(self) -> Screens:
        assert self.desk.screens is not None
        return self.desk.screens

    @property
    def strip(self) -> str:
        """What the strip of undo says, if it is there."""
        frame = self.desk.window.frame
        assert frame is not None
        return frame.strip.text() if frame.strip.isVisible() else ""

    def standing(self) -> ReviewState | None:
        """The state of the current row."""
        row = self.screens.inbox.state.current_row
        return None if row is None else row.state

    def settle(self) -> None:
        for _ in range(4):
            self.qtbot.waitUntil(lambda: not self.desk.tasks.busy, timeout=20_000)
            QApplication.processEvents()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def words(self) -> str:
        """Everything that is written in the window now."""
        return "\n".join(
            each.text() for each in self.desk.window.findChildren(Label) if each.isVisible()
        )

    def find(self, name: str) -> QWidget:
        found = [each for each in self.desk.window.findChildren(QWidget, name) if each.isVisible()]
        assert found, f"nothing visible is named {name!r}"
        return found[-1]

    def press(self, name: str) -> None:
        button = self.find(name)
        assert isinstance(button, QAbstractButton)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def write(self, name: str, text: str) -> None:
        field = self.find(name)
        assert isinstance(field, QLineEdit | QTextEdit)
        field.setFocus()
        if isinstance(field, QLineEdit):
            field.setText(text)
            field.textEdited.emit(text)
        else:
            field.insertPlainText(text)
        self.settle()

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = NOTHING) -> None:
        """A key as the window system delivers it: to what has the focus, else to the window."""
        QTest.keyClick(QApplication.focusWidget() or self.desk.window, key, held)
        self.settle()

    def key_in_hangul(self, jamo: str) -> None:
        """A letter's key while the keyboard writes Hangul: Qt tells the letter of 두벌식."""
        target = QApplication.focusWidget() or self.desk.window
        event = QKeyEvent(QEvent.Type.KeyPress, ord(jamo), NOTHING, 0, 0, 0, jamo)
        QApplication.sendEvent(target, event)
        self.settle()

    def drop(self, *paths: Path) -> None:
        """Files let go over the window."""
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        self.desk.window.dropEvent(
            QDropEvent(
                QPointF(QPoint(600, 400)),
                Qt.DropAction.CopyAction,
                mime,
                Qt.MouseButton.LeftButton,
                NOTHING,
            )
        )
        self.settle()

    def make_first(self) -> None:
        """The first start: the first administrator, typed."""
        self.write("name", NAME)
        self.write("password", PASSWORD)
        self.write("again", PASSWORD)
        self.press("enter")

    def sign_in(self, password: str = PASSWORD) -> None:
        self.write("name", NAME)
        self.write("password", password)
        self.press("enter")

    def close(self) -> None:
        self.desk.stop()
        self.desk.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

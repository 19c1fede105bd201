"""What a text field holds, as assistive technology reads and writes it."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import (
    QAccessibleEditableTextInterface,
    QAccessibleTextInterface,
    QInputMethodEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from desktop.widgets.field import TextField
from desktop.widgets.text_area import TextArea


def there(widget: QWidget) -> bool:
    """Whether it can be asked. Qt tells of a widget that goes away while it is going: what is
    written in Python has lost hold of it by then."""
    return shiboken6.isValid(widget)


def place_of(widget: QWidget) -> QRect:
    return QRect(widget.mapToGlobal(QPoint(0, 0)), widget.size()) if there(widget) else QRect()


class FieldText(QAccessibleTextInterface):
    def __init__(self, field: TextField | TextArea) -> None:
        super().__init__()
        self._field = field

    def text(self, start: int, end: int) -> str:
        value = self._field.value
        return value[max(0, start) : len(value) if end < 0 else end]

    def characterCount(self) -> int:
        return len(self._field.value)

    def cursorPosition(self) -> int:
        return self._field.caret

    def setCursorPosition(self, position: int) -> None:
        self._field.settle()

    def selectionCount(self) -> int:
        return 0

    def selection(self, index: int) -> tuple[int, int]:
        return 0, 0

    def addSelection(self, start: int, end: int) -> None:
        """Nothing is selected here: a selection would travel to the clipboard."""

    def setSelection(self, index: int, start: int, end: int) -> None:
        """As above."""

    def removeSelection(self, index: int) -> None:
        """As above."""

    def characterRect(self, offset: int) -> QRect:
        return place_of(self._field)

    def offsetAtPoint(self, point: QPoint) -> int:
        return -1

    def scrollToSubstring(self, start: int, end: int) -> None:
        """The caret is always in view."""

    def attributes(self, offset: int) -> tuple[str, int, int]:
        return "", 0, self.characterCount()


class Editing(QAccessibleEditableTextInterface):
    """Writing from outside is writing by the resident: it is counted, limited and told."""

    def __init__(self, field: TextField | TextArea) -> None:
        super().__init__()
        self._field = field

    def insertText(self, offset: int, text: str) -> None:
        self.replaceText(offset, offset, text)

    def deleteText(self, start: int, end: int) -> None:
        self.replaceText(start, end, "")

    def replaceText(self, start: int, end: int, text: str) -> None:
        self._field.settle()
        write = QInputMethodEvent("", [])
        write.setCommitString(text, start - self._field.caret, end - start)
        QApplication.sendEvent(self._field, write)

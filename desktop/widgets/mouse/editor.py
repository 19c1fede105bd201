"""A field of many lines for a real keyboard; its lines break between words."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Signal
from PySide6.QtGui import QAbstractTextDocumentLayout, QPainter, QTextDocument
from PySide6.QtWidgets import QTextEdit

from desktop.theme.desk_look import DeskLook, Use
from desktop.widgets.word_lines import WordLines

_SPACING = 1.36


class _Lines(WordLines):
    """As on the kiosk, with Qt's own caret."""

    def draw(self, painter: QPainter, context: QAbstractTextDocumentLayout.PaintContext) -> None:
        super().draw(painter, context)
        block = self.document().findBlock(context.cursorPosition)
        if context.cursorPosition >= 0 and block.isValid():
            top = QPointF(0, self.blockBoundingRect(block).top())
            block.layout().drawCursor(painter, top, context.cursorPosition - block.position(), 2)


class Editor(QTextEdit):
    """Signals: `edited(text)` when somebody wrote; what `write` puts there is not told."""

    edited = Signal(str)

    def __init__(self, look: DeskLook, name: str, words: str) -> None:
        super().__init__()
        document = QTextDocument(self)
        document.setDefaultFont(look.font(Use.THREAD))
        # Qt asks what is written in Python for as long as the field is there.
        self._lines = _Lines(document, _SPACING)
        document.setDocumentLayout(self._lines)
        document.setDocumentMargin(0)
        self.setDocument(document)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setFont(look.font(Use.THREAD))
        self.setObjectName(name)
        self.setAccessibleName(words)
        self.setViewportMargins(look.px(4), look.px(6), look.px(4), look.px(6))
        self.textChanged.connect(self._tell)
        self._agreed = ""

    def write(self, text: str) -> None:
        """Put `text` there, unless it is there already: the caret stays where it is then."""
        self._agreed = text
        if text != self.toPlainText():
            self.setPlainText(text)
            cursor = self.textCursor()
            cursor.movePosition(cursor.MoveOperation.End)
            self.setTextCursor(cursor)

    def _tell(self) -> None:
        text = self.toPlainText()
        if text != self._agreed:
            self._agreed = text
            self.edited.emit(text)

"""The many-line text field, with its counter and its privacy line inside."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetricsF,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from db.letters import count_letters
from desktop.theme.icons import paint_icon
from desktop.theme.look import Look
from desktop.theme.type import Role
from desktop.widgets import field_face, typeset
from desktop.widgets.limit import Limit, split_at
from desktop.widgets.word_lines import WordLines
from desktop.widgets.writing import CLIPBOARD_OUT, Writing

_PAD = 32.0
_LINE_SPACING = 1.18


class TextArea(Writing, QTextEdit):
    """Up to `limit` letters. `privacy` is the line of warning inside the field; `counted(n, most)`
    gives the counter's words. Undo belongs to whoever holds the text: `undo_asked` tells them.

    Signals: `edited(value)` after every change by the resident, the syllable being composed
    included; `undo_asked()`.
    """

    lines = True

    edited = Signal(str)
    undo_asked = Signal()

    def __init__(
        self,
        look: Look,
        name: str,
        *,
        placeholder: str = "",
        privacy: str = "",
        limit: int = 300,
        counted: Callable[[int, int], str] = lambda n, most: f"{n} / {most}",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        document = QTextDocument(self)
        self._lines = WordLines(document, _LINE_SPACING)
        document.setDocumentLayout(self._lines)
        document.setDocumentMargin(0)
        self.setDocument(document)
        self.look = look
        self._begin_writing(Limit(limit))
        self._counted, self._privacy, self._hint = counted, privacy, placeholder
        self._error = self._brief = False
        self._number = 0
        self.setAccessibleName(name)
        self.setAcceptRichText(False)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setAcceptDrops(False)
        self.setCursorWidth(0)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabChangesFocus(True)
        self.setFont(look.font(Role.LEAD))
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
        palette.setColor(QPalette.ColorRole.Text, look.palette.ink)
        self.setPalette(palette)
        self.viewport().setAutoFillBackground(False)
        self._text_moved()
        pad = look.px(_PAD)
        self.setViewportMargins(pad, look.px(24), pad, self._foot + look.px(10))
        self.cursorPositionChanged.connect(self.viewport().update)
        self.textChanged.connect(self._tell)

    # -- what it holds -----------------------------------------------------------------------

    def _around_caret(self) -> tuple[str, str]:
        return split_at(self.toPlainText(), self.textCursor().position())

    def _around_selection(self) -> tuple[str, str]:
        cursor, text = self.textCursor(), self.toPlainText()
        return split_at(text, cursor.selectionStart())[0], split_at(text, cursor.selectionEnd())[1]

    def _put_text(self, text: str) -> None:
        self.setPlainText(text)
        self.moveCursor(QTextCursor.MoveOperation.End)

    def _text_moved(self) -> None:
        self._number = count_letters(self.value)
        # Both are painted: whoever listens hears them with the field.
        told = ". ".join(words for words in (self._privacy, self.counter) if words)
        self.setAccessibleDescription(told)
        self.update()
        self.viewport().update()

    def set_error(self, wrong: bool) -> None:
        """Outline it as wrong; the sentence that says why stands beside the field."""
        self._error = wrong
        self.update()

    def set_brief(self, brief: bool) -> None:
        """Give the whole field to the text: who asks for it says the counter's words beside it,
        and the warning stands where the text will."""
        if brief != self._brief:
            self._brief = brief
            self._keep_margins()

    @property
    def counter(self) -> str:
        """How much is written, in words."""
        return self._counted(self._number, self._limit.most)

    # -- input -------------------------------------------------------------------------------

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        super().inputMethodEvent(event)
        self.ensureCursorVisible()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if any(event.matches(sequence) for sequence in CLIPBOARD_OUT):
            return
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undo_asked.emit()
            return
        typed = "\n" if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) else event.text()
        written = typed.isprintable() or typed == "\n"
        if typed and written and not self._has_room_for(typed):
            return
        super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        self.settle()
        before, after = self._around_selection()
        fitted = self._limit.room_for(before, source.text(), after, lines=self.lines)
        self.textCursor().insertText(fitted)
        self.ensureCursorVisible()

    def createMimeDataFromSelection(self) -> QMimeData:
        """Nothing: what a resident types never travels to the clipboard or out by dragging."""
        return QMimeData()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Dragging selects nothing."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    # -- drawing -----------------------------------------------------------------------------

    @property
    def _foot(self) -> int:
        """Height of the line with the warning and the counter."""
        if self._brief:
            return 0
        if not self._privacy:
            return round(self._words(self.counter, 1e9).height)
        width = self.width() - 2 * self.look.px(_PAD)
        one = self._words(self._privacy, 1e9)
        beside = self._icon + one.width + self.look.px(40)
        counter = self._words(self.counter, 1e9)
        if beside + counter.width <= width:
            return round(one.height)
        return round(self._words(self._privacy, width - self._icon).height + counter.height)

    @property
    def _icon(self) -> float:
        return self.look.px(self.look.size(Role.BODY) * 1.3)

    def _words(self, text: str, width: float) -> typeset.Paragraphs:
        bold = text == self._privacy
        return typeset.lay_out(self.look, text, Role.BODY, bold, max(1.0, width))

    def sizeHint(self) -> QSize:
        return QSize(self.look.px(900), self.look.px(256))

    def minimumSizeHint(self) -> QSize:
        line = QFontMetricsF(self.font()).height() * _LINE_SPACING
        return QSize(self.look.px(400), round(line) + self._foot + self.look.px(34))

    def overflows(self) -> bool:
        return self.viewport().height() < QFontMetricsF(self.font()).height()

    def _keep_margins(self) -> None:
        px = self.look.px
        pad, edge = px(_PAD), px(12 if self._brief else 24)
        self.setViewportMargins(pad, edge, pad, self._foot + px(12 if self._brief else 20))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._keep_margins()
        super().resizeEvent(event)
        self.ensureCursorVisible()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            # The bed round the viewport; the text itself is painted by paintEvent.
            self._paint_bed()
            return True
        return super().event(event)

    def _paint_bed(self) -> None:
        painter, look = QPainter(self), self.look
        rect = QRectF(self.rect())
        field_face.paint(painter, look, rect, focus=self.hasFocus(), error=self._error)
        if self._brief:
            return
        pad = look.px(_PAD)
        counter = self._words(self.counter, 1e9)
        full = self._number >= self._limit.most
        bottom = self.height() - look.px(16)
        painter.setPen(look.palette.danger if full else look.palette.ink2)
        box = QRectF(pad, bottom - counter.height, rect.width() - 2 * pad, counter.height)
        typeset.draw(painter, look, counter, Role.BODY, box, right=True)
        if self._privacy:
            top = bottom - self._foot
            icon = QRectF(pad, top + look.px(5), self._icon * 0.78, self._icon * 0.78)
            paint_icon(painter, "triangle-alert", icon, look.palette.warn)
            width = rect.width() - 2 * pad - self._icon
            words = self._words(self._privacy, width)
            painter.setPen(look.palette.warn)
            box = QRectF(pad + self._icon, top, width, words.height)
            typeset.draw(painter, look, words, Role.BODY, box)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look = QPainter(self.viewport()), self.look
        caret = QRectF(self.cursorRect())
        if self._preedit and self.hasFocus():
            self._paint_composing(painter, caret)
        hint = self._privacy if self._brief else self._hint
        if not self.value and hint:
            painter.setPen(look.palette.ink2)
            # Beside the caret, not under it.
            room = QRectF(self.viewport().rect()).adjusted(look.px(12), 0, 0, 0)
            words = typeset.lay_out(look, hint, Role.LEAD, False, room.width())
            if words.height <= room.height():
                typeset.draw(painter, look, words, Role.LEAD, room)
        painter.end()
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self.viewport())
            field_face.paint_caret(painter, look, QPointF(caret.topLeft()), caret.height())

    def _paint_composing(self, painter: QPainter, caret: QRectF) -> None:
        block = self.textCursor().block()
        layout = block.layout()
        at = self.textCursor().positionInBlock()
        line = layout.lineForTextPosition(at)
        if not line.isValid():
            return
        left = field_face.x_of(line, at)
        width = max(0.0, field_face.x_of(line, at + len(self._preedit)) - left)
        box = QRectF(caret.x() - width, caret.y(), width, caret.height())
        field_face.paint_composing(painter, self.look, box)

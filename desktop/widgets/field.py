"""The one-line text field.

Painted by hand: QLineEdit edits, this class draws the face, the text, the syllable being composed
and a caret that does not blink. What is typed never reaches the clipboard.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QTextLayout,
)
from PySide6.QtWidgets import QApplication, QLineEdit, QSizePolicy, QWidget

from desktop.theme.icons import paint_icon
from desktop.theme.look import Look
from desktop.theme.type import Role
from desktop.widgets import field_face, typeset
from desktop.widgets.limit import Limit, split_at
from desktop.widgets.writing import CLIPBOARD_OUT, Writing


class TextField(Writing, QLineEdit):
    """`name` is its accessible name. `mask` turns the text into what is shown while the field does
    not have the focus (a contact is masked once typed); `private` text is never spoken.

    Signals: `edited(value)` after every change by the resident, the syllable being composed
    included; `entered()` when Enter is pressed.
    """

    lines = False

    edited = Signal(str)
    entered = Signal()

    def __init__(
        self,
        look: Look,
        name: str,
        *,
        placeholder: str = "",
        icon: str | None = None,
        limit: int = 60,
        height: float = 92,
        role: Role = Role.LEAD,
        private: bool = False,
        mask: Callable[[str], str] | None = None,
        hints: Qt.InputMethodHint = Qt.InputMethodHint.ImhNone,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.look, self._role, self._icon, self._mask = look, role, icon, mask
        self._begin_writing(Limit(limit))
        self._error = False
        self._hint = placeholder
        self.setAccessibleName(name)
        self.setProperty("private", private)
        self.setInputMethodHints(hints | Qt.InputMethodHint.ImhNoPredictiveText)
        self.setFrame(False)
        self.setFont(look.font(role))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setDragEnabled(False)
        self.setAcceptDrops(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._height = max(look.px(height), round(QFontMetricsF(self.font()).height() * 1.5))
        pad = look.px(28)
        left = pad + (round(self._icon_size * 1.3) if icon else 0)
        self.setTextMargins(left, 0, pad, 0)
        self.textChanged.connect(self._tell)
        self.returnPressed.connect(self.entered)

    # -- what it holds -----------------------------------------------------------------------

    def _around_caret(self) -> tuple[str, str]:
        return split_at(self.text(), self.cursorPosition())

    def _around_selection(self) -> tuple[str, str]:
        if not self.hasSelectedText():
            return self._around_caret()
        before, rest = split_at(self.text(), self.selectionStart())
        return before, rest[len(self.selectedText()) :]

    def _put_text(self, text: str) -> None:
        self.setText(text)

    def _text_moved(self) -> None:
        self.update()

    def set_error(self, wrong: bool) -> None:
        """Outline it as wrong; the sentence that says why stands beside the field."""
        self._error = wrong
        self.update()

    # -- input -------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if any(event.matches(sequence) for sequence in CLIPBOARD_OUT):
            return
        if event.matches(QKeySequence.StandardKey.Paste):
            self.settle()
            before, after = self._around_selection()
            pasted = QApplication.clipboard().text()
            self.insert(self._limit.room_for(before, pasted, after, lines=self.lines))
            return
        typed = event.text()
        if typed and typed.isprintable() and not self._has_room_for(typed):
            return
        super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Dragging selects nothing: a selection would travel to the clipboard."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            super().mouseReleaseEvent(event)

    # -- drawing -----------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(self.look.px(560), self._height)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.look.px(260), self._height)

    def overflows(self) -> bool:
        return self.height() < self._height

    @property
    def _icon_size(self) -> float:
        return self.look.px(self.look.size(self._role))

    def _shown(self) -> str:
        if self._mask is not None and not self.hasFocus():
            return self._mask(self.text())
        return self.text()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look = QPainter(self), self.look
        focus = self.hasFocus()
        field_face.paint(painter, look, QRectF(self.rect()), focus=focus, error=self._error)
        pad = look.px(28)
        if self._icon:
            size = self._icon_size
            box = QRectF(pad, (self.height() - size) / 2, size, size)
            paint_icon(painter, self._icon, box, look.palette.ink2)
        margins = self.textMargins()
        room = QRectF(self.rect()).adjusted(margins.left(), 0, -margins.right(), 0)
        painter.setClipRect(room.adjusted(-look.px(6), 0, look.px(6), 0))
        if not self.value:
            self._paint_hint(painter, room)
        self._paint_text(painter, room, focus)

    def _paint_hint(self, painter: QPainter, room: QRectF) -> None:
        room = room.adjusted(self.look.px(12), 0, 0, 0)  # beside the caret, not under it
        painter.setPen(self.look.palette.ink2)
        words = typeset.lay_out(self.look, self._hint, self._role, False, 1e9)
        if words.width > room.width():
            # The example in brackets goes first; the field's name says the rest.
            short = self._hint.split(" (")[0]
            words = typeset.lay_out(self.look, short, self._role, False, 1e9)
        top = room.center().y() - words.height / 2
        typeset.draw(painter, self.look, words, self._role, QRectF(room.x(), top, room.width(), 0))

    def _paint_text(self, painter: QPainter, room: QRectF, focus: bool) -> None:
        layout = QTextLayout(self._shown(), self.font())
        at = self.cursorPosition()
        if self._preedit and focus:
            layout.setPreeditArea(at, self._preedit)
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(1e6)
        layout.endLayout()
        caret_x, end_x = field_face.x_of(line, at + len(self._preedit)), field_face.x_of(line, at)
        shift = 0.0
        if focus:
            # Where QLineEdit keeps its own caret tells how far it has scrolled.
            shift = caret_x + room.x() - (self.cursorRect().center().x())
            longest = max(0.0, line.naturalTextWidth() + self.look.px(6) - room.width())
            shift = min(max(0.0, shift), longest)
        origin = QPointF(room.x() - shift, room.center().y() - line.height() / 2)
        if self._preedit and focus:
            box = QRectF(origin.x() + end_x, origin.y(), caret_x - end_x, line.height())
            field_face.paint_composing(painter, self.look, box)
        painter.setPen(self.look.palette.ink)
        layout.draw(painter, origin)
        if focus:
            top = QPointF(origin.x() + caret_x, origin.y())
            field_face.paint_caret(painter, self.look, top, line.height())

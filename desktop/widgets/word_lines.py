"""The lines of the many-line field: as in everything that is read here, words stay whole.

Qt's own layout of a document parts Hangul between any two syllables and has no switch for it.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QPainter,
    QPalette,
    QTextBlock,
    QTextDocument,
    QTextFrame,
    QTextLayout,
    QTextOption,
)

from desktop.widgets.typeset import INSIDE

_UNBREAKABLE = "\u00a0\u202f\u2007\u2060"


def _units(text: str) -> str:
    """`text` with one character for each of the units that Qt counts in."""
    if max(text, default="") <= "\uffff":
        return text
    raw = text.encode("utf-16-le", "surrogatepass")
    return "".join(chr(raw[at] | raw[at + 1] << 8) for at in range(0, len(raw), 2))


def _blank(unit: str) -> bool:
    return unit.isspace() and unit not in _UNBREAKABLE


def end_of_line(text: str, start: int, full: int) -> int:
    """Where a line from `start` ends that has room up to `full`: behind its last whole word. A word
    longer than the line is parted at its brackets and strokes, else where the line is full."""
    if full >= len(text) or _blank(text[full - 1]) or _blank(text[full]):
        return full
    for at in range(full - 1, start, -1):
        if _blank(text[at - 1]):
            return at
    inside = [found.start() for found in INSIDE.finditer(text, start + 1, full + 1)]
    return inside[-1] if inside else full


class WordLines(QAbstractTextDocumentLayout):
    """Plain text in lines `spacing` times as high as their letters."""

    def __init__(self, document: QTextDocument, spacing: float) -> None:
        super().__init__(document)
        self._spacing = spacing
        self._tops: list[float] = []
        self._size = QSizeF()
        option = document.defaultTextOption()
        # Between letters, never inside one; where a line ends is decided here.
        option.setWrapMode(QTextOption.WrapMode.WrapAnywhere)
        self._option = option

    # -- laying out ----------------------------------------------------------------------------

    def documentChanged(self, start: int, removed: int, added: int) -> None:
        """All of it anew: it is a few lines."""
        top = 0.0
        self._tops = []
        block = self.document().begin()
        while block.isValid():
            self._tops.append(top)
            top += self._fill(block)
            block = block.next()
        size = QSizeF(self._width, top)
        if size != self._size:
            self._size = size
            self.documentSizeChanged.emit(size)
        self.update.emit()

    @property
    def _width(self) -> float:
        return max(1.0, self.document().pageSize().width())

    def _fill(self, block: QTextBlock) -> float:
        """Set the lines of one paragraph; returns its height."""
        layout, height = block.layout(), 0.0
        at, composed = layout.preeditAreaPosition(), _units(layout.preeditAreaText())
        text = _units(block.text())
        text = text[:at] + composed + text[at:] if composed else text
        layout.setTextOption(self._option)
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(self._width)
            start = line.textStart()
            full = start + line.textLength()
            end = end_of_line(text, start, full)
            if end < full:
                # Half a pixel is room for no letter.
                line.setNumColumns(end - start)
            line.setPosition(QPointF(0, height + (self._spacing - 1) * line.height() / 2))
            height += self._spacing * line.height()
        layout.endLayout()
        return height

    # -- what Qt asks --------------------------------------------------------------------------

    def documentSize(self) -> QSizeF:
        return self._size

    def pageCount(self) -> int:
        return 1

    def frameBoundingRect(self, frame: QTextFrame) -> QRectF:
        return QRectF(QPointF(0, 0), self._size)

    def blockBoundingRect(self, block: QTextBlock) -> QRectF:
        at = block.blockNumber()
        if not block.isValid() or at >= len(self._tops):
            return QRectF()
        below = self._tops[at + 1] if at + 1 < len(self._tops) else self._size.height()
        return QRectF(0, self._tops[at], self._width, below - self._tops[at])

    def hitTest(  # type: ignore[override]  # Qt gives a point, nothing else
        self, point: QPointF, accuracy: Qt.HitTestAccuracy
    ) -> int:
        document = self.document()
        block = document.begin()
        while block.next().isValid() and point.y() >= self.blockBoundingRect(block).bottom():
            block = block.next()
        layout, top = block.layout(), self.blockBoundingRect(block).top()
        if not layout.lineCount():
            return block.position()
        lines = [layout.lineAt(at) for at in range(layout.lineCount())]
        below = (line for line in lines if point.y() < top + line.y() + line.height())
        found = next(below, lines[-1]).xToCursor(point.x())
        # What is being composed has no place in the text yet.
        composed, at = len(_units(layout.preeditAreaText())), layout.preeditAreaPosition()
        if composed and found > at:
            found = max(at, found - composed)
        return block.position() + found

    def draw(self, painter: QPainter, context: QAbstractTextDocumentLayout.PaintContext) -> None:
        painter.setPen(context.palette.color(QPalette.ColorRole.Text))
        block = self.document().begin()
        while block.isValid():
            top = self.blockBoundingRect(block).top()
            marked = [_marked(block, each) for each in context.selections]
            block.layout().draw(painter, QPointF(0, top), marked)
            block = block.next()


def _marked(
    block: QTextBlock, selection: QAbstractTextDocumentLayout.Selection
) -> QTextLayout.FormatRange:
    """What of `block` is selected; nothing where the selection lies elsewhere."""
    part = QTextLayout.FormatRange()
    start = max(0, selection.cursor.selectionStart() - block.position())
    end = min(block.length() - 1, selection.cursor.selectionEnd() - block.position())
    part.start, part.length, part.format = start, max(0, end - start), selection.format
    return part

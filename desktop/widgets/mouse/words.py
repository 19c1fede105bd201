"""A label of plain text whose lines break between words, for mouse and keyboard densities.

Never rich text: what a resident wrote is shown letter by letter. Letters that were searched for
stand on a bed of their own.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.theme.desk_look import DeskLook, Use
from desktop.theme.desk_palette import DeskColour
from desktop.widgets.word_lines import end_of_line

#: Width asked for where nobody says how wide it may be.
_ASKED = 220


class Label(QWidget):
    """`one_line` elides what has no room; else it is as high as its lines."""

    def __init__(
        self,
        look: DeskLook,
        text: str = "",
        use: Use = Use.TEXT,
        colour: DeskColour = "text",
        *,
        one_line: bool = False,
        right: bool = False,
    ) -> None:
        super().__init__()
        self._look, self._use, self._colour = look, use, colour
        self._one_line, self._right = one_line, right
        self._font = look.font(use)
        self._metrics = QFontMetricsF(self._font)
        self._text = self._wanted = ""
        self._lines: tuple[str, ...] = ()
        self._laid_out_at = -1
        across = QSizePolicy.Policy.Preferred
        policy = QSizePolicy(across, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(not one_line)
        self.setSizePolicy(policy)
        self.say(text)

    def say(self, text: str, wanted: str = "") -> None:
        """Show `text`; `wanted` are the words that were searched for, with blanks between."""
        if (text, wanted) == (self._text, self._wanted):
            return
        self._text, self._wanted = text, wanted
        self._laid_out_at = -1
        self.setAccessibleName(text)
        if not self._one_line and self.width() > self._look.px(40):
            self.setMinimumHeight(self.heightForWidth(self.width()))
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        return self._text

    def colour(self, colour: DeskColour) -> None:
        self._colour = colour
        self.update()

    # -- size ------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        natural = max((self._advance(each) for each in self._text.split("\n")), default=0.0)
        width = int(natural) + 1 if self._one_line else min(int(natural) + 1, _ASKED)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        if self._one_line:
            return QSize(min(self.sizeHint().width(), self._look.px(40)), self._line)
        return QSize(self._look.px(60), self._line)

    def heightForWidth(self, width: int) -> int:
        if self._one_line:
            return self._line
        return self._line * max(1, len(self._lay_out(width)))

    @property
    def _line(self) -> int:
        return self._look.line_height(self._use)

    def _advance(self, text: str) -> float:
        return self._metrics.horizontalAdvance(text)

    def _lay_out(self, width: int) -> tuple[str, ...]:
        if width != self._laid_out_at:
            self._laid_out_at = width
            self._lines = tuple(
                line for part in self._text.split("\n") for line in self._fill(part, width)
            )
        return self._lines

    def _fill(self, text: str, width: int) -> list[str]:
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAnywhere)
        layout = QTextLayout(text, self._font)
        layout.setTextOption(option)
        lines: list[str] = []
        # Qt counts in units of two bytes; what is beyond them is cut by the same count.
        units = text.encode("utf-16-le", "surrogatepass")
        plain = "".join(
            chr(int.from_bytes(units[at : at + 2], "little")) for at in range(0, len(units), 2)
        )
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(1, width))
            start, full = line.textStart(), line.textStart() + line.textLength()
            end = end_of_line(plain, start, full)
            if end < full:
                line.setNumColumns(end - start)
            lines.append(units[2 * start : 2 * end].decode("utf-16-le", "surrogatepass").rstrip())
        layout.endLayout()
        return lines or [""]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._one_line:
            # Not every layout above asks how high it is at this width.
            self.setMinimumHeight(self.heightForWidth(self.width()))

    # -- painting --------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self._font)
        lines = self._lay_out(self.width())
        if self._one_line:
            elide = Qt.TextElideMode.ElideRight
            lines = (self._metrics.elidedText(self._text.replace("\n", " "), elide, self.width()),)
        ascent, descent = self._metrics.ascent(), self._metrics.descent()
        for number, line in enumerate(lines):
            top = number * self._line
            baseline = top + (self._line - ascent - descent) / 2 + ascent
            x = self.width() - self._advance(line) if self._right else 0.0
            if self._wanted:
                self._mark(painter, line, x, top)
            painter.setPen(self._look.palette.colour(self._colour))
            painter.drawText(QPointF(x, baseline), line)

    def _mark(self, painter: QPainter, line: str, x: float, top: float) -> None:
        for word in self._wanted.split():
            at = line.find(word)
            while at >= 0:
                left = x + self._advance(line[:at])
                width = self._advance(line[: at + len(word)]) + x - left
                bed = QRectF(left, top, width, self._line)
                painter.fillRect(bed, self._look.palette.match)
                at = line.find(word, at + len(word))

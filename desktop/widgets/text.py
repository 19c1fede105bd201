"""Running text and labels."""

from __future__ import annotations

from math import ceil, floor

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontInfo, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop.theme.look import Look
from desktop.theme.palette import Colour
from desktop.theme.type import Role
from desktop.widgets import typeset

#: How far letters reach over and under their baseline, in sizes of the font.
OVER, UNDER = 0.86, 0.24


class Text(QLabel):
    """Text in one role and colour; `**bold**` runs; wraps between words; is never cut.

    A QLabel, so that assistive technology sees static text with its words; the marks of bold runs
    are not part of its accessible name.
    """

    def __init__(
        self,
        look: Look,
        text: str = "",
        role: Role = Role.BODY,
        *,
        bold: bool = False,
        colour: Colour | QColor = "ink",
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        one_line: bool = False,
        even: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """With `even` the lines of a title are of like length: no word stands alone in the last."""
        super().__init__(parent)
        self._look, self._role, self._bold = look, role, bold
        self._colour = look.palette.colour(colour) if isinstance(colour, str) else colour
        self._one_line, self._even = one_line, even
        self._marked = ""
        if not align & Qt.AlignmentFlag.AlignVertical_Mask:
            top_or_middle = Qt.AlignmentFlag.AlignVCenter if one_line else Qt.AlignmentFlag.AlignTop
            align = align | top_or_middle
        self.setAlignment(align)
        self.setTextFormat(Qt.TextFormat.PlainText)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(not one_line)
        self.setSizePolicy(policy)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Show `text`, which may hold `**bold**` runs and line ends."""
        if text == self._marked and self.text():
            return
        self._marked = text
        self.setFont(self._look.font(self._role, self._bold))
        self.setText(typeset.plain(text))
        self.setAccessibleName(typeset.plain(text))
        self.updateGeometry()
        self.update()

    def set_colour(self, colour: Colour | QColor) -> None:
        self._colour = self._look.palette.colour(colour) if isinstance(colour, str) else colour
        self.update()

    @property
    def role(self) -> Role:
        return self._role

    @property
    def colour(self) -> QColor:
        return QColor(self._colour)

    def _lay_out(self, width: float) -> typeset.Paragraphs:
        limit = 1e9 if self._one_line else max(1.0, width)
        if self._even:
            limit = typeset.evenly(self._look, self._marked, self._role, self._bold, limit)
        return typeset.lay_out(self._look, self._marked, self._role, self._bold, limit)

    def uncut(self) -> list[tuple[int, int]]:
        """From the top of the letters of each line to their foot."""
        layout, size = self._lay_out(self.width()), QFontInfo(self.font()).pixelSize()
        top = 0.0
        if self.alignment() & Qt.AlignmentFlag.AlignVCenter:
            top = (self.height() - layout.height) / 2
        found = []
        for line in range(len(layout.lines)):
            box, base = top + line * layout.line_height, layout.ascent
            over, under = max(0.0, base - OVER * size), min(layout.line_height, base + UNDER * size)
            found.append((floor(box + over), ceil(box + under)))
        return found

    def overflows(self) -> bool:
        """True when the words need more room than the widget has (a fault, looked for in tests)."""
        layout = self._lay_out(self.width())
        return layout.width > self.width() + 1.5 or layout.height > self.height() + 1.5

    def hasHeightForWidth(self) -> bool:
        return not self._one_line

    def heightForWidth(self, width: int) -> int:
        return round(self._lay_out(width).height)

    def sizeHint(self) -> QSize:
        layout = self._lay_out(1e9)
        return QSize(int(layout.width) + 2, round(layout.height))

    def minimumSizeHint(self) -> QSize:
        if self._one_line:
            return self.sizeHint()
        word = typeset.widest_word(self._look, self._marked, self._role, self._bold)
        line = self._lay_out(1e9).line_height
        # A word may be wider than a narrow panel: then it breaks rather than forcing the panel.
        return QSize(min(int(word) + 2, self._look.px(420)), round(line))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        painter.setPen(self._colour if self.isEnabled() else self._look.palette.ink2)
        layout = self._lay_out(self.width())
        flags = self.alignment()
        top = 0.0
        if flags & Qt.AlignmentFlag.AlignVCenter:
            top = (self.height() - layout.height) / 2
        typeset.draw(
            painter,
            self._look,
            layout,
            self._role,
            QRectF(0, top, self.width(), layout.height),
            centre=bool(flags & Qt.AlignmentFlag.AlignHCenter),
            right=bool(flags & Qt.AlignmentFlag.AlignRight),
        )

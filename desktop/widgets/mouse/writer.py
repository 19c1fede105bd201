"""One line of words in a painted row, cut at its end where there is no room."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from desktop.theme.desk_look import DeskLook, Use
from desktop.theme.desk_palette import DeskColour

LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class Writer:
    """Writes in the letters and colours of one look."""

    def __init__(self, look: DeskLook) -> None:
        self._look = look
        self._fonts = {use: look.font(use) for use in Use}
        self._metrics = {use: QFontMetricsF(font) for use, font in self._fonts.items()}

    def width(self, words: str, use: Use) -> float:
        return self._metrics[use].horizontalAdvance(words)

    def write(
        self,
        painter: QPainter,
        words: str,
        area: QRectF,
        use: Use = Use.TEXT,
        colour: DeskColour = "text",
        flags: Qt.AlignmentFlag = LEFT,
    ) -> None:
        if self.width(words, use) > area.width():
            words = self._metrics[use].elidedText(words, Qt.TextElideMode.ElideRight, area.width())
        painter.setFont(self._fonts[use])
        painter.setPen(self._look.palette.colour(colour))
        painter.drawText(area, flags, words)

    def write_marked(
        self,
        painter: QPainter,
        words: str,
        marks: tuple[tuple[int, int], ...],
        area: QRectF,
        use: Use = Use.TEXT,
    ) -> None:
        """The same with these parts of the words on a bed of their own."""
        metrics = self._metrics[use]
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, area.width())
        whole = len(shown) - (1 if shown != words else 0)
        high = self._look.px(18)
        for start, end in marks:
            if start >= whole:
                break
            left = metrics.horizontalAdvance(words[:start])
            wide = metrics.horizontalAdvance(words[start : min(end, whole)])
            bed = QRectF(area.left() + left, area.center().y() - high / 2, wide, high)
            painter.fillRect(bed, self._look.palette.match)
        self.write(painter, shown, area, use)

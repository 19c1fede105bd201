"""A report on A4 as PDF, with the bundled letters inside it."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
)

from db.reports.tables import Cell, Document, Table, shown
from desktop.theme.fonts import FAMILY

_DPI = 300
_MARGIN_MM = 16.0
_LINE, _HEAD = QColor("#cdd1d5"), QColor("#eef0f2")
_INK, _SECOND = QColor("#1e2124"), QColor("#464c53")
#: Points: title, heading of a table, its head, its rows, the foot.
_TITLE, _HEADING, _SMALL, _TEXT, _FOOT = 17.0, 11.5, 8.0, 8.5, 7.5
_WRAPPED = int(Qt.TextFlag.TextWordWrap)
_FIRST_SHARE = 0.24
"""Of the width, for the column that names the rows."""


def pdf_bytes(report: Document) -> bytes:
    """The whole file. Needs a QGuiApplication and its fonts."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_DPI)
    margins = QMarginsF(*[_MARGIN_MM] * 4)
    size = QPageSize(QPageSize.PageSizeId.A4)
    portrait = QPageLayout.Orientation.Portrait
    writer.setPageLayout(QPageLayout(size, portrait, margins, QPageLayout.Unit.Millimeter))
    writer.setTitle(report.title)
    painter = QPainter(writer)
    try:
        _Sheets(writer, painter, report).write()
    finally:
        painter.end()
    buffer.close()
    return bytes(data.data())


class _Sheets:
    """Goes down one page after another."""

    def __init__(self, writer: QPdfWriter, painter: QPainter, report: Document) -> None:
        self._writer, self._painter, self._report = writer, painter, report
        self._width, self._height = float(writer.width()), float(writer.height())
        self._y = 0.0
        self._page = 1

    def write(self) -> None:
        self._words(self._report.title, _TITLE, bold=True)
        self._y += _px(4)
        for remark in self._report.remarks:
            self._words(remark, _TEXT, colour=_SECOND)
        for table in self._report.tables:
            self._table(table)
        self._foot()

    def _words(self, text: str, size: float, *, bold: bool = False, colour: QColor = _INK) -> None:
        font = _font(size, bold)
        self._painter.setFont(font)
        self._painter.setPen(colour)
        flags = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft)
        room = QRectF(0, self._y, self._width, self._height)
        needed = self._painter.boundingRect(room, flags, text).height()
        self._painter.drawText(QRectF(0, self._y, self._width, needed), flags, text)
        self._y += needed + _px(2)

    def _table(self, table: Table) -> None:
        line = _px(_TEXT * 1.75)
        boxes = self._boxes(len(table.heads))
        # A heading never stands alone at the foot of a page.
        self._room(_px(_HEADING * 3) + self._head_height(table.heads, boxes) + 2 * line)
        self._y += _px(12)
        self._words(table.title, _HEADING, bold=True)
        self._y += _px(2)
        if not table.rows:
            self._words("없음", _TEXT, colour=_SECOND)
            return
        self._heads(table.heads, boxes)
        for row in table.rows:
            if self._room(line):
                self._heads(table.heads, boxes)
            self._line(row, boxes, line)

    def _boxes(self, columns: int) -> list[tuple[float, float]]:
        """From where to where each column's words may go."""
        first = self._width * _FIRST_SHARE
        rest = (self._width - first) / max(1, columns - 1)
        edges = [0.0, *(first + rest * at for at in range(columns))]
        return [(left + _px(3), right - _px(3)) for left, right in pairwise(edges)]

    def _head_height(self, heads: tuple[Cell, ...], boxes: list[tuple[float, float]]) -> float:
        self._painter.setFont(_font(_SMALL, True))
        room = self._height
        return _px(_SMALL) + max(
            self._painter.boundingRect(
                QRectF(0, 0, right - left, room), _WRAPPED, shown(cell)
            ).height()
            for cell, (left, right) in zip(heads, boxes, strict=True)
        )

    def _heads(self, heads: tuple[Cell, ...], boxes: list[tuple[float, float]]) -> None:
        """The names of the columns, in as many lines as the longest needs."""
        height = self._head_height(heads, boxes)
        self._painter.fillRect(QRectF(0, self._y, self._width, height), _HEAD)
        self._painter.setPen(_SECOND)
        for at, (cell, (left, right)) in enumerate(zip(heads, boxes, strict=True)):
            box = QRectF(left, self._y, right - left, height)
            self._painter.drawText(box, _WRAPPED | int(_across(at)), shown(cell))
        self._rule(height)

    def _line(
        self, cells: tuple[Cell, ...], boxes: list[tuple[float, float]], height: float
    ) -> None:
        self._painter.setPen(_INK)
        self._painter.setFont(_font(_TEXT, False))
        metrics = QFontMetricsF(self._painter.font(), self._writer)
        for at, (cell, (left, right)) in enumerate(zip(cells, boxes, strict=True)):
            box = QRectF(left, self._y, right - left, height)
            words = metrics.elidedText(shown(cell), Qt.TextElideMode.ElideRight, box.width())
            self._painter.drawText(box, _across(at), words)
        self._rule(height)

    def _rule(self, height: float) -> None:
        self._y += height
        self._painter.setPen(QPen(_LINE, _px(0.4)))
        self._painter.drawLine(0, round(self._y), round(self._width), round(self._y))

    def _room(self, height: float) -> bool:
        """Begins another page where this much does not fit any more; True then."""
        if self._y + height <= self._height - _px(_FOOT * 2):
            return False
        self._foot()
        self._writer.newPage()
        self._page += 1
        self._y = 0.0
        return True

    def _foot(self) -> None:
        self._painter.setFont(_font(_FOOT, False))
        self._painter.setPen(_SECOND)
        foot = QRectF(0, self._height - _px(_FOOT * 1.4), self._width, _px(_FOOT * 1.4))
        self._painter.drawText(foot, Qt.AlignmentFlag.AlignLeft, self._report.title)
        self._painter.drawText(foot, Qt.AlignmentFlag.AlignRight, str(self._page))


def _across(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _px(points: float) -> float:
    return points * _DPI / 72


def _font(points: float, bold: bool) -> QFont:
    font = QFont(FAMILY)
    font.setPixelSize(round(_px(points)))
    font.setBold(bold)
    return font

"""A report on A4 as PDF, with the bundled letters inside it."""

from __future__ import annotations

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
        head = _px(_SMALL * 1.9)
        # A heading never stands alone at the foot of a page.
        self._room(_px(_HEADING * 3) + head + 2 * line)
        self._y += _px(12)
        self._words(table.title, _HEADING, bold=True)
        self._y += _px(2)
        if not table.rows:
            self._words("없음", _TEXT, colour=_SECOND)
            return
        self._line(table.heads, head, is_head=True)
        for row in table.rows:
            if self._room(line):
                self._line(table.heads, head, is_head=True)
            self._line(row, line)

    def _line(self, cells: tuple[Cell, ...], height: float, *, is_head: bool = False) -> None:
        first = self._width * _FIRST_SHARE
        rest = (self._width - first) / max(1, len(cells) - 1)
        if is_head:
            self._painter.fillRect(QRectF(0, self._y, self._width, height), _HEAD)
        self._painter.setPen(_SECOND if is_head else _INK)
        x = 0.0
        for at, cell in enumerate(cells):
            width = rest if at else first
            box = QRectF(x + _px(3), self._y, width - _px(6), height)
            across = Qt.AlignmentFlag.AlignRight if at else Qt.AlignmentFlag.AlignLeft
            self._painter.setFont(_font(_SMALL if is_head else _TEXT, is_head))
            metrics = QFontMetricsF(self._painter.font(), self._writer)
            words = metrics.elidedText(shown(cell), Qt.TextElideMode.ElideRight, box.width())
            self._painter.drawText(box, across | Qt.AlignmentFlag.AlignVCenter, words)
            x += width
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


def _px(points: float) -> float:
    return points * _DPI / 72


def _font(points: float, bold: bool) -> QFont:
    font = QFont(FAMILY)
    font.setPixelSize(round(_px(points)))
    font.setBold(bold)
    return font

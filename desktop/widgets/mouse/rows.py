"""A list whose rows are painted: as many as there are cost no more than those in view."""

from __future__ import annotations

from abc import abstractmethod

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from desktop.theme.desk_look import DeskLook, Use
from desktop.theme.desk_palette import DeskColour

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class Writer:
    """Writes one line of words in a look, cut at its end where there is no room."""

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
        flags: Qt.AlignmentFlag = _LEFT,
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


class RowList(QListView):
    """Signals: `pressed_at(place)`, `opened_at(place)` with a double click."""

    pressed_at = Signal(int)
    opened_at = Signal(int)

    def __init__(self, look: DeskLook, name: str, words: str, height: int) -> None:
        super().__init__()
        self.look = look
        self.writer = Writer(look)
        self._current = -1
        self._rows = _Rows(self)
        self._painter = _Rowwise(self, height)
        self.setModel(self._rows)
        self.setItemDelegate(self._painter)
        self.setObjectName(name)
        self.setAccessibleName(words)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    # -- what the screen's own list says ---------------------------------------------------------

    @abstractmethod
    def paint_row(self, painter: QPainter, place: int, area: QRectF) -> None:
        """Draw what stands in a row; its ground and its line are there."""

    @abstractmethod
    def spoken(self, place: int) -> str:
        """What a screen reader says of a row."""

    def fill(self, place: int) -> DeskColour:
        """The ground of a row that is not the current one."""
        return "pane"

    # -- state -----------------------------------------------------------------------------------

    def show_rows(self, count: int, current: int) -> None:
        if count != self._rows.count:
            self._rows.show_count(count)
        self._current = current
        if 0 <= current < count:
            index = self._rows.index(current, 0)
            self.setCurrentIndex(index)
            self.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)
        self.viewport().update()

    def rows_on_a_page(self) -> int:
        return max(1, self.viewport().height() // max(1, self.sizeHintForRow(0)) - 1)

    # -- Qt --------------------------------------------------------------------------------------

    def is_current(self, place: int) -> bool:
        return place == self._current

    def place_at(self, event: QMouseEvent) -> int:
        return self.indexAt(event.position().toPoint()).row()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus()
        place = self.place_at(event)
        if place >= 0 and event.button() is Qt.MouseButton.LeftButton:
            self.pressed_at.emit(place)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        place = self.place_at(event)
        if place >= 0:
            self.opened_at.emit(place)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()


class _Rows(QAbstractListModel):
    def __init__(self, owner: RowList) -> None:
        super().__init__()
        self._spoken = owner.spoken
        self.count = 0

    def show_count(self, count: int) -> None:
        self.beginResetModel()
        self.count = count
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else self.count

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._spoken(index.row())
        return None


class _Rowwise(QStyledItemDelegate):
    def __init__(self, owner: RowList, height: int) -> None:
        super().__init__()
        self._list, self._height = owner, height

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(1, self._height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        owner, place = self._list, index.row()
        p = owner.look.palette
        area: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        current = owner.is_current(place)
        painter.fillRect(area, p.current if current else p.colour(owner.fill(place)))
        painter.fillRect(area.left(), area.bottom(), area.width(), 1, p.line)
        if current:
            painter.fillRect(area.left(), area.top(), 3, area.height() - 1, p.accent)
            if owner.hasFocus():
                painter.setPen(QPen(p.accent, 2 if p.tints else 3))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(QRectF(area).adjusted(1, 1, -1, -2))
        owner.paint_row(painter, place, QRectF(area))
        painter.restore()

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
from PySide6.QtGui import QFocusEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from desktop.theme.desk_look import DeskLook
from desktop.theme.desk_palette import DeskColour
from desktop.widgets.mouse.writer import Writer

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


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

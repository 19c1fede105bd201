"""The acts below each other, the newest first: a row a line, its drawing beside its word."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    Qt,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from db.officers.audit import AuditLine
from db.records.officers import ActKind
from desktop.desk.audit.words import ICONS, act_word, how_words
from desktop.i18n import tr
from desktop.theme.desk_look import DeskLook, Use
from desktop.theme.desk_palette import DeskColour
from desktop.theme.icons import paint_icon
from desktop.words.dates import moment_in

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
WHEN, WHO, WHAT, WHOSE, HOW, NUMBER = range(6)
#: Of the width, by column.
SHARES = (0.17, 0.12, 0.17, 0.2, 0.21, 0.13)
_WARNED = (ActKind.SIGN_IN_FAILED, ActKind.CONTACT_OPENED, ActKind.REPORTED)


def heads() -> tuple[str, ...]:
    return tr("때"), tr("누가"), tr("무엇을"), tr("누구의"), tr("어떻게, 왜"), tr("기기·번호")


def cell(line: AuditLine, column: int) -> str:
    if column == WHEN:
        return moment_in(line.at_us, 0)
    if column == WHO:
        return line.officer or tr("프로그램")
    if column == WHAT:
        return act_word(line.act)
    if column == WHOSE:
        return line.whose or (tr("{n}건", n=f"{line.of:,}") if line.of > 1 else "")
    return how_words(line) if column == HOW else f"{line.place} {line.number:,}"


class ActModel(QAbstractTableModel):
    def __init__(self) -> None:
        super().__init__()
        self.lines: tuple[AuditLine, ...] = ()

    def show_lines(self, lines: tuple[AuditLine, ...]) -> None:
        if lines != self.lines:
            self.beginResetModel()
            self.lines = lines
            self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(SHARES)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return cell(self.lines[index.row()], index.column())
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> str | Qt.AlignmentFlag | None:
        if role == Qt.ItemDataRole.TextAlignmentRole and section == NUMBER:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return heads()[section]
        return None


class ActDelegate(QStyledItemDelegate):
    def __init__(self, look: DeskLook, model: ActModel) -> None:
        super().__init__()
        self._look, self._model = look, model
        self.current = -1

    def _is_current(self, index: Index) -> bool:
        return index.row() == self.current

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, p = self._look, self._look.palette
        line, column = self._model.lines[index.row()], index.column()
        area: QRect = option.rect
        box = QRectF(area)
        painter.save()
        if self._is_current(index):
            painter.fillRect(box, p.current)
            if column == WHEN:
                painter.fillRect(QRectF(box.left(), box.top(), look.px(3), box.height()), p.accent)
        painter.fillRect(QRectF(box.left(), box.bottom(), box.width(), 1), p.line)
        inside = box.adjusted(look.px(6), 0, -look.px(6), 0)
        colour: DeskColour = "text" if column in (WHEN, WHO, WHAT, WHOSE) else "second"
        if line.act in _WARNED and column == WHAT:
            colour = "warning"
        if column == WHAT:
            size = look.px(16)
            icon = QRectF(inside.left(), inside.center().y() - size / 2, size, size)
            paint_icon(painter, ICONS[line.act], icon, p.colour(colour))
            inside.setLeft(icon.right() + look.px(7))
        painter.setFont(look.font(Use.SMALL if column == NUMBER else Use.TEXT))
        painter.setPen(p.colour(colour))
        across = Qt.AlignmentFlag.AlignRight if column == NUMBER else Qt.AlignmentFlag.AlignLeft
        words = painter.fontMetrics().elidedText(
            cell(line, column), Qt.TextElideMode.ElideRight, int(inside.width())
        )
        painter.drawText(inside, across | Qt.AlignmentFlag.AlignVCenter, words)
        painter.restore()

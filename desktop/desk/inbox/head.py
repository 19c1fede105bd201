"""The head of the list's table; its names stand over their columns."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.desk.inbox.columns import Columns, box
from desktop.desk.inbox.state import InboxState
from desktop.i18n import tr
from desktop.theme.desk_look import DeskLook, Use
from desktop.widgets.mouse.marks import paint_check

HEIGHT = 28


class ListHead(QWidget):
    """Signals: `all_ticked()`: the box over the boxes was pressed."""

    all_ticked = Signal()

    def __init__(self, look: DeskLook) -> None:
        super().__init__()
        self._look = look
        self._all = False
        self.setFixedHeight(look.px(HEIGHT))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_state(self, state: InboxState) -> None:
        in_sight = state.checked_count - state.checked_hidden
        every = state.count > 0 and in_sight == state.count
        if every != self._all:
            self._all = every
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        columns = Columns.of(self._look, self._across())
        if not columns.narrow and event.position().x() < columns.state[0]:
            self.all_ticked.emit()

    def _across(self) -> int:
        """As wide as a row: the scroll bar stands beside those."""
        return self.width() - self._look.px(12)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, p = self._look, self._look.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), p.pane)
        painter.fillRect(0, self.height() - 1, self.width(), 1, p.strong_line)
        columns = Columns.of(look, self._across())
        size, height = look.px(16), float(self.height())
        if not columns.narrow:
            tick = QRectF(columns.check[0], (height - size) / 2, size, size)
            paint_check(painter, look, tick, self._all)
        painter.setFont(look.font(Use.SMALL))
        painter.setPen(p.second)
        for span, words in (
            (columns.state, "" if columns.narrow else tr("상태")),
            (columns.kind, tr("종류")),
            (columns.words, tr("의견")),
            (columns.project, tr("사업")),
            (columns.dong, tr("동")),
            (columns.received, tr("받은 날")),
            (columns.due, tr("기한")),
        ):
            if span[1]:
                flag = Qt.AlignmentFlag.AlignVCenter
                if columns.narrow and span is columns.due:
                    flag |= Qt.AlignmentFlag.AlignRight
                painter.drawText(box(span, 0, height), flag, words)

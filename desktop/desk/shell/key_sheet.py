"""The sheet of all keys, over the window; any key or click puts it away."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop.desk.shell.keys import KEYS, KeyPlace
from desktop.i18n import tr
from desktop.theme.desk_look import DeskLook, Use
from desktop.widgets.mouse.marks import cap_width, paint_cap

_SCRIM = QColor(0, 0, 0, 150)
_COLUMNS = (
    (KeyPlace.ANYWHERE, KeyPlace.EXCHANGE),
    (KeyPlace.LIST, KeyPlace.ITEM),
    (KeyPlace.GROUPS, KeyPlace.AUDIT),
)


def place_word(place: KeyPlace) -> str:
    match place:
        case KeyPlace.ANYWHERE:
            return tr("어디서나")
        case KeyPlace.LIST:
            return tr("목록")
        case KeyPlace.ITEM:
            return tr("의견")
        case KeyPlace.AUDIT:
            return tr("감사")
        case KeyPlace.EXCHANGE:
            return tr("교환")
        case KeyPlace.GROUPS:
            return tr("묶음")


class KeySheet(QWidget):
    """Signals: `left()`."""

    left = Signal()

    def __init__(self, look: DeskLook, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.setObjectName("key-sheet")
        told = [
            f"{' '.join(binding.caps)} {binding.words()}"
            for bindings in KEYS.values()
            for binding in bindings
        ]
        self.setAccessibleName(tr("모든 단축키"))
        self.setAccessibleDescription(", ".join(told))
        self.resize(parent.size())
        self.show()
        self.raise_()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.left.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        look, p, px = self._look, self._look.palette, self._look.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), _SCRIM)
        wide = min(px(1040), self.width() - px(40))
        rows = max(sum(len(KEYS[place]) + 2 for place in column) for column in _COLUMNS)
        high = px(64) + rows * px(25) + px(16)
        sheet = QRectF((self.width() - wide) / 2, max(8, (self.height() - high) / 2), wide, high)
        painter.setPen(QPen(p.strong_line, look.edge))
        painter.setBrush(p.pane)
        painter.drawRoundedRect(sheet, 8, 8)
        x, y = sheet.left() + px(20), sheet.top() + px(12)
        painter.setPen(p.text)
        painter.setFont(look.font(Use.TITLE))
        head = QRectF(x, y, wide, px(28))
        words = tr("모든 단축키")
        painter.drawText(head, Qt.AlignmentFlag.AlignVCenter, words)
        painter.setFont(look.font(Use.SMALL))
        painter.setPen(p.second)
        told = tr(
            "한글 입력 상태에서도 자판 자리로 알아봅니다 · 글 쓰는 칸에서는 한 글자 단축키가 쉽니다"
        )
        box = QRectF(x, y + px(26), wide - px(40), px(18))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, told)
        column = (wide - px(40)) / len(_COLUMNS)
        for number, places in enumerate(_COLUMNS):
            self._column(painter, places, x + number * column, y + px(52), column - px(20))

    def _column(
        self, painter: QPainter, places: tuple[KeyPlace, ...], x: float, y: float, width: float
    ) -> None:
        look, p, px = self._look, self._look.palette, self._look.px
        for place in places:
            painter.setFont(look.font(Use.SECTION))
            painter.setPen(p.second)
            head = QRectF(x, y, width, px(22))
            painter.drawText(head, Qt.AlignmentFlag.AlignVCenter, place_word(place))
            painter.fillRect(QRectF(x, y + px(23), width, 1), p.strong_line)
            y += px(28)
            for binding in KEYS[place]:
                at = x
                for word in binding.caps:
                    cap = cap_width(look, word)
                    paint_cap(painter, look, word, QRectF(at, y + px(3), cap, px(18)))
                    at += cap + px(4)
                painter.setFont(look.font(Use.TEXT))
                painter.setPen(p.text)
                box = QRectF(x + px(104), y, width - px(104), px(25))
                painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, binding.words())
                y += px(25)
            y += px(20)

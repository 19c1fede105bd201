"""The rail: which screens there are, and where one is."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.desk.shell.screen import DeskScreen
from desktop.i18n import tr
from desktop.theme.brand import paint_brand
from desktop.theme.desk_look import DeskLook, Use
from desktop.theme.icons import paint_icon
from desktop.theme.palette import CONTRAST

WIDTH, ITEM = 72, 56
ICONS = {
    DeskScreen.INBOX: "inbox",
    DeskScreen.GROUPS: "layers",
    DeskScreen.EXCHANGE: "usb",
    DeskScreen.AUDIT: "shield-check",
    DeskScreen.SETTINGS: "settings",
}


def screen_word(name: DeskScreen) -> str:
    match name:
        case DeskScreen.INBOX:
            return tr("의견함")
        case DeskScreen.GROUPS:
            return tr("묶음")
        case DeskScreen.EXCHANGE:
            return tr("교환")
        case DeskScreen.AUDIT:
            return tr("감사")
        case DeskScreen.SETTINGS:
            return tr("설정")


class Rail(QWidget):
    """Signals: `chosen(DeskScreen)`."""

    chosen = Signal(object)

    def __init__(self, look: DeskLook) -> None:
        super().__init__()
        self._look = look
        self.setFixedWidth(look.px(WIDTH))
        self.setAccessibleName(tr("화면"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, look.px(44), 0, look.px(4))
        column.setSpacing(0)
        self.items = {name: _Item(look, name) for name in DeskScreen}
        for name, item in self.items.items():
            if name is DeskScreen.SETTINGS:
                column.addStretch(1)
            column.addWidget(item)
            item.clicked.connect(lambda _checked, name=name: self.chosen.emit(name))

    def show_current(self, current: DeskScreen) -> None:
        for name, item in self.items.items():
            item.setChecked(name is current)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        look = self._look
        painter.fillRect(self.rect(), look.palette.rail)
        size = look.px(28)
        # The mark's light variant: the rail is dark in every theme.
        box = QRectF((self.width() - size) / 2, look.px(8), size, size)
        paint_brand(painter, CONTRAST, box)
        if not look.palette.tints:
            painter.fillRect(self.width() - 2, 0, 2, self.height(), look.palette.strong_line)


class _Item(QAbstractButton):
    def __init__(self, look: DeskLook, name: DeskScreen) -> None:
        super().__init__()
        self._look, self._icon = look, ICONS[name]
        self.setText(screen_word(name))
        self.setAccessibleName(self.text())
        self.setObjectName(f"rail-{name}")
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        font = look.font(Use.SMALL)
        # A longer word of the other language comes down to the width there is, never cut.
        room = look.px(WIDTH - 6)
        while QFontMetricsF(font).horizontalAdvance(self.text()) > room and font.pixelSize() > 9:
            font.setPixelSize(font.pixelSize() - 1)
        self.setFont(font)

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(WIDTH), self._look.px(ITEM))

    def paintEvent(self, event: QPaintEvent) -> None:
        look, p = self._look, self._look.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        face = QRectF(self.rect()).adjusted(look.px(5), 1, -look.px(5), -1)
        if self.isChecked():
            painter.setPen(QPen(p.rail_mark, 2) if not p.tints else Qt.PenStyle.NoPen)
            painter.setBrush(p.rail_on)
            painter.drawRoundedRect(face.adjusted(1, 1, -1, -1), 6, 6)
            painter.fillRect(QRectF(0, face.top() + 2, look.px(3), face.height() - 4), p.rail_mark)
        icon = look.px(20)
        top = look.px(9)
        box = QRectF((self.width() - icon) / 2, top, icon, icon)
        paint_icon(painter, self._icon, box, p.rail_text)
        font = self.font()
        font.setBold(self.isChecked())
        painter.setFont(font)
        painter.setPen(p.rail_text)
        words = QRectF(0, top + icon + look.px(2), self.width(), look.px(18))
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, self.text())
        if self.hasFocus():
            painter.setPen(QPen(p.rail_text, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(face.adjusted(2, 2, -2, -2), 5, 5)

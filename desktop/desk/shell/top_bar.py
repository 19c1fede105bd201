"""The top bar: where one is, the search field, how exchange stands, and who is here."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from desktop.i18n import tr
from desktop.theme.desk_look import DeskLook, Use
from desktop.theme.icons import paint_icon
from desktop.widgets.mouse.button import MouseButton, Weight
from desktop.widgets.mouse.marks import cap_width, paint_cap
from desktop.widgets.mouse.words import Label

HEIGHT, FIELD = 44, 440


class TopBar(QWidget):
    """Signals: `searched(str)` while somebody writes, `search_left()` on Enter and Esc,
    `lock_asked()`."""

    searched = Signal(str)
    search_left = Signal()
    lock_asked = Signal()

    def __init__(self, look: DeskLook) -> None:
        super().__init__()
        self._look = look
        self.setFixedHeight(look.px(HEIGHT))
        self.title = Label(look, "", Use.TITLE, one_line=True)
        self.follows = Label(look, "", Use.TEXT, "second", one_line=True)
        self.field = _SearchField(look)
        self.field.textEdited.connect(self.searched)
        self.field.left.connect(self.search_left)
        self.demonstration = _Demonstration(look)
        self.exchange = _Exchange(look)
        self.officer = _Officer(look)
        self.lock = MouseButton(
            look, "", icon="lock", weight=Weight.QUIET, height=26, name="lock"
        ).named(tr("화면 잠그기"))
        self.lock.clicked.connect(lambda: self.lock_asked.emit())
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(16), 0, look.px(10), 0)
        row.setSpacing(look.px(10))
        left = QHBoxLayout()
        left.setSpacing(look.px(10))
        left.addWidget(self.title)
        left.addWidget(self.follows, 1)
        right = QHBoxLayout()
        right.setSpacing(look.px(10))
        right.addStretch(1)
        for each in (self.demonstration, self.exchange, self.officer, self.lock):
            right.addWidget(each)
        row.addLayout(left, 1)
        row.addWidget(self.field, 1)
        row.addLayout(right, 1)

    def show_title(self, title: str, follows: str) -> None:
        self.title.say(title)
        self.follows.say(follows)

    def show_search(self, prompt: str, words: str) -> None:
        """What the field finds on this screen; an empty prompt takes it away."""
        self.field.setVisible(bool(prompt))
        self.field.setPlaceholderText(prompt)
        self.field.setAccessibleName(prompt)
        if self.field.text() != words:
            self.field.setText(words)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.palette.pane)
        line = self._look.palette.strong_line
        painter.fillRect(0, self.height() - 1, self.width(), 1, line)


class _SearchField(QLineEdit):
    left = Signal()

    def __init__(self, look: DeskLook) -> None:
        super().__init__()
        self._look = look
        self.setObjectName("search")
        self.setFont(look.font(Use.TEXT))
        self.setMaximumWidth(look.px(FIELD))
        self.setMinimumWidth(look.px(200))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaxLength(100)
        room = look.px(24)
        self.setTextMargins(room, 0, cap_width(look, "/") + look.px(6), 0)
        self.returnPressed.connect(self.left)
        self.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # The list below goes on without the mouse: down is out of the field.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Down:
                self.left.emit()
                return True
            if event.key() == Qt.Key.Key_Escape:
                if self.text():
                    self.clear()
                    self.textEdited.emit("")
                self.left.emit()
                return True
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        look = self._look
        painter = QPainter(self)
        size = look.px(16)
        middle = self.height() / 2
        icon = QRectF(look.px(9), middle - size / 2, size, size)
        paint_icon(painter, "search", icon, look.palette.second)
        if not self.hasFocus():
            width, height = cap_width(look, "/"), look.px(18)
            box = QRectF(self.width() - width - look.px(8), middle - height / 2, width, height)
            paint_cap(painter, look, "/", box)


class _Demonstration(QWidget):
    """시연 자료: on every screen of a store that was made to be shown."""

    def __init__(self, look: DeskLook) -> None:
        super().__init__()
        self._look = look
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(8), look.px(2), look.px(8), look.px(2))
        row.addWidget(Label(look, tr("시연 자료"), Use.SECTION, "warning", one_line=True))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setVisible(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        p = self._look.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(p.warning, self._look.edge))
        painter.setBrush(p.warning_bed)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 3, 3)


class _Exchange(QWidget):
    """Offline is normal and quiet: a grey icon and when something last came or went."""

    def __init__(self, look: DeskLook) -> None:
        super().__init__()
        self._look = look
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(22), 0, 0, 0)
        self.words = Label(look, "", Use.SMALL, "second", one_line=True)
        row.addWidget(self.words)

    def say(self, words: str) -> None:
        self.words.say(words)
        self.setVisible(bool(words))

    def paintEvent(self, event: QPaintEvent) -> None:
        size = self._look.px(16)
        box = QRectF(0, (self.height() - size) / 2, size, size)
        paint_icon(QPainter(self), "wifi-off", box, self._look.palette.third)


class _Officer(QWidget):
    """Who is signed in."""

    def __init__(self, look: DeskLook) -> None:
        super().__init__()
        self._look = look
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(28), 0, 0, 0)
        self.words = Label(look, "", Use.TEXT, one_line=True)
        row.addWidget(self.words)

    def say(self, name: str) -> None:
        self.words.say(name)
        # Who is signed in is read whole, unless the name is as long as the bar.
        self.words.setMinimumWidth(min(self.words.sizeHint().width(), self._look.px(160)))
        self.setVisible(bool(name))

    def paintEvent(self, event: QPaintEvent) -> None:
        look, p = self._look, self._look.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = look.px(22)
        box = QRectF(0, (self.height() - size) / 2, size, size)
        painter.setPen(QPen(p.strong_line, 1))
        painter.setBrush(p.rail)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setPen(p.rail_text)
        painter.setFont(look.font(Use.SECTION))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.words.text()[:1])

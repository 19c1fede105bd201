"""The window: rail, top bar, one screen, hint bar; or the sign-in alone.

It knows geometry and keys, and nothing of what the screens show. While the desk is locked the
frame is not there at all: nothing of the list remains visible, not even to assistive technology.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.desk.shell.hint_bar import HintBar
from desktop.desk.shell.key_sheet import KeySheet
from desktop.desk.shell.keys import Command, KeyPlace, command_of, stroke_of
from desktop.desk.shell.rail import Rail
from desktop.desk.shell.screen import DeskScreen
from desktop.desk.shell.top_bar import TopBar
from desktop.desk.shell.undo_strip import UndoStrip
from desktop.desk.shell.view import DeskView
from desktop.i18n import tr
from desktop.theme.desk_look import DeskLook
from desktop.theme.desk_style import qt_palette, style_sheet

SMALLEST = (960, 600)
_SCREENS = {
    Command.FIRST_SCREEN: DeskScreen.INBOX,
    Command.SECOND_SCREEN: DeskScreen.GROUPS,
    Command.THIRD_SCREEN: DeskScreen.EXCHANGE,
    Command.FOURTH_SCREEN: DeskScreen.SETTINGS,
}


class Window(QWidget):
    """Signals: `first_frame()`, `asked(DeskScreen)`, `undo_asked()`, `lock_asked()`,
    `export_asked()`, `stop_asked()`, `touched()` at every key and press, `dropped(paths)`,
    `closed()`."""

    first_frame = Signal()
    asked = Signal(object)
    undo_asked = Signal()
    lock_asked = Signal()
    export_asked = Signal()
    stop_asked = Signal()
    touched = Signal()
    dropped = Signal(object)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("desk")
        self.setMinimumSize(*SMALLEST)
        self.setAutoFillBackground(True)
        self.setAcceptDrops(True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._inside: QWidget | None = None
        self._painted = False
        self._x11 = QGuiApplication.platformName() == "xcb"
        self.frame: Frame | None = None
        self.view: DeskView | None = None
        self._sheet: KeySheet | None = None
        application = QApplication.instance()
        assert application is not None
        application.installEventFilter(self)

    def dress(self, look: DeskLook) -> None:
        """Colours and edges of everything that Qt draws itself."""
        self.setWindowTitle(tr("천만정원 검토대"))
        self.setPalette(qt_palette(look))
        self.setStyleSheet(style_sheet(look))

    # -- what stands in it -----------------------------------------------------------------------

    def show_alone(self, view: QWidget) -> None:
        """The view and nothing round it."""
        self.frame = self.view = None
        self._put(view)

    def show_framed(self, look: DeskLook) -> Frame:
        """An empty frame; `show_view` fills it."""
        self.frame, self.view = Frame(look), None
        rail, bar, hints, strip = (
            self.frame.rail,
            self.frame.bar,
            self.frame.hints,
            self.frame.strip,
        )
        rail.chosen.connect(self.asked)
        bar.lock_asked.connect(self.lock_asked)
        bar.searched.connect(self._search)
        bar.search_left.connect(self._give_back)
        hints.stop_asked.connect(self.stop_asked)
        strip.undo_asked.connect(self.undo_asked)
        self._put(self.frame)
        return self.frame

    def _put(self, inside: QWidget) -> None:
        self._leave_sheet()
        before, self._inside = self._inside, inside
        if before is not None:
            self._column.removeWidget(before)
            before.hide()
            before.deleteLater()
        self._column.addWidget(inside)

    def show_view(self, name: DeskScreen, view: DeskView) -> None:
        assert self.frame is not None
        self.view = view
        view.titled.connect(self._title)
        self.frame.put(view)
        self.frame.rail.show_current(name)
        self._title()
        view.take_focus()

    def _title(self) -> None:
        if self.frame is None or self.view is None:
            return
        self.frame.bar.show_title(*self.view.title())
        self.frame.bar.show_search(self.view.search_prompt(), self.view.searched())
        self.frame.hints.show_keys(self.view.places())

    def _search(self, words: str) -> None:
        if self.view is not None:
            self.view.search(words)

    def _give_back(self) -> None:
        if self.view is not None:
            self.view.take_focus()

    # -- keys ------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel):
            self.touched.emit()
        if kind != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if not isinstance(watched, QWidget) or watched.window() is not self:
            return False
        return self._key(watched, event)

    def _key(self, target: QWidget, event: QKeyEvent) -> bool:
        if self._sheet is not None:
            self._leave_sheet()
            return True
        if self.view is None:
            return False
        stroke = stroke_of(event, x11=self._x11)
        if stroke is None:
            return False
        writing = isinstance(target, QLineEdit | QTextEdit)
        if writing and stroke.is_letter:
            return False
        # A field takes back its own letters, and selects them.
        if writing and stroke.key in ("Z", "A"):
            return False
        # A button that has the focus is pressed by these.
        if stroke.key in ("Space", "Enter") and not stroke.ctrl and self._presses(target):
            return False
        command = command_of(stroke, (*self.view.places(), KeyPlace.ANYWHERE))
        return command is not None and self._obey(command)

    @staticmethod
    def _presses(target: QWidget) -> bool:
        return isinstance(target, QAbstractButton | QComboBox)

    def _obey(self, command: Command) -> bool:
        assert self.view is not None and self.frame is not None
        if self.view.obey(command):
            return True
        if command in _SCREENS:
            self.asked.emit(_SCREENS[command])
        elif command is Command.FIND and self.frame.bar.field.isVisible():
            self.frame.bar.field.setFocus()
            self.frame.bar.field.selectAll()
        elif command in (Command.PANE, Command.PANE_BACK):
            self.view.next_pane(1 if command is Command.PANE else -1)
        elif command is Command.UNDO:
            self.undo_asked.emit()
        elif command is Command.EXPORT:
            self.export_asked.emit()
        elif command is Command.LOCK:
            self.lock_asked.emit()
        elif command is Command.KEYS:
            self.show_sheet()
        else:
            return False
        return True

    def show_sheet(self) -> None:
        """All keys, until the next one."""
        if self.frame is not None and self._sheet is None:
            self._sheet = KeySheet(self.frame.look, self)
            self._sheet.left.connect(self._leave_sheet)

    def _leave_sheet(self) -> None:
        sheet, self._sheet = self._sheet, None
        if sheet is not None:
            sheet.hide()
            sheet.deleteLater()

    # -- drag and drop ---------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        # Nobody gives a locked desk anything.
        if self.frame is not None and _files(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = _files(event)
        if self.frame is not None and files:
            event.acceptProposedAction()
            self.dropped.emit(files)

    # -- Qt --------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self.first_frame.emit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._sheet is not None:
            self._sheet.resize(self.size())

    def closeEvent(self, event: QCloseEvent) -> None:
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        super().closeEvent(event)
        self.closed.emit()


def _files(event: QDropEvent) -> tuple[Path, ...]:
    urls = event.mimeData().urls()
    return tuple(Path(url.toLocalFile()) for url in urls if url.isLocalFile())


class Frame(QWidget):
    """Rail, top bar, hint bar and the strip of undo round one view."""

    def __init__(self, look: DeskLook) -> None:
        super().__init__()
        self.look = look
        self.rail, self.bar, self.hints = Rail(look), TopBar(look), HintBar(look)
        self._view: DeskView | None = None
        self._middle = QVBoxLayout()
        self._middle.setSpacing(0)
        self._middle.addWidget(self.bar)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addLayout(self._middle, 1)
        right.addWidget(self.hints)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(right, 1)
        self.strip = UndoStrip(look, self)

    def put(self, view: DeskView) -> None:
        before, self._view = self._view, view
        if before is not None:
            self._middle.removeWidget(before)
            before.hide()
            before.deleteLater()
        self._middle.addWidget(view, 1)
        view.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.strip.place()

"""A kiosk is a window one cannot fall out of, and it keeps nothing of the visit.

No menus, no dragging words out of a field, no clipboard from one resident to the next.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication

_DRAGS = frozenset((QEvent.Type.DragEnter, QEvent.Type.Drop))
_WAYS_OUT = frozenset((Qt.Key.Key_F4, Qt.Key.Key_Q, Qt.Key.Key_W, Qt.Key.Key_Escape))


class Lockdown:
    """Input handler: takes what would open a menu or leave the program."""

    def handle(self, target: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.ContextMenu or kind in _DRAGS:
            return True
        if kind in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
            assert isinstance(event, QKeyEvent)
            alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
            control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            return (alt or control) and Qt.Key(event.key()) in _WAYS_OUT
        return False


def forget_clipboard() -> None:
    """Empty both clipboards; the next resident pastes nothing."""
    clipboard = QGuiApplication.clipboard()
    clipboard.clear()
    if clipboard.supportsSelection():
        clipboard.clear(clipboard.Mode.Selection)


def hide_pointer() -> None:
    """A touch screen shows no mouse pointer."""
    QApplication.setOverrideCursor(Qt.CursorShape.BlankCursor)

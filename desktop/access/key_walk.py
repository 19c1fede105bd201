"""Writing with four arrows and a confirm key: a pointer walks over the keyboard on the screen.

The text field keeps the focus the whole time, so the syllable being composed stays whole.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QRect, Qt, QTimer, Signal
from PySide6.QtWidgets import QAbstractButton, QWidget

from desktop.access.targets import nearest, ordered_children, place


class KeyWalk(QObject):
    """`keyboard` answers the docked keyboard or None. Signal: `pointed(key or None)`."""

    pointed = Signal(object)

    def __init__(
        self, keyboard: Callable[[], QWidget | None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._keyboard = keyboard
        self._key: QAbstractButton | None = None
        self._was_at = QRect()

    @property
    def key(self) -> QAbstractButton | None:
        """The key one is at; None while the pointer is not on the keyboard."""
        return self._key

    def within_reach(self) -> list[QAbstractButton]:
        keyboard = self._keyboard()
        return [] if keyboard is None or not keyboard.isVisible() else _buttons(keyboard)

    def enter(self, field: QWidget) -> bool:
        """From the field down onto the keyboard; False where there is none."""
        keys = self.within_reach()
        if not keys:
            return False
        self._point(nearest(field, keys, Qt.Key.Key_Down) or keys[0])
        return True

    def leave(self) -> None:
        if self._key is not None:
            self._point(None)

    def go(self, key: Qt.Key) -> bool:
        """One step with an arrow; False when there is no key in that direction."""
        assert self._key is not None
        found = nearest(self._key, self.within_reach(), key)
        if found is not None:
            self._point(found)
        return found is not None

    def press(self) -> None:
        """The confirm key. Another page of keys may follow: then one stays at the same place."""
        assert self._key is not None
        self._key.click()
        QTimer.singleShot(0, self, self._stay)

    def _stay(self) -> None:
        keys = self.within_reach()
        if self._key in keys or not keys:
            if not keys:
                self.leave()
            return
        middle = self._was_at.center()
        self._point(min(keys, key=lambda k: (place(k).center() - middle).manhattanLength()))

    def _point(self, widget: QWidget | None) -> None:
        if self._key is not None:
            try:
                self._key.destroyed.disconnect(self._gone)
            except RuntimeError:  # its page was already thrown away
                self._key = None
        assert widget is None or isinstance(widget, QAbstractButton)
        self._key = widget
        if widget is not None:
            self._was_at = place(widget)
            widget.destroyed.connect(self._gone)
        self.pointed.emit(widget)

    def _gone(self) -> None:
        self._key = None


def _buttons(root: QWidget) -> list[QAbstractButton]:
    found: list[QAbstractButton] = []
    for child in ordered_children(root):
        if isinstance(child, QAbstractButton):
            if child.isEnabled():
                found.append(child)
        else:
            found += _buttons(child)
    return found

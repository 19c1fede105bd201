"""In speech mode one touch reads, and a second touch on the same thing presses it.

With keys the same holds: moving the focus reads, the confirm key presses.
"""

from __future__ import annotations

from contextlib import suppress

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from desktop.access.input import MOVES, RELEASES, widget_at
from desktop.access.speech import Speaker
from desktop.access.spoken import describe, is_control, is_field, name_of, private

#: The second event of one press, when it follows another quickly.
DOUBLE = frozenset((QEvent.Type.MouseButtonDblClick,))
_DOWN = (
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonDblClick,
    QEvent.Type.TouchBegin,
)


#: Keys below a widget with this property act at the first touch and are never named aloud.
SILENT = "silent"


class TouchToHear(QObject):
    """Reads what is touched while `speaker` is on; lets everything through while it is off."""

    def __init__(self, speaker: Speaker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._speaker = speaker
        self._heard: QWidget | None = None
        self._swallowing = False
        self._by_key = self._down = False
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._focus_moved)

    def forget(self) -> None:
        """A screen opened or speech was switched: the next touch reads again."""
        self._heard = None

    def handle(self, target: QObject, event: QEvent) -> bool:
        if self._swallowing and event.type() in (RELEASES | MOVES | DOUBLE):
            if event.type() in RELEASES:
                self._swallowing = self._down = False
            return True
        if event.type() == QEvent.Type.KeyPress:
            self._by_key = True
        if event.type() in RELEASES:
            self._down = False
        if event.type() not in _DOWN:
            return False
        self._by_key = False
        # One touch passes here many times: for the window, the widget, and what the widget is in.
        repeated, self._down = self._down, True
        if repeated or not self._speaker.on:
            return False
        widget = widget_at(target, event)
        return widget is not None and self._touched(widget)

    def _touched(self, widget: QWidget) -> bool:
        control = _control_of(widget)
        if control is None:
            self._read_text(widget)
            return False
        # The keys under a private field would spell it out: they type at once, unheard.
        if _below(control, SILENT) or (_is_key(control) and private(QApplication.focusWidget())):
            return False
        if control is self._heard:
            return False
        self._set_heard(control)
        self._speaker.say(describe(control))
        self._swallowing = True
        return True

    def _read_text(self, widget: QWidget) -> None:
        self._set_heard(None)
        words = name_of(widget)
        if (
            words
            and not private(widget)
            and (isinstance(widget, QLabel) or not _has_children(widget))
        ):
            self._speaker.say(words)

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        # Focus also moves by itself when a view opens or closes; nobody asked to hear that.
        if new is None or not self._by_key or not self._speaker.on or new is self._heard:
            return
        if _below(new, SILENT):
            return
        if is_control(new) and not new.isWindow():
            self._set_heard(new)
            self._speaker.say(describe(new))

    def point_at(self, key: QWidget | None) -> None:
        """The pointer of the keyboard stands on `key`: read it, unless it would spell a secret."""
        if key is not None and self._speaker.on and not private(QApplication.focusWidget()):
            self._speaker.say(describe(key))

    def _set_heard(self, control: QWidget | None) -> None:
        if self._heard is not None:
            with suppress(RuntimeError):  # its view was already thrown away
                self._heard.destroyed.disconnect(self.forget)
        self._heard = control
        if control is not None:
            control.destroyed.connect(self.forget)


def _control_of(widget: QWidget | None) -> QWidget | None:
    """The nearest control at or round `widget`."""
    while widget is not None and not widget.isWindow():
        if isinstance(widget, QAbstractButton) or is_field(widget):
            return widget
        widget = widget.parentWidget()
    return None


def _below(widget: QWidget, name: str) -> bool:
    """Whether `widget` or anything round it has the property `name`."""
    at: QWidget | None = widget
    while at is not None:
        if at.property(name):
            return True
        at = at.parentWidget()
    return False


def _is_key(control: QWidget) -> bool:
    """Whether the control is a key of the keyboard on the screen."""
    parent = control.parentWidget()
    while parent is not None:
        if parent.objectName() == "keyboard":
            return True
        parent = parent.parentWidget()
    return False


def _has_children(widget: QWidget) -> bool:
    return any(isinstance(child, QWidget) and child.isVisible() for child in widget.children())

"""Input tells the idle clock that somebody is there.

While the clock asks "are you still there?", any touch and any key is the answer yes and does
nothing else: nobody presses a button they did not aim at. Only the question's own buttons work.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget

from desktop.access.idle import IdleClock
from desktop.access.input import MOVES, PRESSES, RELEASES, is_window_event, key_of, widget_at

#: Keys that walk between the question's two buttons or press one; every other key says "yes".
WALKING = frozenset(
    (
        Qt.Key.Key_Tab,
        Qt.Key.Key_Backtab,
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
    )
)
PRESSING = frozenset((Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Select))


class IdleWatch:
    """`question` answers the dialog that is asking, or None; its buttons stay usable."""

    def __init__(
        self,
        idle: IdleClock,
        question: Callable[[], QWidget | None],
    ) -> None:
        self._idle, self._question = idle, question
        self._swallowing = False

    def handle(self, target: QObject, event: QEvent) -> bool:
        kind = event.type()
        if self._swallowing and kind in (RELEASES | MOVES):
            # A window hears of a release before the widget in it; both belong to the same touch.
            if kind in RELEASES:
                self._swallowing = False
            return True
        if kind == QEvent.Type.ShortcutOverride:
            return False
        if not self._idle.warned:
            if kind != QEvent.Type.MouseMove:
                self._idle.touch()
            return False
        if kind not in PRESSES and kind != QEvent.Type.Wheel:
            return False
        if self._for_the_question(target, event):
            self._idle.prolong()
            return False
        self._swallowing = kind in PRESSES
        self._idle.touch()
        return True

    def _for_the_question(self, target: QObject, event: QEvent) -> bool:
        question = self._question()
        if question is None:
            return False
        key = key_of(event)
        if key is not None:
            if is_window_event(target):
                return key in WALKING or key in PRESSING
            focused = isinstance(target, QWidget) and question.isAncestorOf(target)
            return key in WALKING or (key in PRESSING and focused)
        widget = widget_at(target, event)
        return (
            widget is not None
            and question.isAncestorOf(widget)
            and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        )

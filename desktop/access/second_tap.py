"""A trembling hand taps twice, and a key bounces: the second press belongs to the first.

When a screen or a step comes on stage, or what was pressed is gone or reads otherwise, a press
near the last one does nothing for a moment: nobody aimed at what has just come under the finger.
Where the same thing still stands (a letter, one more tree, the next page) every press counts, and
so does every press elsewhere.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from desktop.access.focus import BACK, CONFIRM, HELP, HOME
from desktop.access.input import MOVES, PRESSES, RELEASES, point_of, widget_below

#: For so long (seconds) a press near the last one does nothing on what has just come.
CALM_S = 0.6
#: The same for what is shown once and has to be read, as a receipt.
LONG_CALM_S = 1.5
#: A second tap of the same hand lands within so many mm of the first.
NEAR_MM = 25.0
#: Keys that do something; all others move, write or only look.
ACTING = CONFIRM | BACK | HOME | HELP


@dataclass(frozen=True, slots=True)
class _Thing:
    """What a press met, and how it read: a choice that was ticked meanwhile is another thing."""

    widget: QWidget | None
    reads: tuple[str, bool] | None

    @classmethod
    def of(cls, widget: QWidget | None) -> _Thing:
        if isinstance(widget, QAbstractButton):
            return cls(widget, (widget.text(), widget.isChecked()))
        return cls(widget, None)


@dataclass(slots=True)
class _Last:
    """The last press of one kind: where and when it was, and what the one that counted met."""

    at: float
    place: QPoint | None
    met: _Thing | None  #: None: something else came on stage since
    keyboard: QWidget | None  #: the keyboard on the screen, when one of its keys was pressed


class SecondTap:
    """Input handler, the first of all. `keyboard` answers the keyboard on the screen or None (its
    keys are never slowed), `focused` what a key would press, `px_per_mm` the panel's measure."""

    def __init__(
        self,
        *,
        px_per_mm: Callable[[], float],
        keyboard: Callable[[], QWidget | None] = lambda: None,
        focused: Callable[[], QWidget | None] = QApplication.focusWidget,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._px_per_mm, self._keyboard, self._focused = px_per_mm, keyboard, focused
        self._clock = clock
        self._calm, self._turned_at = CALM_S, -LONG_CALM_S
        self._finger: _Last | None = None
        self._key: _Last | None = None
        # One press passes here many times (for the window, the widget, as touch and as mouse):
        # what was decided at the first holds until the release.
        self._finger_down = self._key_down = False
        self._drop_finger = self._drop_key = False

    def turned(self, calm: float = CALM_S) -> None:
        """Another screen or step has come on stage; it stands for `calm` seconds."""
        self._calm, self._turned_at = calm, self._clock()
        for last in (self._finger, self._key):
            if last is not None:
                last.met = None

    def forget(self) -> None:
        """The next press is nobody's second one."""
        self._finger = self._key = None

    def handle(self, target: QObject, event: QEvent) -> bool:
        kind = event.type()
        if isinstance(event, QKeyEvent):
            return self._on_key(event)
        if kind in PRESSES:
            if not self._finger_down:
                self._finger_down = True
                self._drop_finger = self._second_touch(target, event)
            return self._drop_finger
        if kind in MOVES:
            return self._drop_finger
        if kind in RELEASES:
            dropped, self._drop_finger, self._finger_down = self._drop_finger, False, False
            return dropped
        return False

    # -- fingers and mice ----------------------------------------------------------------------

    def _second_touch(self, target: QObject, event: QEvent) -> bool:
        place = point_of(event)
        if place is None:
            return False
        last, under = self._finger, widget_below(target, place)
        if last is not None and last.place is not None and self._near(place, last.place):
            there = widget_below(target, last.place)
            if self._in_calm(last, under, there):
                last.at, last.place = self._clock(), place
                return True
        self._finger = self._record(under, place)
        return False

    def _near(self, one: QPoint, other: QPoint) -> bool:
        step = one - other
        return max(abs(step.x()), abs(step.y())) <= NEAR_MM * self._px_per_mm()

    # -- keys ----------------------------------------------------------------------------------

    def _on_key(self, event: QKeyEvent) -> bool:
        if event.type() == QEvent.Type.KeyRelease:
            dropped = self._drop_key
            if not event.isAutoRepeat():
                self._drop_key = self._key_down = False
            return dropped
        if event.type() != QEvent.Type.KeyPress:
            return False
        if Qt.Key(event.key()) not in ACTING:
            # Walking and writing lead elsewhere: what is pressed there is meant.
            self._key = None
            return False
        last, under = self._key, self._focused()
        if event.isAutoRepeat():
            # A held key goes on with what it was pressed on, however long, and with nothing else.
            self._drop_key = self._drop_key or (last is not None and self._left(last, under, under))
        elif not self._key_down:
            self._key_down = True
            self._drop_key = last is not None and self._in_calm(last, under, under)
            if self._drop_key and last is not None:
                last.at = self._clock()
            else:
                self._key = self._record(under)
        return self._drop_key

    # -- both ----------------------------------------------------------------------------------

    def _record(self, under: QWidget | None, place: QPoint | None = None) -> _Last:
        return _Last(self._clock(), place, _Thing.of(under), self._keyboard_of(under))

    def _in_calm(self, last: _Last, under: QWidget | None, there: QWidget | None) -> bool:
        """Whether a press on `under` comes too soon after `last`, in whose place `there` is."""
        calm = self._calm if last.met is None else CALM_S
        soon = self._clock() - max(last.at, self._turned_at) < calm
        return soon and self._left(last, under, there)

    def _left(self, last: _Last, under: QWidget | None, there: QWidget | None) -> bool:
        """Whether something else is where `last` pressed. A keyboard changes its keys under a thumb
        that writes fast; while it is the same keyboard, every letter is meant."""
        if last.keyboard is not None and last.keyboard is self._keyboard_of(under):
            return False
        return last.met is None or last.met != _Thing.of(there)

    def _keyboard_of(self, under: QWidget | None) -> QWidget | None:
        keyboard = self._keyboard()
        within = keyboard is not None and under is not None and keyboard.isAncestorOf(under)
        return keyboard if within else None

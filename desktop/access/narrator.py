"""Says what comes on: a screen or dialog once it stands still, then each line that appears on it.

Widgets get their words and places over several turns of the event loop, so nothing is read before
two looks in a row have found the same. Content that changes by itself is told a few times for one
press and no more: listening keeps a visit alive, and nobody may be there any longer.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from desktop.access.input import PRESSES
from desktop.access.speech import Speaker
from desktop.access.spoken import greeting, name_of, script, texts

#: Looks until a screen that never stands still is read as it is.
MOST_LOOKS = 12
#: How often one press may be followed by words that appear.
MOST_TELLINGS = 3
_CHANGES = frozenset((QEvent.Type.LayoutRequest, QEvent.Type.UpdateRequest))


class Narrator(QObject):
    """`stage` answers what a resident has before them: the dialog that asks, else the screen; None
    while something else speaks for itself. `window` holds all of them."""

    def __init__(
        self,
        speaker: Speaker,
        window: QWidget,
        stage: Callable[[], QWidget | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._speaker, self._find = speaker, stage
        self._stage: QWidget | None = None
        self._greeted: list[QWidget] = []
        self._preface = ""
        self._quietly = False
        self._seen: list[str] = []
        self._looks = 0
        self._told: frozenset[str] | None = None
        self._pressed = False
        self._tellings = MOST_TELLINGS
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look)
        window.installEventFilter(self)

    # -- what happens ---------------------------------------------------------------------------

    def open(self, preface: str = "") -> None:
        """Another screen is on stage: read it, after `preface`."""
        self._preface, self._quietly = preface, False
        self._begin()

    def dress(self, words: str = "") -> None:
        """The same screen came back in another look: it was read; say `words` alone."""
        self._preface, self._quietly = words, True
        self._begin()

    def _begin(self) -> None:
        self._stage, self._told, self._greeted = None, None, []
        self._tellings = MOST_TELLINGS
        if self._listened():
            self._timer.start()

    def handle(self, target: QObject, event: QEvent) -> bool:
        """Sees all input; a press may be answered by words that appear."""
        if event.type() in PRESSES:
            self._pressed, self._tellings = True, MOST_TELLINGS
        return False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _CHANGES and not self._timer.isActive() and self._listened():
            self._timer.start()
        return False

    def _listened(self) -> bool:
        return self._speaker.on or QAccessible.isActive()

    # -- what is said ---------------------------------------------------------------------------

    def _look(self) -> None:
        stage = self._find() if self._listened() else None
        if stage is None:
            return
        if stage is not self._stage:
            self._stage, self._seen, self._looks, self._told = stage, [], 0, None
        if self._told is None:
            self._greet_when_still(stage)
            return
        lines = texts(stage)
        fresh = [line for line in lines if line not in self._told]
        self._told = frozenset(lines)
        if fresh and self._tellings:
            self._tellings -= 1
            self._tell(fresh)

    def _greet_when_still(self, stage: QWidget) -> None:
        now = script(stage)
        self._looks += 1
        if (now != self._seen or self._looks < 2) and self._looks < MOST_LOOKS:
            self._seen = now
            self._timer.start()
            return
        self._told = frozenset(texts(stage))
        # Where a dialog was put away one is back on what was read before.
        words = name_of(stage) if stage in self._greeted else greeting(stage)
        words = self._preface if self._quietly else f"{self._preface} {words}".strip()
        self._announce(stage, self._preface if self._quietly else name_of(stage))
        self._preface, self._quietly = "", False
        self._greeted.append(stage)
        if words:
            self._pressed = False
            self._speaker.say(words)

    def _tell(self, fresh: list[str]) -> None:
        words = " ".join(line if line[-1] in ".?!" else f"{line}." for line in fresh)
        if self._stage is not None:
            self._announce(self._stage, words)
            if self._speaker.busy and not self._pressed:
                # It was loaded while the screen was being read: it belongs to it.
                words = greeting(self._stage)
        self._speaker.say(words)

    def _announce(self, stage: QWidget, words: str) -> None:
        """For assistive technology: one announcement for a screen, one for what appears."""
        if words and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(stage, words))

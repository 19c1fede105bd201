"""Speech as a resident uses it: on and off, again, stop, slower, louder."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desktop.access.reader import aloud
from desktop.access.voice import Voice

SLOW, NORMAL, FAST = 0, 1, 2
#: Volume steps in percent; the first is silence.
VOLUMES = (0, 25, 50, 75, 100)
START_VOLUME = 50


class Speaker(QObject):
    """Says one thing at a time: new words silence old ones.

    Says nothing while it is off, and remembers the last words only until `forget()`.
    """

    speaking = Signal(bool)
    #: What is being said, for the visible twin of every sound.
    said = Signal(str)

    def __init__(self, voice: Voice, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._voice = voice
        self._on = self._busy = False
        self._language, self._rate, self._volume = "ko", NORMAL, START_VOLUME
        self._last = ""
        voice.ended.connect(self._ended)

    def available(self) -> bool:
        """Whether this machine has a voice; without one nobody is offered speech."""
        return self._voice.available()

    @property
    def on(self) -> bool:
        return self._on

    @property
    def busy(self) -> bool:
        """Whether something is being said."""
        return self._busy

    @property
    def last(self) -> str:
        return self._last

    def set_on(self, on: bool) -> None:
        self._on = on and self.available()
        if not self._on:
            self.stop()

    def use(self, *, language: str, rate: int, volume: int) -> None:
        """Language of the words to come, speed 0 to 2, volume in percent."""
        self._language, self._rate, self._volume = language, rate, volume

    def say(self, text: str) -> None:
        """Say `text` now, whatever was being said."""
        words = text.strip()
        if not self._on or not words:
            return
        self._last = words
        self.said.emit(words)
        if self._volume == 0:
            self._set_busy(False)
            self._voice.stop()
            return
        self._set_busy(True)
        self._voice.say(
            aloud(words, self._language),
            language=self._language,
            rate=self._rate,
            volume=self._volume,
        )

    def repeat(self) -> None:
        self.say(self._last)

    def stop(self) -> None:
        self._voice.stop()
        self._set_busy(False)

    def forget(self) -> None:
        """The visit is over."""
        self.set_on(False)
        self._last = ""
        self._language, self._rate, self._volume = "ko", NORMAL, START_VOLUME

    def close(self) -> None:
        self.set_on(False)
        self._voice.close()

    def _ended(self) -> None:
        self._set_busy(False)

    def _set_busy(self, busy: bool) -> None:
        if busy != self._busy:
            self._busy = busy
            self.speaking.emit(busy)

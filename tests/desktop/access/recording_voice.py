"""A voice that remembers what it was asked to say; kept honest by the voice contract's tests."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QTimer

from desktop.access.voice import Voice


@dataclass(frozen=True)
class Said:
    text: str
    language: str
    rate: int
    volume: int


class RecordingVoice(Voice):
    """`said` holds every text, `stops` counts the stops; `finish()` ends what is being said."""

    def __init__(self, *, there: bool = True, quick: bool = False) -> None:
        super().__init__()
        self.said: list[Said] = []
        self.stops = 0
        self._there, self._quick = there, quick
        self._saying = False

    @property
    def texts(self) -> list[str]:
        return [each.text for each in self.said]

    def available(self) -> bool:
        return self._there

    def say(self, text: str, *, language: str, rate: int, volume: int) -> None:
        self.said.append(Said(text, language, rate, volume))
        self._saying = True
        if self._quick:
            number = len(self.said)
            QTimer.singleShot(0, self, lambda: self._finish_quickly(number))

    def _finish_quickly(self, number: int) -> None:
        if number == len(self.said):
            self.finish()

    def stop(self) -> None:
        self.stops += 1
        self._saying = False

    def finish(self) -> None:
        if self._saying:
            self._saying = False
            self.ended.emit()

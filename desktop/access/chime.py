"""Short sounds for what was done: a step, the end of all, a fault. Computed here, nobody's
recording.

Each has its visible twin: the next screen, the receipt, the sentence that says what is wrong. They
are as loud as speech is set, and silent at 0. Whoever listens to speech hears it in words instead.
"""

from __future__ import annotations

import io
import math
import wave
from array import array
from enum import Enum
from functools import cache

from PySide6.QtCore import QObject, QProcess, QStandardPaths, Signal
from PySide6.QtGui import QGuiApplication

#: (program, arguments): whichever is there plays a wave file from its input.
PLAYERS = (("aplay", ("-q", "-")), ("paplay", ("--file-format=wav", "/dev/stdin")))
RATE = 22_050
#: Share of full scale: quieter than speech at the same setting.
LOUDEST = 0.35


class Sound(Enum):
    """(frequency in Hz, seconds) one after the other."""

    STEP = ((660.0, 0.09),)
    DONE = ((523.0, 0.12), (659.0, 0.12), (784.0, 0.22))
    PLANTED = ((392.0, 0.1), (523.0, 0.1), (659.0, 0.1), (1047.0, 0.24))
    FAULT = ((311.0, 0.14), (233.0, 0.24))


@cache
def wave_of(sound: Sound, volume: int) -> bytes:
    """The sound as a wave file; `volume` in percent."""
    loud = 32_767 * LOUDEST * volume / 100
    samples = array("h")
    for pitch, seconds in sound.value:
        count = round(RATE * seconds)
        for at in range(count):
            # A soft beginning and a long end: nothing clicks.
            swell = min(1.0, at / (RATE * 0.005)) * (1 - at / count) ** 2
            samples.append(round(loud * swell * math.sin(2 * math.pi * pitch * at / RATE)))
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(samples.tobytes())
    return file.getvalue()


class Chime(QObject):
    """Plays one sound at a time in a process of its own; without a player it only says so."""

    #: What sounds, also where nobody can hear it.
    sounded = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        found = [(QStandardPaths.findExecutable(name), words) for name, words in PLAYERS]
        # Off screen nobody is there to hear it.
        seen = QGuiApplication.platformName() != "offscreen"
        self._player = next(((path, words) for path, words in found if path and seen), None)
        self._process: QProcess | None = None

    def play(self, sound: Sound, volume: int) -> None:
        """Sound at once, in place of what is still sounding."""
        self.stop()
        if volume <= 0:
            return
        self.sounded.emit(sound)
        if self._player is None:
            return
        process = QProcess(self)
        process.setStandardOutputFile(QProcess.nullDevice())
        process.setStandardErrorFile(QProcess.nullDevice())
        self._process = process
        process.start(self._player[0], list(self._player[1]))
        process.write(wave_of(sound, volume))
        process.closeWriteChannel()

    def stop(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.waitForFinished(200)
            process.deleteLater()

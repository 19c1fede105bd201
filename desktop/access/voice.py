"""A voice says one text at a time. The real one is espeak-ng in a process of its own.

Words go to the process through its input, never as arguments, where other users of the machine
could read them in the list of processes.
"""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QStandardPaths, Signal

log = logging.getLogger("cheonman.speech")

PROGRAM = "espeak-ng"
#: espeak-ng's own speed numbers; measured for Korean: 3, 4 and 6 syllables a second.
SPEEDS = (105, 135, 195)
#: Its loudness runs to 200, and 100 is what it calls normal.
LOUDEST = 200
LONGEST = 4000


class Voice(QObject):
    """What a speaker needs from a voice. `ended` comes once for each text that was not stopped."""

    ended = Signal()

    def available(self) -> bool:
        raise NotImplementedError

    def say(self, text: str, *, language: str, rate: int, volume: int) -> None:
        """Say `text` at once, in place of what is being said. `rate` 0 slow, 1 normal, 2 fast;
        `volume` in percent."""
        raise NotImplementedError

    def stop(self) -> None:
        """Silence, at once; `ended` does not come."""
        raise NotImplementedError

    def close(self) -> None:
        """Stop for good."""
        self.stop()


class Utterance(QProcess):
    """One run of the program that speaks. Signal: `over(itself, whether something was wrong)`."""

    over = Signal(object, bool)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.setStandardOutputFile(QProcess.nullDevice())
        self.finished.connect(self._finished)
        self.errorOccurred.connect(self._failed)

    def _finished(self, status: int) -> None:
        self.over.emit(self, status != 0)

    def _failed(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self.over.emit(self, True)


class EspeakVoice(Voice):
    """espeak-ng. With `wave_file` it writes sound there instead of the loudspeaker."""

    def __init__(self, wave_file: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wave_file = wave_file
        self._program = QStandardPaths.findExecutable(PROGRAM)
        self._process: Utterance | None = None
        self._dying: list[Utterance] = []
        self._complained = False

    def available(self) -> bool:
        return bool(self._program)

    def arguments(self, language: str, rate: int, volume: int) -> list[str]:
        """espeak-ng's arguments; no word of the text among them."""
        result = ["-v", language, "-s", str(SPEEDS[rate]), "-a", str(volume * LOUDEST // 100)]
        if self._wave_file is not None:
            result += ["-w", str(self._wave_file)]
        return [*result, "-b", "1", "--stdin"]

    def say(self, text: str, *, language: str, rate: int, volume: int) -> None:
        self.stop()
        if not self._program:
            return
        process = Utterance(self)
        process.over.connect(self._over)
        self._process = process
        process.start(self._program, self.arguments(language, rate, volume))
        process.write(text[:LONGEST].encode())
        process.closeWriteChannel()

    def stop(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            self._dying.append(process)
            process.kill()

    def close(self) -> None:
        self.stop()
        for process in self._dying:
            process.waitForFinished(500)
        self._dying = []

    def _over(self, process: Utterance, failed: bool) -> None:
        current = process is self._process
        if current:
            self._process = None
            if failed:
                self._complain()
        if process in self._dying:
            self._dying.remove(process)
        process.deleteLater()
        if current:
            self.ended.emit()

    def _complain(self) -> None:
        if not self._complained:
            log.warning("espeak-ng ended with an error; is a sound card there?")
            self._complained = True

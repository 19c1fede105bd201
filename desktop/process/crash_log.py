"""What happens when the program itself is wrong: it is written down and the visit starts anew.

The log holds what went wrong and where in the code, never a resident's words: of an exception only
its type and the places it passed, no message and no values.
"""

from __future__ import annotations

import faulthandler
import logging
import sys
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import IO

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler

log = logging.getLogger("cheonman")

FOLDER, FILE, FAULTS = "logs", "cheonman.log", "faults.log"
MAX_BYTES, KEPT_FILES = 512 * 1024, 4
LONGEST_QT_MESSAGE = 300
_FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"
_QT_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}

Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def places(error: BaseException | None, trace: TracebackType | None) -> str:
    """The way of an exception through the code, innermost last: `db/text.py:40 plain`."""
    frames = traceback.extract_tb(
        trace if trace is not None else getattr(error, "__traceback__", None)
    )
    return " > ".join(f"{_short(f.filename)}:{f.lineno} {f.name}" for f in frames[-12:])


def _short(filename: str) -> str:
    parts = Path(filename).parts
    for floor in ("desktop", "db", "resources"):
        if floor in parts:
            return "/".join(parts[parts.index(floor) :])
    return parts[-1] if parts else filename


class _NoWords(logging.Formatter):
    """Writes exceptions without their messages."""

    def formatException(self, ei: Raised) -> str:  # noqa: N802 (logging asks for this name)
        kind, error, trace = ei
        return f"{kind.__name__ if kind else 'nothing'} at {places(error, trace)}"


class Failures(QObject):
    """Catches what nobody caught. `bug` comes on the UI thread, once for each; the kiosk then wipes
    the visit and says so."""

    bug = Signal()

    def __init__(self, data_dir: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = data_dir / FOLDER
        self._handler: RotatingFileHandler | None = None
        self._fault_file: IO[str] | None = None
        self._give_back: Callable[[], None] | None = None

    def install(self) -> None:
        """Take over the hooks; without a writable folder errors go to stderr only."""
        self._open_log()
        before, of_threads = sys.excepthook, threading.excepthook
        of_qt = qInstallMessageHandler(self._on_qt_message)

        def give_back() -> None:
            sys.excepthook, threading.excepthook = before, of_threads
            qInstallMessageHandler(of_qt)

        self._give_back = give_back
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception

    def remove(self) -> None:
        """Give the hooks back and close the files."""
        if self._give_back is not None:
            self._give_back()
            self._give_back = None
        if self._handler is not None:
            log.removeHandler(self._handler)
            self._handler.close()
            self._handler = None
        if self._fault_file is not None:
            faulthandler.disable()
            self._fault_file.close()
            self._fault_file = None

    def _open_log(self) -> None:
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handler = RotatingFileHandler(
                self._folder / FILE, maxBytes=MAX_BYTES, backupCount=KEPT_FILES, encoding="utf-8"
            )
            (self._folder / FILE).chmod(0o600)
            self._fault_file = (self._folder / FAULTS).open("a", encoding="utf-8")
            (self._folder / FAULTS).chmod(0o600)
        except OSError as error:
            print(f"cheonman: {self._folder}: {error.strerror}; no log is kept", file=sys.stderr)  # noqa: T201
            return
        handler.setFormatter(_NoWords(_FORMAT))
        log.addHandler(handler)
        log.setLevel(logging.INFO)
        self._handler = handler
        faulthandler.enable(self._fault_file)

    def _on_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        log.error("bug: %s at %s", kind.__name__, places(error, trace))
        if self._handler is None:
            sys.__excepthook__(kind, error, trace)
        self.bug.emit()

    def _on_thread_exception(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_type is SystemExit:
            return
        log.error(
            "bug: %s at %s", args.exc_type.__name__, places(args.exc_value, args.exc_traceback)
        )
        self.bug.emit()

    def _on_qt_message(self, kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        log.log(_QT_LEVELS.get(kind, logging.WARNING), "qt: %s", message[:LONGEST_QT_MESSAGE])


@dataclass(frozen=True, slots=True)
class LoggedError:
    """One line of the log that an operator should see."""

    at: str
    what: str


def last_errors(data_dir: Path, count: int = 5) -> tuple[LoggedError, ...]:
    """The newest errors of the log, newest first; none when there is no log."""
    path = data_dir / FOLDER / FILE
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - MAX_BYTES))
            lines = file.read(MAX_BYTES).decode("utf-8", errors="replace").splitlines()
    except OSError:
        return ()
    found = []
    for line in reversed(lines):
        parts = line.split(" ", 4)
        if len(parts) == 5 and parts[2] in ("ERROR", "CRITICAL"):
            found.append(LoggedError(f"{parts[0]} {parts[1].split(',')[0]}", parts[4]))
        if len(found) == count:
            break
    return tuple(found)

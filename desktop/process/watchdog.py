"""Tells the system that the screen is alive, and staff how the kiosk is, without personal data.

The signs of life come from the UI thread's own timer: a frozen screen stops them, and systemd
restarts the program. The protocol is one datagram to a socket; no library is needed.
"""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

STATUS_FILE = "status.json"
STATUS_MS = 60_000

Facts = Mapping[str, str | int | float | bool | None]


def _address(environ: Mapping[str, str]) -> str | None:
    """The socket systemd listens on; a leading @ means the abstract name space."""
    path = environ.get("NOTIFY_SOCKET", "")
    if path.startswith("@"):
        return "\0" + path[1:]
    return path if path.startswith("/") else None


def _watchdog_ms(environ: Mapping[str, str]) -> int | None:
    """Half the time systemd allows between two signs of life; None without a watchdog for us."""
    try:
        microseconds = int(environ.get("WATCHDOG_USEC", "0"))
        owner = int(environ.get("WATCHDOG_PID", str(os.getpid())))
    except ValueError:
        return None
    if microseconds <= 0 or owner != os.getpid():
        return None
    return max(1, microseconds // 2000)


class Watchdog(QObject):
    """`facts` answers what the status file says; `run` carries file work off the UI thread."""

    def __init__(
        self,
        data_dir: Path,
        facts: Callable[[], Facts],
        *,
        run: Callable[[Callable[[], None]], None] = lambda work: work(),
        environ: Mapping[str, str] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        environ = os.environ if environ is None else environ
        self._path = data_dir / STATUS_FILE
        self._facts, self._run = facts, run
        self._address = _address(environ)
        self._every = _watchdog_ms(environ)
        self._beat = QTimer(self)
        self._beat.timeout.connect(self._alive)
        self._minute = QTimer(self)
        self._minute.setInterval(STATUS_MS)
        self._minute.timeout.connect(self.write_status)

    def start(self) -> None:
        """The first frame is on the screen."""
        self._send("READY=1")
        if self._every is not None and self._address is not None:
            self._beat.start(self._every)
            self._alive()
        self._minute.start()
        self.write_status()

    def stop(self) -> None:
        self._send("STOPPING=1")
        self._beat.stop()
        self._minute.stop()

    def _alive(self) -> None:
        self._send("WATCHDOG=1")

    def _send(self, message: str) -> None:
        if self._address is None:
            return
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
            sender.setblocking(False)
            try:
                sender.sendto(message.encode(), self._address)
            except OSError:  # nobody listens: systemd will judge by the silence
                return

    def write_status(self) -> None:
        """Write the status file now; readers see the old one or the new one, never half of it."""
        text = json.dumps(dict(self._facts()), ensure_ascii=False, indent=1)
        path = self._path

        def work() -> None:
            draft = path.with_suffix(".tmp")
            try:
                draft.write_text(text + "\n", encoding="utf-8")
                draft.replace(path)
            except OSError:  # a full disk is told by the operator's screen, not by the status file
                return

        self._run(work)

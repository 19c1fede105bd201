"""Servers in processes of their own, which end with the rehearsal whatever happens to it."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

#: Interrupts every wait at once when the rehearsal is to end.
ended = threading.Event()


class NotInTime(Exception):
    """Something that was waited for did not come."""


def wait_until(what: str, holds: Callable[[], bool], seconds: float, every: float = 0.2) -> None:
    """Raises NotInTime naming `what`, also when the rehearsal is to end."""
    limit = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > limit or ended.wait(every):
            raise NotInTime(f"{what} did not come within {seconds:.0f} s")


class Server:
    """One server process; `log` keeps what it says."""

    def __init__(
        self,
        words: Sequence[str],
        log: Path,
        *,
        user: str | None = None,
        environment: dict[str, str] | None = None,
    ) -> None:
        self.log = log
        # The kernel itself ends it if the rehearsal dies without a word.
        become = ["setpriv", "--pdeathsig", "TERM"]
        if user is not None and os.geteuid() == 0:
            become += ["--reuid", user, "--regid", user, "--init-groups"]
        with log.open("ab") as out:
            self._process = subprocess.Popen(
                [*become, "--", *words],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                cwd=log.parent,
                env=_plain_environment() | (environment or {}),
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        return self._process.pid

    def kill(self, *also: int) -> None:
        """kill -9 to this process, to those named and to all below them, at one moment."""
        doomed = [pid for top in (self.pid, *also) for pid in family(top)]
        for pid in doomed:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._process.wait(10)

    def ask_to_end(self) -> None:
        with suppress(ProcessLookupError):
            self._process.terminate()

    def end(self, *also: Callable[[], int | None], patience: float = 15) -> None:
        """Asks it to end, and kills it and `also` when it does not."""
        self.ask_to_end()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(patience)
        left = [pid for find in also if (pid := find()) is not None]
        for pid in left:
            for each in family(pid):
                with suppress(ProcessLookupError):
                    os.kill(each, signal.SIGKILL)
        if self._process.poll() is None:
            self.kill()

    def last_words(self) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-15:])


def family(pid: int) -> Iterator[int]:
    """A process and all processes below it, as they are now."""
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            # The name in parentheses may hold anything; the parent stands after the last one.
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
            children.setdefault(parent, []).append(int(stat.parent.name))
    below = [pid]
    while below:
        each = below.pop()
        yield each
        below += children.get(each, [])


def _plain_environment() -> dict[str, str]:
    return {"PATH": f"{os.environ['PATH']}:/usr/sbin", "LANG": "C.UTF-8"}

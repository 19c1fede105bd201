"""`cheonman hub` in processes of its own, from the line with its address to its end."""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.flows.program import ROOT, command, surroundings

ENDS_WITHIN = 60.0


class HubProgram:
    """The program a keeper of a hub started."""

    def __init__(self, data_dir: Path, database: str, *more: str | Path) -> None:
        words = ("hub", "--data-dir", data_dir, "--database", database, "--listen", "127.0.0.1:0")
        self.process = subprocess.Popen(
            command(*words, *more),
            cwd=ROOT,
            env=surroundings(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self.process.stdout is not None
        self._out = self.process.stdout
        self.address = self._out.readline().strip()

    @property
    def workers(self) -> set[int]:
        """The processes that answer, by their ids."""
        pid = self.process.pid
        try:
            children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        except FileNotFoundError:
            return set()
        return {int(child) for child in children if _is_worker(int(child))}

    def end(self) -> int:
        """Tells it to end; the exit status."""
        self.process.terminate()
        return self.process.wait(ENDS_WITHIN)

    def close(self) -> None:
        if self.process.poll() is None:
            self.end()
        self._out.close()


@contextmanager
def running_hub(data_dir: Path, database: str, *more: str | Path) -> Iterator[HubProgram]:
    hub = HubProgram(data_dir, database, *more)
    try:
        assert hub.address, "the hub did not begin"
        yield hub
    finally:
        hub.close()


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that ended and waits to be counted does not."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return stat.rpartition(")")[2].split()[0] not in ("Z", "X")


def wait_until(holds: Callable[[], bool]) -> None:
    """Waits for something another process does; nothing but asking again tells of it."""
    ends = time.monotonic() + ENDS_WITHIN
    while not holds():
        assert time.monotonic() < ends
        threading.Event().wait(0.02)


def _is_worker(pid: int) -> bool:
    try:
        return is_alive(pid) and b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return False

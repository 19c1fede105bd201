"""A real PostgreSQL for tests and measurements: a server of one's own, in a temporary directory.

Each process that runs tests starts its own on the first test that asks, on loopback and on a port
that was free, and shares it with nobody. Each test gets a database of its own.
"""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from threading import Event
from time import monotonic

import pytest

from tests.left_out import leave_out

BINARIES = Path("/usr/lib/postgresql/15/bin")
USER = "postgres"
_STARTS_WITHIN = 60.0
_FAST = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")


class Server:
    """One server. PostgreSQL refuses to run as root, so root runs it as the user postgres."""

    def __init__(self, root: Path, *, durable: bool) -> None:
        self.password = secrets.token_hex(16)
        self._settings = () if durable else _FAST
        self._data, self._log = root / "data", root / "log"
        self._process: subprocess.Popen[bytes] | None = None
        self._numbers = count(1)
        password = root / "password"
        password.write_text(self.password, encoding="utf-8")
        if os.geteuid() == 0:
            for path in (root, password):
                shutil.chown(path, USER)
        made = subprocess.run(
            [
                *_as_user(),
                str(BINARIES / "initdb"),
                *("-D", str(self._data), "-U", USER, "-E", "UTF8", "--locale=C", "--no-sync"),
                *("--auth=scram-sha-256", f"--pwfile={password}"),
            ],
            cwd=root,
            capture_output=True,
            text=True,
            check=False,
        )
        assert made.returncode == 0, made.stderr
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])

    def start(self) -> None:
        """Starts it and returns when it answers. It ends with this process, however that ends."""
        settings = (
            *("listen_addresses=127.0.0.1", f"port={self.port}", "unix_socket_directories="),
            *("shared_buffers=128MB", "max_connections=60"),
            *self._settings,
        )
        options = [word for setting in settings for word in ("-c", setting)]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [
                    *_as_user("--pdeathsig", "INT"),
                    str(BINARIES / "postgres"),
                    *("-D", str(self._data), *options),
                ],
                cwd=self._data.parent,
                stdout=log,
                stderr=log,
            )
        until = monotonic() + _STARTS_WITHIN
        while not self._answers():
            died = self._process.poll() is not None
            assert not died and monotonic() < until, self._log.read_text(errors="replace")
            Event().wait(0.02)

    def stop(self) -> None:
        """Ends it at once, as a power cut would."""
        if self._process is not None:
            subprocess.run(
                [
                    *_as_user(),
                    str(BINARIES / "pg_ctl"),
                    *("-D", str(self._data), "-m", "immediate", "-w", "stop"),
                ],
                cwd=self._data.parent,
                capture_output=True,
                check=False,
            )
            self._process.wait(30)
            self._process = None

    def kill(self) -> None:
        """Kills every process of it at once; nobody writes a last word."""
        assert self._process is not None
        number = self._process.pid
        own = Path(f"/proc/{number}/task/{number}/children").read_text(encoding="ascii").split()
        self._process.kill()
        for child in own:
            with suppress(ProcessLookupError):
                os.kill(int(child), signal.SIGKILL)
        self._process.wait(30)
        self._process = None
        while any(_is_alive(child) for child in own):
            Event().wait(0.01)

    def url(self, database: str = USER) -> str:
        return f"postgresql://{USER}:{self.password}@127.0.0.1:{self.port}/{database}"

    def say(self, sql: str, database: str = USER) -> None:
        """One statement, as the server's owner."""
        # Only tests that meet a server load it.
        import psycopg

        with psycopg.connect(self.url(database), autocommit=True) as connection:
            connection.execute(sql.encode())

    def ask(self, sql: str) -> int:
        """The number that one question gives."""
        # As above.
        import psycopg

        with psycopg.connect(self.url(), autocommit=True) as connection:
            row = connection.execute(sql.encode()).fetchone()
            return int(row[0]) if row else 0

    @contextmanager
    def database(self) -> Iterator[str]:
        """The address of a fresh, empty database, dropped afterwards."""
        name = f"hub_{next(self._numbers)}"
        self.say(f"CREATE DATABASE {name} TEMPLATE template0")
        try:
            yield self.url(name)
        finally:
            self.say(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def _answers(self) -> bool:
        return (
            subprocess.run(
                [str(BINARIES / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)],
                check=False,
            ).returncode
            == 0
        )


@contextmanager
def running_server(*, durable: bool) -> Iterator[Server]:
    """A server that is stopped and removed afterwards; `durable` waits for the disk, as outside
    tests. Raises FileNotFoundError where PostgreSQL is not installed.
    """
    with tempfile.TemporaryDirectory(prefix="cheonman-pg-", ignore_cleanup_errors=True) as folder:
        server = Server(Path(folder), durable=durable)
        try:
            server.start()
            yield server
        finally:
            server.stop()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """This process's server. Databases of tests are made in it: `with postgresql.database()`."""
    if not (BINARIES / "postgres").exists():
        leave_out(f"PostgreSQL 15 is not installed in {BINARIES} (apt install postgresql-15)")
    with running_server(durable=False) as server:
        yield server


def _is_alive(process: str) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").split()[2] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def _as_user(*more: str) -> list[str]:
    """What stands before a command that must not run as root."""
    identity = ["--reuid", USER, "--regid", USER, "--init-groups"] if os.geteuid() == 0 else []
    return ["setpriv", *identity, *more]

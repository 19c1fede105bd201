"""From addresses and files to a running hub, and to its orderly end.

Everything that can be wrong is looked at before the first call is taken, and said in one sentence.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import socket
import ssl
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from multiprocessing import parent_process
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from uvicorn.supervisors import Multiprocess

from db.clock import Clock, system_clock
from db.directory import DirectoryLock
from db.hub.database.opening import Database
from db.hub.logs import write_logs
from db.hub.plan import (
    HubPlan,
    check_openness,
    check_proxy,
    check_tls,
    check_workers,
    directory_of,
    listen,
    shown,
)
from db.hub.service import open_hub
from db.hub.web.crowding import Crowd
from db.hub.web.http_bounds import BoundedConnection
from db.hub.web.metrics import SEVERAL
from db.problems import StorageUnavailable

END_SECONDS = 30
"""How long calls that were begun may take after the sign to end."""
METRICS = "metrics-of-workers"
SWITCH_SECONDS = 0.000_5


def serve(plan: HubPlan, ready: Callable[[str], None]) -> int:
    """Runs a hub until it is told to end; `ready` hears its address. Returns the exit status.

    Raises Problem when it cannot begin.
    """
    check_proxy(plan)
    check_openness(plan)
    check_tls(plan)
    check_workers(plan)
    with DirectoryLock(directory_of(plan)):
        database = Database(plan.database)
        database.open(open_hub(plan.data_dir, database).trust).close()
        listening = listen(plan)
        address = f"{plan.scheme}://{shown(listening)}"
        try:
            if plan.workers > 1:
                return _several(plan, listening, lambda: ready(address))
            return _one(plan, listening, lambda: ready(address))
        finally:
            listening.close()


def _begin_process() -> None:
    write_logs()
    # The thread that writes holds the interpreter for moments and mostly waits for its database;
    # it must not wait as long again for a thread that unpacks a page.
    sys.setswitchinterval(SWITCH_SECONDS)


def _one(plan: HubPlan, listening: socket.socket, ready: Callable[[], None]) -> int:
    _begin_process()
    # The server raises the signal that ended it once more, when all is done; that is the end of
    # nothing but this function.
    signal.signal(signal.SIGTERM, lambda _number, _frame: None)
    server = Server(configuration(plan), ready)
    server.run([listening])
    return 0 if server.started else 1


def _several(plan: HubPlan, listening: socket.socket, ready: Callable[[], None]) -> int:
    with workers_metrics(plan.data_dir) as folder:
        os.environ[SEVERAL] = str(folder)
        write_logs()
        workers = _Workers(configuration(plan), [listening], ready)
        workers.run()
    return 0 if workers.were_ready else 1


@contextmanager
def workers_metrics(data_dir: Path) -> Iterator[Path]:
    """An empty directory where the workers' metrics add up in files. A killed hub's stays until
    the next one, which alone holds the data directory. Raises StorageUnavailable.
    """
    folder = data_dir / METRICS
    shutil.rmtree(folder, ignore_errors=True)
    try:
        folder.mkdir(mode=0o700)
    except OSError as error:
        raise StorageUnavailable.from_os(error, str(folder)) from error
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class Factory:
    """Makes the application; it travels to the workers and is called there."""

    def __init__(self, plan: HubPlan, clock: Clock = system_clock) -> None:
        self._plan, self._clock = plan, clock
        self.limits = plan.limits
        self.crowd = Crowd(self.limits.connections, self.limits.address_connections, plan.proxies())

    def __call__(self) -> FastAPI:
        # A worker reads the environment when this is imported, and its parent sets it before.
        from db.hub.web.routes import create_app

        if parent_process() is not None:
            _begin_process()
        hub = open_hub(self._plan.data_dir, Database(self._plan.database), self._clock, self.limits)
        return create_app(hub, _end_with_parent, self._plan.proxies())

    @cached_property
    def tls(self) -> ssl.SSLContext | None:
        """What each process makes for itself: connections are counted before their handshake, so
        they begin it themselves (http_bounds.py).
        """
        if self._plan.tls_cert is None:
            return None
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(self._plan.tls_cert, self._plan.tls_key)
        return context


def _end_with_parent() -> None:
    """A worker whose parent was killed ends too: nobody else would tell it."""
    parent = parent_process()
    if parent is not None and sys.platform != "win32":
        loop = asyncio.get_running_loop()
        loop.add_reader(parent.sentinel, signal.raise_signal, signal.SIGTERM)


def _loop(plan: HubPlan) -> str:
    if sys.platform == "win32":
        return "auto"
    # uvloop reads from a connection that was paused as soon as it was made, and so takes the first
    # bytes of a handshake for a call.
    return "asyncio" if plan.tls_cert else "uvloop"


def configuration(plan: HubPlan, clock: Clock = system_clock) -> uvicorn.Config:
    limits = plan.limits
    return uvicorn.Config(
        Factory(plan, clock),
        factory=True,
        loop=_loop(plan),
        http=BoundedConnection,
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        # What proxies say is read by the application itself (client_addresses.py).
        proxy_headers=False,
        server_header=False,
        workers=plan.workers,
        backlog=512,
        timeout_keep_alive=limits.idle_seconds,
        timeout_graceful_shutdown=END_SECONDS,
    )


class Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()


class _Workers(Multiprocess):
    """Keeps the workers running; ready when all of them are."""

    def __init__(
        self, config: uvicorn.Config, sockets: list[socket.socket], ready: Callable[[], None]
    ) -> None:
        super().__init__(config, sockets)
        self._ready, self.were_ready = ready, False

    def init_processes(self) -> None:
        super().init_processes()
        self.were_ready = all(each.wait_until_ready(END_SECONDS) for each in self.processes)
        if self.were_ready:
            self._ready()
        else:
            self.should_exit.set()

"""From addresses and files to a running hub, and to its orderly end.

Everything that can be wrong is looked at before the first call is taken, and said in one sentence.
"""

from __future__ import annotations

import asyncio
import ipaddress
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

import msgspec
import uvicorn
from fastapi import FastAPI
from uvicorn.supervisors import Multiprocess

from db.clock import Clock, system_clock
from db.directory import DataDirectory, DirectoryLock
from db.hub.client_addresses import Proxies
from db.hub.database.opening import Database
from db.hub.limits import Limits
from db.hub.logs import write_logs
from db.hub.service import open_hub
from db.hub.web.crowding import Crowd
from db.hub.web.http_bounds import BoundedConnection
from db.hub.web.metrics import SEVERAL
from db.problems import InputRefused, NoStore, StorageUnavailable

END_SECONDS = 30
"""How long calls that were begun may take after the sign to end."""
MOST_WORKERS = 64
METRICS = "metrics-of-workers"
SWITCH_SECONDS = 0.000_5


class HubPlan(msgspec.Struct, frozen=True, kw_only=True):
    """What one hub was asked to be."""

    data_dir: Path
    database: str
    host: str
    port: int
    tls_cert: Path | None = None
    tls_key: Path | None = None
    proxy: str | None = None
    """The address of the proxy that ends TLS before this hub, where there is one."""
    workers: int = 1
    limits: Limits = Limits()

    def proxies(self) -> Proxies:
        """Raises ValueError."""
        return Proxies(self.proxy.split(",") if self.proxy is not None else ())

    @property
    def scheme(self) -> str:
        return "https" if self.tls_cert else "http"


def serve(plan: HubPlan, ready: Callable[[str], None]) -> int:
    """Runs a hub until it is told to end; `ready` hears its address. Returns the exit status.

    Raises Problem when it cannot begin.
    """
    _check_proxy(plan)
    _check_openness(plan)
    _check_tls(plan)
    _check_workers(plan)
    with DirectoryLock(_directory(plan)):
        database = Database(plan.database)
        database.open(open_hub(plan.data_dir, database).trust).close()
        listening = listen(plan)
        address = f"{plan.scheme}://{_shown(listening)}"
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


def _directory(plan: HubPlan) -> DataDirectory:
    if not plan.data_dir.is_dir():
        raise NoStore(str(plan.data_dir))
    return DataDirectory(plan.data_dir)


def _check_openness(plan: HubPlan) -> None:
    try:
        is_loopback = plan.host == "localhost" or ipaddress.ip_address(plan.host).is_loopback
    except ValueError:
        is_loopback = False
    if not (is_loopback or plan.tls_cert or plan.proxy):
        raise InputRefused(
            "listen",
            "암호화 없이는 이 컴퓨터 안(127.0.0.1)에서만 들을 수 있습니다. 의견과 답변이 "
            "지나가는 길을 누구나 볼 수 있기 때문입니다. --tls-cert와 --tls-key를 주거나, TLS를 "
            "맡은 프록시 뒤라면 --behind-tls-proxy를 주세요.",
            "without TLS a hub listens on this machine (127.0.0.1) alone, for anybody on the way "
            "could read what passes; give --tls-cert and --tls-key, or --behind-tls-proxy where a "
            "proxy ends TLS before it.",
        )


def _check_proxy(plan: HubPlan) -> None:
    """A name nobody calls from would make every caller look like the proxy itself."""
    try:
        plan.proxies()
    except ValueError as error:
        raise InputRefused(
            "behind-tls-proxy",
            f"'{plan.proxy}'은(는) 주소가 아닙니다. 프록시의 IP 주소를 적으세요. 예: 10.0.0.5",
            f"'{plan.proxy}' is no address; give the proxy's IP address, several with commas.",
        ) from error


def _check_tls(plan: HubPlan) -> None:
    if plan.tls_cert is None and plan.tls_key is None:
        return
    ko = "인증서와 열쇠를 읽을 수 없거나 서로 맞지 않습니다. 두 PEM 파일을 확인하세요."
    en = "the certificate and its key cannot be read or do not fit; check both PEM files."
    # A pipe would be waited for.
    files = [file for file in (plan.tls_cert, plan.tls_key) if file is not None]
    if plan.tls_cert is None or plan.tls_key is None or not all(map(os.path.isfile, files)):
        raise InputRefused("tls-cert", ko, en)
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(
            plan.tls_cert, plan.tls_key, password=lambda: b""
        )
    except (OSError, ssl.SSLError, ValueError) as error:
        raise InputRefused("tls-cert", ko, en) from error


def _check_workers(plan: HubPlan) -> None:
    most = 1 if sys.platform == "win32" else MOST_WORKERS
    if not 1 <= plan.workers <= most:
        raise InputRefused(
            "workers", f"1에서 {most}까지 줄 수 있습니다.", f"may be 1 to {most} here."
        )


def _require_host(host: str) -> None:
    try:
        host.encode("idna")
    except UnicodeError as error:
        raise InputRefused(
            "listen",
            f"'{host[:60]}'은(는) 주소가 아닙니다. 예: 127.0.0.1:8080",
            f"'{host[:60]}' is no address; for example 127.0.0.1:8080.",
        ) from error


def listen(plan: HubPlan) -> socket.socket:
    """A socket at the plan's address. Raises InputRefused."""
    family = socket.AF_INET6 if ":" in plan.host else socket.AF_INET
    _require_host(plan.host)
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        # A hub that is started again must not wait for connections that are long over.
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((plan.host, plan.port))
        listening.listen(512)
        listening.set_inheritable(True)
    except OSError as error:
        listening.close()
        where, why = f"{plan.host}:{plan.port}", error.strerror or ""
        raise InputRefused(
            "listen",
            f"{where}에서 들을 수 없습니다({why}). 다른 프로그램이 쓰고 있지 않은지 확인하세요.",
            f"cannot listen on {where} ({why}); check whether another program uses it.",
        ) from error
    return listening


def _shown(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"

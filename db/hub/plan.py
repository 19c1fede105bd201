"""What one hub was asked to be, and why it cannot be that: looked at before the first call is
taken, and said in one sentence.
"""

from __future__ import annotations

import ipaddress
import os
import socket
import ssl
import sys
from pathlib import Path

import msgspec

from db.directory import DataDirectory
from db.hub.client_addresses import Proxies
from db.hub.limits import Limits
from db.problems import InputRefused, NoStore

MOST_WORKERS = 64


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


def directory_of(plan: HubPlan) -> DataDirectory:
    if not plan.data_dir.is_dir():
        raise NoStore(str(plan.data_dir))
    return DataDirectory(plan.data_dir)


def check_openness(plan: HubPlan) -> None:
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


def check_proxy(plan: HubPlan) -> None:
    """A name nobody calls from would make every caller look like the proxy itself."""
    try:
        plan.proxies()
    except ValueError as error:
        raise InputRefused(
            "behind-tls-proxy",
            f"'{plan.proxy}'은(는) 주소가 아닙니다. 프록시의 IP 주소를 적으세요. 예: 10.0.0.5",
            f"'{plan.proxy}' is no address; give the proxy's IP address, several with commas.",
        ) from error


def check_tls(plan: HubPlan) -> None:
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


def check_workers(plan: HubPlan) -> None:
    most = 1 if sys.platform == "win32" else MOST_WORKERS
    if not 1 <= plan.workers <= most:
        raise InputRefused(
            "workers",
            f"1에서 {most}까지 줄 수 있습니다. {plan.workers}은(는) 범위 밖입니다.",
            f"may be 1 to {most} here, not {plan.workers}.",
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


def shown(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"

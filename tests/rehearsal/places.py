"""Where a rehearsal happens: three loopback addresses that stand for three machines.

The files of resources/install/hub are filled in for them exactly as an installer fills them in for
real machines, so what is rehearsed is what is installed.
"""

from __future__ import annotations

import os
import pwd
import re
import secrets
import shutil
import socket
import tempfile
from contextlib import ExitStack, suppress
from pathlib import Path
from string import Template

HUB_FILES = Path(__file__).resolve().parents[2] / "resources" / "install" / "hub"
NODES = ("hub1", "hub2", "hub3")
PORTS = ("POSTGRES_PORT", "PATRONI_PORT", "ETCD_PORT", "ETCD_PEER_PORT", "HUB_PORT", "PUBLIC_PORT")
#: haproxy gives up root's rights with these; a rehearsal has none to give up.
_ONLY_FOR_ROOT = re.compile(r"^ +(?:chroot|user|group|log) .*\n", re.MULTILINE)
_SETTING = re.compile(r"^([A-Z_0-9]+)=(.*)$", re.MULTILINE)


class Places:
    """A directory, three addresses, free ports, and every file filled in with them."""

    def __init__(self) -> None:
        self.root = Path(tempfile.mkdtemp(prefix="cheonman-rehearsal-"))
        self.root.chmod(0o755)
        # An address nobody else uses: the same port can then be free on all three.
        middle = f"127.{1 + secrets.randbelow(254)}.{secrets.randbelow(255)}"
        self.addresses = {node: f"{middle}.{at}" for at, node in enumerate(NODES, 11)}
        self.ports = free_ports(list(self.addresses.values()))
        self.secret = secrets.token_hex(16)

    def of(self, node: str, *more: str) -> Path:
        """A directory of one machine, made for the user who runs its servers."""
        path = self.root / "-".join((node, *more))
        path.mkdir(mode=0o700, exist_ok=True)
        if os.geteuid() == 0:
            user = pwd.getpwnam(server_user())
            os.chown(path, user.pw_uid, user.pw_gid)
        return path

    def settings(self, node: str) -> dict[str, str]:
        """The values of cluster.env for one of the three."""
        first, second, third = self.addresses.values()
        return example_settings() | {
            "NODE": node,
            "ADDRESS": self.addresses[node],
            "ADDRESS_1": first,
            "ADDRESS_2": second,
            "ADDRESS_3": third,
            # A connection to any loopback address comes from 127.0.0.1.
            "NETWORK": "127.0.0.0/8",
            "PUBLIC": self.public,
            "SUPERUSER_PASSWORD": self.secret,
            "REPLICATION_PASSWORD": self.secret,
            "HUB_PASSWORD": self.secret,
            "DATA": str(self.of(node) / "postgresql"),
            "SOCKETS": str(self.of(node)),
            "ETCD_DATA": str(self.of(node, "etcd")),
            "CERTIFICATE": str(self.root / "public.pem"),
            "PASSFILE": str(self.root / "pgpass"),
            **{name: str(port) for name, port in self.ports.items() if name != "PUBLIC_PORT"},
        }

    @property
    def public(self) -> str:
        """Address and port of the one address."""
        return f"{self.addresses['hub1']}:{self.ports['PUBLIC_PORT']}"

    def filled(self, name: str, node: str, **other: str) -> str:
        return fill(name, self.settings(node) | other)

    def lose(self, node: str) -> None:
        """All that a machine had on its disks, but the logs."""
        shutil.rmtree(self.of(node) / "postgresql")
        shutil.rmtree(self.of(node, "etcd"))

    def haproxy(self) -> str:
        return _ONLY_FOR_ROOT.sub("", self.filled("haproxy.cfg", "hub1"))

    def remove(self) -> None:
        shutil.rmtree(self.root, ignore_errors=True)


def server_user() -> str:
    """PostgreSQL refuses to run as root."""
    return "postgres"


def fill(name: str, settings: dict[str, str]) -> str:
    """A file of resources/install/hub with its ${NAMES} replaced. Raises KeyError for one that
    cluster.env does not explain.
    """
    return Template((HUB_FILES / name).read_text(encoding="utf-8")).substitute(settings)


def example_settings() -> dict[str, str]:
    return read_settings((HUB_FILES / "cluster.env").read_text(encoding="utf-8"))


def read_settings(text: str) -> dict[str, str]:
    """The NAME=value lines of an environment file."""
    return dict(_SETTING.findall(text))


def free_ports(addresses: list[str]) -> dict[str, int]:
    """Ports that are free on each of the addresses, one for each kind of server."""
    found: dict[str, int] = {}
    with ExitStack() as held:
        while len(found) < len(PORTS):
            with suppress(OSError):
                port = 0
                for address in addresses:
                    port = _hold(held, address, port)
                found[PORTS[len(found)]] = port
    return found


def _hold(held: ExitStack, address: str, port: int) -> int:
    server = held.enter_context(socket.socket())
    server.bind((address, port))
    return int(server.getsockname()[1])

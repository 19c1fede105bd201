"""The hubs before the cluster, and the one address before the hubs."""

from __future__ import annotations

import json
import os
import ssl
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import msgspec

from db.exchange.enrolment.authority import Authority, make_authority, open_authority
from tests.rehearsal.places import Places, read_settings, server_user
from tests.rehearsal.processes import Server, wait_until

ROOT = Path(__file__).resolve().parents[2]
#: Two are enough to lose one.
HUBS = ("hub1", "hub2")


class Front:
    """A city, its hubs and haproxy; `authority` is ready when this is made."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self.authority: Authority = make_authority(places.root / "authority")
        self._hubs: dict[str, Server] = {}
        self._haproxy: Server | None = None

    def enrol(self) -> None:
        """Keys and certificates for every hub, by the commands an installer types."""
        passfile = self._places.root / "pgpass"
        passfile.write_text(self._places.filled("pgpass.conf", HUBS[0]), encoding="utf-8")
        passfile.chmod(0o600)
        root = self._places.root
        for node in HUBS:
            data, request = self._data(node), root / f"{node}.req"
            cheonman("init", "--data-dir", data, "--role", "hub", "--name", node)
            asked = cheonman("enroll", "request", "--data-dir", data, "--out", request)
            words = ("--dir", self.authority.path, "--role", "hub", "--name", node)
            heard = ("--fingerprint", asked["fingerprint"], "--out", root / f"{node}.cert")
            signed = cheonman("authority", "sign", request, *words, *heard)
            told = ("--fingerprint", signed["city_fingerprint"])
            cheonman("enroll", "accept", root / f"{node}.cert", "--data-dir", data, *told)
        # Papers that name all hubs: each knows the others before the first call arrives.
        (root / "papers").write_bytes(
            msgspec.json.encode(open_authority(self.authority.path).papers)
        )
        for node in HUBS:
            cheonman("enroll", "accept", root / "papers", "--data-dir", self._data(node))

    def start(self) -> None:
        for node in HUBS:
            self.start_hub(node)
        for node in HUBS:
            self.wait_for_hub(node)
        self._start_haproxy()
        wait_until("the one address", lambda: self.is_healthy(self.public), 30)

    def start_hub(self, node: str) -> None:
        settings = read_settings(self._places.filled("hub.env", node))
        words = ["hub", "--data-dir", str(self._data(node)), "--listen", settings.pop("LISTEN")]
        words += ["--database", settings.pop("DATABASE")]
        words += ["--behind-tls-proxy", settings.pop("PROXIES")]
        log = self._places.root / f"{node}-hub.log"
        environment = settings | {"PYTHONPATH": str(ROOT), "HOME": str(self._places.root)}
        command = [sys.executable, "-P", "-m", "desktop", *words]
        self._hubs[node] = Server(command, log, environment=environment)

    def wait_for_hub(self, node: str) -> None:
        wait_until(f"hub {node}", lambda: self.is_healthy(self.address(node)), 30)

    def kill_hub(self, node: str) -> None:
        self._hubs[node].kill()

    @property
    def public(self) -> str:
        return f"https://{self._places.public}"

    def address(self, node: str) -> str:
        """One hub by itself, behind the one address."""
        return f"http://{self._places.addresses[node]}:{self._places.ports['HUB_PORT']}"

    def trusts(self) -> ssl.SSLContext:
        """What a client needs to believe the one address."""
        return ssl.create_default_context(cafile=str(self._certificate))

    def is_healthy(self, url: str) -> bool:
        try:
            return httpx.get(f"{url}/health", timeout=3, verify=self.trusts()).status_code == 200
        except httpx.HTTPError:
            return False

    def end(self) -> None:
        servers = [*self._hubs.values(), *([self._haproxy] if self._haproxy else [])]
        for each in servers:
            each.ask_to_end()
        for each in servers:
            each.end()

    def last_words(self) -> str:
        servers = [*self._hubs.values(), *([self._haproxy] if self._haproxy else [])]
        return "\n".join(f"-- {each.log}\n{each.last_words()}" for each in servers)

    def make_certificate(self) -> None:
        """A certificate for the one address, as haproxy reads it: key and certificate together."""
        address = self._places.public.rpartition(":")[0]
        words = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
        names = f"-subj /CN=rehearsal -addext subjectAltName=IP:{address}"
        key, certificate = self._places.root / "public.key", self._places.root / "public.crt"
        command = ["openssl", *words.split(), *names.split()]
        command += ["-keyout", str(key), "-out", str(certificate)]
        subprocess.run(command, check=True, capture_output=True, timeout=30)
        self._certificate.write_bytes(key.read_bytes() + certificate.read_bytes())

    @property
    def _certificate(self) -> Path:
        return self._places.root / "public.pem"

    def _start_haproxy(self) -> None:
        config = self._places.root / "haproxy.cfg"
        config.write_text(self._places.haproxy(), encoding="utf-8")
        log = self._places.root / "haproxy.log"
        self._haproxy = Server(["haproxy", "-db", "-f", str(config)], log, user=server_user())

    def _data(self, node: str) -> Path:
        path = self._places.root / f"{node}-hub"
        path.mkdir(mode=0o700, exist_ok=True)
        return path


def cheonman(*words: object) -> Any:
    """The document one command of the program prints."""
    command = [sys.executable, "-P", "-m", "desktop", *(str(word) for word in words), "--json"]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    finished = subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert finished.returncode == 0, finished.stderr
    return json.loads(finished.stdout)

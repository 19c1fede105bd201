"""A really running hub for tests, and devices that call it over HTTP."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import msgspec

from db.clock import system_clock
from db.directory import DataDirectory
from db.exchange.hub_messages import Greeting
from db.exchange.pages.store_shelf import StoreShelf
from db.exchange.trust.call_signature import sign_call
from db.exchange.trust.papers import DeviceRole, Request, Signed
from db.exchange.trust.trust import Trust, save_trust
from db.hub.limits import Limits
from db.hub.plan import HubPlan, listen
from db.hub.serve import Server, configuration
from db.keys.device import DeviceKeys, make_keys
from tests.db.exchange.city import City

STARTS_WITHIN = 60.0


class Clock:
    """The real time, which a test may set forward."""

    def __init__(self) -> None:
        self.ahead_us = 0

    def __call__(self) -> int:
        return system_clock() + self.ahead_us


def make_hub(
    path: Path, city: City, role: DeviceRole = DeviceRole.HUB, years: int = 19
) -> DeviceKeys:
    """A data directory of a hub that the city has enrolled."""
    directory = DataDirectory(path)
    directory.prepare()
    keys = make_keys(directory)
    public_key, age = keys.public.hex(), keys.age_recipient
    request = Request(public_key=public_key, age=age, name="", at_us=0)
    city.authority.sign(request, role, "허브", years)
    trust = Trust()
    trust.accept(city.authority.papers, "papers")
    save_trust(directory, trust)
    return keys


@contextmanager
def serving(
    data_dir: Path,
    database: str,
    clock: Clock | None = None,
    limits: Limits | None = None,
    proxy: str | None = None,
    tls: tuple[Path, Path] | None = None,
) -> Iterator[str]:
    """The address of a hub that runs in a thread of this process, stopped afterwards. `tls` is a
    certificate and its key.
    """
    cert, key = tls or (None, None)
    plan = HubPlan(
        data_dir=data_dir,
        database=database,
        host="127.0.0.1",
        port=0,
        limits=limits or Limits(),
        proxy=proxy,
        tls_cert=cert,
        tls_key=key,
    )
    ready = threading.Event()
    server = Server(configuration(plan, clock or system_clock), ready.set)
    with listen(plan) as listening:
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        try:
            assert ready.wait(STARTS_WITHIN)
            yield f"{plan.scheme}://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


class Caller:
    """A device at a hub. Everything is signed as it should be, unless a test says otherwise."""

    def __init__(self, address: str, shelf: StoreShelf, http: httpx.Client) -> None:
        self.address, self.shelf, self.http = address, shelf, http
        self.keys = shelf.store.keys
        self._challenge: Signed | None = None

    @property
    def challenge(self) -> Signed:
        if self._challenge is None:
            answered = self.http.get(f"{self.address}/v1/hub")
            assert answered.status_code == 200, answered.text
            self._challenge = msgspec.json.decode(answered.content, type=Greeting).challenge
        return self._challenge

    def headers(self, method: str, target: str, body: bytes = b"") -> dict[str, str]:
        return sign_call(self.keys, self.challenge, method, target, body)

    def call(self, method: str, target: str, body: bytes = b"", kind: str = "") -> httpx.Response:
        headers = self.headers(method, target, body)
        if kind:
            headers["Content-Type"] = kind
        return self.http.request(
            method, f"{self.address}{target}", content=body or None, headers=headers
        )

    def get(self, target: str) -> httpx.Response:
        return self.call("GET", target)

    def post(self, target: str, body: object) -> httpx.Response:
        data = body if isinstance(body, bytes) else msgspec.json.encode(body)
        return self.call("POST", target, data)

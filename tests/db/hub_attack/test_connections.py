"""Connections that want a place and give nothing back: each ends, and others get through."""

from __future__ import annotations

import random
import socket
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from time import monotonic

import httpx
import msgspec
import pytest

from db.exchange.pages.store_shelf import StoreShelf
from db.exchange.trust.call_signature import DEVICE_HEADER
from db.participation.feedback import add_feedback
from tests.db.exchange.city import pages
from tests.db.hub_attack.conftest import STRANGERS, Attacked, a_hub
from tests.db.hub_web.running import Caller
from tests.db.in_memory import praise

MIB = 1024 * 1024
ENDLESS = 30.0
"""Seconds of sending before a test gives up on the hub."""


@pytest.fixture
def hub(hub_dir: Path, database: str, tmp_path: Path) -> Iterator[Attacked]:
    """One that waits for nobody longer than a second."""
    with a_hub(
        hub_dir,
        database,
        tmp_path / "log",
        stranger_misses=STRANGERS,
        head_seconds=1,
        body_seconds=1,
        idle_seconds=1,
    ) as running:
        yield running


def connected(hub: Attacked) -> socket.socket:
    host, port = hub.address.removeprefix("http://").split(":")
    return socket.create_connection((host, int(port)), timeout=15)


def rest(connection: socket.socket) -> bytes:
    """Everything until the hub closes the connection."""
    got = b""
    with suppress(ConnectionError):
        while part := connection.recv(65_536):
            got += part
    return got


def head(caller: Caller, target: str, *lines: str) -> bytes:
    headers = [f"{name}: {value}" for name, value in caller.headers("POST", target).items()]
    text = "\r\n".join((f"POST {target} HTTP/1.1", "Host: h", *headers, *lines))
    return f"{text}\r\n\r\n".encode()


def test_a_body_that_never_ends_ends_with_its_connection(hub: Attacked, at_kiosk: Caller) -> None:
    for target in ("/v1/certificate", "/v1/pages", "/nothing"):
        with connected(hub) as connection:
            connection.sendall(head(at_kiosk, target, "Transfer-Encoding: chunked"))
            until = monotonic() + ENDLESS
            piece = b"400\r\n" + bytes(0x400) + b"\r\n"
            with pytest.raises(ConnectionError):
                while monotonic() < until:
                    connection.sendall(piece)


def test_a_body_that_stops_halfway_is_told_so(hub: Attacked, at_kiosk: Caller) -> None:
    with connected(hub) as connection:
        connection.sendall(head(at_kiosk, "/v1/pages", "Content-Length: 1000") + b"half")
        assert b'"slow"' in rest(connection)


def test_a_body_promised_to_a_route_that_takes_none_does_not_hold_its_place(
    hub: Attacked,
) -> None:
    with connected(hub) as connection:
        connection.sendall(b"GET /health HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\n1")
        assert b"200 OK" in rest(connection)


def test_what_is_no_http_is_refused_in_two_languages(hub: Attacked) -> None:
    for sent in (
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"POST /v1/pages HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        b"POST /v1/pages HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
    ):
        with connected(hub) as connection:
            connection.sendall(sent)
            first, _empty, body = rest(connection).partition(b"\r\n\r\n")
            assert first.startswith(b"HTTP/1.1 400"), sent
            assert set(msgspec.json.decode(body)) == {"reason", "ko", "en"}


def test_calls_that_come_all_at_once_are_answered_in_their_order(
    hub: Attacked, at_kiosk: Caller
) -> None:
    memory = hub.memory()
    with connected(hub) as connection:
        for _ in range(20):
            connection.sendall(b"GET /nothing HTTP/1.1\r\nHost: h\r\n\r\n" * 50)
        connection.sendall(b"GET /health HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
        got = rest(connection)
    assert got.count(b"404 Not Found") == 1_000
    assert got.rstrip().endswith(b"}") and b"200 OK" in got[-600:]
    assert hub.memory() - memory < 64 * MIB


def test_hundreds_who_only_wait_take_nothing_from_a_kiosk_that_sends(
    hub: Attacked, at_kiosk: Caller, kiosk: StoreShelf
) -> None:
    add_feedback(kiosk.store, praise("의견"))
    (page,) = pages(kiosk.store)
    memory = hub.memory()
    beginnings = (
        b"",
        b"G",
        b"GET /v1/hub HTTP/1.1\r\nX: ",
        b"POST /v1/pages HTTP/1.1\r\nHost: h\r\nContent-Length: 99\r\n\r\n",
        f"POST /v1/pages HTTP/1.1\r\n{DEVICE_HEADER}: ".encode() + b"a" * 12_000,
        b"POST /v1/certificate HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n",
    )
    with ExitStack() as stack:
        waiting = [stack.enter_context(connected(hub)) for _ in range(600)]
        for connection in waiting:
            connection.sendall(random.choice(beginnings))
        assert at_kiosk.post("/v1/pages", page).json()["new"] == 1
        assert hub.memory() - memory < 96 * MIB
        # None of them keeps its place.
        for connection in waiting:
            rest(connection)
    assert httpx.get(f"{hub.address}/health", trust_env=False).status_code == 200

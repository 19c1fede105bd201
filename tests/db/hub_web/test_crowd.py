"""Many who stand at a hub's door and want nothing: others get in, and the oldest go first."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import httpx
import pytest

from db.hub.client_addresses import Proxies
from db.hub.limits import Limits
from db.hub.web.crowding import Crowd
from tests.db.hub_web.certificates import Pair, require_openssl
from tests.db.hub_web.running import Caller, Clock, serving

SHARE, MOST = 4, 10
HERE, NEXT_DOOR = "127.0.0.1", "127.0.0.2"


class Someone:
    """A connection as the crowd sees it."""

    def __init__(self) -> None:
        self.is_gone = False

    def let_go(self) -> None:
        assert not self.is_gone
        self.is_gone = True


def entered(crowd: Crowd, *addresses: str) -> list[Someone]:
    guests = [Someone() for _ in addresses]
    for guest, address in zip(guests, addresses, strict=True):
        assert crowd.enter(guest, address)
    return guests


def gone(guests: list[Someone]) -> list[int]:
    return [number for number, guest in enumerate(guests) if guest.is_gone]


def test_an_address_has_its_share_and_its_own_oldest_goes_first() -> None:
    crowd = Crowd(MOST, SHARE, Proxies())
    other = entered(crowd, "203.0.113.9")
    guests = entered(crowd, *["192.0.2.7", "::ffff:192.0.2.7", "64:ff9b::192.0.2.7"] * 2)
    assert gone(guests) == [0, 1] and gone(other) == [] and len(crowd) == 1 + SHARE


def test_who_is_worked_for_stays_and_counts_as_new_when_it_waits_again() -> None:
    crowd = Crowd(MOST, SHARE, Proxies())
    guests = entered(crowd, *["192.0.2.7"] * SHARE)
    crowd.stays(guests[0])
    crowd.waits(guests[1])  # It waited already: no newer for that.
    guests += entered(crowd, "192.0.2.7")
    assert gone(guests) == [1]
    crowd.waits(guests[0])
    guests += entered(crowd, "192.0.2.7", "192.0.2.7", "192.0.2.7")
    assert gone(guests) == [1, 2, 3, 4]
    for guest in guests:
        crowd.stays(guest)
    assert not crowd.enter(Someone(), "192.0.2.7")
    entered(crowd, "192.0.2.8")


def test_a_full_house_lets_the_oldest_of_all_go() -> None:
    crowd = Crowd(MOST, SHARE, Proxies())
    guests = entered(crowd, *(f"192.0.2.{number}" for number in range(MOST + 2)))
    assert gone(guests) == [0, 1] and len(crowd) == MOST
    for guest in guests:
        crowd.stays(guest)
    assert not crowd.enter(Someone(), "198.51.100.1")


def test_a_proxy_brings_more_than_one_address_may() -> None:
    crowd = Crowd(MOST, SHARE, Proxies(["10.0.0.5"]))
    guests = entered(crowd, *["::ffff:10.0.0.5"] * (MOST + 1))
    assert gone(guests) == [0] and len(crowd) == MOST


def test_a_place_is_given_back_once_however_often_it_is_left() -> None:
    crowd = Crowd(MOST, SHARE, Proxies())
    for _ in range(3):
        guests = entered(crowd, *["192.0.2.7"] * SHARE)
        for guest in guests * 2:
            crowd.leave(guest)
            crowd.waits(guest)
        assert len(crowd) == 0 and gone(guests) == []


@contextmanager
def connected(address: str, came_from: str = HERE) -> Iterator[socket.socket]:
    port = int(address.rpartition(":")[2])
    with socket.create_connection((HERE, port), 20, source_address=(came_from, 0)) as connection:
        yield connection


def is_over(connection: socket.socket) -> bool:
    """Waits until the hub ends a connection on which it said nothing."""
    with suppress(ConnectionError):
        return connection.recv(1) == b""
    return True


class TestIdleConnections:
    @pytest.fixture
    def limits(self) -> Limits:
        # Nobody goes for being late here: what goes makes place.
        return Limits(connections=MOST, address_connections=SHARE, head_seconds=60, body_seconds=60)

    def test_they_make_place_for_calls_of_their_own_address_and_of_others(
        self, hub: str, at_kiosk: Caller
    ) -> None:
        health = b"GET /health HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"
        beginnings = (b"", b"GET /", b"POST /v1/certificate HTTP/1.1\r\nContent-Length: 9\r\n\r\n1")
        with ExitStack() as stack:
            idle = [stack.enter_context(connected(hub)) for _ in range(3 * SHARE)]
            for number, connection in enumerate(idle):
                with suppress(ConnectionError):
                    connection.sendall(beginnings[number % 3])
            for came_from in (HERE, NEXT_DOOR):
                with connected(hub, came_from) as connection:
                    connection.sendall(health)
                    assert connection.recv(65_536).startswith(b"HTTP/1.1 200")
            assert all(is_over(connection) for connection in idle[:-SHARE])
            assert at_kiosk.get("/v1/word").status_code == 200

    def test_a_proven_device_that_is_slow_keeps_its_place(self, hub: str, at_kiosk: Caller) -> None:
        body = b'{"words":[]}'
        headers = at_kiosk.headers("POST", "/v1/words", body)
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        head = f"POST /v1/words HTTP/1.1\r\nHost: h\r\nContent-Length: {len(body)}\r\n{lines}\r\n"
        at_kiosk.http.close()
        with ExitStack() as stack:
            slow = stack.enter_context(connected(hub))
            slow.sendall(head.encode() + body[:5])
            # An answer to somebody who came later: by then the hub has believed this device.
            with connected(hub, NEXT_DOOR) as other:
                other.sendall(b"GET /health HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
                assert other.recv(65_536)
            idle = [stack.enter_context(connected(hub)) for _ in range(3 * SHARE)]
            assert is_over(idle[0])
            slow.sendall(body[5:])
            assert slow.recv(65_536).startswith(b"HTTP/1.1 200")


class TestAnswersNobodyTakes:
    @pytest.fixture
    def limits(self) -> Limits:
        return Limits(call_seconds=0.5)

    def test_they_do_not_hold_a_place_for_ever(self, hub: str) -> None:
        ask = b"GET /openapi.json HTTP/1.1\r\nHost: h\r\n\r\n"
        with connected(hub) as greedy, suppress(ConnectionError):
            greedy.settimeout(20)
            while True:
                # Once the hub has given up, what is sent is answered by a reset.
                greedy.sendall(ask * 1_000)


class TestHandshakes:
    @pytest.fixture
    def pair(self, tmp_path: Path) -> Pair:
        require_openssl()
        return Pair(tmp_path, "hub", Pair(tmp_path, "authority"))

    @pytest.fixture
    def trusts(self, pair: Pair, tmp_path: Path) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(tmp_path / "authority.crt"))

    def test_one_that_does_not_come_ends_in_time(
        self, hub_dir: Path, database: str, clock: Clock, pair: Pair
    ) -> None:
        limits = Limits(head_seconds=0.5)
        with serving(hub_dir, database, clock, limits, tls=(pair.cert, pair.key)) as hub:
            for sent in (b"", b"\x16\x03\x01\x02\x00", b"GET / HTTP/1.1\r\n\r\n"):
                with connected(hub) as connection:
                    connection.sendall(sent)
                    with suppress(ConnectionError):
                        while connection.recv(1_024):
                            pass

    def test_they_have_their_share_too_and_the_oldest_goes_first(
        self, hub_dir: Path, database: str, clock: Clock, pair: Pair, trusts: ssl.SSLContext
    ) -> None:
        limits = Limits(connections=MOST, address_connections=SHARE, head_seconds=60)
        with (
            serving(hub_dir, database, clock, limits, tls=(pair.cert, pair.key)) as hub,
            ExitStack() as stack,
        ):
            silent = [stack.enter_context(connected(hub)) for _ in range(3 * SHARE)]
            with httpx.Client(base_url=hub, verify=trusts, trust_env=False, timeout=20) as http:
                assert http.get("/health").status_code == 200
                assert http.get("/").headers["strict-transport-security"]
            assert all(is_over(connection) for connection in silent[:-SHARE])

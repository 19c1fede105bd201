"""A body is waited for, and given room, only once its sender is proven."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import msgspec
import pytest

from db.exchange.hub_messages import Greeting
from db.exchange.trust.call_signature import BODY_HEADER, DEVICE_HEADER, HEADERS, SIGNATURE_HEADER
from db.exchange.trust.papers import LARGEST_PAPERS
from db.hub.limits import Limits
from db.hub.web.answers import TurnedAway
from db.hub.web.body_room import Room
from db.participation.feedback import add_feedback
from db.store.page import LARGEST_PAGE
from tests.db.exchange.city import pages
from tests.db.hub_web.running import Caller
from tests.db.in_memory import praise


@contextmanager
def sent(
    address: str, target: str, headers: dict[str, str], *lines: str
) -> Iterator[socket.socket]:
    """A connection on which the head of a call has gone out, and nothing of its body."""
    host, port = address.removeprefix("http://").split(":")
    said = [f"{name}: {value}" for name, value in headers.items()]
    head = "\r\n".join((f"POST {target} HTTP/1.1", "Host: h", *said, *lines, "\r\n"))
    with socket.create_connection((host, int(port)), timeout=20) as connection:
        connection.sendall(head.encode())
        yield connection


def status(connection: socket.socket) -> int:
    return int(connection.recv(65_536).split(b" ", 2)[1])


def test_a_call_carries_the_hash_of_its_body_beside_its_signature(at_kiosk: Caller) -> None:
    headers = at_kiosk.headers("POST", "/v1/pages", b"abc")
    assert set(headers) == set(HEADERS)
    # FIPS 180-2, appendix B.1.
    known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert headers[BODY_HEADER] == known


def test_whoever_is_not_proven_is_answered_before_his_body_comes(at_kiosk: Caller) -> None:
    true = at_kiosk.headers("POST", "/v1/pages", b"1234")
    greeting = at_kiosk.http.get(f"{at_kiosk.address}/v1/hub").content
    hub = msgspec.json.decode(greeting, type=Greeting).device
    for wrong in (
        {},
        {DEVICE_HEADER: hub},
        true | {DEVICE_HEADER: hub},
        true | {SIGNATURE_HEADER: "0" * 128},
        true | {BODY_HEADER: "0" * 64},
        true | {BODY_HEADER: ""},
        true | {BODY_HEADER: "x"},
        true | {BODY_HEADER: f"{true[BODY_HEADER]}00"},
    ):
        promise = f"Content-Length: {LARGEST_PAGE}"
        with sent(at_kiosk.address, "/v1/pages", wrong, promise) as connection:
            assert status(connection) == 401


def test_a_body_that_is_not_the_one_that_was_signed_for_is_refused(at_kiosk: Caller) -> None:
    url = f"{at_kiosk.address}/v1/words"
    true = b'{"words":[]}'
    headers = at_kiosk.headers("POST", "/v1/words", true)
    for other in (b'{"words": []}', true[:-1], true + b" ", b""):
        answered = at_kiosk.http.post(url, content=other, headers=headers)
        assert (answered.status_code, answered.json()["reason"]) == (401, "forged")
    assert at_kiosk.http.post(url, content=true, headers=headers).status_code == 200


def test_a_program_older_than_the_hub_is_told_so_before_its_body_is_read(at_kiosk: Caller) -> None:
    headers = at_kiosk.headers("POST", "/v1/pages", b"1234")
    del headers[BODY_HEADER]
    with sent(at_kiosk.address, "/v1/pages", headers, "Content-Length: 4") as connection:
        assert status(connection) == 401
    said = at_kiosk.http.post(f"{at_kiosk.address}/v1/pages", content=b"1234", headers=headers)
    assert said.json()["reason"] == "older-program"
    assert "새 판" in said.json()["ko"] and "update" in said.json()["en"]


class TestSilentPromises:
    @pytest.fixture
    def limits(self) -> Limits:
        return Limits(bodies_bytes=LARGEST_PAPERS, device_bytes=LARGEST_PAPERS)

    def test_what_was_promised_takes_no_room_from_who_sends(
        self, at_kiosk: Caller, at_desk: Caller
    ) -> None:
        add_feedback(at_kiosk.shelf.store, praise("의견"))
        (page,) = pages(at_kiosk.shelf.store)
        headers = at_desk.headers("POST", "/v1/papers", bytes(LARGEST_PAPERS))
        promise = f"Content-Length: {LARGEST_PAPERS}"
        with ExitStack() as stack:
            for each in (headers, headers, {}, {}):
                stack.enter_context(sent(at_kiosk.address, "/v1/papers", each, promise))
            assert at_kiosk.post("/v1/pages", page).json()["new"] == 1


class TestBodiesThatDoNotCome:
    @pytest.fixture
    def limits(self) -> Limits:
        return Limits(body_seconds=0.2, stranger_misses=3)

    def test_they_count_as_misses_of_their_address_and_of_no_proven_neighbour(
        self, at_kiosk: Caller
    ) -> None:
        heard = []
        for _ in range(4):
            with sent(at_kiosk.address, "/v1/certificate", {}, "Content-Length: 9") as connection:
                heard.append(status(connection))
        assert heard == [408, 408, 408, 429]
        assert at_kiosk.get("/v1/word").status_code == 200


def test_a_room_counts_what_came_of_each_and_of_all_and_takes_it_back() -> None:
    room = Room(100, share=60)
    for _ in range(3):
        with room.held_by("a") as first, room.held_by("b") as second:
            first(40)
            first(20)
            with pytest.raises(TurnedAway) as away:
                first(1)
            assert (away.value.status, away.value.seconds) == (503, 1)
            second(40)
            with pytest.raises(TurnedAway):
                second(1)
            with pytest.raises(TurnedAway), room.held_by("a") as third:
                third(1)
    with pytest.raises(ZeroDivisionError), room.held_by("a") as take:
        take(60)
        raise ZeroDivisionError
    with room.held_by("a") as take:
        take(60)

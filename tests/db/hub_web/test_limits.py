"""What a hub takes of one caller: sizes, seconds and calls in a while, whoever it is."""

from __future__ import annotations

import json
import resource
import socket
import struct
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
import zstandard

from db.exchange.hub_messages import LARGEST_CERTIFICATE
from db.exchange.pages.store_shelf import StoreShelf
from db.exchange.trust.call_signature import DEVICE_HEADER
from db.exchange.trust.papers import DeviceRole
from db.hub.limits import LARGEST_HEAD, LONGEST_TARGET, Limits
from db.keys.device import device_bytes
from db.store.page import LARGEST_PAGE, LARGEST_PLAIN, MAGIC
from tests.db.exchange.city import City
from tests.db.hub_web.running import Caller, Clock, serving

MIB = 1024 * 1024


def raw(address: str, sent: bytes, wait: float = 10) -> bytes:
    """What a hub answers to these bytes, until it closes the connection."""
    host, port = address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=wait) as connection:
        connection.sendall(sent)
        got = b""
        while part := connection.recv(65_536):
            got += part
        return got


def test_a_page_may_have_its_largest_size_and_not_a_byte_more(at_kiosk: Caller) -> None:
    fitting = at_kiosk.post("/v1/pages", bytes(LARGEST_PAGE))
    assert (fitting.status_code, fitting.json()["reason"]) == (422, "unreadable")
    head = f"POST /v1/pages HTTP/1.1\r\nHost: h\r\nContent-Length: {LARGEST_PAGE + 1}\r\n"
    headers = at_kiosk.headers("POST", "/v1/pages", bytes(LARGEST_PAGE + 1))
    head += "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    answered = raw(at_kiosk.address, f"{head}Connection: close\r\n\r\n".encode())
    assert b"413" in answered and b'"too-large"' in answered


def test_a_body_without_a_length_is_cut_off_at_the_limit(at_kiosk: Caller) -> None:
    url = f"{at_kiosk.address}/v1/certificate"
    parts = iter([b" " * 1024] * (LARGEST_CERTIFICATE // 1024 + 1))
    assert at_kiosk.http.post(url, content=parts).status_code == 413


def test_a_strangers_body_is_never_read(at_kiosk: Caller) -> None:
    head = f"POST /v1/pages HTTP/1.1\r\nHost: h\r\nContent-Length: {LARGEST_PAGE}\r\n"
    head += f"{DEVICE_HEADER}: {'a' * 26}\r\nConnection: close\r\n\r\n"
    assert b"401 Unauthorized" in raw(at_kiosk.address, head.encode())


@pytest.mark.parametrize(
    "bomb",
    [
        zstandard.ZstdCompressor(level=19).compress(bytes(LARGEST_PLAIN)),
        zstandard.ZstdCompressor(level=19).compress(bytes(64 * MIB)),
        zstandard.ZstdCompressor(level=3, write_content_size=False).compress(bytes(64 * MIB)),
        zstandard.ZstdCompressor().compress(b"\x91" * 100_000),
        zstandard.ZstdCompressor().compress(b"\xdd\xff\xff\xff\xff"),
        struct.pack("<I", 0xFD2FB528) + b"\xff" * 40,
    ],
    ids=["zeroes", "large", "sizeless", "deep", "count", "window"],
)
def test_a_decompression_bomb_is_refused(at_kiosk: Caller, bomb: bytes) -> None:
    answered = at_kiosk.post("/v1/pages", MAGIC + bomb)
    assert answered.status_code == 422
    assert answered.json()["reason"] in ("unreadable", "too-large")


@pytest.mark.parametrize("target", ["/v1/papers", "/v1/words"])
@pytest.mark.parametrize(
    "body",
    [b"[" * 100_000, b'{"a":' * 50_000, b"{", b"\xff\xfe", b"null", b"[]", b'{"words":[1]}', b""],
    ids=["deep", "nested", "cut", "letters", "null", "list", "number", "empty"],
)
def test_json_that_is_not_what_was_asked_for_is_refused(
    at_kiosk: Caller, target: str, body: bytes
) -> None:
    answered = at_kiosk.post(target, body)
    assert (answered.status_code, answered.json()["reason"]) == (422, "unreadable")


def test_another_kind_of_content_is_refused(at_kiosk: Caller) -> None:
    assert at_kiosk.call("POST", "/v1/pages", b"x", "text/html").status_code == 415
    assert at_kiosk.call("POST", "/v1/words", b"{}", "text/plain").status_code == 415


@pytest.mark.parametrize(
    "target",
    ["/v1/pages", "/v1/pages?device=x", "/v1/pages?device=" + "a" * 26 + "&after=-1",
     "/v1/pages?device=" + "a" * 26 + "&after=" + "9" * 30, "/v1/words?after=%00"],
)  # fmt: skip
def test_a_question_with_a_value_out_of_form_is_refused(at_kiosk: Caller, target: str) -> None:
    answered = at_kiosk.get(target)
    assert (answered.status_code, answered.json()["reason"]) == (422, "unreadable")


def test_addresses_and_methods_that_are_not_there_are_refused_in_two_languages(
    at_kiosk: Caller,
) -> None:
    for method, target, status in (("GET", "/nothing", 404), ("PUT", "/v1/pages", 405)):
        answered = at_kiosk.http.request(method, at_kiosk.address + target)
        assert answered.status_code == status
        assert set(answered.json()) == {"reason", "ko", "en"}


def test_a_long_address_and_large_headers_are_refused(at_kiosk: Caller) -> None:
    url = f"{at_kiosk.address}/v1/hub"
    assert at_kiosk.http.get(f"{url}?{'a' * LONGEST_TARGET}").status_code == 414
    headers = {"X": "a" * (LARGEST_HEAD + 1)}
    assert at_kiosk.http.get(url, headers=headers).status_code == 431


def test_a_head_without_end_is_cut_off(at_kiosk: Caller) -> None:
    host, port = at_kiosk.address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\n")
        with pytest.raises(OSError, match=r"reset|pipe"):
            while True:
                connection.sendall(b"X: " + b"a" * 4000 + b"\r\n")


class TestSlowCallers:
    @pytest.fixture
    def limits(self) -> Limits:
        return Limits(head_seconds=1, body_seconds=1, idle_seconds=2)

    @pytest.mark.parametrize(
        "sent", [b"", b"GET /v1/hub HT", b"GET /v1/hub HTTP/1.1\r\nHost: h\r\n"]
    )
    def test_a_head_that_does_not_come_whole_ends_the_connection(
        self, hub: str, sent: bytes
    ) -> None:
        assert raw(hub, sent) == b""

    def test_a_body_that_does_not_come_is_waited_for_only_so_long(self, at_kiosk: Caller) -> None:
        head = "POST /v1/pages HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\nConnection: close\r\n"
        headers = at_kiosk.headers("POST", "/v1/pages", b"123456789")
        head += "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        answered = raw(at_kiosk.address, f"{head}\r\n1234".encode())
        assert b"408 Request Timeout" in answered and b"retry-after" in answered.lower()


class TestManyCalls:
    @pytest.fixture
    def limits(self) -> Limits:
        return Limits(device_calls=5, stranger_misses=8)

    def test_a_device_that_calls_too_often_is_told_when_to_come_again(
        self, at_kiosk: Caller, at_desk: Caller
    ) -> None:
        answers = [at_kiosk.get("/v1/word") for _ in range(6)]
        assert [each.status_code for each in answers[:5]] == [200] * 5
        assert answers[5].status_code == 429
        assert 1 <= int(answers[5].headers["retry-after"]) <= 10
        assert at_desk.get("/v1/word").status_code == 200

    def test_an_address_that_tries_too_often_is_told_when_to_come_again(
        self, at_kiosk: Caller
    ) -> None:
        url = f"{at_kiosk.address}/v1/word"
        answers = [at_kiosk.http.get(url) for _ in range(9)]
        assert {each.status_code for each in answers[:8]} == {401}
        assert answers[8].status_code == 429
        assert 1 <= int(answers[8].headers["retry-after"]) <= 60


class TestLittleUnpacking:
    @pytest.fixture
    def limits(self) -> Limits:
        return Limits(device_unpacked=3 * LARGEST_PLAIN)

    def test_a_device_whose_pages_become_too_much_is_to_come_again(
        self, at_kiosk: Caller, at_desk: Caller
    ) -> None:
        plain = b"\xdc\0\x11\x01\xc4\x10" + device_bytes(at_kiosk.keys.device)
        plain += bytes(LARGEST_PLAIN - len(plain))
        bomb = MAGIC + zstandard.ZstdCompressor().compress(plain)
        answers = [at_kiosk.post("/v1/pages", bomb) for _ in range(4)]
        assert [each.status_code for each in answers] == [422, 422, 422, 429]
        assert 1 <= int(answers[-1].headers["retry-after"]) <= 10
        assert at_desk.post("/v1/pages", bomb).status_code == 422


class TestLittleRoom:
    @pytest.fixture
    def limits(self) -> Limits:
        return Limits(bodies_bytes=1000, body_seconds=5)

    def test_a_body_for_which_there_is_no_room_is_to_come_again(self, at_kiosk: Caller) -> None:
        for _ in range(3):
            answered = at_kiosk.post("/v1/pages", bytes(2000))
            assert answered.status_code == 503 and answered.headers["retry-after"] == "1"
            assert at_kiosk.post("/v1/pages", bytes(900)).status_code == 422

    def test_the_room_of_a_body_is_given_back_however_its_call_ended(
        self, at_kiosk: Caller
    ) -> None:
        url = f"{at_kiosk.address}/v1/words"
        for _ in range(3):
            good = at_kiosk.post("/v1/words", b'{"words":[]}' + b" " * 800)
            forged = at_kiosk.headers("POST", "/v1/words", b"another")
            bad = at_kiosk.http.post(url, content=b" " * 900, headers=forged)
            strange = at_kiosk.call("POST", "/v1/words", b" " * 900, "text/html")
            assert [each.status_code for each in (good, bad, strange)] == [200, 401, 415]
        assert at_kiosk.post("/v1/words", b'{"words":[]}' + b" " * 900).status_code == 200


def test_eight_clients_with_the_largest_pages_take_bounded_memory(
    caller: Callable[[StoreShelf], Caller], city: City, at_desk: Caller
) -> None:
    clients = [caller(city.enrol(DeviceRole.KIOSK, f"{number}관")) for number in range(8)]
    assert at_desk.post("/v1/papers", city.authority.papers).json()["new"] == 1
    # As large as a page may come, and as large as it may become.
    plain = b"\xdc\0\x11\x01\xc4\x10" + device_bytes(at_desk.keys.device)
    plain += bytes(LARGEST_PLAIN - len(plain))
    body = MAGIC + zstandard.ZstdCompressor().compress(plain)
    body += bytes(LARGEST_PAGE - len(body))
    signed = [each.headers("POST", "/v1/pages", body) for each in clients]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    def send(client: int) -> set[tuple[int, str]]:
        answers = set()
        with httpx.Client(timeout=30, trust_env=False) as http:
            for _ in range(3):
                url = f"{at_desk.address}/v1/pages"
                answered = http.post(url, content=body, headers=signed[client])
                answers.add((answered.status_code, answered.json()["reason"]))
        return answers

    with ThreadPoolExecutor(8) as pool:
        heard = set().union(*pool.map(send, range(8)))
    # Every one of them was read and looked at: none was sent away for want of room.
    assert heard == {(422, "unreadable")}
    # Both ends are in this process.
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024 < 250


def test_the_log_names_routes_and_devices_and_never_a_token_or_an_address(
    hub_dir: Path, database: str, clock: Clock, at_kiosk: Caller, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "cheonman.hub")
    with serving(hub_dir, database, clock) as address:
        Caller(address, at_kiosk.shelf, at_kiosk.http).get("/v1/word")
        at_kiosk.http.get(f"{address}/r/SECRETTOKEN?x=SECRETQUERY")
    said = [record.said for record in caplog.records]  # type: ignore[attr-defined]
    told = json.dumps(said)
    assert "SECRET" not in told and "127.0.0.1" not in told
    by_route = {each["route"]: each for each in said}
    assert by_route["/v1/word"]["device"] == at_kiosk.keys.device
    assert by_route["/v1/word"]["status"] == 200


def test_metrics_count_calls_and_pages_and_name_nobody(at_kiosk: Caller) -> None:
    at_kiosk.post("/v1/pages", b"nothing")
    at_kiosk.http.get(f"{at_kiosk.address}/nowhere")
    text = at_kiosk.http.get(f"{at_kiosk.address}/metrics").text
    assert 'cheonman_hub_pages_total{outcome="refused",reason="unreadable"} 1.0' in text
    assert 'route="/v1/pages",status="422"} 1.0' in text
    assert 'route="unmatched",status="404"} 1.0' in text
    assert at_kiosk.keys.device not in text

"""Heavy calls side by side: the hub stays awake for everybody else, and small."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from time import perf_counter

import httpx
import pytest
import zstandard

from db.exchange.pages.store_shelf import StoreShelf
from db.store.page import LARGEST_PAGE, LARGEST_PLAIN, MAGIC
from tests.db.hub_attack.conftest import Attacked
from tests.db.hub_web.running import Caller

MIB = 1024 * 1024
CLIENTS, PAGES_EACH, LOOKS = 8, 24, 40
AWAKE_SECONDS = 1.0
"""For nine looks in ten; the tenth may meet other work of the machine. A blocked hub is late in
far more of them."""


@pytest.fixture
def heavy() -> Iterator[list[bytes]]:
    """The largest page that is all body, and one that grows as large as a page may."""
    packed = MAGIC + zstandard.ZstdCompressor(level=1).compress(b"\x91" * (LARGEST_PLAIN - 1))
    yield [MAGIC + secrets.token_bytes(LARGEST_PAGE - len(MAGIC)), packed]


def test_a_look_at_its_health_is_short_while_eight_clients_send_the_largest_pages(
    hub: Attacked, kiosk: StoreShelf, heavy: list[bytes]
) -> None:
    memory = hub.memory()

    def send(_client: int) -> None:
        with httpx.Client(timeout=30, trust_env=False) as http:
            caller = Caller(hub.address, kiosk, http)
            for number in range(PAGES_EACH):
                body = heavy[number % 2]
                assert caller.post("/v1/pages", body).status_code in (422, 503)
                forged = caller.headers("POST", "/v1/pages", b"another")
                answered = http.post(f"{hub.address}/v1/pages", content=body, headers=forged)
                assert answered.status_code in (401, 503)

    with ExitStack() as stack:
        http = stack.enter_context(httpx.Client(timeout=30, trust_env=False))
        pool = stack.enter_context(ThreadPoolExecutor(CLIENTS))
        sending = [pool.submit(send, client) for client in range(CLIENTS)]
        looks: list[float] = []
        while len(looks) < LOOKS or not all(each.done() for each in sending):
            began = perf_counter()
            assert http.get(f"{hub.address}/health").status_code == 200
            looks.append(perf_counter() - began)
        assert sorted(looks)[len(looks) * 9 // 10] < AWAKE_SECONDS
        for each in sending:
            each.result()
    assert hub.memory() - memory < 128 * MIB
    assert hub.holds() == {}

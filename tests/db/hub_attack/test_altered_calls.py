"""Thousands of calls altered in every way we know: a typed refusal each, and nothing changes."""

from __future__ import annotations

import base64
import random
from collections.abc import Iterator

import httpx
import msgspec
import pytest
import zstandard

from db.exchange.hub_messages import Words
from db.exchange.pages.store_shelf import StoreShelf
from db.exchange.pages.version_vector import links
from db.exchange.status.acknowledgements import own_acknowledgement
from db.exchange.trust.call_signature import BODY_HEADER, CHALLENGE_HEADER, SIGNATURE_HEADER
from db.exchange.trust.papers import DeviceRole, Papers, Signed
from db.participation.feedback import add_feedback
from db.store.page import MAGIC
from tests.db.exchange.city import City, pages
from tests.db.exchange.test_hostile import MUTATIONS
from tests.db.hub_attack.conftest import Attacked
from tests.db.hub_web.running import Caller
from tests.db.in_memory import praise

MIB = 1024 * 1024


@pytest.fixture
def seed() -> int:
    return random.getrandbits(32)


@pytest.fixture(params=[150, pytest.param(3_000, marks=pytest.mark.soak)])
def each(request: pytest.FixtureRequest) -> int:
    """How often each thing is altered."""
    return int(request.param)


def altered(seed: int, data: bytes, count: int) -> Iterator[bytes]:
    chance = random.Random(seed)
    for _ in range(count):
        mutant = bytearray(data)
        chance.choice(MUTATIONS)(chance, mutant)
        if mutant != data:
            yield bytes(mutant)


def told(answered: httpx.Response, seed: int) -> bool:
    """Whether it was taken; what was not is refused in plain words, and never as a fault."""
    assert answered.status_code in (200, 400, 401, 409, 413, 422, 431), f"seed {seed}"
    said = answered.json()
    if answered.status_code == 200:
        return True
    assert said["reason"], f"seed {seed}"
    return False


def test_altered_pages_are_refused_one_by_one_and_the_true_page_still_gets_through(
    hub: Attacked, at_kiosk: Caller, at_desk: Caller, kiosk: StoreShelf, seed: int, each: int
) -> None:
    for number in range(8):
        add_feedback(kiosk.store, praise(f"의견 {number}"))
    (first,) = pages(kiosk.store)
    assert at_kiosk.post("/v1/pages", first).status_code == 200
    for number in range(8):
        add_feedback(kiosk.store, praise(f"나중 {number}"))
    (second,) = pages(kiosk.store, {kiosk.store.device: 8})
    before, memory = hub.holds(), hub.memory()
    for page in (first, second):
        plain = zstandard.decompress(page[len(MAGIC) :])
        inside = (MAGIC + zstandard.compress(each) for each in altered(seed, plain, each))
        for mutant in (*altered(seed, page, each), *inside):
            told(at_kiosk.post("/v1/pages", mutant), seed)
    # A page that was only written otherwise is the page itself.
    assert hub.holds() in (before, links(kiosk.store)), f"seed {seed}"
    assert hub.quarantined() == []
    assert at_desk.post("/v1/pages", second).status_code == 200
    assert hub.holds() == links(kiosk.store)
    assert hub.memory() - memory < 64 * MIB


def test_altered_words_papers_and_certificates_add_nothing_that_was_not_signed(
    hub: Attacked, at_kiosk: Caller, kiosk: StoreShelf, city: City, seed: int, each: int
) -> None:
    add_feedback(kiosk.store, praise("의견"))
    word = own_acknowledgement(kiosk)
    lost = city.stranger().store
    city.certify(lost, DeviceRole.KIOSK, "잃어버릴 기기")
    for mutant in altered(seed, msgspec.json.encode(Words(words=(word,))), each):
        told(at_kiosk.post("/v1/words", mutant), seed)
    assert {_plain(held) for _device, held in hub.words()} <= {_plain(word)}, f"seed {seed}"
    certificate = city.authority.trust.signed_certificate(lost.device)
    url = f"{hub.address}/v1/certificate"
    for mutant in altered(seed, msgspec.json.encode(certificate), each):
        told(at_kiosk.http.post(url, content=mutant), seed)
    for mutant in altered(seed, msgspec.json.encode(city.authority.papers), each):
        told(at_kiosk.post("/v1/papers", mutant), seed)
    assert at_kiosk.post("/v1/papers", city.authority.papers).status_code == 200
    assert _statements(hub.papers()) == _statements(city.authority.papers), f"seed {seed}"


def _plain(signed: Signed) -> tuple[str, str]:
    """A statement and its signature, in whichever letters that came."""
    return signed.text, signed.signature.lower()


def _statements(papers: Papers | None) -> set[tuple[str, str]]:
    assert papers is not None and papers.list is not None
    return {_plain(each) for each in (papers.list, *papers.certificates)}


def test_altered_headers_are_believed_only_where_they_say_the_same(
    hub: Attacked, at_kiosk: Caller, seed: int, each: int
) -> None:
    true = at_kiosk.headers("GET", "/v1/papers")
    url = f"{hub.address}/v1/papers"
    for name, value in true.items():
        for mutant in altered(seed, value.encode(), each):
            if not all(33 <= letter <= 126 or letter >= 128 for letter in mutant):
                continue
            given = {key.encode(): text.encode() for key, text in true.items()}
            given[name.encode()] = mutant
            if told(at_kiosk.http.get(url, headers=given), seed):
                assert _meant(name, mutant) == _meant(name, value.encode()), f"seed {seed}"


def _meant(name: str, value: bytes) -> bytes:
    """What a header says, in whichever letters."""
    if name == CHALLENGE_HEADER:
        return base64.b64decode(value).lower()
    return value.lower() if name in (BODY_HEADER, SIGNATURE_HEADER) else value


def test_the_log_of_an_attack_holds_no_address_no_body_and_no_fault(
    hub: Attacked, at_kiosk: Caller, kiosk: StoreShelf, seed: int
) -> None:
    add_feedback(kiosk.store, praise("비밀스러운 의견"))
    (page,) = pages(kiosk.store)
    for mutant in altered(seed, page, 50):
        at_kiosk.post("/v1/pages", mutant)
    headers = at_kiosk.headers("GET", "/v1/word")
    at_kiosk.http.get(f"{hub.address}/v1/words", headers=headers)
    token = "A" * 22
    at_kiosk.http.get(f"{hub.address}/r/{token}")
    at_kiosk.http.request("BREW", f"{hub.address}/{token}")
    log = hub.log.read_text(encoding="utf-8")
    assert '"event":"call"' in log
    for secret in ("127.0.0.1", token, headers[SIGNATURE_HEADER], "비밀", '"bug"', '"status":500'):
        assert secret not in log, f"seed {seed}"
    metrics = at_kiosk.http.get(f"{hub.address}/metrics").text
    assert token not in metrics and "BREW" not in metrics and kiosk.store.device not in metrics

"""Who is believed at the hub's door, and who is not, and that nothing was done before that."""

from __future__ import annotations

import base64
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import msgspec
import pytest

from db.exchange.hub_messages import Greeting
from db.exchange.pages.store_shelf import StoreShelf
from db.exchange.trust.call_signature import (
    CHALLENGE_HEADER,
    DEVICE_HEADER,
    HEADERS,
    LIFE_US,
    give_challenge,
)
from db.exchange.trust.papers import DeviceRole, Signed
from tests.db.exchange.city import City
from tests.db.hub_web.running import Caller, Clock, make_hub

Meet = Callable[[StoreShelf], Caller]


def refused(answered: object, reason: str, status: int = 401) -> None:
    assert (answered.status_code, answered.json()["reason"]) == (status, reason)  # type: ignore[attr-defined]
    assert answered.json()["ko"] and answered.json()["en"]  # type: ignore[attr-defined]


def test_a_device_of_the_city_is_believed(at_kiosk: Caller, at_desk: Caller) -> None:
    assert at_kiosk.get("/v1/word").status_code == at_desk.get("/v1/papers").status_code == 200


@pytest.mark.parametrize("missing", HEADERS)
def test_a_call_without_one_of_its_headers_is_not_believed(at_kiosk: Caller, missing: str) -> None:
    headers = at_kiosk.headers("GET", "/v1/word")
    del headers[missing]
    answered = at_kiosk.http.get(f"{at_kiosk.address}/v1/word", headers=headers)
    assert answered.status_code == 401


@pytest.mark.parametrize(
    ("signed_method", "signed_target", "signed_body"),
    [("GET", "/v1/words", b"[]"), ("POST", "/v1/word", b"[]"), ("POST", "/v1/words", b"[ ]")],
)
def test_a_signature_over_another_call_is_not_believed(
    at_kiosk: Caller, signed_method: str, signed_target: str, signed_body: bytes
) -> None:
    headers = at_kiosk.headers(signed_method, signed_target, signed_body)
    url = f"{at_kiosk.address}/v1/words"
    refused(at_kiosk.http.post(url, content=b"[]", headers=headers), "forged")


def test_a_signature_covers_the_query(at_kiosk: Caller) -> None:
    headers = at_kiosk.headers("GET", f"/v1/pages?device={at_kiosk.keys.device}&after=0")
    url = f"{at_kiosk.address}/v1/pages?device={at_kiosk.keys.device}&after=1"
    refused(at_kiosk.http.get(url, headers=headers), "forged")


def test_a_device_that_signs_with_another_key_is_not_believed(
    at_kiosk: Caller, at_desk: Caller
) -> None:
    headers = at_kiosk.headers("GET", "/v1/word") | {DEVICE_HEADER: at_desk.keys.device}
    refused(at_kiosk.http.get(f"{at_kiosk.address}/v1/word", headers=headers), "forged")


def test_a_challenge_grows_old_and_a_new_one_helps(at_kiosk: Caller, clock: Clock) -> None:
    assert at_kiosk.get("/v1/word").status_code == 200
    clock.ahead_us += LIFE_US + 1_000_000
    refused(at_kiosk.get("/v1/word"), "stale-challenge")
    at_kiosk._challenge = None
    assert at_kiosk.get("/v1/word").status_code == 200


def test_a_challenge_of_a_device_that_is_no_hub_is_not_believed(
    at_kiosk: Caller, at_desk: Caller, clock: Clock
) -> None:
    at_kiosk._challenge = give_challenge(at_desk.keys, clock())
    refused(at_kiosk.get("/v1/word"), "role")


def test_a_challenge_that_was_altered_is_not_believed(at_kiosk: Caller, clock: Clock) -> None:
    text = at_kiosk.challenge.text.replace('"at_us":', '"at_us":1')
    at_kiosk._challenge = Signed(text, at_kiosk.challenge.signature)
    refused(at_kiosk.get("/v1/word"), "forged")


def test_a_challenge_of_another_hub_of_the_city_is_believed(
    at_kiosk: Caller, at_desk: Caller, city: City, clock: Clock, tmp_path: Path
) -> None:
    other = make_hub(tmp_path / "other", city)
    at_desk.post("/v1/papers", city.authority.papers)
    at_kiosk._challenge = give_challenge(other, clock())
    assert at_kiosk.get("/v1/word").status_code == 200


def test_a_call_that_is_repeated_does_nothing_new(at_kiosk: Caller, at_desk: Caller) -> None:
    headers = at_desk.headers("POST", "/v1/words", b'{"words":[]}')
    url = f"{at_kiosk.address}/v1/words"
    first = at_kiosk.http.post(url, content=b'{"words":[]}', headers=headers)
    again = at_kiosk.http.post(url, content=b'{"words":[]}', headers=headers)
    assert first.status_code == again.status_code == 200
    assert first.content == again.content


def test_a_revoked_device_is_not_believed_from_that_moment(
    at_kiosk: Caller, at_desk: Caller, city: City
) -> None:
    assert at_kiosk.get("/v1/word").status_code == 200
    city.authority.revoke(at_kiosk.keys.device)
    assert at_desk.post("/v1/papers", city.authority.papers).json()["new"] == 1
    refused(at_kiosk.get("/v1/word"), "revoked")


def test_a_device_whose_certificate_ran_out_is_not_believed(
    at_kiosk: Caller, city: City, clock: Clock
) -> None:
    certificate = city.authority.trust.certificates[at_kiosk.keys.device]
    clock.ahead_us = certificate.valid_until_us - clock() + 60_000_000
    refused(at_kiosk.get("/v1/word"), "expired")


def test_a_hub_whose_certificate_ran_out_says_so_and_takes_nothing(
    at_kiosk: Caller, hub: str, clock: Clock
) -> None:
    headers = at_kiosk.headers("GET", "/v1/word")
    clock.ahead_us = 40 * 366 * 24 * 3600 * 1_000_000
    refused(at_kiosk.http.get(f"{hub}/v1/hub"), "expired", 503)
    refused(at_kiosk.http.get(f"{hub}/v1/word", headers=headers), "expired", 503)
    health = at_kiosk.http.get(f"{hub}/health")
    assert (health.status_code, health.json()["expired"]) == (503, True)


def test_a_device_the_hub_does_not_know_shows_its_certificate_and_is_believed(
    caller: Meet, hub: str, city: City
) -> None:
    new = city.enrol(DeviceRole.KIOSK, "새 도서관")
    at_new = caller(new)
    refused(at_new.get("/v1/word"), "unknown-device")
    certificate = city.authority.trust.signed_certificate(new.store.device)
    url = f"{hub}/v1/certificate"
    shown = at_new.http.post(url, content=msgspec.json.encode(certificate))
    assert (shown.status_code, shown.json()["new"]) == (200, 1)
    assert at_new.get("/v1/word").status_code == 200


def test_a_certificate_of_nobody_or_of_another_city_changes_nothing(
    caller: Meet, hub: str, city: City, tmp_path: Path, clock: Clock
) -> None:
    with ExitStack() as stack:
        elsewhere = City(tmp_path / "elsewhere", stack, clock)
        elsewhere._made = 50
        stranger = elsewhere.enrol(DeviceRole.DESK, "다른 도시")
        signed = elsewhere.authority.trust.signed_certificate(stranger.store.device)
        at_stranger = caller(stranger)
        answered = at_stranger.http.post(
            f"{hub}/v1/certificate", content=msgspec.json.encode(signed)
        )
        refused(answered, "forged", 422)
        refused(at_stranger.get("/v1/word"), "unknown-device")


def test_the_greeting_proves_which_hub_of_which_city_this_is(hub: str, at_kiosk: Caller) -> None:
    greeting = msgspec.json.decode(at_kiosk.http.get(f"{hub}/v1/hub").content, type=Greeting)
    trust = at_kiosk.shelf.trust
    assert trust.city is not None and greeting.city == trust.city.hex()
    assert f'"device":"{greeting.device}"' in greeting.certificate.text


@pytest.mark.parametrize("junk", ["", "%%%", "a" * 5_000, base64.b64encode(b"{}").decode()])
def test_a_challenge_of_rubbish_is_turned_away(at_kiosk: Caller, junk: str) -> None:
    headers = at_kiosk.headers("GET", "/v1/word") | {CHALLENGE_HEADER: junk}
    answered = at_kiosk.http.get(f"{at_kiosk.address}/v1/word", headers=headers)
    refused(answered, "unreadable")

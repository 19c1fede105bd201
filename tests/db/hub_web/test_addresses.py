"""From where a call comes, and that neighbours pay for nobody's misses."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import msgspec
import pytest

from db.exchange.pages.store_shelf import StoreShelf
from db.exchange.trust.papers import DeviceRole
from db.hub.client_addresses import Proxies, household, neighbourhood
from db.hub.limits import Limits
from db.participation.feedback import add_feedback
from db.receipts.code import token_text
from tests.db.exchange.city import City, pages
from tests.db.hub_web.hub_program import wait_until
from tests.db.hub_web.running import Caller
from tests.db.in_memory import praise

TRIES = 5
OUTSIDE = "198.51.100.7"


@pytest.mark.parametrize(
    ("address", "cut"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("::FFFF:C000:24D", "192.0.2.0/24"),
        ("64:ff9b::192.0.2.77", "192.0.2.0/24"),
        ("::ffff:0:192.0.2.77", "192.0.2.0/24"),
        ("::192.0.2.77", "192.0.2.0/24"),
        ("2002:c000:24d::1", "192.0.2.0/24"),
        ("2001:db8:1:2::3", "2001:db8:1::/48"),
        ("fe80::1%eth0", "fe80::/48"),
        ("::1", "::/48"),
        ("somewhere", "unknown"),
        ("", "unknown"),
    ],
)
def test_an_address_is_cut_in_its_own_family(address: str, cut: str) -> None:
    assert neighbourhood(address) == cut


@pytest.mark.parametrize("prefix", ["", "::ffff:", "64:ff9b::", "64:ff9b:1::", "::ffff:0:", "::"])
def test_two_cities_of_ipv4_are_never_neighbours(prefix: str) -> None:
    near, same, far = (f"{prefix}{each}" for each in ("192.0.2.77", "192.0.2.8", "203.0.113.77"))
    assert neighbourhood(near) == neighbourhood(same) != neighbourhood(far)
    assert household(near) != household(same)


def test_a_customer_of_ipv6_has_one_share_of_connections() -> None:
    assert household("2001:db8:1:2::3") == household("2001:db8:1:2:ffff::")
    assert household("2001:db8:1:2::3") != household("2001:db8:1:3::3")


@pytest.mark.parametrize(
    ("forwarded", "came"),
    [
        ("", "10.0.0.5"),
        (OUTSIDE, OUTSIDE),
        (f" {OUTSIDE} ", OUTSIDE),
        (f"203.0.113.9, {OUTSIDE}", OUTSIDE),
        (f"203.0.113.9,{OUTSIDE},10.9.0.1", OUTSIDE),
        (f"10.0.0.5, {OUTSIDE}", OUTSIDE),
        (f"::ffff:{OUTSIDE}", OUTSIDE),
        (f"{OUTSIDE}:4711", OUTSIDE),
        ("[2001:db8::1]:4711", "2001:db8::1"),
        ("2001:db8::1", "2001:db8::1"),
        ("203.0.113.9, unknown", "10.0.0.5"),
        ("203.0.113.9, unknown, 10.9.0.1", "10.9.0.1"),
        ("10.9.0.1", "10.9.0.1"),
        (",,,", "10.0.0.5"),
        ("64:ff9b::10.0.0.5", "64:ff9b::a00:5"),
    ],
)
def test_a_proxy_is_believed_about_whom_it_saw_and_nobody_left_of_that(
    forwarded: str, came: str
) -> None:
    proxies = Proxies(["10.0.0.5", "::ffff:10.9.0.0/112"])
    assert proxies.caller("10.0.0.5", forwarded) == came
    mapped = proxies.caller("::ffff:10.0.0.5", forwarded)
    assert mapped.removeprefix("::ffff:") == came
    for stranger in ("10.0.0.6", "64:ff9b::10.0.0.5", "2002:a00:5::", "", "here"):
        assert proxies.caller(stranger, forwarded) == stranger


def test_what_is_no_address_is_no_proxy() -> None:
    for wrong in ("", "proxy.example", "10.0.0.5/8", "10.0.0.5:80"):
        with pytest.raises(ValueError, match=r".*"):
            Proxies([wrong])
    assert "10.0.0.5" not in Proxies()


@pytest.fixture
def limits() -> Limits:
    return Limits(stranger_misses=TRIES)


def statuses(http: httpx.Client, url: str, forwarded: str = "") -> list[int]:
    """What one more miss than are allowed get."""
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    return [http.get(url, headers=headers).status_code for _ in range(TRIES + 1)]


def test_a_true_signature_a_true_receipt_and_a_true_certificate_outlive_their_neighbours_misses(
    at_kiosk: Caller, caller: Callable[[StoreShelf], Caller], city: City
) -> None:
    receipt = add_feedback(at_kiosk.shelf.store, praise("의견"))
    (page,) = pages(at_kiosk.shelf.store)
    hub, http = at_kiosk.address, at_kiosk.http
    assert statuses(http, f"{hub}/v1/word") == [401] * TRIES + [429]
    assert http.get(f"{hub}/r/{token_text(bytes(16))}").status_code == 429
    forged = msgspec.json.encode({"text": "{}", "signature": "0" * 128})
    assert http.post(f"{hub}/v1/certificate", content=forged).status_code == 429
    # All of this comes from the very same address.
    assert at_kiosk.post("/v1/pages", page).json()["new"] == 1
    assert http.get(f"{hub}/r/{receipt.token}").status_code == 200
    new = city.enrol(DeviceRole.KIOSK, "새 도서관")
    shown = city.authority.trust.signed_certificate(new.store.device)
    body = msgspec.json.encode(shown)
    assert http.post(f"{hub}/v1/certificate", content=body).json()["new"] == 1
    assert caller(new).get("/v1/word").status_code == 200


def test_whom_nobody_named_as_a_proxy_is_not_believed_about_addresses(at_kiosk: Caller) -> None:
    url = f"{at_kiosk.address}/v1/word"
    assert statuses(at_kiosk.http, url, OUTSIDE)[-1] == 429
    assert at_kiosk.http.get(url, headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 429


class TestBehindAProxy:
    @pytest.fixture
    def proxy(self) -> str:
        return "::ffff:127.0.0.1, 10.0.0.0/8"

    def test_each_caller_is_counted_where_the_proxy_saw_it(
        self, at_kiosk: Caller, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level("INFO", "cheonman.hub")
        url, http = f"{at_kiosk.address}/v1/word", at_kiosk.http
        assert statuses(http, url, OUTSIDE)[-1] == 429
        for neighbour in ("198.51.100.99", f"203.0.113.9, {OUTSIDE}", f"{OUTSIDE}, 10.2.3.4"):
            assert http.get(url, headers={"X-Forwarded-For": neighbour}).status_code == 429
        for other in ("203.0.113.9", f"{OUTSIDE}, 203.0.113.9", "2001:db8::1", ""):
            assert http.get(url, headers={"X-Forwarded-For": other}).status_code == 401
        cut = {"198.51.100.0/24", "203.0.113.0/24", "2001:db8::/48", "127.0.0.0/24"}

        def where() -> set[str]:
            said = [record.said for record in caplog.records]  # type: ignore[attr-defined]
            return {each["from"] for each in said if "from" in each}

        # A line is written when its answer is out already.
        wait_until(lambda: where() == cut)

    def test_the_last_proxy_says_whether_a_call_came_over_tls(self, at_kiosk: Caller) -> None:
        long = "strict-transport-security"
        for scheme, is_https in (("https", True), ("http, https", True), ("http", False)):
            headers = {"X-Forwarded-Proto": scheme, "X-Forwarded-For": OUTSIDE}
            page = at_kiosk.http.get(f"{at_kiosk.address}/", headers=headers)
            assert (long in page.headers) is is_https

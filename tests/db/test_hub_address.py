"""A hub's address has one judge: what a QR may carry and what a kiosk may call are the same."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from db.exchange.carriers.hub_address import LONGEST_URL, address_fault
from db.exchange.carriers.hub_http import checked_address
from db.exchange.hub_trouble import HubTrouble
from desktop.settings import SettingsProblem, load_settings

GOOD = (
    "https://hub.jeonju.go.kr", "https://hub.jeonju.go.kr/", "https://hub:8443/cheonman",
    "HTTPS://Hub.example", "https://10.0.0.7", "https://[2001:db8::1]:8443", "https://xn--9n2bp8q.kr",
    "http://127.0.0.1:8080", "http://localhost:8080", "http://[::1]:8080", "https://h/a-b_c.d~e/%EA",
)  # fmt: skip
BAD = (
    "hub.example", "http://hub.example", "ftp://hub.example", "https://", "https:///x",
    "https://hub.example?", "https://hub.example/?", "https://hub.example?x=1",
    "https://hub.example#", "https://hub.example/#x", "https://user@hub.example",
    "https://user:word@hub.example", "https://@hub.example", "https://hub.example/a b",
    " https://hub.example", "https://hub.example ", "https://hub.example/\t", "https://hub.example\n",
    "https://hub.example\\x", "https:\\\\hub.example", "https://hub.example/\\", "https://hub..example",
    "https://-hub.example", "https://hub.example:0", "https://hub.example:65536",
    "https://hub.example:", "https://hub.example:port", "https://[::1", "https://[::z]",
    "https://[1.2.3.4]", "https://허브.kr", "https://hub.example/한글", "https://hub.example/<x>",
    "https://hub.example/\"", "https://hub.example/{x}", "https://hub.example/\u200b", "https://hub_1.example",
    "https://" + "h" * 64 + ".kr", "https://hub.example/" + "x" * LONGEST_URL,
)  # fmt: skip


@pytest.mark.parametrize("url", GOOD)
def test_an_address_that_is_taken_is_taken_by_everybody(url: str, data_dir: Path) -> None:
    assert address_fault(url) is None
    assert load_settings(data_dir, {"hub_url": url}).hub_url == url
    assert checked_address(url) == url.rstrip("/")
    assert httpx.URL(checked_address(url) + "/r/token").path.endswith("/r/token")


@pytest.mark.parametrize("url", BAD)
def test_an_address_that_is_refused_is_refused_by_everybody(url: str, data_dir: Path) -> None:
    fault = address_fault(url)
    assert fault
    with pytest.raises(SettingsProblem, match="hub_url") as set_so:
        load_settings(data_dir, {"hub_url": url})
    with pytest.raises(HubTrouble) as called:
        checked_address(url)
    # One judge and one sentence, whoever asks.
    assert fault[0] in called.value.ko and fault[1] in called.value.en
    if url.isprintable() and not url.endswith("\u200b"):
        assert fault[0] in set_so.value.ko and fault[1] in set_so.value.en


def test_a_refused_address_repeats_no_password() -> None:
    with pytest.raises(HubTrouble) as refused:
        checked_address("https://user:secret@hub.example")
    assert "secret" not in refused.value.en + refused.value.ko


def test_settings_repeat_no_password_of_an_address(data_dir: Path) -> None:
    with pytest.raises(SettingsProblem) as refused:
        load_settings(data_dir, {"hub_url": "https://user:secret@hub.example"})
    assert "secret" not in refused.value.en + refused.value.ko

"""A phone opens the address that the kiosk's QR holds: no script, no other host, no error."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By

from db.receipts.code import token_text
from tests.db.hub_web.running import Caller
from tests.db.hub_web.test_receipt_page import answered
from tests.left_out import leave_out

WIDTH, HEIGHT = 360, 780
_FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-dev-shm-usage", "--hide-scrollbars",
)  # fmt: skip


@pytest.fixture(params=["with scripts", "without scripts"])
def browser(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[webdriver.Chrome]:
    driver = shutil.which("chromedriver")
    chromium = shutil.which("chromium")
    if driver is None or chromium is None:
        leave_out("Debian's chromium and chromium-driver are not installed")
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for flag in (*_FLAGS, f"--user-data-dir={tmp_path / 'browser'}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    if request.param == "without scripts":
        options.add_experimental_option(
            "prefs", {"profile.managed_default_content_settings.javascript": 2}
        )
    service = webdriver.ChromeService(driver)
    opened = webdriver.Chrome(options, service)
    opened.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": WIDTH, "height": HEIGHT, "deviceScaleFactor": 2, "mobile": True},
    )
    try:
        yield opened
    finally:
        opened.quit()


def requested(browser: webdriver.Chrome) -> list[str]:
    """The addresses the page itself asked for."""
    told = [json.loads(row["message"])["message"] for row in browser.get_log("performance")]
    asked = [m["params"] for m in told if m["method"] == "Network.requestWillBeSent"]
    return [each["request"]["url"] for each in asked if each["documentURL"].startswith("http")]


def test_the_page_opens_whole_and_asks_nobody_else(
    browser: webdriver.Chrome, hub: str, at_kiosk: Caller, at_desk: Caller
) -> None:
    address = f"{hub}/r/{answered(at_kiosk, at_desk)}"
    browser.get(address)
    words = browser.find_element(By.TAG_NAME, "body").text
    assert "답변했습니다" in words and "다리를 고쳤습니다" in words and "The bridge" in words
    assert browser.find_element(By.TAG_NAME, "h1").value_of_css_property("color") in (
        "rgba(40, 93, 51, 1)", "rgb(40, 93, 51)",
    )  # fmt: skip
    assert browser.get_log("browser") == []
    assert {url for url in requested(browser) if not url.startswith("data:")} == {address}
    assert browser.get_cookies() == []
    for factor in (1, 2):
        # At twice the size of letters nothing may stick out sideways.
        browser.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": WIDTH // factor, "height": HEIGHT, "deviceScaleFactor": 2, "mobile": True},
        )
        size = browser.execute_cdp_cmd("Page.getLayoutMetrics", {})["cssContentSize"]
        assert size["width"] <= WIDTH // factor


def test_a_token_that_leads_nowhere_gets_a_calm_page(browser: webdriver.Chrome, hub: str) -> None:
    browser.get(f"{hub}/r/{token_text(bytes(16))}")
    words = browser.find_element(By.TAG_NAME, "main").text
    assert "찾지 못했습니다" in words and "was not found" in words

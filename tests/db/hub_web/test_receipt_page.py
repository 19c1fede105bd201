"""What the QR of a receipt opens: status and reply for who holds it, nothing for who guesses."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator

import httpx
import pytest

from db.exchange.pages.exporting import export_pages
from db.exchange.pages.store_shelf import StoreShelf
from db.hub.limits import Limits
from db.participation.feedback import add_feedback
from db.participation.plantings import NewPlanting, register_planting
from db.participation.replies import add_reply
from db.participation.reviews import set_review
from db.receipts.code import token_text
from db.records import Erased, ReviewState
from db.store.journal import redact
from tests.db.exchange.city import pages, take_all
from tests.db.hub_web.running import Caller
from tests.db.in_memory import PHONE, praise

SECRET = "본인만 아는 글"
REPLY = "다리를 고쳤습니다. <b>고맙습니다</b>"


@pytest.fixture
def fresh(fresh_of_each_kind: Callable[[], str]) -> Callable[[], str]:
    return fresh_of_each_kind


def send(caller: Caller) -> None:
    for page in export_pages(caller.shelf.store):
        told = caller.call("POST", "/v1/pages", page.data, "application/octet-stream")
        assert told.status_code == 200, told.text


@pytest.fixture
def phone(hub: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=hub, timeout=20, trust_env=False) as client:
        yield client


def answered(at_kiosk: Caller, at_desk: Caller) -> str:
    """The token of a feedback that travelled to the hub, and whose reply did."""
    receipt = add_feedback(at_kiosk.shelf.store, praise(SECRET, contact=PHONE))
    send(at_kiosk)
    take_all(at_desk.shelf, pages(at_kiosk.shelf.store))
    first = add_reply(at_desk.shelf.store, receipt.id, "옛 답변")
    add_reply(
        at_desk.shelf.store,
        receipt.id,
        REPLY,
        text_en="The bridge is mended.",
        replaces=first.id,
    )
    set_review(at_desk.shelf.store, receipt.id, ReviewState.ANSWERED, department="도로과")
    send(at_desk)
    return receipt.token


def test_the_token_opens_status_and_reply_in_both_languages_and_nothing_personal(
    at_kiosk: Caller, at_desk: Caller, phone: httpx.Client
) -> None:
    token = answered(at_kiosk, at_desk)
    page = phone.get(f"/r/{token}")
    assert page.status_code == 200 and page.headers["content-type"].startswith("text/html")
    for words in ("답변했습니다", "Answered", "도로과", "다리를 고쳤습니다", "is mended"):
        assert words in page.text
    assert "&lt;b&gt;" in page.text and "<b>" not in page.text
    assert "옛 답변" not in page.text and SECRET not in page.text and "010" not in page.text
    assert phone.get(f"/r/{token.upper()}").text == page.text


def test_the_page_asks_nothing_of_anybody_else(
    at_kiosk: Caller, at_desk: Caller, phone: httpx.Client
) -> None:
    page = phone.get(f"/r/{answered(at_kiosk, at_desk)}")
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy and "script-src" not in policy
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["referrer-policy"] == "no-referrer"
    assert page.headers["x-content-type-options"] == "nosniff"
    assert "noindex" in page.headers["x-robots-tag"] and "set-cookie" not in page.headers
    assert "<script" not in page.text and not re.search(r"https?://", page.text)
    assert 'style="' not in page.text and "strict-transport-security" not in page.headers


def test_unknown_wrong_and_malformed_tokens_and_the_spoken_code_get_one_and_the_same_page(
    at_kiosk: Caller, phone: httpx.Client
) -> None:
    receipt = add_feedback(at_kiosk.shelf.store, praise(SECRET))
    send(at_kiosk)
    other = ("a" if receipt.token[0] != "a" else "b") + receipt.token[1:]
    wrong = [token_text(b"\7" * 16), other, "x", receipt.code, receipt.id, "%00", "' OR 1=1 --"]
    answers = [phone.get(f"/r/{each}") for each in wrong]
    assert {each.status_code for each in answers} == {404}
    assert len({each.text for each in answers}) == 1
    assert len({tuple(k for k, _ in each.headers.items()) for each in answers}) == 1
    assert all(each.headers["content-security-policy"] for each in answers)


@pytest.mark.parametrize("limits", [Limits(stranger_misses=5)])
def test_guessing_ends_after_some_tries_and_a_right_token_alone_is_never_counted(
    at_kiosk: Caller, phone: httpx.Client, limits: Limits
) -> None:
    receipt = add_feedback(at_kiosk.shelf.store, praise(SECRET))
    send(at_kiosk)
    for _ in range(3 * limits.stranger_misses):
        assert phone.get(f"/r/{receipt.token}").status_code == 200
    told = [phone.get(f"/r/{token_text(bytes([n]) * 16)}") for n in range(8)]
    assert phone.get(f"/r/{receipt.token}").status_code == 200
    assert {each.status_code for each in told} == {404, 429} and told[-1].status_code == 429
    assert int(told[-1].headers["retry-after"]) >= 1 and "잠시 쉬었다가" in told[-1].text
    assert told[-1].headers["content-security-policy"]


def test_whatever_address_a_phone_opens_it_gets_a_page(
    at_kiosk: Caller, phone: httpx.Client
) -> None:
    receipt = add_feedback(at_kiosk.shelf.store, praise(SECRET))
    send(at_kiosk)
    phone.headers["Accept"] = "text/html,application/xhtml+xml,*/*;q=0.8"
    assert phone.get(f"/r/{receipt.token}/").text == phone.get(f"/r/{receipt.token}").text
    for path, status, words in (
        ("/", 200, "QR"),
        (f"/r/{receipt.token}/", 200, "접수했습니다"),
        ("/r", 404, "찾지 못했습니다"),
        ("/r/", 404, "찾지 못했습니다"),
        ("/r/nothing/", 404, "찾지 못했습니다"),
        (f"/r/{receipt.token}/more", 404, "아무것도 없습니다"),
        ("/R/x", 404, "아무것도 없습니다"),
        ("/index.html", 404, "아무것도 없습니다"),
    ):
        page = phone.get(path)
        assert page.status_code == status
        assert page.headers["content-type"].startswith("text/html") and words in page.text
        assert "default-src 'none'" in page.headers["content-security-policy"]
    assert phone.get("/v1/nothing").json()["reason"] == "not-found"
    phone.headers["Accept"] = "*/*"
    assert phone.get("/nothing").json()["reason"] == "not-found"


def test_two_offices_that_disagree_are_shown_as_looking_at_it_without_their_reasons(
    at_kiosk: Caller, at_desk: Caller, phone: httpx.Client, desk: StoreShelf
) -> None:
    receipt = add_feedback(at_kiosk.shelf.store, praise(SECRET))
    send(at_kiosk)
    take_all(desk, pages(at_kiosk.shelf.store))
    set_review(desk.store, receipt.id, ReviewState.DECLINED, reason="예산이 없음")
    with desk.store.change() as connection:
        connection.execute("DELETE FROM review")
    set_review(desk.store, receipt.id, ReviewState.ADOPTED)
    send(at_desk)
    page = phone.get(f"/r/{receipt.token}")
    assert "검토하고 있습니다" in page.text and "예산" not in page.text


def test_an_erased_feedback_says_so_and_a_planting_has_a_page_too(
    at_kiosk: Caller, phone: httpx.Client
) -> None:
    receipt = add_feedback(at_kiosk.shelf.store, praise(SECRET))
    planted = register_planting(at_kiosk.shelf.store, NewPlanting(species="느티나무", trees=2))
    redact(at_kiosk.shelf.store, receipt.device, receipt.seq, Erased.BOTH, "본인 요청")
    send(at_kiosk)
    assert "내용은 지웠습니다" in phone.get(f"/r/{receipt.token}").text
    page = phone.get(f"/r/{planted.token}").text
    assert "나도 심었어요" in page and "내용은 지웠습니다" not in page


def test_a_duplicate_opens_the_public_reply_to_the_feedback_it_repeats(
    at_kiosk: Caller, at_desk: Caller, phone: httpx.Client
) -> None:
    original, mine = (add_feedback(at_kiosk.shelf.store, praise(SECRET)) for _ in range(2))
    send(at_kiosk)
    take_all(at_desk.shelf, pages(at_kiosk.shelf.store))
    office = at_desk.shelf.store
    set_review(office, mine.id, ReviewState.DUPLICATE, duplicate_of=original.id)
    add_reply(office, original.id, REPLY, text_en="The bridge is mended.", public=True)
    add_reply(office, original.id, "한 분께 드리는 답변")
    send(at_desk)
    page = phone.get(f"/r/{mine.token}").text
    for words in ("같은 의견과 함께", "같은 의견에 드린 답변", "다리를 고쳤습니다", "is mended"):
        assert words in page
    assert "한 분께" not in page and SECRET not in page and "아직 답변이" not in page


def test_the_citys_words_stand_before_the_facts_and_a_reason_awaits_no_reply(
    at_kiosk: Caller, at_desk: Caller, phone: httpx.Client, desk: StoreShelf
) -> None:
    page = phone.get(f"/r/{answered(at_kiosk, at_desk)}").text
    assert page.index("다리를 고쳤습니다") < page.index("보낸 날")
    receipt = add_feedback(at_kiosk.shelf.store, praise(SECRET))
    send(at_kiosk)
    assert "아직 답변이 없습니다" in phone.get(f"/r/{receipt.token}").text
    take_all(desk, pages(at_kiosk.shelf.store))
    set_review(desk.store, receipt.id, ReviewState.DECLINED, reason="예산이 없음")
    send(at_desk)
    page = phone.get(f"/r/{receipt.token}").text
    assert "예산이 없음" in page and "아직 답변이 없습니다" not in page


def test_the_token_stands_in_no_log_and_no_metric(
    at_kiosk: Caller, at_desk: Caller, phone: httpx.Client, caplog: pytest.LogCaptureFixture
) -> None:
    token = answered(at_kiosk, at_desk)
    with caplog.at_level(logging.DEBUG):
        phone.get(f"/r/{token}")
        phone.get(f"/r/{token_text(bytes(16))}")
    # The server's own line a call is switched off; only this test's listener still hears it.
    assert not logging.getLogger("uvicorn.access").propagate
    ours = ("cheonman.hub", "uvicorn.error")
    hub_lines = [r for r in caplog.records if r.name in ours]
    assert any(r.name == "cheonman.hub" for r in hub_lines)
    assert not [r for r in hub_lines if token in str(r.__dict__)]
    measures = phone.get("/metrics").text
    assert token not in measures and 'route="/r/{token}"' in measures

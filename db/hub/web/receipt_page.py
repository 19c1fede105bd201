"""The receipt page: what the QR of a receipt opens on a phone. No script, no cookie, no other host.

Only the token of the QR opens it, 128 random bits; the code that is spoken never does. A token
that is unknown, wrong or none at all gets the same page after the same question to the database,
and is counted against the address it came from. One that is found is shown, whatever others there
have tried. Tokens stand in no log and no metric.
"""

from __future__ import annotations

import base64
import hashlib
import math
from http import HTTPStatus
from pathlib import Path

import jinja2
from fastapi import APIRouter, Request, Response

from db.clock import CLOCK_FAULT, in_seoul
from db.hub.database.worker_threads import Busy
from db.hub.logs import log
from db.hub.web.authentication import Gate, address_of
from db.problems import Problem
from db.receipts.code import read_token
from db.records.names import KIND_NAMES, STATE_NAMES

PAGES = Path(__file__).with_name("pages")
COME_AGAIN_SECONDS = 5


def day(at_us: int) -> str:
    """The day in Jeonju, or in both languages that the clock stood wrong."""
    at = in_seoul(at_us)
    return at.strftime("%Y-%m-%d") if at else " · ".join(CLOCK_FAULT)


_STYLE = (PAGES / "receipt.css").read_text(encoding="utf-8")
_pages = jinja2.Environment(
    loader=jinja2.FileSystemLoader(PAGES),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_pages.filters["day"] = day
_pages.globals["style"] = _STYLE
_digest = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()

HEADERS = {
    "Content-Security-Policy": (
        f"default-src 'none'; style-src 'sha256-{_digest}'; img-src data:; base-uri 'none';"
        " form-action 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_LONG = {"Strict-Transport-Security": "max-age=31536000"}

_found = _pages.get_template("receipt.html")
_message = _pages.get_template("message.html")

NOT_FOUND = _message.render(
    public=False,
    titles=("이 의견을 찾지 못했습니다", "This feedback was not found"),
    lines=(
        (
            "찍어 둔 QR을 한 번 더 열어 보세요.",
            "Open the QR code that you photographed once more.",
        ),
        (
            "방금 보낸 의견은 도서관에서 여기까지 오는 데 시간이 걸릴 수 있습니다.",
            "Feedback sent just now may take a while to travel here from the library.",
        ),
        (
            "접수번호로는 어느 도서관 키오스크에서든 볼 수 있습니다.",
            "With the receipt number you can look it up at the kiosk of any library.",
        ),
    ),
)
TOO_MANY = _message.render(
    public=False,
    titles=("잠시 쉬었다가 다시 해 주세요", "Please come back in a moment"),
    lines=(
        (
            "이 인터넷 연결에서 없는 의견을 여러 번 찾았습니다. 1분쯤 뒤에 다시 열 수 있습니다.",
            "Feedback that does not exist was asked for many times over this connection. "
            "It opens again in about a minute.",
        ),
    ),
)
WELCOME = _message.render(
    public=True,
    titles=("천만정원 접수 확인", "Receipts of Cheonman Garden"),
    lines=(
        (
            "도서관 키오스크에서 받은 접수번호 옆의 QR을 휴대전화로 찍으면 내 의견의 상태와 답변이 "
            "열립니다.",
            "Photograph the QR code beside the receipt number from the library's kiosk to see what "
            "became of your feedback.",
        ),
        (
            "접수번호로는 어느 도서관 키오스크에서든 볼 수 있습니다.",
            "With the receipt number you can look it up at the kiosk of any library.",
        ),
    ),
)
NOTHING = _message.render(
    public=True,
    titles=("이 주소에는 아무것도 없습니다", "There is nothing at this address"),
    lines=(
        (
            "접수번호 옆의 QR을 한 번 더 찍어 보세요.",
            "Photograph the QR code beside the receipt number once more.",
        ),
    ),
)
TROUBLE = _message.render(
    public=False,
    titles=("지금은 열 수 없습니다", "This cannot be opened now"),
    lines=(
        (
            "의견은 안전하게 보관되어 있습니다. 잠시 뒤에 다시 열어 주세요.",
            "Your feedback is safe. Please open this page again in a moment.",
        ),
    ),
)

router = APIRouter(include_in_schema=False)


def is_for_people(request: Request) -> bool:
    """True for a browser, which cannot do anything with JSON."""
    path: str = request.scope["path"]
    return "text/html" in request.headers.get("accept", "") and not path.startswith("/v1/")


@router.get("/")
async def welcome(request: Request) -> Response:
    return page(request, WELCOME, 200)


@router.get("/r")
@router.get("/r/")
async def no_receipt(request: Request) -> Response:
    return page(request, NOT_FOUND, 404)


@router.get("/r/{token}")
@router.get("/r/{token}/")
async def receipt(token: str, request: Request) -> Response:
    gate: Gate = request.app.state.gate
    address = address_of(request)
    raw = read_token(token)
    # What is no token asks the same question, so that nobody learns more by the time it takes.
    asked = hashlib.sha256(token.encode()).digest()[:16] if raw is None else raw
    try:
        async with gate.turn(address):
            found, more = await gate.hub.about_token(asked)
    except Problem as problem:
        if not isinstance(problem, Busy):
            log.warning("trouble", extra={"said": {"error": type(problem).__name__}})
        return page(request, TROUBLE, 503, COME_AGAIN_SECONDS)
    if raw is None or not found:
        seconds = await gate.limiter.missed(address)
        if seconds is not None:
            return page(request, TOO_MANY, 429, seconds)
        return page(request, NOT_FOUND, 404)
    return page(
        request, _found.render(found=found, more=more, states=STATE_NAMES, kinds=KIND_NAMES), 200
    )


def page(request: Request, text: str, status: int, seconds: float = 0) -> Response:
    """One page for people, with everything that keeps it to itself."""
    headers = dict(HEADERS)
    if request.url.scheme == "https":
        headers |= _LONG
    if status in (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE):
        headers["Retry-After"] = str(math.ceil(seconds))
    return Response(text, status, headers, media_type="text/html")

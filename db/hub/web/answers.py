"""What a hub answers: JSON made by msgspec, and one shape for every refusal."""

from __future__ import annotations

import math
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import msgspec
from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from db.exchange.hub_messages import Error
from db.hub.database.worker_threads import Busy
from db.hub.logs import log
from db.problems import Cause, Problem, StorageUnavailable
from db.refusals import Reason, Refused

JSON = "application/json"
COME_AGAIN_SECONDS = 2
ENROLLED_SECONDS = 60
"""Seconds to wait for a hub that nobody may believe now: somebody has to do something first."""

_SAID: dict[int, tuple[str, str, str]] = {
    400: ("unreadable", "읽을 수 없는 요청입니다.", "this request cannot be read"),
    404: ("not-found", "그런 주소가 없습니다.", "there is nothing at this address"),
    405: ("method", "이 주소에는 쓸 수 없는 방법입니다.", "this address has no such method"),
    408: ("slow", "요청이 너무 늦게 왔습니다. 다시 보내세요.", "the call took too long; try again"),
    413: ("too-large", "정해진 크기를 넘습니다.", "larger than a hub takes"),
    414: ("too-large", "주소가 너무 깁니다.", "the address is too long"),
    415: ("content-type", "맞지 않는 종류의 내용입니다.", "not the kind of content asked for here"),
    422: ("unreadable", "값이 정해진 꼴이 아닙니다.", "a value does not have its form"),
    429: (
        "too-many-calls",
        "요청이 너무 잦습니다. 잠시 뒤에 다시 하세요.",
        "too many calls; come again later",
    ),
    431: ("too-large", "머리글이 너무 큽니다.", "the headers are too large"),
    500: (
        "bug",
        "허브에 고장이 있습니다. 담당자에게 알리세요.",
        "the hub has a fault; tell the person in charge",
    ),
    503: ("busy", "허브가 바쁩니다. 잠시 뒤에 다시 보내세요.", "the hub is busy; come again soon"),
}


class TurnedAway(Exception):
    """A call that gets no further. `seconds` says when to come again."""

    def __init__(self, status: int, said: Refused | None = None, seconds: float = 0) -> None:
        super().__init__(status)
        self.status, self.said, self.seconds = status, said, seconds


def answer(
    document: object, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    return Response(msgspec.json.encode(document), status, headers, media_type=JSON)


def refusal(
    status: int, reason: str, ko: str, en: str, headers: Mapping[str, str] | None = None
) -> Response:
    return answer(Error(reason=reason, ko=ko, en=en), status, headers)


def plain_refusal(status: int, headers: Mapping[str, str] | None = None) -> Response:
    """The refusal that every call with this status gets."""
    phrase = HTTPStatus(status).phrase
    return refusal(status, *_SAID.get(status, (phrase, phrase, phrase)), headers)


async def turned_away(_request: Request, error: Exception) -> Response:
    assert isinstance(error, TurnedAway)
    headers = {"Retry-After": str(math.ceil(error.seconds))} if error.seconds else {}
    if error.status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = "Cheonman"
    if error.said is None:
        return plain_refusal(error.status, headers)
    return refusal(error.status, error.said.reason.value, error.said.ko, error.said.en, headers)


async def refused(_request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    status = {
        Reason.TOO_LARGE: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        Reason.NOT_ENROLLED: HTTPStatus.SERVICE_UNAVAILABLE,
    }.get(error.reason, HTTPStatus.UNPROCESSABLE_ENTITY)
    headers = None
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers = {"Retry-After": str(ENROLLED_SECONDS)}
    return refusal(status, error.reason.value, error.ko, error.en, headers)


async def unavailable(_request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)
    cause = error.cause if isinstance(error, StorageUnavailable) else Cause.UNREACHABLE
    reason = cause.value if isinstance(error, StorageUnavailable) else "busy"
    if not isinstance(error, Busy | StorageUnavailable):
        log.error("bug", exc_info=error)
    # The place of a database is nobody's business outside.
    ko, en = (error.ko, error.en) if isinstance(error, Busy) else _AILING.get(cause, _AWAY)
    return refusal(503, reason, ko, en, {"Retry-After": str(COME_AGAIN_SECONDS)})


_AILING = {
    Cause.FULL: (
        "허브의 저장 공간이 가득 찼습니다. 허브 담당자가 공간을 비워야 합니다.",
        "the hub's disk is full; whoever runs it has to free some space",
    ),
    Cause.READ_ONLY: (
        "허브의 저장 장치가 읽기 전용입니다. 허브 담당자가 저장 장치를 확인해야 합니다.",
        "the hub's disk is read-only; whoever runs it has to check it",
    ),
    Cause.INPUT_OUTPUT: (
        "허브의 저장 장치에서 읽거나 쓸 수 없습니다. 허브 담당자가 저장 장치를 확인해야 합니다.",
        "the hub's disk cannot be read or written; whoever runs it has to check it",
    ),
    Cause.CORRUPT: (
        "허브의 저장소가 손상되었습니다. 허브 담당자가 저장소를 되살려야 합니다.",
        "the hub's database is damaged; whoever runs it has to restore it",
    ),
    Cause.NO_RIGHTS: (
        "허브가 제 저장소를 열거나 쓸 수 없습니다. 허브 담당자가 권한과 자리를 확인해야 합니다.",
        "the hub may not open or write its database; whoever runs it has to check its place and "
        "rights",
    ),
    Cause.MISSING: (
        "허브의 저장소가 제자리에 없습니다. 허브 담당자가 저장 장치를 확인해야 합니다.",
        "the hub's database is not in its place; whoever runs it has to check the disk",
    ),
}
_AWAY = (
    "허브의 저장소가 지금 응답하지 않습니다. 잠시 뒤에 다시 보내세요.",
    "the hub's database does not answer now; come again in a moment",
)


async def of_the_framework(_request: Request, error: Exception) -> Response:
    if isinstance(error, RequestValidationError):
        return plain_refusal(422)
    assert isinstance(error, HTTPException)
    return plain_refusal(error.status_code, error.headers)


HANDLERS: dict[int | type[Exception], Any] = {
    TurnedAway: turned_away,
    Refused: refused,
    Problem: unavailable,
    HTTPException: of_the_framework,
    RequestValidationError: of_the_framework,
}

"""Round every call: its head is bounded, its time is bounded, and one line says how it went."""

from __future__ import annotations

import asyncio
import logging
import time
from http import HTTPStatus

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from db.hub.client_addresses import neighbourhood
from db.hub.limits import LARGEST_HEAD, LONGEST_TARGET, Limits
from db.hub.logs import log
from db.hub.web.answers import plain_refusal
from db.hub.web.metrics import HubMetrics

_TURNED_AWAY = (401, 429)
UNMATCHED = "unmatched"
HUNG_UP = 499
"""How it went where the caller left before the answer; nobody hears it."""
_METHODS = frozenset(("GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH"))


class Middleware:
    """The outermost layer of the application."""

    def __init__(self, app: ASGIApp, metrics: HubMetrics, limits: Limits) -> None:
        self._app, self._metrics, self._limits = app, metrics, limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status = time.perf_counter(), 0
        # The server itself leaves the body out of an answer to HEAD; devices sign what they call.
        is_look = scope["method"] == "HEAD" and not scope["path"].startswith("/v1/")
        asked = {**scope, "method": "GET"} if is_look else dict(scope)

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            oversize = _oversize(scope)
            if oversize:
                await plain_refusal(oversize)(scope, receive, sending)
                return
            async with asyncio.timeout(self._limits.call_seconds):
                await self._app(asked, receive, sending)
        except ClientDisconnect:
            status = HUNG_UP
        except Exception as error:
            slow = isinstance(error, TimeoutError)
            if not slow:
                log.error("bug", exc_info=error)
            if status:
                # Half an answer is out: only closing the connection tells the other side.
                raise
            headers = {"Retry-After": "2"} if slow else None
            await plain_refusal(408 if slow else 500, headers)(scope, receive, sending)
        finally:
            self._note(scope["method"], asked, status, time.perf_counter() - began)

    def _note(self, method: str, scope: Scope, status: int, seconds: float) -> None:
        route = getattr(scope.get("route"), "path", UNMATCHED)
        method = method if method in _METHODS else "other"
        self._metrics.called(method, route, status, seconds)
        said: dict[str, object] = {
            "method": method,
            "route": route,
            "status": status,
            "ms": round(seconds * 1000, 2),
        }
        device = scope.get("state", {}).get("device")
        if device:
            said["device"] = device
        if status in _TURNED_AWAY and scope["client"]:
            said["from"] = neighbourhood(scope["client"][0])
        level = logging.ERROR if status in (0, HTTPStatus.INTERNAL_SERVER_ERROR) else logging.INFO
        log.log(level, "call", extra={"said": said})


def _oversize(scope: Scope) -> int:
    if len(scope["raw_path"]) + len(scope["query_string"]) > LONGEST_TARGET:
        return HTTPStatus.REQUEST_URI_TOO_LONG
    head = sum(len(name) + len(value) for name, value in scope["headers"])
    return HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE if head > LARGEST_HEAD else 0

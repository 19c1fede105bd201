"""The OpenAPI document: what every route takes and answers, from the same structs that check it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from db.exchange.calling import CHALLENGE_HEADER, DEVICE_HEADER, SIGNATURE_HEADER
from db.exchange.importing import Outcome
from db.exchange.papers import Papers, Signed
from db.hub.answers import JSON
from db.hub.messages import Error, Greeting, Health, Taken, Words
from resources import VERSION

BYTES = "application/octet-stream"
_KINDS = (Greeting, Signed, Papers, Words, Taken, Outcome, Error, Health)
_HEADERS = {
    "device": (DEVICE_HEADER, "The device's name"),
    "challenge": (CHALLENGE_HEADER, "The hub's challenge, JSON in base64"),
    "signature": (SIGNATURE_HEADER, "Ed25519 over challenge, method, target and body, in hex"),
}
_WHY = {
    304: "Nothing has changed",
    401: "The device is not believed",
    408: "The body did not come in time",
    413: "Larger than allowed",
    414: "The address is too long",
    415: "Not the kind of content asked for",
    422: "Refused; not to be sent again as it is",
    429: "Too many calls",
    431: "The headers are too large",
    503: "Not now: come again after Retry-After",
}
_RETRY = {"Retry-After": {"description": "Seconds", "schema": {"type": "integer"}}}

Answers = dict[int | str, dict[str, Any]]


def json_of(kind: type) -> dict[str, Any]:
    return {JSON: {"schema": {"$ref": f"#/components/schemas/{kind.__name__}"}}}


def takes(largest: int, content: dict[str, Any]) -> dict[str, Any]:
    """The body of a call, for a route's `openapi_extra`."""
    about = f"At most {largest} bytes"
    return {"requestBody": {"required": True, "description": about, "content": content}}


def by_device(extra: dict[str, Any] | None = None) -> dict[str, Any]:
    """A call that carries a device's signature."""
    return {"security": [{name: [] for name in _HEADERS}], **(extra or {})}


def answers(content: dict[str, Any], *more: int, signed: bool = True) -> Answers:
    """The answer of a route and the refusals that may come in its place."""
    found: Answers = {200: {"description": "As asked", "content": content}}
    for status in sorted({*more, 413, 414, 429, 431, 503, *((401, 408) if signed else ())}):
        found[status] = {"description": _WHY[status]}
        if status >= 400:
            found[status]["content"] = json_of(Error)
        if status in (429, 503):
            found[status]["headers"] = _RETRY
    return found


def document(app: FastAPI) -> Callable[[], dict[str, Any]]:
    """What `/openapi.json` gives, made once."""
    made: dict[str, Any] = {}

    def give() -> dict[str, Any]:
        if not made:
            made.update(
                get_openapi(
                    title="Cheonman Garden hub",
                    version=VERSION,
                    description="Where kiosks and desks of one city exchange signed pages.",
                    routes=app.routes,
                )
            )
            _schemas, components = msgspec.json.schema_components(
                _KINDS, ref_template="#/components/schemas/{name}"
            )
            parts = made.setdefault("components", {})
            parts["schemas"] = components
            parts["securitySchemes"] = {
                name: {"type": "apiKey", "in": "header", "name": header, "description": about}
                for name, (header, about) in _HEADERS.items()
            }
        return made

    return give

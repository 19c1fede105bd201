"""The OpenAPI document: what every route takes and answers, from the same structs that check it."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto
from typing import Any

import msgspec
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from db.exchange.hub_messages import Error, Greeting, Taken, Words
from db.exchange.pages.importing import Outcome
from db.exchange.trust.call_signature import (
    BODY_HEADER,
    CHALLENGE_HEADER,
    DEVICE_HEADER,
    SIGNATURE_HEADER,
)
from db.exchange.trust.papers import Papers, Signed
from db.hub.health import Health
from db.hub.limits import LARGEST_HEAD, LONGEST_TARGET
from db.hub.web.answers import JSON
from resources import VERSION

BYTES = "application/octet-stream"
_KINDS = (Greeting, Signed, Papers, Words, Taken, Outcome, Error, Health)
_HEADERS = {
    "device": (DEVICE_HEADER, "The device's name"),
    "challenge": (CHALLENGE_HEADER, "The hub's challenge, JSON in base64"),
    "body": (BODY_HEADER, "SHA-256 of the body, of no bytes where there is none, in hex"),
    "signature": (
        SIGNATURE_HEADER,
        "Ed25519 over challenge, method, target and the body's hash, in hex",
    ),
}
_WHY = {
    304: "Nothing has changed",
    400: "This is no HTTP",
    401: "The device is not believed, or what came is not the body it signed for",
    408: "The body did not come in time",
    413: "Larger than allowed",
    414: "The address is too long",
    415: "Not the kind of content asked for",
    422: "Refused; not to be sent again as it is",
    429: "Too many calls, or too many that were for nothing",
    431: "The headers are too large",
    500: "The hub has a fault",
    503: "Not now: come again after Retry-After",
}
_RETRY = {"Retry-After": {"description": "Seconds", "schema": {"type": "integer"}}}
_ETAG = {"ETag": {"description": "The mark of this answer", "schema": {"type": "string"}}}
_ABOUT = f"""Where kiosks and desks of one city exchange signed pages.

An address that is not named here answers 404, a method that is not named 405. All headers together
may take {LARGEST_HEAD} bytes, path and query {LONGEST_TARGET}. Every refusal is one Error in JSON,
but that of a page is its Outcome; 408, 429 and 503 say in Retry-After when to come again.
"""

IF_NONE_MATCH = {
    "parameters": [
        {
            "name": "If-None-Match",
            "in": "header",
            "description": "The ETag of an earlier answer",
            "schema": {"type": "string"},
        }
    ]
}


class Caller(Enum):
    """Who may call a route; what may come instead of its answer follows from that."""

    DEVICE = auto()
    """A device that signs."""
    ANYBODY = auto()
    """Anybody; what is for nothing is counted against the address."""
    NOT_COUNTED = auto()


_REFUSALS = {
    Caller.NOT_COUNTED: frozenset((400, 408, 414, 431, 500)),
    Caller.ANYBODY: frozenset((400, 408, 413, 414, 429, 431, 500, 503)),
    Caller.DEVICE: frozenset((400, 401, 408, 413, 414, 429, 431, 500, 503)),
}

Fragment = dict[str, Any]
"""A part of the document, as FastAPI takes it."""
Answers = dict[int | str, Fragment]


def json_of(kind: type) -> Fragment:
    return {JSON: {"schema": {"$ref": f"#/components/schemas/{kind.__name__}"}}}


def bytes_of(largest: int) -> Fragment:
    return {BYTES: {"schema": {"type": "string", "format": "binary", "maxLength": largest}}}


def takes(largest: int, content: Fragment) -> Fragment:
    """The body of a call, for a route's `openapi_extra`."""
    about = f"At most {largest} bytes"
    return {"requestBody": {"required": True, "description": about, "content": content}}


def by_device(extra: Fragment | None = None) -> Fragment:
    """A call that carries a device's signature."""
    return {"security": [{name: [] for name in _HEADERS}], **(extra or {})}


def unless_known(told: Answers) -> Answers:
    """Answers that carry a mark, so that nobody fetches the same twice."""
    told[200]["headers"] = told[304]["headers"] = _ETAG
    return told


def answers(content: Fragment, *more: int, caller: Caller = Caller.DEVICE) -> Answers:
    """The answer of a route and the refusals that may come in its place."""
    found: Answers = {200: {"description": "As asked", "content": content}}
    for status in sorted({*more, *_REFUSALS[caller]}):
        found[status] = {"description": _WHY[status]}
        if status >= 400:
            found[status]["content"] = json_of(Error)
        if status in (408, 429, 503):
            found[status]["headers"] = _RETRY
    return found


def document(app: FastAPI) -> Callable[[], Fragment]:
    """What `/openapi.json` gives, made once."""
    made: Fragment = {}

    def give() -> Fragment:
        if not made:
            made.update(
                get_openapi(
                    title="Cheonman Garden hub",
                    version=VERSION,
                    description=_ABOUT,
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

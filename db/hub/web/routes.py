"""The routes of a hub. Each says what it takes and answers; what is done stands in service.py."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Annotated, TypeVar

from fastapi import Depends, FastAPI, Query, Request, Response
from starlette.exceptions import HTTPException

from db.exchange.hub_messages import LARGEST_CERTIFICATE, LARGEST_WORDS, Greeting, Taken, Words
from db.exchange.pages.importing import Outcome
from db.exchange.trust.papers import LARGEST_PAPERS, Papers, Signed, parsed
from db.hub.client_addresses import Forwarded, Proxies
from db.hub.health import Health
from db.hub.pulse import Pulse
from db.hub.service import Arrived, Hub, bare, mark
from db.hub.web import receipt_page
from db.hub.web.answers import HANDLERS, JSON, TurnedAway, answer, of_the_framework
from db.hub.web.authentication import Call, Gate, address_of, believed, signed, unsigned
from db.hub.web.metrics import CONTENT_TYPE, HubMetrics
from db.hub.web.middleware import Middleware
from db.hub.web.openapi import (
    BYTES,
    IF_NONE_MATCH,
    Caller,
    answers,
    by_device,
    bytes_of,
    document,
    json_of,
    takes,
    unless_known,
)
from db.refusals import Reason, Refused
from db.store.events import LARGEST_SEQ
from db.store.page import LARGEST_PAGE, unpacked_size

CENSUS_SECONDS = 15
_Document = TypeVar("_Document", Papers, Words)
DEVICE = r"^[a-z2-7]{26}$"


def create_app(
    hub: Hub, when_started: Callable[[], None] | None = None, proxies: Proxies | None = None
) -> FastAPI:
    """The web application of one hub; starts and stops it with itself. `proxies` are believed when
    they say from where a call came.
    """

    @asynccontextmanager
    async def running(_app: FastAPI) -> AsyncIterator[None]:
        hub.start()
        if when_started is not None:
            when_started()
        try:
            yield
        finally:
            # Every call has been answered by now; what it wrote is committed.
            await asyncio.to_thread(hub.stop)

    app = FastAPI(
        lifespan=running,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        exception_handlers={**HANDLERS, HTTPException: _of_the_framework},
    )
    metrics = HubMetrics()
    app.state.hub, app.state.gate, app.state.metrics = hub, Gate(hub), metrics
    app.state.counted_at = float("-inf")
    app.add_middleware(Middleware, metrics=metrics, limits=hub.limits)
    if proxies:
        app.add_middleware(Forwarded, proxies=proxies)
    _add_devices(app, hub)
    _add_pages(app, hub, metrics)
    _add_words(app, hub)
    _add_watching(app, hub, metrics)
    app.include_router(receipt_page.router)
    # How FastAPI says that the document is one's own.
    app.openapi = document(app)  # type: ignore[method-assign]
    return app


async def _of_the_framework(request: Request, error: Exception) -> Response:
    nothing = isinstance(error, HTTPException) and error.status_code == HTTPStatus.NOT_FOUND
    if nothing and receipt_page.is_for_people(request):
        return receipt_page.page(request, receipt_page.NOTHING, HTTPStatus.NOT_FOUND)
    return await of_the_framework(request, error)


def _add_devices(app: FastAPI, hub: Hub) -> None:
    """Who is who."""

    @app.get(
        "/v1/hub",
        summary="Who this hub is, and a challenge to sign",
        response_class=Response,
        responses=answers(json_of(Greeting), 503, caller=Caller.NOT_COUNTED),
    )
    async def greet() -> Response:
        believed(hub)
        return answer(hub.greeting())

    @app.post(
        "/v1/certificate",
        summary="One certificate that the city signed",
        response_class=Response,
        responses=answers(json_of(Taken), 415, 422, caller=Caller.ANYBODY),
        openapi_extra=takes(LARGEST_CERTIFICATE, json_of(Signed)),
    )
    async def take_certificate(
        request: Request, body: Annotated[bytes, Depends(unsigned(LARGEST_CERTIFICATE, JSON))]
    ) -> Response:
        try:
            taken = await hub.take_certificate(parsed(body, Signed, "certificate"))
        except Refused as refused:
            gate: Gate = request.app.state.gate
            await gate.miss(address_of(request), TurnedAway(422, refused))
        return answer(taken)

    @app.get(
        "/v1/papers",
        summary="Everything signed about devices",
        response_class=Response,
        responses=unless_known(answers(json_of(Papers), 304)),
        openapi_extra=by_device(IF_NONE_MATCH),
        dependencies=[Depends(signed())],
    )
    async def give_papers(request: Request) -> Response:
        return _unless_known(request, hub.papers_text())

    @app.post(
        "/v1/papers",
        summary="Newer papers",
        response_class=Response,
        responses=answers(json_of(Taken), 415, 422),
        openapi_extra=by_device(takes(LARGEST_PAPERS, json_of(Papers))),
    )
    async def take_papers(
        call: Annotated[
            Call[Papers | Refused], Depends(signed(LARGEST_PAPERS, JSON, _reader(Papers)))
        ],
    ) -> Response:
        return answer(await hub.take_papers(_was_read(call)))


def _add_words(app: FastAPI, hub: Hub) -> None:
    """Who holds what."""

    @app.get(
        "/v1/word",
        summary="How far this hub holds every journal",
        response_class=Response,
        responses=unless_known(answers(json_of(Signed), 304)),
        openapi_extra=by_device(IF_NONE_MATCH),
        dependencies=[Depends(signed())],
    )
    async def give_word(request: Request) -> Response:
        return _unless_known(request, answer(await hub.word()).body)

    @app.get(
        "/v1/words",
        summary="Everybody's acknowledgements",
        response_class=Response,
        responses=answers(json_of(Words), 422),
        openapi_extra=by_device(),
        dependencies=[Depends(signed())],
    )
    async def give_words(
        after: Annotated[str, Query(pattern=r"^[a-z2-7]{0,26}$")] = "",
    ) -> Response:
        return answer(await hub.words(after))

    @app.post(
        "/v1/words",
        summary="Acknowledgements from elsewhere",
        response_class=Response,
        responses=answers(json_of(Taken), 415, 422),
        openapi_extra=by_device(takes(LARGEST_WORDS, json_of(Words))),
    )
    async def take_words(
        call: Annotated[
            Call[Words | Refused], Depends(signed(LARGEST_WORDS, JSON, _reader(Words)))
        ],
    ) -> Response:
        return answer(await hub.take_words(_was_read(call).words))


def _add_pages(app: FastAPI, hub: Hub, metrics: HubMetrics) -> None:
    """Journals, up and down."""
    told = answers(json_of(Outcome), 415)
    for status, what in ((409, "Events before it are missing"), (422, "Refused, or partly")):
        told[status] = {"description": what, "content": json_of(Outcome)}

    @app.post(
        "/v1/pages",
        summary="One page of events",
        response_class=Response,
        responses=told,
        openapi_extra=by_device(takes(LARGEST_PAGE, bytes_of(LARGEST_PAGE))),
    )
    async def take_page(
        call: Annotated[
            Call[Arrived | Refused],
            Depends(signed(LARGEST_PAGE, BYTES, Hub.read, unpacked_size)),
        ],
    ) -> Response:
        outcome = await hub.take_page(call.read, call.body)
        metrics.arrived(outcome)
        status = {None: 200, Reason.GAP: 409}.get(outcome.reason, 422)
        return answer(outcome, status)

    pages = answers(bytes_of(LARGEST_PAGE), 422)
    pages[204] = {"description": "No events behind that number"}

    @app.get(
        "/v1/pages",
        summary="The next page of a device's events",
        response_class=Response,
        responses=pages,
        openapi_extra=by_device(),
        dependencies=[Depends(signed())],
    )
    async def give_page(
        device: Annotated[str, Query(pattern=DEVICE)],
        after: Annotated[int, Query(ge=0, le=LARGEST_SEQ)] = 0,
    ) -> Response:
        page = await hub.page(device, after)
        if page is None:
            return Response(status_code=204)
        return Response(page.data, media_type=BYTES)


def _add_watching(app: FastAPI, hub: Hub, metrics: HubMetrics) -> None:
    """What those who keep the hub running look at."""
    pulse = Pulse(hub)
    # Counted against nobody: a stranger must not make a hub look ill to its balancer.
    told = answers(json_of(Health), caller=Caller.NOT_COUNTED)
    told[503] = {"description": "It cannot do its work", "content": json_of(Health)}

    @app.get("/health", response_class=Response, responses=told)
    async def health() -> Response:
        trouble = hub.trouble()
        reason = trouble.reason if trouble else None
        expired = reason is Reason.EXPIRED
        cause = await pulse.cause()
        well = cause is None and trouble is None
        found = Health(
            well=well,
            database=cause is None,
            cause=cause,
            enrolled=trouble is None or expired,
            expired=expired,
        )
        return answer(found, 200 if well else 503)

    @app.get(
        "/metrics",
        response_class=Response,
        responses=answers(
            {"text/plain": {"schema": {"type": "string"}}}, 503, caller=Caller.NOT_COUNTED
        ),
    )
    async def measures() -> Response:
        now = asyncio.get_running_loop().time()
        if now - app.state.counted_at > CENSUS_SECONDS:
            metrics.counted(await hub.census())
            app.state.counted_at = now
        return Response(metrics.text(), headers={"Content-Type": CONTENT_TYPE})


def _reader(kind: type[_Document]) -> Callable[[Hub, bytes], _Document | Refused]:
    """Reads a document beside the event loop; a refusal is a value there, for the route."""

    def document_of(_hub: Hub, data: bytes) -> _Document | Refused:
        try:
            return parsed(data, kind, kind.__name__.lower())
        except Refused as refused:
            return bare(refused)

    return document_of


def _was_read(call: Call[_Document | Refused]) -> _Document:
    if isinstance(call.read, Refused):
        raise call.read
    return call.read


def _unless_known(request: Request, text: bytes | memoryview) -> Response:
    tag = mark(bytes(text))
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(bytes(text), headers=headers, media_type=JSON)

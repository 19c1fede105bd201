"""Who calls: a device is believed before a byte of what it sent is looked at.

In this order: has the address used up its tries, is the device one of the city's, is there room
for the body, does it come in time and within its size, does the signature hold. Only then is
anything parsed or written.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

from fastapi import Request

from db.exchange.calling import (
    CHALLENGE_HEADER,
    DEVICE_HEADER,
    SIGNATURE_HEADER,
    check_call,
    check_caller,
)
from db.exchange.refusals import Refused
from db.hub.answers import ENROLLED_SECONDS, TurnedAway
from db.hub.limits import Limiter, Limits
from db.hub.service import Hub

_HEADERS = (DEVICE_HEADER, CHALLENGE_HEADER, SIGNATURE_HEADER)


class Call:
    """One call of a device that is believed. `read` is what was made of the body beside the event
    loop, where the route asked for that.
    """

    __slots__ = ("body", "device", "read")

    def __init__(self, device: str, body: bytes, read: Any) -> None:
        self.device, self.body, self.read = device, body, read


class Gate:
    """What all calls of one process pass. Belongs to the event loop."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self.limiter = Limiter(hub.limits)
        self.room = Room(hub.limits.bodies_bytes)

    async def welcome(self, address: str) -> None:
        """Turns an address away that has used up its tries."""
        seconds = await self.limiter.is_unwelcome(address)
        if seconds is not None:
            raise TurnedAway(429, seconds=seconds)

    async def count_stranger(self, address: str) -> None:
        seconds = await self.limiter.stranger_may(address)
        if seconds is not None:
            raise TurnedAway(429, seconds=seconds)

    async def count_device(self, device: str) -> None:
        seconds = await self.limiter.device_may(device)
        if seconds is not None:
            raise TurnedAway(429, seconds=seconds)


class Room:
    """The bytes that all bodies together may take."""

    def __init__(self, size: int) -> None:
        self._left = size

    @contextmanager
    def taken(self, size: int) -> Iterator[None]:
        if size > self._left:
            raise TurnedAway(503, seconds=1)
        self._left -= size
        try:
            yield
        finally:
            self._left += size


def signed(
    largest: int = 0, kind: str = "", read: Callable[[Hub, bytes], Any] | None = None
) -> Callable[[Request], Any]:
    """What a route depends on: a call with a body of at most `largest` bytes of this `kind`."""

    async def called(request: Request) -> Any:
        gate: Gate = request.app.state.gate
        hub, address = gate.hub, address_of(request)
        believed(hub)
        await gate.welcome(address)
        headers = {name: request.headers.get(name, "") for name in _HEADERS}
        target, method = target_of(request), request.method
        loop = asyncio.get_running_loop()

        def checked(body: bytes) -> Call:
            device = check_call(hub.trust, headers, method, target, body, hub.clock())
            return Call(device, body, read(hub, body) if read else None)

        try:
            check_caller(hub.trust, headers, hub.clock())
            with gate.room.taken(promised(request, largest)):
                body = await read_body(request, largest, kind, hub.limits)
                call = await loop.run_in_executor(hub.hands, checked, body)
                request.state.device = call.device
                await gate.count_device(call.device)
                # The room is kept until the answer has been made.
                yield call
        except Refused as refused:
            if hasattr(request.state, "device"):
                raise
            await gate.count_stranger(address)
            raise TurnedAway(401, refused) from refused

    return called


def believed(hub: Hub) -> None:
    """Turns everybody away from a hub that nobody should believe any more."""
    trouble = hub.trouble()
    if trouble is not None:
        raise TurnedAway(503, trouble, seconds=ENROLLED_SECONDS)


def unsigned(largest: int = 0, kind: str = "") -> Callable[[Request], Awaitable[bytes]]:
    """The same for a call that needs no device: its body, counted against the address."""

    async def counted(request: Request) -> bytes:
        gate: Gate = request.app.state.gate
        await gate.count_stranger(address_of(request))
        with gate.room.taken(promised(request, largest)):
            return await read_body(request, largest, kind, gate.hub.limits)

    return counted


def promised(request: Request, largest: int) -> int:
    """How much a body says it takes; one that does not say it may take all."""
    length = request.headers.get("content-length")
    if length is None:
        return largest if "transfer-encoding" in request.headers else 0
    size = int(length) if length.isdecimal() and len(length) < 16 else largest + 1
    if size > largest:
        raise TurnedAway(413)
    return size


async def read_body(request: Request, largest: int, kind: str, limits: Limits) -> bytes:
    """A body of at most `largest` bytes, which came in time."""
    given = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if largest and given not in ("", kind):
        raise TurnedAway(415)
    body = bytearray()
    try:
        async with asyncio.timeout(limits.body_seconds):
            async for part in request.stream():
                body += part
                if len(body) > largest:
                    raise TurnedAway(413)
    except TimeoutError as error:
        raise TurnedAway(408, seconds=1) from error
    return bytes(body)


def target_of(request: Request) -> str:
    """Path and query as they were sent."""
    query = request.scope["query_string"].decode("latin-1")
    path: str = request.scope["raw_path"].decode("latin-1")
    return f"{path}?{query}" if query else path


def address_of(request: Request) -> str:
    return request.client.host if request.client else ""

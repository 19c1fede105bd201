"""Who calls: a device is believed before a byte of what it sends is taken.

In this order: is the device one of the city's, does its signature hold over method, target,
challenge and the body's hash, has it calls left; and only then is its body read, within its size,
its time and its room, and held against the hash. Whose signature holds is never turned away for
what its neighbours did; who misses is counted, and after many misses told to come again.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Generic, NoReturn, TypeVar
from weakref import WeakValueDictionary

from fastapi import Request

from db.exchange.trust.call_signature import HEADERS, check_call
from db.hub.client_addresses import household, neighbourhood
from db.hub.limits import Limiter
from db.hub.service import READERS, Hub
from db.hub.web.answers import ENROLLED_SECONDS, TurnedAway
from db.hub.web.body_room import Room, Take
from db.refusals import Reason, Refused

BELIEVED = "cheonman.believed"
"""What a connection is told, by `tell` of its server's extension of this name, once its caller is
proven.
"""


_Made = TypeVar("_Made")


class Call(Generic[_Made]):
    """One call of a device that is believed. `read` is what was made of the body beside the event
    loop, where the route asked for that.
    """

    __slots__ = ("body", "device", "read")

    def __init__(self, device: str, body: bytes, read: _Made) -> None:
        self.device, self.body, self.read = device, body, read


class Gate:
    """What all calls of one process pass. Belongs to the event loop."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        limits = hub.limits
        self.limiter = Limiter(limits)
        self.devices = Room(limits.bodies_bytes, limits.device_bytes)
        self.strangers = Room(limits.strangers_bytes, limits.address_bytes)
        self._turns: WeakValueDictionary[str, asyncio.Semaphore] = WeakValueDictionary()

    async def miss(self, address: str, otherwise: TurnedAway) -> NoReturn:
        """Counts a call that was for nothing and turns it away, `otherwise` or as one too many."""
        seconds = await self.limiter.missed(address)
        raise otherwise if seconds is None else TurnedAway(429, seconds=seconds) from otherwise

    def turn(self, address: str) -> asyncio.Semaphore:
        """Held while a question of somebody unknown is asked: neighbours ask as many at once as
        are answered at once, so that a crowd of guesses leaves everybody else his place.
        """
        where = neighbourhood(address)
        turn = self._turns.get(where)
        if turn is None:
            self._turns[where] = turn = asyncio.Semaphore(READERS)
        return turn


def signed(
    largest: int = 0,
    kind: str = "",
    read: Callable[[Hub, bytes], object] | None = None,
    unpacks_to: Callable[[bytes], int] | None = None,
) -> Callable[[Request], AsyncIterator[Call[object]]]:
    """What a route depends on: a call with a body of at most `largest` bytes of this `kind`."""

    async def called(request: Request) -> AsyncIterator[Call[object]]:
        gate: Gate = request.app.state.gate
        hub, address = gate.hub, address_of(request)
        believed(hub)
        headers = {name: request.headers.get(name, "") for name in HEADERS}
        try:
            proven = check_call(hub.trust, headers, request.method, target_of(request), hub.clock())
        except Refused as refused:
            await gate.miss(address, TurnedAway(401, refused))
        device = request.state.device = proven.device
        request.scope.get("extensions", {}).get(BELIEVED, {}).get("tell", _nobody)()
        _come_again(await gate.limiter.device_may(device))
        with gate.devices.held_by(device) as take:
            body = await read_body(request, largest, kind, gate, take)
            if hashlib.sha256(body).digest() != proven.body_hash:
                forged = Refused(Reason.FORGED, "call", device)
                await gate.miss(address, TurnedAway(401, forged))
            if unpacks_to is not None:
                size = unpacks_to(body)
                _come_again(await gate.limiter.device_may_unpack(device, size))
            made = None
            if read is not None:
                loop = asyncio.get_running_loop()
                made = await loop.run_in_executor(hub.hands, read, hub, body)
            # The room is kept until the answer has been made.
            yield Call(device, body, made)

    return called


def _nobody() -> None:
    """Where the server does not ask who is believed."""


def _come_again(seconds: float | None) -> None:
    if seconds is not None:
        raise TurnedAway(429, seconds=seconds)


def believed(hub: Hub) -> None:
    """Turns everybody away from a hub that nobody should believe any more."""
    trouble = hub.trouble()
    if trouble is not None:
        raise TurnedAway(503, trouble, seconds=ENROLLED_SECONDS)


def unsigned(largest: int, kind: str) -> Callable[[Request], Awaitable[bytes]]:
    """The body of a call that needs no device."""

    async def called(request: Request) -> bytes:
        gate: Gate = request.app.state.gate
        with gate.strangers.held_by(household(address_of(request))) as take:
            return await read_body(request, largest, kind, gate, take)

    return called


async def read_body(request: Request, largest: int, kind: str, gate: Gate, take: Take) -> bytes:
    """A body of at most `largest` bytes, which came in time and found room."""
    given = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if largest and given not in ("", kind):
        raise TurnedAway(415)
    length = request.headers.get("content-length", "0")
    if not length.isdecimal() or len(length) > 15 or int(length) > largest:
        raise TurnedAway(413)
    body = bytearray()
    try:
        async with asyncio.timeout(gate.hub.limits.body_seconds):
            async for part in request.stream():
                if len(body) + len(part) > largest:
                    raise TurnedAway(413)
                take(len(part))
                body += part
    except TimeoutError:
        await gate.miss(address_of(request), TurnedAway(408, seconds=1))
    return bytes(body)


def target_of(request: Request) -> str:
    """Path and query as they were sent."""
    query = request.scope["query_string"].decode("latin-1")
    path: str = request.scope["raw_path"].decode("latin-1")
    return f"{path}?{query}" if query else path


def address_of(request: Request) -> str:
    return request.client.host if request.client else ""

"""One connection to a hub: bounded where the server underneath is not.

uvicorn counts a connection only after its TLS handshake, for which it waits a minute; it waits for
ever for the head of a call and for somebody to take an answer, takes a head of any size, and lets a
body go on for ever after the answer. Whoever sends a letter a minute must not hold a place.
"""

from __future__ import annotations

import asyncio
import ssl
from typing import Protocol, cast

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.protocols.utils import get_remote_addr
from uvicorn.server import ServerState

from db.hub.limits import LARGEST_HEAD, Limits
from db.hub.web.answers import plain_refusal
from db.hub.web.authentication import BELIEVED
from db.hub.web.crowding import Crowd


class Entrance(Protocol):
    """What every connection of one process passes: the application's factory."""

    @property
    def limits(self) -> Limits: ...
    @property
    def crowd(self) -> Crowd: ...
    @property
    def tls(self) -> ssl.SSLContext | None: ...


class BoundedConnection(HttpToolsProtocol):
    """An HTTP connection that stands in the crowd from its first moment. Its handshake and its head
    must come whole and soon, the head small; its bodies end, and its answers are taken.
    """

    def __init__(
        self,
        config: uvicorn.Config,
        server_state: ServerState,
        app_state: dict[str, object],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        door = cast("Entrance", config.app)
        self.limits, self._crowd, self._tls = door.limits, door.crowd, door.tls
        self._in_head, self._in_body, self._head_bytes = True, False, 0
        self._has_begun = self._believed = False
        self._early = b""
        self._untaken: asyncio.TimerHandle | None = None

    def connection_made(  # type: ignore[override]  # asyncio promises less than it gives
        self, transport: asyncio.Transport
    ) -> None:
        self._plain = transport
        self.connections.add(self)
        self._patience = self.loop.call_later(self.limits.head_seconds, self.let_go)
        peer = get_remote_addr(transport)
        if not self._crowd.enter(self, peer[0] if peer else ""):
            self.let_go()
        elif self._tls is None:
            self._begin(transport)
        else:
            # Not a byte is read before there is somebody to read it.
            transport.pause_reading()
            self._handshake = self.loop.create_task(self._secure(transport, self._tls))

    async def _secure(self, transport: asyncio.Transport, tls: ssl.SSLContext) -> None:
        secured = None
        if not transport.is_closing():
            try:
                secured = await self.loop.start_tls(
                    transport,
                    self,
                    tls,
                    server_side=True,
                    ssl_handshake_timeout=self.limits.head_seconds,
                )
            except OSError:
                # No TLS, cut off, or too late.
                secured = None
        if secured is None or transport.is_closing():
            self.let_go()
            return
        # The head has its own time.
        self._give_up_in(self.limits.head_seconds)
        self._begin(secured)

    def _begin(self, transport: asyncio.Transport) -> None:
        self._has_begun = True
        super().connection_made(transport)
        if self._early:
            early, self._early = self._early, b""
            self.data_received(early)

    def connection_lost(self, exc: Exception | None) -> None:
        self._gone()
        if self._has_begun:
            super().connection_lost(exc)

    def let_go(self) -> None:
        """Ends the connection now, whatever the other side does."""
        self._gone()
        self._plain.abort()

    def _gone(self) -> None:
        self._patience.cancel()
        self._is_taken()
        self._crowd.leave(self)
        if not self._has_begun:
            self.connections.discard(self)

    def shutdown(self) -> None:
        if self._has_begun:
            super().shutdown()
        else:
            self.let_go()

    def _give_up_in(self, seconds: float) -> None:
        self._patience.cancel()
        self._patience = self.loop.call_later(seconds, self.let_go)

    def data_received(self, data: bytes) -> None:
        if not self._has_begun:
            # What came with the last of a handshake comes before its end is told.
            self._early += data
            return
        super().data_received(data)
        if self._in_head:
            self._head_bytes += len(data)
            if self._head_bytes > 2 * LARGEST_HEAD:
                self.let_go()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.scope["extensions"] = {BELIEVED: {"tell": self._believe}}
        self._in_head, self._head_bytes, self._believed = True, 0, False
        self._give_up_in(self.limits.head_seconds)

    def on_headers_complete(self) -> None:
        self._in_head, self._in_body = False, True
        self._patience.cancel()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._in_body = False
        self._patience.cancel()
        super().on_message_complete()
        if not self.cycle.response_complete:
            self._crowd.stays(self)

    def _believe(self) -> None:
        self._believed = True
        self._crowd.stays(self)

    def on_response_complete(self) -> None:
        if not self.pipeline:
            self._believed = False
            self._crowd.waits(self)
            if self.transport.is_closing():
                # The rest of the answer may take its time, but not all time.
                self._give_up_in(self.limits.call_seconds)
            elif self._in_body:
                # The answer is out, and nobody reads the rest of what was sent. It may still come,
                # so that the other side hears the answer; but not for long.
                self._give_up_in(self.limits.head_seconds)
        super().on_response_complete()

    def timeout_keep_alive_handler(self) -> None:
        super().timeout_keep_alive_handler()
        self._give_up_in(self.limits.call_seconds)

    def pause_writing(self) -> None:
        super().pause_writing()
        self._untaken = self.loop.call_later(self.limits.call_seconds, self.let_go)
        if not self._believed:
            self._crowd.waits(self)

    def resume_writing(self) -> None:
        super().resume_writing()
        self._is_taken()
        if self.cycle is not None and not self.cycle.response_complete:
            self._crowd.stays(self)

    def _is_taken(self) -> None:
        if self._untaken is not None:
            self._untaken.cancel()
            self._untaken = None

    def send_400_response(self, msg: str) -> None:
        """The refusal of what is no HTTP, in the shape of every other one."""
        refused = plain_refusal(400, {"Connection": "close"})
        lines = b"".join(b"%s: %s\r\n" % line for line in refused.raw_headers)
        self.transport.write(b"HTTP/1.1 400 Bad Request\r\n" + lines + b"\r\n" + refused.body)
        self.transport.close()

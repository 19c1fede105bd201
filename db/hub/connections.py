"""One connection to a hub: bounded where the server underneath is not.

uvicorn waits for ever for the head of a call, takes a head of any size, and lets a body go on for
ever after the answer; whoever sends a letter a minute must not hold a place.
"""

from __future__ import annotations

import asyncio
from typing import Any

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from db.hub.answers import plain_refusal
from db.hub.limits import LARGEST_HEAD, Limits


class BoundedConnection(HttpToolsProtocol):
    """An HTTP connection whose head must come whole, soon, and small, and whose bodies end."""

    def __init__(self, config: uvicorn.Config, *args: Any, **more: Any) -> None:
        super().__init__(config, *args, **more)
        self.limits: Limits = config.app.limits  # type: ignore[union-attr]

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._in_head, self._in_body, self._head_bytes = True, False, 0
        self._too_slow = self.loop.call_later(self.limits.head_seconds, self._give_up)
        if len(self.connections) > self.limits.connections:
            self._give_up()

    def connection_lost(self, exc: Exception | None) -> None:
        self._too_slow.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self._in_head:
            self._head_bytes += len(data)
            if self._head_bytes > 2 * LARGEST_HEAD:
                self._give_up()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._in_head, self._head_bytes = True, 0
        self._too_slow.cancel()
        self._too_slow = self.loop.call_later(self.limits.head_seconds, self._give_up)

    def on_headers_complete(self) -> None:
        self._in_head, self._in_body = False, True
        self._too_slow.cancel()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._in_body = False
        self._too_slow.cancel()
        super().on_message_complete()

    def on_response_complete(self) -> None:
        if self._in_body and not self.pipeline:
            # The answer is out, and nobody reads the rest of what was sent. It may still come, so
            # that the other side hears the answer; but not for long.
            self._too_slow = self.loop.call_later(self.limits.head_seconds, self._give_up)
        super().on_response_complete()

    def send_400_response(self, msg: str) -> None:
        """The refusal of what is no HTTP, in the shape of every other one."""
        refused = plain_refusal(400, {"Connection": "close"})
        lines = b"".join(b"%s: %s\r\n" % line for line in refused.raw_headers)
        self.transport.write(b"HTTP/1.1 400 Bad Request\r\n" + lines + b"\r\n" + refused.body)
        self.transport.close()

    def _give_up(self) -> None:
        if not self.transport.is_closing():
            self.transport.close()

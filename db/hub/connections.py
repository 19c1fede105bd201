"""One connection to a hub: bounded where the server underneath is not.

uvicorn waits for ever for the head of a call, and takes a head of any size; whoever sends a letter
a minute must not hold a place.
"""

from __future__ import annotations

import asyncio
from typing import Any

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from db.hub.limits import LARGEST_HEAD, Limits


class BoundedConnection(HttpToolsProtocol):
    """An HTTP connection whose head must come whole, soon, and small."""

    def __init__(self, config: uvicorn.Config, *args: Any, **more: Any) -> None:
        super().__init__(config, *args, **more)
        self.limits: Limits = config.app.limits  # type: ignore[union-attr]

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._in_head, self._head_bytes = True, 0
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
        self._in_head = False
        self._too_slow.cancel()
        super().on_headers_complete()

    def _give_up(self) -> None:
        if not self.transport.is_closing():
            self.transport.close()

"""The pulse of a hub: whether its database reads and writes now, found out by doing both.

A hub that only reads looks well on a full disk. So it writes something and takes it back, and
remembers for a while what refused a page: a little room is not yet room for a page.
"""

from __future__ import annotations

import asyncio

from db.hub.service import Hub
from db.problems import Cause, Problem, StorageUnavailable

EVERY_SECONDS = 2.0
"""However many ask, and however often."""
REMEMBERED_SECONDS = 30.0
ANSWERS_WITHIN = 5.0


class Pulse:
    """Felt again when somebody asks and the last time is long enough ago. Belongs to the event
    loop.
    """

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._felt_at = float("-inf")
        self._found: Cause | None = None
        self._turn = asyncio.Lock()

    async def cause(self) -> Cause | None:
        """Why the database cannot do its work; None where it can."""
        async with self._turn:
            now = asyncio.get_running_loop().time()
            if now - self._felt_at >= EVERY_SECONDS:
                self._found = await self._felt()
                self._felt_at = asyncio.get_running_loop().time()
        return self._found

    async def _felt(self) -> Cause | None:
        try:
            async with asyncio.timeout(ANSWERS_WITHIN):
                await self._hub.census()
                await self._hub.write_nothing()
        except StorageUnavailable as refused:
            return refused.cause
        except (Problem, TimeoutError):
            return Cause.UNREACHABLE
        return self._hub.refused_within(REMEMBERED_SECONDS)

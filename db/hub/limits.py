"""What one caller may ask of a hub: sizes, seconds, and calls in a while.

The numbers stand far above what honest devices need; they are there so that a broken one, or a
stranger, takes nothing from the others. Counts are kept by each process for itself.
"""

from __future__ import annotations

import ipaddress
import time

import msgspec
from limits import RateLimitItem, RateLimitItemPerMinute, RateLimitItemPerSecond
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import FixedWindowRateLimiter

LONGEST_TARGET = 2_000
LARGEST_HEAD = 16 * 1024
"""Bytes of path with query, and of all headers."""


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """Seconds, bytes and counts; the defaults are what a real hub uses."""

    head_seconds: float = 10
    body_seconds: float = 30
    call_seconds: float = 60
    idle_seconds: int = 30
    connections: int = 1_000
    bodies_bytes: int = 64 * 1024 * 1024
    """All bodies that are being read or worked on, together."""
    waiting: int = 256
    """Calls that wait for the database; the next one is told to come again."""
    device_calls: int = 4_000
    """In ten seconds, of one device."""
    stranger_calls: int = 600
    """In a minute, of one address: calls that show no device, or are not believed."""


class Limiter:
    """Counts calls. Belongs to the event loop."""

    def __init__(self, limits: Limits) -> None:
        self._counted = FixedWindowRateLimiter(MemoryStorage())
        self._device = RateLimitItemPerSecond(limits.device_calls, 10, namespace="device")
        self._stranger = RateLimitItemPerMinute(limits.stranger_calls, namespace="stranger")

    async def device_may(self, device: str) -> float | None:
        """Counts one call; the seconds to wait where it is one too many."""
        return await self._count(self._device, device)

    async def stranger_may(self, address: str) -> float | None:
        """The same for an address that showed no device."""
        return await self._count(self._stranger, neighbourhood(address))

    async def is_unwelcome(self, address: str) -> float | None:
        """The seconds to wait where an address has used up its calls; counts nothing."""
        where = neighbourhood(address)
        if await self._counted.test(self._stranger, where):
            return None
        return await self._wait(self._stranger, where)

    async def _count(self, item: RateLimitItem, name: str) -> float | None:
        return None if await self._counted.hit(item, name) else await self._wait(item, name)

    async def _wait(self, item: RateLimitItem, name: str) -> float:
        stats = await self._counted.get_window_stats(item, name)
        return max(1.0, min(stats.reset_time - time.time(), item.get_expiry()))


def neighbourhood(address: str) -> str:
    """An address without its last part: what one household or office shares, and what may be
    written down about somebody who was turned away.
    """
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    bits = 24 if parsed.version == 4 else 48
    return str(ipaddress.ip_network((parsed, bits), strict=False))

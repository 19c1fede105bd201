"""What one caller may ask of a hub: sizes, seconds, and calls in a while.

The numbers stand far above what honest devices need; they are there so that a broken one, or a
stranger, takes nothing from the others. Counts are kept by each process for itself.
"""

from __future__ import annotations

import time

import msgspec
from limits import RateLimitItem, RateLimitItemPerMinute, RateLimitItemPerSecond
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import FixedWindowRateLimiter

from db.hub.client_addresses import neighbourhood

LONGEST_TARGET = 2_000
LARGEST_HEAD = 16 * 1024
"""Bytes of path with query, and of all headers."""
MIB = 1024 * 1024


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """Seconds, bytes and counts; the defaults are what a real hub uses."""

    head_seconds: float = 10
    body_seconds: float = 30
    call_seconds: float = 60
    idle_seconds: int = 30
    connections: int = 1_000
    address_connections: int = 200
    """Of all and of one address, from their first moment."""
    bodies_bytes: int = 64 * MIB
    """That came of all bodies of devices that are being read or worked on, together."""
    device_bytes: int = 16 * MIB
    """The same of one device."""
    strangers_bytes: int = 16 * MIB
    address_bytes: int = 128 * 1024
    """The same of all who show no device, and of one address among them."""
    waiting: int = 256
    """Calls that wait for the database; the next one is told to come again."""
    device_calls: int = 4_000
    device_unpacked: int = 640 * MIB
    """In ten seconds, of one device: its calls, and the bytes its pages unpack to."""
    stranger_misses: int = 600
    """In a minute, of one neighbourhood: calls that are not believed, bodies that do not come, and
    receipts that do not exist.
    """


class Limiter:
    """Counts calls. Belongs to the event loop."""

    def __init__(self, limits: Limits) -> None:
        self._counted = FixedWindowRateLimiter(MemoryStorage())
        self._device = RateLimitItemPerSecond(limits.device_calls, 10, namespace="device")
        self._unpacked = RateLimitItemPerSecond(limits.device_unpacked, 10, namespace="unpacked")
        self._missed = RateLimitItemPerMinute(limits.stranger_misses, namespace="missed")

    async def device_may(self, device: str) -> float | None:
        """Counts one call; the seconds to wait where it is one too many."""
        return await self._count(self._device, device)

    async def device_may_unpack(self, device: str, size: int) -> float | None:
        """The same for the bytes that a page of this device will take."""
        return await self._count(self._unpacked, device, size)

    async def missed(self, address: str) -> float | None:
        """The same for a call that was for nothing, from this address."""
        return await self._count(self._missed, neighbourhood(address))

    async def _count(self, item: RateLimitItem, name: str, cost: int = 1) -> float | None:
        if await self._counted.hit(item, name, cost=cost):
            return None
        stats = await self._counted.get_window_stats(item, name)
        return max(1.0, min(stats.reset_time - time.time(), item.get_expiry()))

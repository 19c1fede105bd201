"""Time, injected: what a device believes, for display only, never for order."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable

Clock = Callable[[], int]
"""Microseconds since 1970, as the device believes them."""

EARLIEST_US = 1_795_305_600_000_000
"""2026-11-22 UTC. A clock that shows less stands wrong: this program did not exist before."""


def system_clock() -> int:
    return time.time_ns() // 1000


def is_suspect(at_us: int) -> bool:
    """True when the clock that gave `at_us` cannot have been right."""
    return at_us < EARLIEST_US


def uuid7(at_us: int) -> bytes:
    """A UUIDv7 of 16 bytes. Its time part is a hint for people; order never comes from it."""
    milliseconds = max(0, at_us // 1000) & 0xFFFF_FFFF_FFFF
    noise = secrets.token_bytes(10)
    return (
        milliseconds.to_bytes(6, "big")
        + bytes((0x70 | noise[0] & 0x0F, noise[1], 0x80 | noise[2] & 0x3F))
        + noise[3:]
    )

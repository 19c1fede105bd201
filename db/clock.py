"""Time, injected: what a device believes, for display only, never for order."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

Clock = Callable[[], int]
"""Microseconds since 1970, as the device believes them."""

EARLIEST_US = 1_795_305_600_000_000
"""2026-11-22 UTC. A clock that shows less stands wrong: this program did not exist before."""
LATEST_US = 4_102_444_800_000_000
"""2100-01-01 UTC. A clock that shows this or more stands wrong too; any device of the city can sign
such a time, and most of them fit into no calendar.
"""
_CALENDAR_US = -62_135_510_400_000_000, 253_402_214_400_000_000
"""A day within either end of what a calendar holds, in every time zone."""
DAY_US = 86_400 * 1_000_000
SEOUL = timezone(timedelta(hours=9))
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC).astimezone(SEOUL)
CLOCK_FAULT = ("시계 오류", "clock error")
"""What stands in the place of a time that no right clock gave, in both languages."""


def system_clock() -> int:
    return time.time_ns() // 1000


def is_suspect(at_us: int) -> bool:
    """True when the clock that gave `at_us` cannot have been right."""
    return not EARLIEST_US <= at_us < LATEST_US


def in_seoul(at_us: int) -> datetime | None:
    """A time that somebody's clock gave, in Jeonju; None where that clock cannot have been right.

    Every date and hour that a person reads comes from here or from `nearest_in_seoul`.
    """
    return None if is_suspect(at_us) else nearest_in_seoul(at_us)


def nearest_in_seoul(at_us: int) -> datetime:
    """A time that is needed however wrong its clock, or a limit that no clock gave, as near as a
    calendar comes to it.
    """
    first, last = _CALENDAR_US
    return _EPOCH + timedelta(microseconds=min(max(at_us, first), last))


def uuid7(at_us: int) -> bytes:
    """A UUIDv7 of 16 bytes. Its time part is a hint for people; order never comes from it."""
    milliseconds = max(0, at_us // 1000) & 0xFFFF_FFFF_FFFF
    noise = secrets.token_bytes(10)
    return (
        milliseconds.to_bytes(6, "big")
        + bytes((0x70 | noise[0] & 0x0F, noise[1], 0x80 | noise[2] & 0x3F))
        + noise[3:]
    )

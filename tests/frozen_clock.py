"""A clock that only a test moves."""

from __future__ import annotations

from datetime import datetime, timedelta


class FrozenClock:
    """Calling it gives the present moment (UTC). `micros()` is the same since 1970."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def micros(self) -> int:
        return round(self.now.timestamp() * 1_000_000)

    def advance(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    def set(self, now: datetime) -> None:
        self.now = now

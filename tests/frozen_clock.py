"""A clock that only a test moves."""

from __future__ import annotations

from datetime import UTC, datetime


class FrozenClock:
    """A `db.clock.Clock`: calling it gives microseconds since 1970; `utc` is the screens' clock."""

    def __init__(self, now: datetime) -> None:
        self.set(now)

    def __call__(self) -> int:
        return self._micros

    def utc(self) -> datetime:
        return datetime.fromtimestamp(self._micros / 1_000_000, UTC)

    def set(self, now: datetime) -> None:
        """Stand at `now`, which names its time zone."""
        self._micros = round(now.timestamp() * 1_000_000)

    def advance(self, seconds: float) -> None:
        self._micros += round(seconds * 1_000_000)

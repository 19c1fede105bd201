"""Room for bodies: what came of them is counted, never what somebody promised to send."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from db.hub.web.answers import TurnedAway

Take = Callable[[int], None]


class Room:
    """The bytes that all bodies together may take, and those of one caller. Belongs to the event
    loop.
    """

    def __init__(self, size: int, share: int) -> None:
        self._left, self._share = size, share
        self._held: Counter[str] = Counter()

    @contextmanager
    def held_by(self, caller: str) -> Iterator[Take]:
        """Gives what takes room for bytes that came, and turns the call away where there is none;
        all of it is given back at the end.
        """
        mine = 0

        def take(size: int) -> None:
            nonlocal mine
            if size > self._left or self._held[caller] + size > self._share:
                raise TurnedAway(503, seconds=1)
            self._left -= size
            self._held[caller] += size
            mine += size

        try:
            yield take
        finally:
            self._left += mine
            self._held[caller] -= mine
            if not self._held[caller]:
                del self._held[caller]

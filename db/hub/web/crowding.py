"""The crowd before a hub: who may stand at its door, and who goes where it is full.

A connection waits while the hub waits for the other side: for a handshake, a head, a body, the next
call, or for somebody to take the answer. Whoever waits may be let go, the oldest first; whose call
is worked on, or whose device is proven, stays.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Protocol

from db.hub.client_addresses import Proxies, household


class Guest(Protocol):
    """A connection that knows how to go."""

    def let_go(self) -> None: ...


class Crowd:
    """All connections of one process: `most` together, `share` of one address; a proxy of ours
    brings everybody's. Belongs to the event loop.
    """

    def __init__(self, most: int, share: int, proxies: Proxies) -> None:
        self._most, self._share, self._proxies = most, share, proxies
        self._houses: dict[Guest, str] = {}
        self._standing: Counter[str] = Counter()
        # Each in the order in which they began to wait.
        self._waiting: dict[Guest, None] = {}
        self._waiting_of: defaultdict[str, dict[Guest, None]] = defaultdict(dict)

    def __len__(self) -> int:
        return len(self._houses)

    def enter(self, guest: Guest, address: str) -> bool:
        """Takes somebody in, who waits from now on; False where nobody can go instead."""
        house = "" if address in self._proxies else household(address)
        if house and self._standing[house] >= self._share:
            if not self._let_oldest_go(self._waiting_of[house]):
                return False
        elif len(self) >= self._most and not self._let_oldest_go(self._waiting):
            return False
        self._houses[guest] = house
        self._standing[house] += 1
        self.waits(guest)
        return True

    def waits(self, guest: Guest) -> None:
        """From now on, where it did not wait already."""
        house = self._houses.get(guest)
        if house is not None:
            self._waiting.setdefault(guest)
            self._waiting_of[house].setdefault(guest)

    def stays(self, guest: Guest) -> None:
        """Until it waits again."""
        house = self._houses.get(guest)
        if house is not None:
            self._waiting.pop(guest, None)
            self._waiting_of[house].pop(guest, None)

    def leave(self, guest: Guest) -> None:
        """It is gone, or as good as gone; once is enough."""
        self.stays(guest)
        house = self._houses.pop(guest, None)
        if house is not None:
            self._standing[house] -= 1
            if not self._standing[house]:
                del self._standing[house], self._waiting_of[house]

    def _let_oldest_go(self, waiting: dict[Guest, None]) -> bool:
        oldest = next(iter(waiting), None)
        if oldest is None:
            return False
        self.leave(oldest)
        oldest.let_go()
        return True

"""A late answer to a closed screen: nobody waits for it any more, so nobody hears it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Turn:
    """One opening of a screen, one draft, one visit: whatever an answer must not outlive."""

    def __init__(self) -> None:
        self._number = 0

    def end(self) -> None:
        """What was asked until now is answered to nobody."""
        self._number += 1

    def hears(
        self, answer: Callable[[T], None], too_late: Callable[[], None] | None = None
    ) -> Callable[[T], None]:
        """`answer` while this turn lasts, `too_late` once it is over."""
        asked_in = self._number

        def told(result: T) -> None:
            if asked_in == self._number:
                answer(result)
            elif too_late is not None:
                too_late()

        return told

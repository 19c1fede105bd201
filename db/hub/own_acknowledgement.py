"""The hub's own word on what it holds: true, signed, and with a number that only rises."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from db.clock import Clock
from db.directory import DataDirectory
from db.exchange.status.acknowledgements import Acknowledgement, by_device
from db.exchange.trust.papers import ACKNOWLEDGEMENT, Signed, sign
from db.hub.database.shelf import HubShelf
from db.keys.device import DeviceKeys

LOCK = "word.lock"


class OwnAcknowledgement:
    """Gives the word of one hub. Several workers of it take turns, so no number comes twice."""

    def __init__(self, directory: DataDirectory, keys: DeviceKeys, clock: Clock) -> None:
        self._lock = directory.keys / LOCK
        self._keys, self._clock = keys, clock
        self._last: tuple[Acknowledgement, Signed] | None = None

    def give(self, shelf: HubShelf) -> Signed:
        """The word on what is committed now; a new one only where something changed."""
        with _turn(self._lock):
            self._last = made = shelf.run(lambda: self._made(shelf))
        return made[1]

    def _made(self, shelf: HubShelf) -> tuple[Acknowledgement, Signed]:
        holds = {device: (seq, link.hex()) for device, (seq, link) in shelf.links().items()}
        lacks = by_device(shelf.lacking())
        number = shelf.word_number(self._keys.device)
        last = self._last[0] if self._last else None
        if self._last and last and (last.number, last.holds, last.lacks) == (number, holds, lacks):
            return self._last
        now = self._clock()
        # A database that came back from a backup knows less, and others must hear that: so the
        # number follows the clock too, which no backup turns back.
        word = Acknowledgement(
            device=self._keys.device,
            number=max(number + 1, now),
            at_us=now,
            holds=holds,
            lacks=lacks,
        )
        signed = sign(self._keys.signing, ACKNOWLEDGEMENT, word)
        shelf.keep_word(word, signed)
        return word, signed


if sys.platform == "win32":

    @contextmanager
    def _turn(path: Path) -> Iterator[None]:
        # Several workers are refused there.
        yield

else:
    import fcntl

    @contextmanager
    def _turn(path: Path) -> Iterator[None]:
        """Waits for its turn among the processes of this hub."""
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

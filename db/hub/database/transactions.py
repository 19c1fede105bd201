"""Whole or not at all: what is asked of a database of either kind, and done again when it asks.

Statements are written with `?` marks and with nothing that one of the two does not understand.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from random import random
from threading import Event as Bell
from time import monotonic

from db.clock import Clock
from db.exchange.trust.trust import Trust
from db.hub.database.shelf import T, TryAgain
from db.problems import StorageUnavailable
from db.store.events import Row

PATIENCE = 5.0
"""Seconds after which work that must be done again is not begun again."""
_PAUSES = (0.0, 0.02, 0.05, 0.1, 0.2, 0.4, 0.8, 0.8)


class Transactions(ABC):
    """One connection to a database, and what is written through it."""

    def __init__(self, place: str, trust: Trust, clock: Clock) -> None:
        self.trust = trust
        self.place = place
        self._clock = clock
        self._changing = False
        self._rest = Bell()

    @abstractmethod
    def close(self) -> None: ...
    @abstractmethod
    def _begin(self) -> None: ...
    @abstractmethod
    def _commit(self) -> None: ...
    @abstractmethod
    def _rollback(self) -> None:
        """Never raises: it follows on something that is raised already."""

    @abstractmethod
    def _calm(self, error: BaseException) -> StorageUnavailable | None:
        """What a person can do about an error of the database; None for a bug of ours."""

    @abstractmethod
    def _rows(self, sql: str, *values: object) -> list[Row]:
        """All rows of one question. Bytes come as bytes."""

    @abstractmethod
    def _write(self, sql: str, *values: object) -> int:
        """How many rows one statement changed."""

    @abstractmethod
    def _write_each(self, sql: str, rows: Sequence[Row]) -> int:
        """How many rows one statement changed, done for each of some values in their order."""

    @contextmanager
    def change(self) -> Iterator[None]:
        try:
            self._begin()
            self._changing = True
            yield
            self._commit()
        except BaseException as error:
            self._rollback()
            calm = self._calm(error)
            if calm is not None:
                raise calm from error
            raise
        finally:
            self._changing = False

    def run(self, work: Callable[[], T]) -> T:
        until = monotonic() + PATIENCE
        for pause in (*_PAUSES, None):
            try:
                with self.change():
                    return work()
            except TryAgain:
                if pause is None or monotonic() > until:
                    raise
                # Two that met once do not meet again when each waits as long as it likes.
                self._rest.wait(pause * random())
        raise AssertionError("the last pause is none")

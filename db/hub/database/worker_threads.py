"""Clerks 서기: threads that own a connection to the database, so the event loop never waits on it.

Readers answer one question after the other. The writer gathers what waits and ends it in one
transaction: a commit costs the same for one page as for thirty, and nobody is answered before it.
"""

from __future__ import annotations

import asyncio
import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, Generic, TypeVar

from db.hub.database.shelf import HubShelf
from db.hub.logs import log
from db.problems import Problem, StorageUnavailable

MOST_TOGETHER = 32
"""Acts in one transaction."""

_Answer = TypeVar("_Answer")
Open = Callable[[], HubShelf]


class Busy(Problem):
    """As many calls wait already as may wait."""

    def __init__(self) -> None:
        super().__init__(
            "허브가 바쁩니다. 잠시 뒤에 다시 보내세요.",
            "The hub is busy; come again in a moment.",
        )


class _Order(Generic[_Answer]):
    """One act and where its answer goes. An act without a `journal` makes its own transactions."""

    __slots__ = ("act", "answer", "journal")

    def __init__(self, act: Callable[[HubShelf], _Answer], journal: str | None) -> None:
        self.act, self.journal = act, journal
        self.answer: Future[_Answer] = Future()


_Orders = queue.Queue[_Order[Any] | None]


class _Clerk(threading.Thread):
    """One thread and its connection, opened when it is first needed."""

    def __init__(self, name: str, orders: _Orders, open_shelf: Open) -> None:
        super().__init__(name=name)
        self._orders = orders
        self._open = open_shelf
        self._held: HubShelf | None = None

    def run(self) -> None:
        try:
            while (order := self._orders.get()) is not None:
                self._do(order)
        finally:
            self._close()

    def _do(self, order: _Order[_Answer]) -> None:
        if not order.answer.set_running_or_notify_cancel():
            return
        try:
            order.answer.set_result(self._asked(order.act))
        except BaseException as error:
            order.answer.set_exception(error)

    def _asked(self, act: Callable[[HubShelf], _Answer]) -> _Answer:
        """The answer, asked a second time where the connection was lost meanwhile, which is safe:
        whatever an act does may be done again.
        """
        try:
            return act(self._shelf())
        except StorageUnavailable:
            return act(self._shelf())

    def _shelf(self) -> HubShelf:
        if self._held is None:
            self._held = self._open()
        return self._held

    def _close(self) -> None:
        held, self._held = self._held, None
        if held is not None:
            held.close()


class _Writer(_Clerk):
    """The clerk that ends what waits together, and does a chore between the orders."""

    def __init__(
        self,
        orders: _Orders,
        open_shelf: Open,
        chore: Callable[[HubShelf], None],
        every_seconds: float,
    ) -> None:
        super().__init__("hub-writer", orders, open_shelf)
        self._chore, self._every = chore, every_seconds
        self._last_chore = time.monotonic()

    def run(self) -> None:
        try:
            going_on = True
            while going_on:
                left = self._last_chore + self._every - time.monotonic()
                try:
                    first = self._orders.get(timeout=max(0.0, left))
                except queue.Empty:
                    self._do_chore()
                    continue
                if first is None:
                    break
                gathered, going_on = self._gathered(first)
                self._end_together(gathered)
                if left <= 0:
                    self._do_chore()
        finally:
            self._close()

    def _gathered(self, first: _Order[Any]) -> tuple[list[_Order[Any]], bool]:
        """The order and those that wait behind it; False when the last one told to stop."""
        gathered = [first]
        while len(gathered) < MOST_TOGETHER:
            try:
                order = self._orders.get_nowait()
            except queue.Empty:
                break
            if order is None:
                return gathered, False
            gathered.append(order)
        return gathered, True

    def _end_together(self, orders: list[_Order[Any]]) -> None:
        shared = [
            order
            for order in sorted(orders, key=lambda each: each.journal or "")
            if order.journal is not None and order.answer.set_running_or_notify_cancel()
        ]
        if shared:
            self._commit(shared)
        for order in orders:
            if order.journal is None:
                self._do(order)

    def _commit(self, orders: list[_Order[Any]]) -> None:
        def acts(shelf: HubShelf) -> list[object]:
            def work() -> list[object]:
                shelf.foresee(order.journal for order in orders if order.journal is not None)
                return [order.act(shelf) for order in orders]

            return shelf.run(work)

        try:
            answers = self._asked(acts)
        except BaseException as error:
            if len(orders) == 1 or isinstance(error, StorageUnavailable):
                for order in orders:
                    order.answer.set_exception(error)
                return
            # One of them cannot be done: the others must not suffer for it.
            for order in orders:
                self._commit([order])
            return
        for order, answer in zip(orders, answers, strict=True):
            order.answer.set_result(answer)

    def _do_chore(self) -> None:
        self._last_chore = time.monotonic()
        try:
            self._asked(self._chore)
        except Problem as problem:
            log.warning("chore", extra={"said": {"error": type(problem).__name__}})


class WorkerThreads:
    """All clerks of one process. `waiting` calls may wait for each kind of clerk."""

    def __init__(
        self,
        open_shelf: Open,
        chore: Callable[[HubShelf], None],
        *,
        readers: int,
        waiting: int,
        chore_seconds: float,
    ) -> None:
        self._questions: _Orders = queue.Queue(waiting)
        self._changes: _Orders = queue.Queue(waiting)
        self._readers = [
            _Clerk(f"hub-reader-{number}", self._questions, open_shelf) for number in range(readers)
        ]
        self._writer = _Writer(self._changes, open_shelf, chore, chore_seconds)

    def start(self) -> None:
        for clerk in (*self._readers, self._writer):
            clerk.start()

    def stop(self) -> None:
        """Ends when everything that waited is done. Nothing may be asked any more."""
        for _ in self._readers:
            self._questions.put(None)
        self._changes.put(None)
        for clerk in (*self._readers, self._writer):
            clerk.join()

    async def read(self, act: Callable[[HubShelf], _Answer]) -> _Answer:
        """The answer of a question. Raises Busy, StorageUnavailable and what `act` raises."""
        return await self._ask(self._questions, _Order(act, None))

    async def change(
        self, act: Callable[[HubShelf], _Answer], journal: str | None = None
    ) -> _Answer:
        """The answer of an act, after what it did was committed. With the `journal` it writes to,
        it shares a transaction with others; without, it makes its own. Raises Busy,
        StorageUnavailable and what `act` raises; nothing was done then.
        """
        return await self._ask(self._changes, _Order(act, journal))

    async def _ask(self, orders: _Orders, order: _Order[_Answer]) -> _Answer:
        try:
            orders.put_nowait(order)
        except queue.Full:
            raise Busy from None
        return await asyncio.wrap_future(order.answer)

"""The only two ways off the UI thread.

One worker thread owns the store and does all database and file work, in order. `query` reads,
`change` writes and tells which kinds of thing changed. Answers come back on the UI thread by one
queued signal; an answer that a newer question on the same channel has overtaken is dropped.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from enum import Flag, auto
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

if TYPE_CHECKING:  # the store behind it is heavy
    from db.store.store import Store

log = logging.getLogger("cheonman.tasks")

T = TypeVar("T")
Failed = Callable[[Exception], None]


class Changes(Flag):
    """Which kinds of thing a change touched; a screen refreshes when it shows one of them."""

    NOTHING = 0
    FEEDBACK = auto()
    REPLIES = auto()
    PLANTINGS = auto()
    CATALOGUE = auto()
    EXCHANGE = auto()  #: what others hold, who is trusted, what came and went


@dataclass(frozen=True, slots=True)
class _Answer:
    number: int
    channel: str | None
    give: Callable[[], None]  #: hands the result to whoever asked
    error: Exception | None
    on_error: Failed | None
    changes: Changes


class Tasks(QObject):
    """Runs operations on the store's thread. `open_store` is called there, once, when first needed.

    Signals: `changed(Changes)` after a successful change.
    """

    changed = Signal(object)
    _answered = Signal(object)

    def __init__(self, open_store: Callable[[], Store], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open = open_store
        self._store: Store | None = None
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")
        self._waiting: deque[Callable[[], None]] = deque()
        self._closing = False
        self._newest: dict[str, int] = {}
        self._count = 0
        self._unanswered = 0
        self._answered.connect(self._deliver)

    def load(
        self, op: Callable[[], T], on_done: Callable[[T], None], on_error: Failed | None = None
    ) -> None:
        """Run `op()`, which needs no store: reading files, warming up imports."""
        self._submit(op, on_done, on_error, None, Changes.NOTHING)

    def query(
        self,
        op: Callable[[Store], T],
        on_done: Callable[[T], None],
        on_error: Failed | None = None,
        *,
        channel: str | None = None,
    ) -> None:
        """Run `op(store)`; give its result to `on_done` on the UI thread. On the same `channel`
        only the newest question is answered."""
        self._submit(lambda: op(self._opened()), on_done, on_error, channel, Changes.NOTHING)

    def change(
        self,
        op: Callable[[Store], T],
        on_done: Callable[[T], None],
        on_error: Failed | None = None,
        *,
        changes: Changes,
    ) -> None:
        """Run `op(store)`, which writes; its result goes to `on_done` only after the commit."""
        self._submit(lambda: op(self._opened()), on_done, on_error, None, changes)

    def lend(self, op: Callable[[Store], T]) -> Future[T]:
        """Run `op(store)` for another thread, which waits for the answer itself; may be called
        from any thread. Raises RuntimeError after `close`."""
        return self._worker.submit(lambda: op(self._opened()))

    def _submit(
        self,
        op: Callable[[], T],
        on_done: Callable[[T], None],
        on_error: Failed | None,
        channel: str | None,
        changes: Changes,
    ) -> None:
        self._count += 1
        self._unanswered += 1
        number = self._count
        if channel is not None:
            self._newest[channel] = number

        def run() -> None:
            give, error = _nothing, None
            try:
                give = partial(on_done, op())
            except Exception as trouble:
                error = trouble
            self._answered.emit(_Answer(number, channel, give, error, on_error, changes))

        self._waiting.append(run)
        self._worker.submit(self._run_next)

    def _run_next(self) -> None:
        if self._waiting:  # else a longer operation let it through before
            self._waiting.popleft()()

    def give_way(self) -> None:
        """A long operation calls this on the store's thread between two transactions: whatever
        waits goes first, so that a resident's save does not wait for a stick."""
        for _ in range(len(self._waiting)):
            self._run_next()

    @property
    def closing(self) -> bool:
        """True once the program ends: a long operation stops where it can go on later."""
        return self._closing

    @Slot(object)
    def _deliver(self, answer: _Answer) -> None:
        self._unanswered -= 1
        overtaken = answer.channel is not None and self._newest[answer.channel] != answer.number
        if overtaken:
            return
        if answer.error is not None:
            if answer.on_error is None:
                raise answer.error
            # Not a warning: whoever asked has an answer to it and says so in better words.
            log.info("operation failed: %s", type(answer.error).__name__)
            answer.on_error(answer.error)
            return
        answer.give()
        if answer.changes:
            self.changed.emit(answer.changes)

    def _opened(self) -> Store:
        """The store; on the worker thread alone."""
        if self._store is None:
            self._store = self._open()
        return self._store

    @property
    def busy(self) -> bool:
        """True while an answer is still to come."""
        return self._unanswered > 0

    def close(self) -> None:
        """Finish what was begun, close the store on its own thread, stop the thread."""
        self._closing = True
        closing: Future[None] = self._worker.submit(self._close_store)
        self._worker.shutdown(wait=True)
        closing.result()

    def _close_store(self) -> None:
        if self._store is not None:
            self._store.close()
            self._store = None


def _nothing() -> None:
    """What is given where the operation failed."""

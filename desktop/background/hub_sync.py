"""Keeps a kiosk in step with its hub, in the background.

A visit to the hub runs on a thread of its own and borrows the store's thread for one page at a
time. After a failure the next visit comes later and later; where only a person can help there is
none until the papers change or the program starts anew. How it stands is in the log of exchanges,
which every screen can read.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import random
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.background.tasks import Changes, Tasks
from desktop.background.throttle import Throttle

if TYPE_CHECKING:
    from db.exchange.carriers.hub_http import Patience
    from db.exchange.pages.store_shelf import StoreShelf
    from db.exchange.trust.papers import DeviceRole
    from db.store.store import Store

log = logging.getLogger("cheonman.syncing")

T = TypeVar("T")
FIRST_S = 3.0
"""Seconds after the kiosk is ready: nothing of this stands before the first touch."""
EVERY_S = 300.0
SOON_S = 5.0
"""Seconds from a new opinion to the visit that carries it: one visit for several of them."""
BACKOFF_S, LONGEST_BACKOFF_S = 15.0, 900.0
CLOSING_S = 0.8
RESIDENTS = Changes.FEEDBACK | Changes.PLANTINGS


class HubSync(QObject):
    """Begins with `start`, ends with `close`. `chance` answers a number from 0 to 1.

    Signals: `ended(problem)` after every visit, with None or what went wrong.
    """

    ended = Signal(object)
    _arrived = Signal(object)
    _finished = Signal(object)

    def __init__(
        self,
        tasks: Tasks,
        data_dir: Path,
        url: str,
        pace: Throttle,
        *,
        chance: Callable[[], float] = random.random,
        patience: Patience | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._tasks, self._url, self._pace = tasks, url, pace
        self._papers = data_dir / "keys" / "papers.json"
        self._chance, self._patience = chance, patience
        self._failures = 0
        self._hopeless: tuple[int, int] | None = None
        self._again = self._telling = False
        self._visit: _Visit | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.visit)
        self._arrived.connect(self._tell)
        self._finished.connect(self._on_finished)
        tasks.changed.connect(self._on_changed)

    @property
    def next_s(self) -> float | None:
        """Seconds until the next visit; None while there is one, or before the start."""
        return self._timer.remainingTime() / 1000 if self._timer.isActive() else None

    def start(self) -> None:
        self._timer.start(int(FIRST_S * 1000))

    def close(self) -> None:
        """Ends a visit under way, whatever the hub does; what it brought stays."""
        self._timer.stop()
        self._tasks.changed.disconnect(self._on_changed)
        if self._visit is not None:
            self._visit.stop(CLOSING_S)
            self._visit = None

    def visit(self) -> None:
        """Visits the hub now, unless nothing has changed since a visit that could not work."""
        if self._visit is not None:
            self._again = True
            return
        if self._hopeless is not None and self._hopeless == self._stamp():
            self._timer.start(int(EVERY_S * 1000))
            return
        self._timer.stop()
        self._visit = _Visit(self)
        self._visit.start()

    def _on_changed(self, changes: Changes) -> None:
        """Somebody said something: it need not wait for the next round, but others may follow."""
        if self._telling or self._failures:
            if self._hopeless not in (None, self._stamp()):
                self._timer.start(int(SOON_S * 1000))
            return
        if not changes & RESIDENTS:
            return
        if self._visit is not None:
            self._again = True
        elif self.next_s is not None and self.next_s > SOON_S:
            self._timer.start(int(SOON_S * 1000))

    def _tell(self, changes: Changes) -> None:
        """Screens that show what has just arrived look again."""
        self._telling = True
        self._tasks.changed.emit(changes)
        self._telling = False

    def _on_finished(self, problem: Exception | None) -> None:
        if self._visit is None:
            return
        self._visit.join()
        self._visit = None
        self._failures = self._failures + 1 if problem is not None else 0
        self._hopeless = self._stamp() if _is_hopeless(problem) else None
        self._timer.start(int(self._wait_s(problem) * 1000))
        self._again = False
        self._tell(Changes.EXCHANGE)
        self.ended.emit(problem)

    def _wait_s(self, problem: Exception | None) -> float:
        if problem is None:
            # Kiosks that were switched on together do not stay together.
            return SOON_S if self._again else EVERY_S * (0.8 + 0.4 * self._chance())
        if self._hopeless is not None:
            return EVERY_S
        longest = min(LONGEST_BACKOFF_S, BACKOFF_S * 2.0 ** min(self._failures - 1, 10))
        asked = getattr(problem, "after_s", None) or 1.0
        return max(asked, longest * self._chance())

    def _stamp(self) -> tuple[int, int]:
        """Changes whenever papers come in."""
        return stamp(self._papers)


class _Visit(threading.Thread):
    """One visit to the hub; a daemon, because the system may keep it waiting for a name."""

    def __init__(self, syncing: HubSync) -> None:
        super().__init__(name="hub", daemon=True)
        self._syncing = syncing
        self._shelf: StoreShelf | None = None
        self._stamp = (0, 0)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[None] | None = None
        self._begun, self._stopped = threading.Event(), threading.Event()

    def run(self) -> None:
        problem: Exception | None = None
        try:
            asyncio.run(self._sync())
        except asyncio.CancelledError:
            return
        except Exception as error:
            problem = error
            log.info("hub: %s", getattr(error, "trouble", type(error).__name__))
        if not self._stopped.is_set():
            self._syncing._finished.emit(problem)

    async def _sync(self) -> None:
        self._loop, self._task = asyncio.get_running_loop(), asyncio.current_task()
        self._begun.set()
        if self._stopped.is_set():
            return
        await self._syncing._pace.breath()
        # brings httpx along: on this thread alone
        from db.exchange.carriers.hub_client import sync_hub

        done = await sync_hub(
            self._on_store,
            self._syncing._url,
            patience=self._syncing._patience,
            breath=self._syncing._pace.breath,
            arrived=self._on_arrived,
        )
        if done.reading.new or done.sent:
            log.info("hub: %d events came, %d were sent", done.reading.new, done.sent)

    async def _on_store(self, act: Callable[[StoreShelf], T]) -> T:
        lent = self._syncing._tasks.lend(lambda store: act(self._shelf_of(store)))
        return await asyncio.wrap_future(lent)

    def _shelf_of(self, store: Store) -> StoreShelf:
        """On the store's thread. Papers that came by stick meanwhile are not to be overwritten by
        what this visit knew before.
        """
        from db.exchange.pages.store_shelf import StoreShelf  # sqlite: on the store's thread only

        now = self._syncing._stamp()
        if self._shelf is None or now != self._stamp:
            self._shelf, self._stamp = StoreShelf(store), now
        return self._shelf

    def _on_arrived(self, role: DeviceRole) -> None:
        changes = RESIDENTS if role == "kiosk" else RESIDENTS | Changes.REPLIES
        if not self._stopped.is_set():
            self._syncing._arrived.emit(changes)

    def stop(self, seconds: float) -> None:
        self._stopped.set()
        if self._begun.wait(seconds):
            assert self._loop is not None and self._task is not None
            with contextlib.suppress(RuntimeError):  # it has just ended by itself
                self._loop.call_soon_threadsafe(self._task.cancel)
        self.join(seconds)


def _is_hopeless(problem: Exception | None) -> bool:
    """True when trying again by itself changes nothing: a person has to bring other papers."""
    if problem is None:
        return False
    from db.exchange.hub_trouble import HubTrouble  # only in trouble
    from db.refusals import Refused

    return problem.hopeless if isinstance(problem, HubTrouble) else isinstance(problem, Refused)


def stamp(file: Path) -> tuple[int, int]:
    """Differs whenever a file was written; (0, 0) without one."""
    try:
        found = file.stat()
    except OSError:
        return (0, 0)
    return (found.st_mtime_ns, found.st_size)

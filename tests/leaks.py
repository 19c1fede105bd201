"""Find what a test left behind: threads, top-level widgets, running timers."""

from __future__ import annotations

import gc
import os
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

#: A thread told to stop may need a moment to come to its end (seconds).
GRACE = 2.0
#: Memory more than after the last collection that calls for another (MB).
GROWTH = 100


class _Memory:
    """What this process may hold before it looks for what nobody holds any more."""

    most = 0.0


def let_go() -> None:
    """Thaw what `Leaks.before` froze. Nothing frozen is collected, so a worker would keep the dead
    windows of all its tests; a map weighs 30 MB and counts as a few objects."""
    gc.unfreeze()
    if _resident() > _Memory.most:
        gc.collect()
        _deliver_deletions()
        _Memory.most = _resident() + GROWTH


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1_000_000


@dataclass(frozen=True)
class Leaks:
    threads: frozenset[int | None]
    widgets: frozenset[int]
    with_timers: bool = True

    @classmethod
    def before(cls, with_timers: bool = True) -> Leaks:
        """What is there now. Timers are found by looking at every object that is younger: leave
        them out where no event loop can have run."""
        if with_timers:
            # What is frozen the collector does not list: looking at the whole heap twice a test
            # took longer than most tests.
            gc.freeze()
        return cls(
            frozenset(thread.ident for thread in threading.enumerate()),
            frozenset(_top_levels()),
            with_timers,
        )

    def after(self, grace: float = GRACE) -> list[str]:
        """One line for each thing that was not there before; threads get `grace` seconds to end."""
        widgets, timers = self._new_qt_objects()
        if widgets or timers:
            # Only a collection tells a leak from a cycle that nobody holds any more, and such a
            # cycle may reach into what was there before.
            suspects = set(timers)
            gc.unfreeze()
            gc.collect()
            widgets, timers = self._new_qt_objects()
            timers = {at: name for at, name in timers.items() if at in suspects}
        left = [*widgets.values(), *timers.values()]
        for thread in threading.enumerate():
            if thread.ident in self.threads or isinstance(thread, threading._DummyThread):
                continue
            thread.join(grace)
            if thread.is_alive():
                left.append(f"thread {thread.name!r}")
        return left

    def _new_qt_objects(self) -> tuple[dict[int, str], dict[int, str]]:
        _deliver_deletions()
        widgets = {at: name for at, name in _top_levels().items() if at not in self.widgets}
        return widgets, _running_timers() if self.with_timers else {}


def _application() -> Any:
    # A test of the store must stay a test without Qt, so nothing is imported here.
    widgets = sys.modules.get("PySide6.QtWidgets")
    return widgets.QApplication.instance() if widgets else None


def _deliver_deletions() -> None:
    application = _application()
    if application is not None:
        core = sys.modules["PySide6.QtCore"]
        # Outside an event loop deleteLater() waits for ever unless asked for.
        application.sendPostedEvents(None, core.QEvent.Type.DeferredDelete)


def _address(thing: Any) -> int:
    return int(sys.modules["shiboken6"].getCppPointer(thing)[0])


def _top_levels() -> dict[int, str]:
    application = _application()
    if application is None:
        return {}
    return {
        _address(widget): f"top-level {type(widget).__name__} {widget.objectName()!r}"
        for widget in application.topLevelWidgets()
    }


def _running_timers() -> dict[int, str]:
    application = _application()
    if application is None:
        return {}
    core = sys.modules["PySide6.QtCore"]
    is_valid = sys.modules["shiboken6"].isValid
    return {
        _address(thing): f"running timer of {_owner(thing)}"
        for thing in gc.get_objects()
        if type(thing) is core.QTimer and is_valid(thing) and thing.isActive()
    }


def _owner(timer: Any) -> str:
    parent = timer.parent()
    return "nobody" if parent is None else type(parent).__name__

"""A command that is asked to end: by a key, by a service manager, by a terminal that was closed."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from types import FrameType

_ASKING = tuple(
    each for each in signal.Signals if each.name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
)
_Handler = Callable[[int, FrameType | None], object] | int | None


class Stop:
    """While it is entered, each of these raises KeyboardInterrupt, and `asked` remembers it: a
    library that was called back may swallow the interrupt and come back with a complaint of its
    own. A signal that whoever started the command had ignored stays ignored.
    """

    def __init__(self) -> None:
        self.asked = False
        self._before: dict[signal.Signals, _Handler] = {}

    def __enter__(self) -> Stop:
        if threading.current_thread() is threading.main_thread():
            for number in _ASKING:
                if signal.getsignal(number) is not signal.SIG_IGN:
                    self._before[number] = signal.signal(number, self._ask)
        return self

    def __exit__(self, *_error: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        self.asked = True
        raise KeyboardInterrupt

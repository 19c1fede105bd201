"""Purges in children that die at a set moment, as a process does whose plug is pulled.

Each line on standard input is JSON: {"data_dir", "ran", "after_us"}.
The answer is "done" or "died".
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path

from db.due import Periods
from db.exchange.shelf import StoreShelf
from db.retention import purge
from db.store import open_store


def _purge(order: dict[str, str | int]) -> None:
    with open_store(Path(str(order["data_dir"]))) as store:
        shelf = StoreShelf(store)
        # Opening is not what is tried here; from now on any moment may be the last.
        signal.setitimer(signal.ITIMER_REAL, int(order["after_us"]) / 1e6)
        month = Periods(contact=30, feedback=30, planting=30)
        purge(shelf, month, passing=lambda: ("boot", int(order["ran"])))
        signal.setitimer(signal.ITIMER_REAL, 0)


for line in sys.stdin:
    child = os.fork()
    if not child:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        _purge(json.loads(line))
        os._exit(0)
    _pid, status = os.waitpid(child, 0)
    sys.stdout.write("done\n" if os.WIFEXITED(status) and not os.WEXITSTATUS(status) else "died\n")
    sys.stdout.flush()

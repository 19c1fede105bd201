"""Purges in children that die at a set moment, as a process does whose plug is pulled.

Each line on standard input is JSON: {"data_dir", "ran", "after_us"}.
The answer is how many microseconds the purge took, or "died".
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from time import perf_counter

from db.exchange.pages.store_shelf import StoreShelf
from db.retention.due import Periods
from db.retention.purge import purge
from db.store.opening import open_store


def _purge(order: dict[str, str | int]) -> int:
    with open_store(Path(str(order["data_dir"]))) as store:
        shelf = StoreShelf(store)
        # Opening is not what is tried here; from now on any moment may be the last.
        began = perf_counter()
        signal.setitimer(signal.ITIMER_REAL, int(order["after_us"]) / 1e6)
        month = Periods(contact=30, feedback=30, planting=30)
        purge(shelf, month, passing=lambda: ("boot", int(order["ran"])))
        signal.setitimer(signal.ITIMER_REAL, 0)
        return int((perf_counter() - began) * 1e6)


for line in sys.stdin:
    heard, told = os.pipe()
    child = os.fork()
    if not child:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        os.write(told, str(_purge(json.loads(line))).encode())
        os._exit(0)
    os.close(told)
    took = os.read(heard, 32).decode()
    os.close(heard)
    _pid, status = os.waitpid(child, 0)
    sys.stdout.write(f"{took}\n" if os.waitstatus_to_exitcode(status) == 0 else "died\n")
    sys.stdout.flush()

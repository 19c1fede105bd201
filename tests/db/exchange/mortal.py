"""Writes and reads bundles in children that die at a set moment, as a process does whose plug is
pulled: no handler runs, nothing is put right.

Each line on standard input is JSON: {"act": "write" or "read", "data_dir", "place", "after_us"}.
The answer is how many microseconds the act took, or "died".
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from time import perf_counter

from db.exchange.carriers.bundle import write_bundles
from db.exchange.carriers.bundle_reading import read_bundle
from db.exchange.pages.store_shelf import StoreShelf
from db.store.opening import open_store

SMALL = 12_000
"""Bytes of pages in one file, so that one act writes several."""


def _act(order: dict[str, str | int]) -> int:
    with open_store(Path(str(order["data_dir"]))) as store:
        shelf = StoreShelf(store)
        place = Path(str(order["place"]))
        # Opening is not what is tried here; from now on any moment may be the last.
        began = perf_counter()
        signal.setitimer(signal.ITIMER_REAL, int(order["after_us"]) / 1e6)
        if order["act"] == "write":
            write_bundles(shelf, place, everything=True, largest=SMALL)
        else:
            for file in sorted(place.glob("*.age")):
                read_bundle(shelf, file)
        signal.setitimer(signal.ITIMER_REAL, 0)
        return int((perf_counter() - began) * 1e6)


for line in sys.stdin:
    heard, told = os.pipe()
    child = os.fork()
    if not child:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        os.write(told, str(_act(json.loads(line))).encode())
        os._exit(0)
    os.close(told)
    took = os.read(heard, 32).decode()
    os.close(heard)
    _pid, status = os.waitpid(child, 0)
    sys.stdout.write(f"{took}\n" if os.waitstatus_to_exitcode(status) == 0 else "died\n")
    sys.stdout.flush()

"""Writes and reads bundles in children that die at a set moment, as a process does whose plug is
pulled: no handler runs, nothing is put right.

Each line on standard input is JSON: {"act": "write" or "read", "data_dir", "place", "after_us"}.
The answer is "done" or "died".
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path

from db.exchange.bundle import write_bundles
from db.exchange.reading import read_bundle
from db.exchange.shelf import StoreShelf
from db.store import open_store

SMALL = 12_000
"""Bytes of pages in one file, so that one act writes several."""


def _act(order: dict[str, str | int]) -> None:
    with open_store(Path(str(order["data_dir"]))) as store:
        shelf = StoreShelf(store)
        place = Path(str(order["place"]))
        # Opening is not what is tried here; from now on any moment may be the last.
        signal.setitimer(signal.ITIMER_REAL, int(order["after_us"]) / 1e6)
        if order["act"] == "write":
            write_bundles(shelf, place, everything=True, largest=SMALL)
        else:
            for file in sorted(place.glob("*.age")):
                read_bundle(shelf, file)
        signal.setitimer(signal.ITIMER_REAL, 0)


for line in sys.stdin:
    child = os.fork()
    if not child:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        _act(json.loads(line))
        os._exit(0)
    _pid, status = os.waitpid(child, 0)
    sys.stdout.write("done\n" if os.WIFEXITED(status) and not os.WEXITSTATUS(status) else "died\n")
    sys.stdout.flush()

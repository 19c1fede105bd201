"""Works on stores that stand on the forgetful disk, in children whose power goes at a set step.

Each line on standard input is JSON: {"act", "data_dir", "pages", "cut_at", "fail_from", "seed"}.
Each answer is JSON: {"ended": exit status, "said": what was acknowledged before}.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from pathlib import Path
from typing import Any

from tests.db.power import apsw_binding
from tests.db.power.forgetful_disk import disk

apsw_binding.install(careless="careless" in sys.argv)

from db.clock import system_clock  # noqa: E402
from db.directory import DataDirectory  # noqa: E402
from db.exchange.pages.importing import import_page, take_page  # noqa: E402
from db.exchange.pages.store_shelf import StoreShelf  # noqa: E402
from db.exchange.status.acknowledgements import own_acknowledgement  # noqa: E402
from db.exchange.trust.trust import load_trust  # noqa: E402
from db.hub.database.sqlite import SqliteShelf  # noqa: E402
from db.participation.feedback import add_feedback  # noqa: E402
from db.problems import StorageUnavailable  # noqa: E402
from db.records.feedback import Erased  # noqa: E402
from db.store.journal import redact  # noqa: E402
from db.store.opening import open_store  # noqa: E402
from db.store.store import Store  # noqa: E402
from tests.db.in_memory import PHONE, praise  # noqa: E402

Say = Callable[[str], object]
MANY = 30


def save(store: Store, order: dict[str, Any], say: Say) -> None:
    """Says the id behind each receipt."""
    for number in range(MANY):
        say(add_feedback(store, praise(f"의견 {number} " + "가" * 200, contact=PHONE)).id)


def take(store: Store, order: dict[str, Any], say: Say) -> None:
    """Says each word on what it holds: whoever hears it may forget the rest."""
    shelf = StoreShelf(store)
    for page in order["pages"]:
        import_page(shelf, bytes.fromhex(page))
        say(own_acknowledgement(shelf).text)


def ingest(hub: SqliteShelf, order: dict[str, Any], say: Say) -> None:
    """Says the number of each page that a hub would acknowledge."""
    for number, page in enumerate(order["pages"]):
        data = bytes.fromhex(page)
        if hub.run(lambda data=data: take_page(hub, data)).reason is None:  # type: ignore[misc]
            say(str(number))


def erase(store: Store, order: dict[str, Any], say: Say) -> None:
    """Says the number of each event whose contents are gone."""
    last = store.rows("SELECT max(seq) FROM event")[0][0]
    for seq in range(1, last + 1):
        redact(store, store.device, seq, Erased.BOTH, "resident's wish")
        say(str(seq))


ACTS: dict[str, Callable[[Any, dict[str, Any], Say], None]] = {
    "save": save,
    "take": take,
    "erase": erase,
    "ingest": ingest,
}


def opened(order: dict[str, Any]) -> AbstractContextManager[Store | SqliteShelf]:
    """What the act works on: the store of a device, or the database of a hub beside it."""
    data_dir = Path(order["data_dir"])
    if order["act"] != "ingest":
        return open_store(data_dir)
    return closing(
        SqliteShelf(data_dir / "hub.db", load_trust(DataDirectory(data_dir)), system_clock)
    )


def _work(order: dict[str, Any], out: int) -> None:
    disk.chance.seed(order["seed"])
    with opened(order) as store:
        # Opening is not what is tried here; from now on any step may be the last.
        disk.steps, disk.cut_at = 0, order["cut_at"]
        disk.fail_from = order["fail_from"]
        try:
            ACTS[order["act"]](store, order, lambda text: os.write(out, text.encode() + b"\n"))
        except StorageUnavailable:
            os._exit(3)
        disk.cut_at = None


def _child(order: dict[str, Any]) -> dict[str, Any]:
    said, out = os.pipe()
    child = os.fork()
    if not child:
        os.close(said)
        _work(order, out)
        os._exit(0)
    os.close(out)
    with os.fdopen(said, encoding="utf-8") as stream:
        lines = stream.read().splitlines()
    status = os.waitpid(child, 0)[1]
    return {"ended": os.waitstatus_to_exitcode(status), "said": lines}


for line in sys.stdin:
    sys.stdout.write(json.dumps(_child(json.loads(line))) + "\n")
    sys.stdout.flush()

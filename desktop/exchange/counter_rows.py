"""The rows behind a counter of exchange, a page at a time. Runs on the store's thread."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.exchange.results import ROWS, Row, Rows

if TYPE_CHECKING:  # the store behind it is heavy
    from db.store.store import Store

SHORT = 8  #: letters of a device's name that tell it from others


def rows_behind(store: Store, counter: str, first: int) -> Rows:
    """Up to ROWS rows from `first` on; exactly the rows that the counter counts.

    Raises StorageUnavailable.
    """
    from db.exchange.pages.store_shelf import StoreShelf
    from db.exchange.status.status import Alarm, Counter, EventRow, rows_of
    from db.exchange.trust.trust import names

    shelf = StoreShelf(store)
    found: list[EventRow | Alarm | str] = [*rows_of(shelf, Counter(counter))]
    # What was on the last page may be gone since it was asked for.
    first = min(first, max(0, len(found) - 1) // ROWS * ROWS)
    shown = found[first : first + ROWS]
    known = names(shelf.trust, {each.device for each in shown if not isinstance(each, str)})

    def called(device: str) -> str:
        return known[device] if known[device] != device else device[:SHORT]

    rows: list[Row] = []
    for each in shown:
        if isinstance(each, EventRow):
            who = called(each.device)
            rows.append(Row(each.kind, who, each.at_us, first=each.seq, last=each.seq))
        elif isinstance(each, Alarm):
            who, file = called(each.device), Path(each.place.split(": ")[0]).name
            row = Row(each.reason, who, first=each.first, last=each.last, file=file)
            rows.append(replace(row, number=each.number))
        else:
            rows.append(Row("conflict", each))
    return Rows(counter, first, len(found), tuple(rows))

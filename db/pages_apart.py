"""Pages kept apart 따로 둔 쪽: evidence that keeps its headers, while what people wrote in it goes
when it was erased anywhere, or has lain too long.
"""

from __future__ import annotations

from collections.abc import Callable

from db.events import Contents
from db.exchange.page import Page, read_page, write_page
from db.exchange.refusals import Refused
from db.journal import without
from db.projections import REDACTION
from db.records.feedback import Erased
from db.store import Store


def newest_apart(store: Store) -> int:
    """The number of the page kept apart last, 0 without any."""
    row = store.row("SELECT max(number) FROM set_aside")
    return int(row[0] or 0) if row else 0


def strip_apart(
    store: Store, old: int = 0, *, dry: bool = False, pause: Callable[[], bool] = lambda: True
) -> int:
    """Takes out of each page what a redaction names, and everything out of those up to the number
    `old`; the row that raised the alarm stays. Answers how many pages that changed.
    """
    changed = 0
    for (number,) in store.rows("SELECT number FROM set_aside WHERE page <> x''"):
        ((data, place),) = store.rows(
            "SELECT page, place FROM set_aside WHERE number = ?", (number,)
        )
        left = b"" if number <= old else _without_erased(store, bytes(data), place)
        if left == data:
            continue
        changed += 1
        if not dry:
            with store.change() as connection:
                connection.execute("UPDATE set_aside SET page = ? WHERE number = ?", (left, number))
        if not pause():
            break
    return changed


def _without_erased(store: Store, data: bytes, place: str) -> bytes:
    try:
        page = read_page(data, place)
    except Refused:
        return data
    left = _spared(store, page)
    return data if left == list(page.contents) else write_page(page.previous, page.events, left)


def _spared(store: Store, page: Page) -> list[Contents]:
    contents = list(page.contents)
    for seq, what in store.rows(
        "SELECT target_seq, what FROM redaction"
        " WHERE target_device = ? AND target_seq BETWEEN ? AND ?",
        (page.device, page.first, page.last),
    ):
        index = seq - page.first
        if page.events[index].kind != REDACTION:
            contents[index] = without(contents[index], Erased(what))
    return contents

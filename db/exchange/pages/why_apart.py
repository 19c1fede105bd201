"""Why a quarantined page lies there, also where what was written of it rotted: an alarm for people
does not end with a flipped bit.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from difflib import get_close_matches
from typing import NamedTuple

from db.exchange.pages.importing import TO_QUARANTINE, judged_reason
from db.exchange.pages.store_shelf import StoreShelf
from db.refusals import Reason, Refused
from db.store.page import read_page
from db.store.quarantine import DISCARDED

KNOWN = {DISCARDED, *(str(each) for each in Reason)}


class KeptApart(NamedTuple):
    """A page in quarantine, by its row."""

    number: int
    device: str
    first: int
    last: int
    reason: str
    place: str


def pages_apart(shelf: StoreShelf) -> Iterator[KeptApart]:
    """Every page that is in quarantine and was not discarded, with a reason that is one."""
    for row in shelf.store.rows(
        "SELECT number, device, first, last, reason, place FROM set_aside ORDER BY number"
    ):
        apart = KeptApart(*row)
        if apart.reason not in KNOWN:
            apart = apart._replace(reason=reason_again(shelf, apart))
        if apart.reason != DISCARDED:
            yield apart


def reason_again(shelf: StoreShelf, apart: KeptApart) -> str:
    """What a rotten reason was: the word it still resembles, or what the page is refused for now;
    a row without a page was discarded.
    """
    ((data,),) = shelf.store.rows("SELECT page FROM set_aside WHERE number = ?", (apart.number,))
    words = TO_QUARANTINE if data else (DISCARDED, *TO_QUARANTINE)
    near = get_close_matches(str(apart.reason), [str(each) for each in words], 1)
    if near:
        return near[0]
    if not data:
        return DISCARDED
    judged = None
    with suppress(Refused):
        judged = judged_reason(shelf, read_page(bytes(data), str(apart.place)))
    return str(judged or Reason.UNREADABLE)

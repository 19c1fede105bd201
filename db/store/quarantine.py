"""Quarantine 따로 둔 쪽: pages that were not believed. As evidence their headers stay, while what
people wrote in them goes when it was erased anywhere, or has lain too long.

One can be opened, without anybody's words, and discarded. Of a discarded page its digest stays, so
that the same one is not quarantined again when it comes again; with another event or border it is
another page, and news.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

import msgspec

from db.problems import InputRefused
from db.records.event_kinds import REDACTION
from db.records.feedback import Erased
from db.refusals import Refused
from db.store.events import Contents
from db.store.journal import without
from db.store.notices import add_notice
from db.store.page import Page, read_page, write_page
from db.store.store import Store, empty_log_of
from db.text import name_if_any, official_name

DISCARDED = "discarded"
"""Stands in place of the reason once somebody has discarded a page."""
STANDING = f"reason <> '{DISCARDED}'"
LONGEST_REASON = 200
_KEPT = {
    "fork": "(같은 번호의 다른 기록)",
    "role": "(역할에 없는 기록)",
    "revoked": "(등록이 취소된 기기)",
}


class OpenedPage(msgspec.Struct, frozen=True, kw_only=True):
    """What one quarantined page holds: numbers and kinds, never words, contacts or places.

    Times are microseconds since 1970: when it was quarantined, and what its first and last event
    say. Without contents left, nobody can tell kinds and times: they are empty and None.
    """

    number: int
    device: str
    first: int
    last: int
    reason: str
    place: str
    at_us: int
    kinds: dict[str, int]
    from_us: int | None
    until_us: int | None
    bodies: int
    contacts: int


def open_quarantined(store: Store, number: int) -> OpenedPage:
    """Raises InputRefused where no page with this number is in quarantine."""
    row = None
    if 0 < number < 1 << 63:  # SQLite takes no larger one
        row = store.row(
            "SELECT device, first, last, reason, place, at_us, page FROM set_aside"
            f" WHERE number = ? AND {STANDING}",
            (number,),
        )
    if row is None:
        raise InputRefused(
            "number",
            f"따로 둔 쪽 {number}번이 없습니다. 벌써 버렸을 수 있으니 목록을 다시 보세요.",
            f"no page kept apart has the number {number}; it may be discarded, see the list again.",
        )
    device, first, last, reason, place, at_us, data = row
    try:
        page = read_page(bytes(data), place)
    except Refused:
        page = None
    return OpenedPage(
        number=number,
        device=device,
        first=first,
        last=last,
        reason=reason,
        place=place,
        at_us=at_us,
        kinds=dict(sorted(Counter(each.kind for each in page.events).items())) if page else {},
        from_us=page.events[0].at_us if page else None,
        until_us=page.events[-1].at_us if page else None,
        bodies=sum(each.body is not None for each in page.contents) if page else 0,
        contacts=sum(each.sealed is not None for each in page.contents) if page else 0,
    )


def discard_quarantined(
    store: Store, number: int, why: str, why_en: str | None = None
) -> OpenedPage:
    """Destroys what one quarantined page holds; what it was stays in a notice, with the reason in
    both languages where it is known in both. Raises InputRefused, StorageUnavailable.
    """
    reason = official_name(why, "reason", LONGEST_REASON)
    page = open_quarantined(store, number)
    english = name_if_any(why_en, "reason", LONGEST_REASON) or reason
    what = f"{page.device}/{page.first}-{page.last}"
    kept = _KEPT.get(page.reason, "")
    with store.change() as connection:
        connection.execute(
            "UPDATE set_aside SET page = x'', reason = ? WHERE number = ?", (DISCARDED, number)
        )
        add_notice(
            connection,
            store.clock(),
            "page-discarded",
            f"따로 둔 쪽 {number}번 {what}{kept}을(를) 버렸습니다. 까닭: {reason}",
            f"The page kept apart as number {number}, {what} ({page.reason}), was discarded: "
            f"{english}",
        )
    empty_log_of(store.connection)
    return page


def newest_quarantined(store: Store) -> int:
    """The number of the page that was quarantined last, 0 without any."""
    row = store.row("SELECT max(number) FROM set_aside")
    return int(row[0] or 0) if row else 0


def strip_quarantine(
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
        left = b"" if number <= old else without_erased(store, bytes(data), place)
        if left == data:
            continue
        changed += 1
        if not dry:
            with store.change() as connection:
                connection.execute("UPDATE set_aside SET page = ? WHERE number = ?", (left, number))
        if not pause():
            break
    return changed


def strip_named(store: Store, erased: Iterable[tuple[str, int]]) -> None:
    """Takes out of each page what was just erased of the events (device, seq)."""
    for number, data in pages_naming(store, erased).items():
        left = without_erased(store, data, f"set_aside/{number}")
        if left != data:
            with store.change() as connection:
                connection.execute("UPDATE set_aside SET page = ? WHERE number = ?", (left, number))


def pages_naming(store: Store, places: Iterable[tuple[str, int]]) -> dict[int, bytes]:
    """The quarantined pages that reach over any of these events, by their numbers."""
    return {
        int(number): bytes(data)
        for device, seq in places
        for number, data in store.rows(
            "SELECT number, page FROM set_aside"
            " WHERE device = ? AND first <= ? AND last >= ? AND page <> x''",
            (device, seq, seq),
        )
    }


def without_erased(store: Store, data: bytes, place: str) -> bytes:
    """A page without the contents that redactions name."""
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

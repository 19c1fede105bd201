"""Beside the journal 기록장 곁: the tables that no event proves, looked through row by row.

What rotted there shows nobody wrong words, but it can stop an exchange or let one be missed. Most
of it follows from something sound, or is said again by whoever said it first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from db.doctor import exchange_rows, store_rows
from db.doctor.rotten import Rotten
from db.exchange.pages.store_shelf import StoreShelf
from db.exchange.trust.trust import Trust
from db.refusals import Refused
from db.store.notices import add_notice
from db.store.store import Store

LOOKS: dict[str, Callable[[StoreShelf], Iterator[Rotten]]] = {
    "_sqlite_migrations": store_rows.migrations,
    "acknowledgement": exchange_rows.words,
    "device": store_rows.devices,
    "exchange": exchange_rows.attempts,
    "folder_file": exchange_rows.files,
    "meta": store_rows.marks,
    "notice": store_rows.notices,
    "sent": exchange_rows.sent,
    "set_aside": exchange_rows.pages_apart,
}
"""Every table but the journal and what is computed from it, and who looks at it."""
_NAMED = 5


def rotten_rows(store: Store, trust: Trust | None = None) -> tuple[Rotten, ...]:
    """Every row beside the journal that rotted. Raises StorageUnavailable."""
    try:
        shelf = StoreShelf(store, trust)
    except Refused:
        # Papers that rotted are named by themselves; what only they prove is left alone.
        shelf = StoreShelf(store, Trust(store.clock))
    return tuple(rotten for look in LOOKS.values() for rotten in look(shelf))


def mend_rows(store: Store, trust: Trust | None = None) -> bool:
    """Puts those right, or takes them out where they come again, and says so; True when any was.
    Raises StorageUnavailable.
    """
    mended = [each for each in rotten_rows(store, trust) if each.statements]
    if not mended:
        return False
    places = ", ".join(dict.fromkeys(each.place for each in mended[:_NAMED]))
    more = f" (+{len(mended) - _NAMED})" if len(mended) > _NAMED else ""
    with store.change() as connection:
        for each in mended:
            for sql, values in each.statements:
                connection.execute(sql, values)
        add_notice(
            connection,
            store.clock(),
            "rot",
            "기록장 곁의 표에 상한 줄이 있어 바로잡거나 지웠습니다. 디스크를 확인하세요: "
            f"{places}{more}.",
            "Rows beside the journal had rotted and were put right or taken out; check the disk: "
            f"{places}{more}.",
        )
    return True

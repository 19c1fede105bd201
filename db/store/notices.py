"""Notices 알림: what the operator must know and no resident must see."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec

from db.bilingual import Bilingual

if TYPE_CHECKING:
    import pysqlite3.dbapi2 as sqlite

    from db.store.store import Store


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    number: int
    at_us: int
    kind: str
    ko: str
    en: str
    seen: bool

    def sentence(self, language: str = "ko") -> str:
        return Bilingual(self.ko, self.en).in_(language)


def add_notice(connection: sqlite.Connection, at_us: int, kind: str, ko: str, en: str) -> None:
    """Records a notice inside the caller's transaction, in its Korean and English words."""
    connection.execute(
        "INSERT INTO notice(at_us, kind, ko, en) VALUES(?, ?, ?, ?)", (at_us, kind, ko, en)
    )


def add_notice_once(connection: sqlite.Connection, at_us: int, kind: str, ko: str, en: str) -> None:
    """The same, unless the very same was said before: what somebody else causes may come often."""
    said = connection.execute(
        "SELECT 1 FROM notice WHERE kind = ? AND en = ? LIMIT 1", (kind, en)
    ).fetchone()
    if said is None:
        add_notice(connection, at_us, kind, ko, en)


def notices(store: Store, *, unseen: bool = False) -> tuple[Notice, ...]:
    """All notices, or all that the operator has not seen yet, newest first."""
    condition = "WHERE seen = 0" if unseen else ""
    rows = store.rows(
        f"SELECT number, at_us, kind, ko, en, seen FROM notice {condition} ORDER BY number DESC"
    )
    return tuple(
        Notice(number=number, at_us=at_us, kind=kind, ko=ko, en=en, seen=bool(seen))
        for number, at_us, kind, ko, en, seen in rows
    )


def mark_seen(store: Store, numbers: Iterable[int]) -> None:
    """The operator has read these, and none that came meanwhile or stood behind them."""
    with store.change() as connection:
        connection.executemany(
            "UPDATE notice SET seen = 1 WHERE number = ?", [(number,) for number in numbers]
        )

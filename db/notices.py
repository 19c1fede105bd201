"""Notices 알림: what the operator must know and no resident must see."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    import pysqlite3.dbapi2 as sqlite

    from db.store import Store


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    number: int
    at_us: int
    kind: str
    ko: str
    en: str
    seen: bool

    def sentence(self, language: str = "ko") -> str:
        return self.en if language == "en" else self.ko


def add_notice(connection: sqlite.Connection, at_us: int, kind: str, ko: str, en: str) -> None:
    """Records a notice inside the caller's transaction, in its Korean and English words."""
    connection.execute(
        "INSERT INTO notice(at_us, kind, ko, en) VALUES(?, ?, ?, ?)", (at_us, kind, ko, en)
    )


def notices(store: Store, *, unseen: bool = False, limit: int = 100) -> tuple[Notice, ...]:
    """The latest notices, newest first."""
    condition = "WHERE seen = 0" if unseen else ""
    rows = store.rows(
        f"SELECT number, at_us, kind, ko, en, seen FROM notice {condition} "
        "ORDER BY number DESC LIMIT ?",
        (limit,),
    )
    return tuple(
        Notice(number=number, at_us=at_us, kind=kind, ko=ko, en=en, seen=bool(seen))
        for number, at_us, kind, ko, en, seen in rows
    )


def mark_seen(store: Store) -> None:
    """The operator has read them all."""
    with store.change() as connection:
        connection.execute("UPDATE notice SET seen = 1 WHERE seen = 0")

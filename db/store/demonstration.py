"""Demonstration data 시연 자료: whether a store was made to be shown and not to be believed."""

from __future__ import annotations

import pysqlite3.dbapi2 as sqlite

from db.store.store import Store, put_meta

MARK = "시연 자료"
DEMONSTRATOR = "시연 담당자"
"""The made-up officer of made-up data."""
_KEY = "demonstration"


def is_demonstration(store: Store) -> bool:
    return store.meta(_KEY) is not None


def mark_demonstration(connection: sqlite.Connection) -> None:
    """For good: no way leads from what was made up to what residents said."""
    put_meta(connection, _KEY, "1")

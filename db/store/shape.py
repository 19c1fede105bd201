"""The shape of a store: whether its tables and columns are those that this program makes."""

from __future__ import annotations

from functools import cache

import pysqlite3.dbapi2 as sqlite

from db.store.migrations import STEPS, add_functions, migrate


def shape_fault(connection: sqlite.Connection) -> str | None:
    """The first table of a store with every step done whose columns are not those the steps make.

    SQLite finds nothing wrong with a name that rotted: every row is whole, and no query works.
    """
    found = dict(_columns(connection))
    for table, columns in _shape():
        if found.get(table) != columns:
            return f"malformed database schema ({table})"
    return None


@cache
def _shape() -> tuple[tuple[str, str], ...]:
    """The tables of a new store, made in memory without the library: it takes a millisecond."""
    connection = sqlite.connect(":memory:")
    try:
        add_functions(connection)
        for _name, shape in STEPS:
            connection.executescript(shape)
        return tuple(_columns(connection))
    finally:
        connection.close()


def _columns(connection: sqlite.Connection) -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = connection.execute(
        "SELECT t.name, group_concat(c.name, ' ' ORDER BY c.cid)"
        " FROM pragma_table_list AS t, pragma_table_xinfo(t.name) AS c"
        " WHERE t.schema = 'main' GROUP BY t.name"
    ).fetchall()
    return rows


def unexpected_shape(connection: sqlite.Connection) -> str | None:
    """What differs between a store's tables and indexes and those this program makes."""
    question = (
        "SELECT type, name, sql FROM sqlite_schema"
        " WHERE name NOT LIKE 'sqlite_stat%' ORDER BY type, name"
    )
    template = sqlite.connect(":memory:", isolation_level=None)
    try:
        migrate(template)
        wanted, found = set(template.execute(question)), set(connection.execute(question))
    finally:
        template.close()
    odd = sorted(f"{kind} {name}" for kind, name, _sql in wanted ^ found)
    return f"unexpected shape: {', '.join(odd[:3])}" if odd else None

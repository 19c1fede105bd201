"""The part of pysqlite3 that the store uses, over apsw: so that the store itself, and no model of
it, stands on the forgetful disk.
"""

from __future__ import annotations

import sys
import types
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import apsw

from tests.db.power import forgetful_disk


class Cursor:
    def __init__(self, connection: Connection, sql: str, parameters: Any, *, many: bool) -> None:
        before = connection.raw.total_changes()
        self._rows: Iterator[Any] = iter(())
        cursor = connection.raw.cursor()
        try:
            if many:
                cursor.executemany(sql, list(parameters))
            else:
                cursor.execute(sql, parameters)
                self._rows = iter(cursor.fetchall())
        except apsw.Error as error:
            said: Any = error  # apsw's types leave the codes out
            said.sqlite_errorcode = said.extendedresult  # pysqlite3's name for it
            raise
        self.rowcount = connection.raw.total_changes() - before

    def __iter__(self) -> Iterator[Any]:
        return self._rows

    def fetchone(self) -> Any:
        return next(self._rows, None)

    def fetchall(self) -> list[Any]:
        return list(self._rows)


class Connection:
    text_factory: Callable[[bytes], str]

    def __init__(self, raw: apsw.Connection, careless: bool) -> None:
        self.raw, self._careless = raw, careless

    def execute(self, sql: str, parameters: Any = ()) -> Cursor:
        if self._careless:
            sql = sql.replace("synchronous = FULL", "synchronous = NORMAL")
        return Cursor(self, sql, parameters, many=False)

    def executemany(self, sql: str, parameters: Iterable[Any]) -> Cursor:
        return Cursor(self, sql, parameters, many=True)

    def executescript(self, sql: str) -> None:
        self.raw.execute(sql)

    def create_function(
        self, name: str, arguments: int, function: Callable[..., Any], *, deterministic: bool
    ) -> None:
        self.raw.create_scalar_function(name, function, arguments, deterministic=deterministic)

    @property
    def in_transaction(self) -> bool:
        return bool(self.raw.in_transaction)

    def close(self) -> None:
        self.raw.close()


def install(*, careless: bool = False) -> None:
    """Takes the place of pysqlite3 in this process. `careless` weakens what the store asks of the
    disk, to prove that the power cut would be noticed.
    """
    vfs = forgetful_disk.mount()

    def connect(address: str, *, timeout: float = 0, **_options: Any) -> Connection:
        if address == ":memory:":
            return Connection(apsw.Connection(address), careless)
        flags = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_URI
        raw = apsw.Connection(address, flags=flags, vfs=forgetful_disk.NAME)
        raw.set_busy_timeout(int(timeout * 1000))
        return Connection(raw, careless)

    module = types.ModuleType("pysqlite3.dbapi2")
    module.__dict__.update(
        {
            "connect": connect,
            "Connection": Connection,
            "Cursor": Cursor,
            "Error": apsw.Error,
            "DatabaseError": apsw.Error,
            "OperationalError": apsw.Error,
            "IntegrityError": apsw.ConstraintError,
            "sqlite_version": apsw.sqlite_lib_version(),
            "sqlite_version_info": tuple(map(int, apsw.sqlite_lib_version().split("."))),
            "the file system it stands on": vfs,
        }
    )
    package = types.ModuleType("pysqlite3")
    package.__dict__["dbapi2"] = module
    sys.modules.update({"pysqlite3": package, "pysqlite3.dbapi2": module})

"""A hub's database in PostgreSQL: for several hubs, and for a leader that may change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from functools import lru_cache

import psycopg
from psycopg.abc import ConnDict
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from db.clock import Clock
from db.exchange.trust.trust import Trust
from db.hub.database.copy_rows import COPY, copied, rows_of
from db.hub.database.erasure import Addition
from db.hub.database.schema import NUMBER, TABLES, statements
from db.hub.database.shelf import Away, Overtaken
from db.hub.database.sql_shelf import SqlShelf
from db.problems import Cause, ForeignDatabase, InputRefused, NewerStore, StorageUnavailable
from db.store.events import Row
from db.store.page import Page

_DEFAULTS = {
    # Of several hosts only the leader is asked.
    "target_session_attrs": "read-write",
    "application_name": "cheonman-hub",
    "connect_timeout": "3",
    # A machine that lost its power says nothing: ten seconds of silence are enough.
    "keepalives_idle": "5",
    "keepalives_interval": "2",
    "keepalives_count": "3",
    "tcp_user_timeout": "10000",
}
_FIXED = {"client_encoding": "UTF8"}

_SETTINGS = """
SELECT set_config('lock_timeout', '5s', false),
    set_config('statement_timeout', '30s', false),
    set_config('idle_in_transaction_session_timeout', '30s', false),
    set_config('synchronous_commit', CASE WHEN current_setting('synchronous_commit')
        IN ('off', 'local', 'remote_write') THEN 'on'
        ELSE current_setting('synchronous_commit') END, false)
"""
"""Nobody waits for ever, and what is answered is on disk wherever it must be."""

_BEGIN = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"

_OVERTAKEN = frozenset(("40001", "40P01", "23505"))
_AWAY = frozenset(("57P01", "57P02", "57P03", "25006", "25P03", "53300"))
_CAUSES = {
    "55P03": Cause.LOCKED,
    "57014": Cause.LOCKED,
    "53100": Cause.FULL,
    "42501": Cause.NO_RIGHTS,
    "XX001": Cause.CORRUPT,
    "XX002": Cause.CORRUPT,
}
_MADE_MEANWHILE = ("23505", "42P07", "42710")


class PostgresqlShelf(SqlShelf):
    """A `HubShelf` over one connection, made anew whenever it was lost."""

    id_as_hex = "encode(e.id, 'hex')"

    def __init__(self, url: str, trust: Trust, clock: Clock) -> None:
        """Raises StorageUnavailable, InputRefused, ForeignDatabase, NewerStore."""
        given = _read(url)
        super().__init__(_place(given), trust, clock)
        self._conninfo = make_conninfo("", **{**_DEFAULTS, **given, **_FIXED})
        self._connection: psycopg.Connection[Row] | None = None
        try:
            self._bring_forward()
        except BaseException as error:
            self.close()
            calm = self._calm(error)
            if calm is not None:
                raise calm from error
            raise

    @staticmethod
    def written(page: Page) -> bytes:
        return rows_of(page.events, page.contents)

    def close(self) -> None:
        held, self._connection = self._connection, None
        if held is not None:
            held.close()

    def _connected(self) -> psycopg.Connection[Row]:
        if self._connection is None or self._connection.closed:
            self.close()
            connection = psycopg.connect(self._conninfo, autocommit=True)
            try:
                connection.execute(_SETTINGS)
            except BaseException:
                connection.close()
                raise
            self._connection = connection
        return self._connection

    def _begin(self) -> None:
        try:
            self._connected().execute(_BEGIN)
        except psycopg.Error as error:
            # The connection may have died long ago, with nobody asking.
            if not isinstance(self._calm(error), Away):
                raise
            self.close()
            self._connected().execute(_BEGIN)

    def tidy(self) -> None:
        """PostgreSQL clears its own rows and logs away; HUB.en.md says when and how."""

    def _commit(self) -> None:
        self._connected().execute("COMMIT")

    def _rollback(self) -> None:
        if self._connection is not None:
            with suppress(psycopg.Error):
                self._connection.rollback()
                return
            with suppress(psycopg.Error):
                self.close()

    def _calm(self, error: BaseException) -> StorageUnavailable | None:
        if not isinstance(error, psycopg.Error):
            return None
        state = error.sqlstate
        if state in _OVERTAKEN:
            return Overtaken(self.place)
        if state is None and isinstance(error, psycopg.OperationalError | psycopg.InterfaceError):
            return Away(f"{self.place}: {_first_line(error)}")
        if state is None:
            return None
        if state in _AWAY or state.startswith("08"):
            return Away(self.place)
        if state in _CAUSES:
            return StorageUnavailable(_CAUSES[state], self.place)
        if state.startswith("58"):
            return StorageUnavailable(Cause.INPUT_OUTPUT, self.place)
        return None

    def _rows(self, sql: str, *values: object) -> list[Row]:
        if self._changing:
            return self._asked(sql, values)
        try:
            try:
                return self._asked(sql, values)
            except psycopg.Error as error:
                if not isinstance(self._calm(error), Away):
                    raise
                self.close()
                return self._asked(sql, values)
        except psycopg.Error as error:
            calm = self._calm(error)
            if calm is not None:
                raise calm from error
            raise

    def _asked(self, sql: str, values: Sequence[object]) -> list[Row]:
        with self._connected().cursor(binary=True) as cursor:
            return cursor.execute(_marked(sql), values, prepare=True).fetchall()

    def _write(self, sql: str, *values: object) -> int:
        return self._connected().execute(_marked(sql), values, prepare=True).rowcount

    def _write_each(self, sql: str, rows: Sequence[Row]) -> int:
        if len(rows) < 2:
            return sum(self._write(sql, *row) for row in rows)
        with self._connected().cursor() as cursor:
            cursor.executemany(_marked(sql), rows)
            return cursor.rowcount

    def _every_bit(self) -> AbstractContextManager[None]:
        # Its texts are always texts, and its pages have sums of their own.
        return nullcontext()

    def _mend_frame(self) -> tuple[str, ...]:
        # Its keepers look after its indexes, with tools and rights of their own.
        return ()

    def _insert(self, additions: Sequence[Addition]) -> None:
        with self._connected().cursor() as cursor, cursor.copy(COPY) as copy:
            for part in copied(additions):
                copy.write(part)

    def _bring_forward(self) -> None:
        """Checks whose database it is, and makes the tables in an empty one."""
        connection = self._connected()
        (encoding,) = self._asked("SELECT current_setting('server_encoding')", ())[0]
        if encoding != "UTF8":
            raise ForeignDatabase(f"{self.place} ({encoding})")
        if not self._tables():
            try:
                with connection.transaction():
                    for statement in statements(bytes_type="BYTEA", whole_number="BIGINT"):
                        connection.execute(statement.encode())
                    self._write("INSERT INTO meta(key, value) VALUES('shape', ?)", str(NUMBER))
            except psycopg.Error as error:
                # Another hub that starts at the same moment makes the same tables.
                if error.sqlstate not in _MADE_MEANWHILE:
                    raise
        if self._tables() != len(TABLES):
            raise ForeignDatabase(self.place)
        try:
            found = self._asked("SELECT value FROM meta WHERE key = 'shape'", ())
        except psycopg.errors.UndefinedColumn as error:
            raise ForeignDatabase(self.place) from error
        if not found or not found[0][0].isdigit():
            raise ForeignDatabase(self.place)
        if int(found[0][0]) > NUMBER:
            raise NewerStore(self.place)

    def _tables(self) -> int:
        """How many of a hub's tables there are."""
        names = ", ".join(f"'{table}'" for table in TABLES)
        ((number,),) = self._asked(
            "SELECT count(*) FROM information_schema.tables"
            f" WHERE table_schema = current_schema() AND table_name IN ({names})",
            (),
        )
        return int(number)


@lru_cache(maxsize=128)
def _marked(sql: str) -> bytes:
    """A statement with PostgreSQL's own marks, for values that go over as they are."""
    return sql.replace("?", "%b").encode()


def _read(url: str) -> ConnDict:
    """The parts of an address. Raises InputRefused, without the driver's words: a password with a
    sign in it that ends a part is read as a host or a port, and would be said.
    """
    try:
        given = conninfo_to_dict(url)
        parts = f"{given.get('host', '')}{given.get('dbname', '')}"
        ports = str(given.get("port", "")).replace(",", "")
        is_whole = "@" not in parts and (not ports or ports.isdecimal())
    except psycopg.ProgrammingError:
        is_whole = False
    if not is_whole:
        raise InputRefused(
            "database",
            "읽을 수 없는 데이터베이스 주소입니다. postgresql://사용자@호스트:포트/이름 꼴로 쓰고, "
            "암호 안의 기호는 %40처럼 바꿔 쓰거나 암호를 PGPASSFILE 파일에 두세요.",
            "The address of the database cannot be read; write postgresql://USER@HOST:PORT/NAME, "
            "with signs in a password as %40, or the password in a PGPASSFILE.",
        )
    return given


def _place(given: Mapping[str, object]) -> str:
    """How people are told which database it is; without user and password."""
    hosts = str(given.get("host") or given.get("hostaddr") or "localhost").split(",")
    ports = str(given.get("port") or "5432").split(",")
    if len(ports) != len(hosts):
        ports = ports[:1] * len(hosts)
    where = ",".join(f"{host}:{port}" for host, port in zip(hosts, ports, strict=True))
    return f"postgresql://{where}/{given.get('dbname') or ''}"


def _first_line(error: BaseException) -> str:
    return str(error).partition("\n")[0][:200]

"""A hub's database by its address."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from db.clock import Clock, system_clock
from db.exchange.trust.trust import Trust
from db.hub.database.shelf import HubShelf
from db.problems import InputRefused
from db.store.page import Page

_SQLITE = "sqlite:///"
_POSTGRESQL = ("postgresql://", "postgres://")


class Database:
    """`sqlite:///F` or `postgresql://...`, of which anybody opens a connection of his own.

    `sqlite:///hub.db` lies in the working directory, `sqlite:////srv/hub.db` does not. A
    PostgreSQL address may name several hosts; the one that may be written is found.
    """

    def __init__(self, url: str, clock: Clock = system_clock) -> None:
        """Raises InputRefused for any other address."""
        if url.startswith(_SQLITE) and url != _SQLITE:
            # Only what is asked for is loaded: most hubs never meet the other one.
            from db.hub.database.sqlite import SqliteShelf

            self._written: Callable[[Page], object] = SqliteShelf.written
            self._open: Callable[[Trust, Clock], HubShelf] = partial(
                SqliteShelf, Path(url.removeprefix(_SQLITE))
            )
        elif url.startswith(_POSTGRESQL):
            # As above.
            from db.hub.database.postgresql import PostgresqlShelf

            self._written = PostgresqlShelf.written
            self._open = partial(PostgresqlShelf, url)
        else:
            raise InputRefused(
                "database",
                "데이터베이스 주소는 sqlite:///파일 또는 postgresql://호스트/이름이어야 합니다.",
                "The database must be sqlite:///FILE or postgresql://HOST/NAME.",
            )
        self._clock = clock

    def open(self, trust: Trust) -> HubShelf:
        """A connection, made ready if the database is new. Raises what the databases raise for
        what they hold.
        """
        return self._open(trust, self._clock)

    def written(self, page: Page) -> object:
        """`HubShelf.written`, for those who have no connection."""
        return self._written(page)


def open_shelf(url: str, trust: Trust, clock: Clock = system_clock) -> HubShelf:
    """One connection to the database at an address. Raises as `Database` does."""
    return Database(url, clock).open(trust)

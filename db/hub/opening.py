"""Opens a hub's database by its address."""

from __future__ import annotations

from pathlib import Path

from db.clock import Clock, system_clock
from db.exchange.trust import Trust
from db.hub.shelf import HubShelf
from db.problems import InputRefused

_SQLITE = "sqlite:///"
_POSTGRESQL = ("postgresql://", "postgres://")


def open_shelf(url: str, trust: Trust, clock: Clock = system_clock) -> HubShelf:
    """A connection of its own to `sqlite:///F` or `postgresql://...`, made ready if it is new.

    `sqlite:///hub.db` lies in the working directory, `sqlite:////srv/hub.db` does not. A
    PostgreSQL address may name several hosts; the one that may be written is found. Raises
    InputRefused for another address, and what the databases raise for what they hold.
    """
    if url.startswith(_SQLITE) and url != _SQLITE:
        # Only what is asked for is loaded: most hubs never meet the other one.
        from db.hub.on_sqlite import SqliteShelf

        return SqliteShelf(Path(url.removeprefix(_SQLITE)), trust, clock)
    if url.startswith(_POSTGRESQL):
        # As above.
        from db.hub.on_postgresql import PostgresqlShelf

        return PostgresqlShelf(url, trust, clock)
    raise InputRefused(
        "database",
        "데이터베이스 주소는 sqlite:///파일 또는 postgresql://호스트/이름이어야 합니다.",
        "The database must be sqlite:///FILE or postgresql://HOST/NAME.",
    )

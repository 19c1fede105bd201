"""A hub's database of each kind, in a city with a kiosk and a desk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from db.exchange.pages.store_shelf import StoreShelf
from db.exchange.trust.papers import DeviceRole
from db.exchange.trust.trust import Trust
from db.hub.database.opening import open_shelf
from db.hub.database.shelf import HubShelf
from tests.db.exchange.city import City, a_city
from tests.db.in_memory import NOON
from tests.postgresql import Server


class Database:
    """One database, and as many hubs before it as a test opens."""

    def __init__(self, url: str, city: City, stack: ExitStack) -> None:
        self.url, self.city, self._stack = url, city, stack

    def hub(self) -> HubShelf:
        """Another hub before this database, with everything the city has signed so far."""
        trust = Trust(lambda: NOON)
        trust.accept(self.city.authority.papers, "papers")
        shelf = open_shelf(self.url, trust, lambda: NOON)
        self._stack.callback(shelf.close)
        return shelf


@pytest.fixture
def city(tmp_path: Path) -> Iterator[City]:
    with a_city(tmp_path / "authority") as made:
        yield made


@pytest.fixture
def kiosk(city: City) -> StoreShelf:
    return city.enrol(DeviceRole.KIOSK, "완산도서관")


@pytest.fixture
def desk(city: City) -> StoreShelf:
    return city.enrol(DeviceRole.DESK, "책의도시과")


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database that does not hold anything yet; every test runs on both kinds."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'hub.db'}"
        return
    server: Server = request.getfixturevalue("postgresql")
    with server.database() as address:
        yield address


@pytest.fixture
def database(url: str, city: City) -> Iterator[Database]:
    with ExitStack() as stack:
        yield Database(url, city, stack)


@pytest.fixture
def on_postgresql(postgresql: Server, city: City) -> Iterator[Database]:
    """For what only a server can do: go away, and let several write at a time."""
    with postgresql.database() as url, ExitStack() as stack:
        yield Database(url, city, stack)


@pytest.fixture
def hub(database: Database, kiosk: StoreShelf, desk: StoreShelf) -> HubShelf:
    """A hub that knows the kiosk and the desk."""
    return database.hub()

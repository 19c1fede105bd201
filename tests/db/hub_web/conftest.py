"""A city with a hub that is running, a kiosk and a desk that call it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path

import httpx
import pytest

from db.exchange.pages.store_shelf import StoreShelf
from db.exchange.trust.papers import DeviceRole
from db.hub.limits import Limits
from tests.db.exchange.city import City, a_city
from tests.db.hub_web.running import Caller, Clock, make_hub, serving
from tests.postgresql import Server

Fresh = Callable[[], str]
"""The address of one more empty database."""


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def city(tmp_path: Path, clock: Clock) -> Iterator[City]:
    with a_city(tmp_path / "authority", clock) as made:
        yield made


@pytest.fixture
def kiosk(city: City) -> StoreShelf:
    return city.enrol(DeviceRole.KIOSK, "완산도서관")


@pytest.fixture
def desk(city: City) -> StoreShelf:
    return city.enrol(DeviceRole.DESK, "책의도시과")


@pytest.fixture
def limits() -> Limits:
    return Limits()


@pytest.fixture
def hub_dir(tmp_path: Path, city: City, kiosk: StoreShelf, desk: StoreShelf) -> Path:
    """The data directory of a hub that knows the kiosk and the desk."""
    make_hub(tmp_path / "hub", city)
    return tmp_path / "hub"


@pytest.fixture
def fresh(tmp_path: Path) -> Fresh:
    """Where the kind of database does not matter, it is the one that is made fastest."""
    return _files(tmp_path)


@pytest.fixture(params=["sqlite", "postgresql"])
def fresh_of_each_kind(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Fresh]:
    """What a module calls `fresh` where the database matters: its tests run on both kinds."""
    if request.param == "sqlite":
        yield _files(tmp_path)
        return
    server: Server = request.getfixturevalue("postgresql")
    with ExitStack() as stack:
        yield lambda: stack.enter_context(server.database())


@pytest.fixture
def database(fresh: Fresh) -> str:
    return fresh()


def _files(folder: Path) -> Fresh:
    numbers = count(1)
    return lambda: f"sqlite:///{folder / f'hub{next(numbers)}.db'}"


@pytest.fixture
def proxy() -> str | None:
    """Who is believed when it says from where a call came."""
    return None


@pytest.fixture
def hub(
    hub_dir: Path, database: str, clock: Clock, limits: Limits, proxy: str | None
) -> Iterator[str]:
    """The address of a running hub."""
    with serving(hub_dir, database, clock, limits, proxy) as address:
        yield address


@pytest.fixture
def caller(hub: str) -> Iterator[Callable[[StoreShelf], Caller]]:
    """Lets a device call the hub."""
    with ExitStack() as stack:
        http = stack.enter_context(httpx.Client(timeout=20, trust_env=False))
        yield lambda shelf: Caller(hub, shelf, http)


@pytest.fixture
def at_kiosk(caller: Callable[[StoreShelf], Caller], kiosk: StoreShelf) -> Caller:
    return caller(kiosk)


@pytest.fixture
def at_desk(caller: Callable[[StoreShelf], Caller], desk: StoreShelf) -> Caller:
    return caller(desk)

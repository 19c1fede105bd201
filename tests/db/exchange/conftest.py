"""A city with a kiosk and a desk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from db.exchange.pages.store_shelf import StoreShelf
from db.exchange.trust.papers import DeviceRole
from tests.db.exchange.between import Between, between
from tests.db.exchange.city import City, a_city
from tests.db.exchange.machines import Machines


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


@pytest.fixture
def machines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Machines:
    return Machines(tmp_path, capsys)


@pytest.fixture
def url(machines: Machines) -> Iterator[str]:
    """The address of a real hub of this city."""
    from tests.db.exchange.live_hub import live_hub  # the web framework: only where it is met

    machines.enrol("hub", "hub")
    with live_hub(machines.of("hub")) as address:
        yield address


@pytest.fixture
def line(url: str) -> Iterator[Between]:
    """The same hub, behind a line that a test may break."""
    with between(url) as made:
        yield made

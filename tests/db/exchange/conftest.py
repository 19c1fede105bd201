"""A city with a kiosk and a desk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from db.exchange.papers import Role
from db.exchange.shelf import StoreShelf
from tests.db.exchange.city import City, a_city
from tests.db.exchange.machines import Machines


@pytest.fixture
def city(tmp_path: Path) -> Iterator[City]:
    with a_city(tmp_path / "authority") as made:
        yield made


@pytest.fixture
def kiosk(city: City) -> StoreShelf:
    return city.enrol(Role.KIOSK, "완산도서관")


@pytest.fixture
def desk(city: City) -> StoreShelf:
    return city.enrol(Role.DESK, "책의도시과")


@pytest.fixture
def machines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Machines:
    return Machines(tmp_path, capsys)

"""Stores for tests: one on disk in its own directory, with a clock that stands still."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from db.store.opening import open_store
from db.store.store import Store
from tests.frozen_clock import FrozenClock


@pytest.fixture
def store(data_dir: Path, frozen_clock: FrozenClock) -> Iterator[Store]:
    """A fresh store on disk."""
    with open_store(data_dir, frozen_clock) as opened:
        yield opened

"""What several tests of the kiosk stand on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.desktop.kiosk.exchange_counter import Counter


@pytest.fixture
def counter(tmp_path: Path, qtbot: QtBot) -> Iterator[Counter]:
    made = Counter(tmp_path, qtbot)
    yield made
    made.pages.wipe()
    made.tasks.close()

"""The house stands as drawn: a contract that nothing breaks proves little, so each is broken."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.gates.sources import (
    FLOORS,
    ROOT,
    imported_names,
    is_or_is_below,
    place,
    python_files,
    tree_of,
)

PLANTS = {
    "db reaches up into desktop": ("db/planted.py", "import desktop.assets"),
    "db draws": ("db/planted.py", "from PySide6 import QtCore"),
    "the theme opens a screen": ("desktop/theme/planted.py", "import desktop.kiosk"),
    "a widget uses the map": ("desktop/widgets/planted.py", "import desktop.map"),
    "the map reads the catalogue": ("desktop/map/planted.py", "import db.catalogue.loading"),
    "exchange knows the hub": ("db/exchange/planted.py", "import db.hub.database.shelf"),
    "the kiosk opens a hub's database": (
        "desktop/kiosk/planted.py",
        "import db.hub.database.opening",
    ),
    "exchange serves": ("db/exchange/planted.py", "import fastapi"),
    "a command speaks to PostgreSQL": ("desktop/commands/planted.py", "import psycopg"),
    "a screen opens another": (
        "desktop/kiosk/help/planted.py",
        "import desktop.kiosk.home.view",
    ),
    "the desk shows a kiosk's screen": (
        "desktop/desk/planted.py",
        "import desktop.kiosk.home.view",
    ),
    "a screen of the desk opens another": (
        "desktop/desk/exchange/planted.py",
        "import desktop.desk.inbox.view",
    ),
    "a record needs a key": ("db/records/planted.py", "import db.keys.device"),
    "neighbours import each other": (
        "desktop/kiosk/shell/planted.py",
        "import desktop.kiosk.screens",
    ),
    "a room without a floor": ("desktop/planted.py", "import desktop.assets"),
    "a word asks the store": ("desktop/words/planted.py", "import db.store.store"),
    "resources compute": ("resources/planted.py", "import db.catalogue.loading"),
}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("house")
    for path in python_files(*FLOORS):
        target = copy / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    shutil.copy(ROOT / "pyproject.toml", copy)
    return copy


def contracts(house: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    return subprocess.run(command, cwd=house, capture_output=True, text=True, check=False)


def test_the_import_contracts_are_kept(house: Path) -> None:
    answer = contracts(house)
    assert answer.returncode == 0, answer.stdout


@pytest.mark.parametrize("plant", PLANTS)
def test_a_planted_illegal_import_breaks_a_contract(house: Path, plant: str) -> None:
    name, line = PLANTS[plant]
    planted = house / name
    planted.write_text(line + "\n", encoding="utf-8")
    try:
        answer = contracts(house)
    finally:
        planted.unlink()
    assert answer.returncode == 1
    assert "BROKEN" in answer.stdout
    # Of a circle the folders are named, not the file.
    assert planted.stem in answer.stdout or f".{planted.parent.name} -> " in answer.stdout


def test_presenters_and_the_store_know_no_widget() -> None:
    presenters = [*python_files("desktop/exchange"), *python_files("desktop/words")]
    presenters += [
        p for p in python_files("desktop/kiosk", "desktop/desk") if p.stem in ("presenter", "state")
    ]
    assert len(presenters) > 36
    quiet = [*python_files("db"), *presenters]
    found = [
        place(path, line)
        for path in quiet
        for line, name in imported_names(tree_of(path))
        if is_or_is_below(name, "PySide6.QtWidgets") or is_or_is_below(name, "PySide6.QtGui")
    ]
    assert not found


def test_only_one_sqlite_library_is_ever_loaded() -> None:
    others = ("sqlite3", "_sqlite3", "apsw", "PySide6.QtSql", "aiosqlite")
    # The disk that forgets stands in a process of its own, which takes pysqlite3's place.
    alone = ("tests/db/power/forgetful_disk.py", "tests/db/power/apsw_binding.py")
    found = [
        place(path, line)
        for path in python_files(*FLOORS, "tests")
        if place(path) not in alone
        for line, name in imported_names(tree_of(path))
        if any(is_or_is_below(name, other) for other in others)
    ]
    assert not found


def test_charts_alone_import_pyqtgraph() -> None:
    found = [
        place(path, line)
        for path in python_files("desktop")
        if "charts" not in path.parts
        for line, name in imported_names(tree_of(path))
        if is_or_is_below(name, "pyqtgraph")
    ]
    assert not found

"""What commands say of rot: the rows by name, an exit status, and never a traceback."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from db.exchange.trust.trust import Trust
from db.hub.database.sqlite import SqliteShelf
from db.participation.feedback import add_feedback
from db.store.opening import open_store
from desktop.__main__ import main
from tests.db.in_memory import NOON, praise


def spoil(home: Path, sql: str) -> str:
    with open_store(home) as store:
        for number in range(3):
            add_feedback(store, praise(f"의견 {number}"))
        store.rows(sql)
        return store.device


@pytest.mark.parametrize("column", ["kind = 'praisf'", "about = 'x'", "erased = 2"])
def test_a_rotten_row_is_named_and_written_anew(tmp_path: Path, capsys: Any, column: str) -> None:
    home = tmp_path / "home"
    device = spoil(home, f"UPDATE feedback SET {column} WHERE seq = 2")
    words = ["feedback", "list", "--data-dir", str(home), "--json"]
    assert main(words) == 0
    said = capsys.readouterr()
    texts = [row["text"] for row in json.loads(said.out)["feedback"]]
    assert texts == ["의견 0", "의견 1", "의견 2"]
    assert f"{device}/2" in said.err and len(said.err.splitlines()) == 1
    assert main(words) == 0
    assert capsys.readouterr().err == ""


def test_a_store_that_is_open_elsewhere_is_left_to_who_has_it(tmp_path: Path, capsys: Any) -> None:
    home = tmp_path / "home"
    spoil(home, "UPDATE feedback SET kind = 'praisf' WHERE seq = 2")
    with open_store(home):
        assert main(["feedback", "list", "--data-dir", str(home)]) == 0
    assert "puts them right within a day" in capsys.readouterr().err


def test_a_backup_that_had_to_leave_something_out_says_so(tmp_path: Path, capsys: Any) -> None:
    home = tmp_path / "home"
    device = spoil(home, "UPDATE event SET body = '{}' WHERE seq = 2")
    assert main(["backup", str(tmp_path / "b.db"), "--data-dir", str(home)]) == 1
    assert f"{device}/2" in capsys.readouterr().err
    assert main(["restore", str(tmp_path / "b.db"), "--data-dir", str(tmp_path / "new")]) == 0


def test_a_hub_is_looked_through(tmp_path: Path, capsys: Any) -> None:
    file = tmp_path / "hub.db"
    SqliteShelf(file, Trust(), lambda: NOON).close()
    words = ["hub-check", "--data-dir", str(tmp_path), "--database", f"sqlite:///{file}"]
    assert main(words) == 0
    assert "everything fits" in capsys.readouterr().out
    shelf = SqliteShelf(file, Trust(), lambda: NOON)
    shelf.connection.execute("INSERT INTO device VALUES('a', x'00', 5, x'01')")
    shelf.close()
    assert main(words) == 1
    assert "device a" in capsys.readouterr().out

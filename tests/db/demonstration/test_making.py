"""Demonstration data: real journals, marked for good, and never beside what is real."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.demonstration.making import make_demonstration
from db.participation.csv_export import export_feedback
from db.participation.feedback import NewFeedback, add_feedback, list_feedback
from db.problems import InputRefused
from db.records.feedback import About, Kind, ReviewState
from db.store.demonstration import MARK, is_demonstration
from db.store.opening import open_store
from db.store.verification import projection_faults, verify


def test_journals_verify_tables_follow_and_every_export_is_marked(tmp_path: Path) -> None:
    made = make_demonstration(tmp_path / "d", 1200, seed=4)
    with open_store(tmp_path / "d") as store:
        assert is_demonstration(store)
        assert verify(store) == ()
        assert projection_faults(store) == []
        rows, _after = list_feedback(store, limit=2000)
        reviews = store.row("SELECT count(*), count(DISTINCT state) FROM review")
        assert (len(rows), made.feedback) == (1200, 1200)
        assert reviews == (made.reviews, len(ReviewState) - 1) and made.reviews >= 300
        assert store.row("SELECT count(*) FROM reply") == (made.replies,)
        assert any(row.has_contact for row in rows) and any(not row.text for row in rows)
        assert max(row.at_us for row in rows) <= store.clock()
        export_feedback(store, tmp_path / "out.csv")
    head, *lines = (tmp_path / "out.csv").read_text(encoding="utf-8-sig").splitlines()
    assert head.startswith(f"{MARK},") and all(line.startswith(f"{MARK},") for line in lines)


def test_the_same_seed_says_the_same_and_another_something_else(tmp_path: Path) -> None:
    said = []
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        make_demonstration(tmp_path / name, 60, seed=seed)
        with open_store(tmp_path / name) as store:
            said.append([row.text for row in list_feedback(store, limit=100)[0]])
    assert said[0] == said[1] != said[2]


def test_a_store_that_holds_anything_is_refused(tmp_path: Path) -> None:
    with open_store(tmp_path / "real") as store:
        add_feedback(store, NewFeedback(about=About.GENERAL, kind=Kind.PRAISE, text="좋아요"))
    with pytest.raises(InputRefused, match="real records"):
        make_demonstration(tmp_path / "real", 5)
    with open_store(tmp_path / "real") as store:
        assert not is_demonstration(store)
    make_demonstration(tmp_path / "made", 5)
    with pytest.raises(InputRefused, match="demonstration data already"):
        make_demonstration(tmp_path / "made", 5)

"""Killed at any moment: what had a receipt is there, once, and the store opens every time."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from db.participation.feedback import list_feedback
from db.participation.replies import look_up
from db.store.notices import notices
from db.store.opening import open_store
from db.store.verification import verify

ROOT = Path(__file__).resolve().parents[2]


def kill_while_saving(data_dir: Path, after: int) -> list[str]:
    """Lets a saver confirm at least `after` feedback, kills it, returns all it confirmed."""
    saver = subprocess.Popen(
        [sys.executable, "-m", "tests.db.saver", str(data_dir)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    with saver:
        assert saver.stdout is not None
        confirmed = [saver.stdout.readline() for _ in range(after)]
        saver.kill()
        confirmed += saver.stdout.read().splitlines(keepends=True)
    return [line.strip() for line in confirmed if line.endswith("\n")]


def check_kills(data_dir: Path, kills: int) -> None:
    chance, confirmed = random.Random(random.getrandbits(64)), list[str]()
    for _ in range(kills):
        confirmed += kill_while_saving(data_dir, chance.randint(1, 40))
    with open_store(data_dir) as store:
        stored = [row.id for row in list_feedback(store, limit=10_000_000)[0]]
        assert len(stored) == len(set(stored))
        assert len(confirmed) <= len(stored) <= len(confirmed) + kills
        assert {line.split()[1] for line in confirmed} <= set(stored)
        for line in chance.sample(confirmed, min(50, len(confirmed))):
            code, id = line.split()
            status = look_up(store, code)
            assert status is not None and status.id == id
        assert verify(store) == ()
        assert notices(store) == ()


def test_no_receipt_is_lost_or_doubled_when_the_process_is_killed(data_dir: Path) -> None:
    check_kills(data_dir, 12)


@pytest.mark.soak
@pytest.mark.timeout(7200)
def test_no_receipt_is_lost_or_doubled_in_a_thousand_kills(data_dir: Path) -> None:
    check_kills(data_dir, 1000)

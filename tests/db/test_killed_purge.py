"""Killed at any moment of a purge: whole erasures with their redactions, and the rest next time."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from db.clock import DAY_US
from db.exchange.enrolment.accepting import accept_enrolment
from db.exchange.enrolment.authority import make_authority
from db.exchange.pages.store_shelf import StoreShelf
from db.exchange.trust.papers import DeviceRole, Request
from db.participation.feedback import add_feedback
from db.store.notices import notices
from db.store.opening import open_store
from db.store.verification import verify
from tests.db.in_memory import PHONE, praise
from tests.db.moments import NEVER, Moments

ROOT = Path(__file__).resolve().parents[2]
KILLS, SOAK = 8, 2_000
"""Purges that died in the middle; those that were done before are not counted."""
FEEDBACK = 240
SECRET = "지워질 글".encode()

Kill = Callable[[Path, int, int], int | None]


@pytest.fixture
def kill() -> Iterator[Kill]:
    """Lets a process purge and kills it after so many microseconds; how many it took when it was
    done before, None when it died.
    """
    mortal = subprocess.Popen(
        [sys.executable, "-m", "tests.db.mortal_purge"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert mortal.stdin is not None and mortal.stdout is not None
    given, said = mortal.stdin, mortal.stdout

    def order(data_dir: Path, ran: int, after_us: int) -> int | None:
        document = {"data_dir": str(data_dir), "ran": ran, "after_us": after_us}
        given.write(json.dumps(document) + "\n")
        given.flush()
        answer = said.readline().strip()
        return None if answer == "died" else int(answer)

    with mortal:
        yield order
        given.close()


@pytest.fixture
def desk(kill: Kill, tmp_path: Path) -> Path:
    """A desk with feedback that it has known since the machine started."""
    data_dir = tmp_path / "desk"
    with open_store(data_dir) as store:
        authority = make_authority(tmp_path / "authority")
        public_key, age = store.keys.public.hex(), store.keys.age_recipient
        request = Request(public_key=public_key, age=age, name="", at_us=0)
        certificate = authority.sign(request, DeviceRole.DESK, "desk")
        accept_enrolment(StoreShelf(store), authority.papers_for(certificate), "papers")
        for number in range(FEEDBACK):
            add_feedback(store, praise(f"지워질 글 {number}", contact=PHONE))
    assert kill(data_dir, 0, NEVER) is not None
    return data_dir


def check(kill: Kill, desk: Path, tmp_path: Path, kills: int) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(desk, copy)
    moments, halfway = Moments(kill(copy, 31 * DAY_US, NEVER)), 0
    while moments.died < kills:
        shutil.rmtree(copy)
        shutil.copytree(desk, copy)
        moments.note(kill(copy, 31 * DAY_US, moments.next()))
        with open_store(copy) as store:
            assert verify(store) == ()
            left, half, redactions = store.rows(
                "SELECT count(body), count(*) FILTER (WHERE (body IS NULL) <> (sealed IS NULL)),"
                " (SELECT count(*) FROM redaction) FROM event WHERE kind = 'feedback.submitted'"
            )[0]
            assert half == 0 and left + redactions == FEEDBACK
            assert [each.kind for each in notices(store)] in ([], ["retention"])
        halfway += 0 < left < FEEDBACK
        assert kill(copy, 31 * DAY_US, NEVER) is not None
        found = [f for f in copy.rglob("*") if f.is_file() and SECRET in f.read_bytes()]
        assert found == []
    assert halfway > 0


def test_a_kill_in_a_purge_leaves_whole_erasures_and_the_next_one_finishes(
    kill: Kill, desk: Path, tmp_path: Path
) -> None:
    check(kill, desk, tmp_path, KILLS)


@pytest.mark.soak
@pytest.mark.timeout(7200)
def test_thousands_of_kills_in_a_purge_leave_whole_erasures(
    kill: Kill, desk: Path, tmp_path: Path
) -> None:
    check(kill, desk, tmp_path, SOAK)

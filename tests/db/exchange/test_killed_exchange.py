"""Killed at any moment while a bundle is written or read: no half file, no half page, no loss."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from db.exchange.carriers.bundle import SUFFIX
from db.exchange.carriers.bundle_reading import read_bundle
from db.exchange.enrolment.accepting import accept_enrolment
from db.exchange.enrolment.authority import Authority, make_authority, open_authority
from db.exchange.pages.store_shelf import StoreShelf
from db.exchange.status.status import exchange_status
from db.exchange.status.store_hash import store_hash
from db.exchange.trust.papers import DeviceRole, Request
from db.records import Kind
from db.records.event_kinds import FEEDBACK
from db.records.feedback import FeedbackBody
from db.store.journal import append
from db.store.notices import notices
from db.store.opening import open_store
from db.store.store import Store
from db.store.verification import verify
from tests.db.exchange.words import long_feedback
from tests.db.moments import NEVER, Moments

ROOT = Path(__file__).resolve().parents[3]
KILLS, SOAK = 20, 5_000
"""Processes that died in the middle; those that were done before are not counted."""
EVENTS = 1_600
"""Four pages, and a file for each of them."""

Kill = Callable[[str, Path, Path, int], int | None]


@pytest.fixture
def kill() -> Iterator[Kill]:
    """Lets a process do one act and kills it after so many microseconds; how many it took when it
    was done before, None when it died.
    """
    mortal = subprocess.Popen(
        [sys.executable, "-m", "tests.db.exchange.mortal"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert mortal.stdin is not None and mortal.stdout is not None
    given, said = mortal.stdin, mortal.stdout

    def order(act: str, data_dir: Path, place: Path, after_us: int) -> int | None:
        document = {"act": act, "data_dir": str(data_dir), "place": str(place)}
        given.write(json.dumps(document | {"after_us": after_us}) + "\n")
        given.flush()
        answer = said.readline().strip()
        return None if answer == "died" else int(answer)

    with mortal:
        yield order
        given.close()


@pytest.fixture
def kiosk(tmp_path: Path) -> Path:
    """A kiosk with feedback for several files."""
    data_dir = tmp_path / "kiosk"
    with open_store(data_dir) as store:
        for at in range(0, EVENTS, 40):
            with store.change() as connection:
                for text in long_feedback(40, seed=at):
                    body = FeedbackBody(kind=Kind.PRAISE, text=text)
                    append(store, connection, FEEDBACK, "general", body)
        enrol(make_authority(tmp_path / "authority"), store, DeviceRole.KIOSK)
    return data_dir


def enrol(authority: Authority, store: Store, role: DeviceRole) -> StoreShelf:
    public_key, age = store.keys.public.hex(), store.keys.age_recipient
    request = Request(public_key=public_key, age=age, name="", at_us=0)
    certificate = authority.sign(request, role, role.value)
    shelf = StoreShelf(store)
    accept_enrolment(shelf, authority.papers_for(certificate), "papers")
    return shelf


@pytest.fixture
def desk(kiosk: Path, tmp_path: Path) -> Path:
    with open_store(tmp_path / "desk") as store:
        enrol(open_authority(tmp_path / "authority"), store, DeviceRole.DESK)
    return tmp_path / "desk"


def check_writing(kill: Kill, kiosk: Path, desk: Path, stick: Path, kills: int) -> None:
    """Every file that has its name is whole; what is marked as sent stands in such a file."""
    stick.mkdir()
    moments = Moments(kill("write", kiosk, stick, NEVER))
    whole, halfway = empty(stick, desk, kiosk), 0
    while moments.died < kills:
        moments.note(kill("write", kiosk, stick, moments.next()))
        with open_store(desk) as store:
            for file in finished(stick):
                assert read_bundle(StoreShelf(store), file).rejected == 0
            ((arrived,),) = store.rows("SELECT count(*) FROM event")
        with open_store(kiosk) as store:
            status = exchange_status(StoreShelf(store))
        assert status.pending + status.sent_not_confirmed == EVENTS
        assert status.sent_not_confirmed <= arrived
        halfway += 0 < empty(stick, desk, kiosk) < whole
    assert halfway > 0
    assert kill("write", kiosk, stick, NEVER) is not None
    assert [file for file in stick.iterdir() if file.suffix != SUFFIX] == []
    check_whole(kiosk, desk, stick)


def check_reading(kill: Kill, kiosk: Path, desk: Path, stick: Path, kills: int) -> None:
    """The store opens every time and holds whole pages, each feedback once."""
    stick.mkdir()
    assert kill("write", kiosk, stick, NEVER) is not None
    moments, halfway = Moments(kill("read", desk, stick, NEVER)), 0
    forget(desk)
    while moments.died < kills:
        moments.note(kill("read", desk, stick, moments.next()))
        with open_store(desk) as store:
            assert verify(store) == ()
            assert notices(store) == ()
            ((held,),) = store.rows("SELECT count(*) FROM event")
        halfway += 0 < held < EVENTS
        if held == EVENTS:
            forget(desk)
    assert halfway > 0
    check_whole(kiosk, desk, stick)


def check_whole(kiosk: Path, desk: Path, stick: Path) -> None:
    """The next writing and reading that nobody disturbs bring everything over."""
    with open_store(desk) as store, open_store(kiosk) as written:
        for file in finished(stick):
            read_bundle(StoreShelf(store), file)
        assert store_hash(store) == store_hash(written)
        assert notices(written) == ()


def finished(stick: Path) -> list[Path]:
    return sorted(stick.glob(f"*{SUFFIX}"))


def forget(data_dir: Path) -> None:
    """Takes every journal out of a store, or only what it sent where the journal is its own."""
    with open_store(data_dir) as store, store.change() as connection:
        connection.execute("DELETE FROM sent")
        for table in ("event", "feedback"):
            connection.execute(f"DELETE FROM {table} WHERE device <> ?", (store.device,))


def empty(stick: Path, desk: Path, kiosk: Path) -> int:
    """All as it was before anything was written; how many files had their names."""
    files = finished(stick)
    for file in files:
        file.unlink()
    for data_dir in (desk, kiosk):
        forget(data_dir)
    return len(files)


def test_a_kill_while_a_bundle_is_written_leaves_whole_files_or_none(
    kill: Kill, kiosk: Path, desk: Path, tmp_path: Path
) -> None:
    check_writing(kill, kiosk, desk, tmp_path / "stick", KILLS)


def test_a_kill_while_a_bundle_is_read_leaves_whole_pages_or_none(
    kill: Kill, kiosk: Path, desk: Path, tmp_path: Path
) -> None:
    check_reading(kill, kiosk, desk, tmp_path / "stick", KILLS)


@pytest.mark.soak
@pytest.mark.timeout(7200)
def test_thousands_of_kills_while_writing_leave_whole_files_or_none(
    kill: Kill, kiosk: Path, desk: Path, tmp_path: Path
) -> None:
    check_writing(kill, kiosk, desk, tmp_path / "stick", SOAK)


@pytest.mark.soak
@pytest.mark.timeout(7200)
def test_thousands_of_kills_while_reading_leave_whole_pages_or_none(
    kill: Kill, kiosk: Path, desk: Path, tmp_path: Path
) -> None:
    check_reading(kill, kiosk, desk, tmp_path / "stick", SOAK)

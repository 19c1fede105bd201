"""Disks that are full or may not be written: whole pages or none, and one calm sentence."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.exchange.carriers.bundle import write_bundles
from db.exchange.carriers.bundle_reading import read_bundle
from db.exchange.carriers.rescue import RescueStopped, rescue
from db.exchange.enrolment.accepting import accept_enrolment, accept_papers
from db.exchange.enrolment.authority import Authority, make_authority
from db.exchange.pages.store_shelf import StoreShelf
from db.exchange.status.outbox import sent
from db.exchange.status.store_hash import store_hash
from db.exchange.trust.papers import DeviceRole, Request
from db.problems import Cause, StorageUnavailable
from db.records import Kind
from db.records.event_kinds import FEEDBACK
from db.records.feedback import FeedbackBody
from db.store.journal import append
from db.store.opening import open_store
from db.store.store import Store
from db.store.verification import verify
from tests.db.exchange.words import long_feedback
from tests.left_out import leave_out

EVENTS = 2_000


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 16 MB that can be made read-only; only root may mount one."""
    path = tmp_path / "disk"
    path.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", str(path)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        leave_out("a full and a read-only disk need the right to mount one")
    yield path
    subprocess.run(["umount", str(path)], check=True)


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return make_authority(tmp_path / "authority")


@pytest.fixture
def kiosk(tmp_path: Path, authority: Authority) -> Iterator[StoreShelf]:
    """A kiosk with two thousand feedback."""
    with open_store(tmp_path / "kiosk") as store:
        with store.change() as connection:
            for text in long_feedback(EVENTS):
                body = FeedbackBody(kind=Kind.PRAISE, text=text)
                append(store, connection, FEEDBACK, "general", body)
        yield enrol(authority, store, DeviceRole.KIOSK)


def enrol(authority: Authority, store: Store, role: DeviceRole) -> StoreShelf:
    public_key, age = store.keys.public.hex(), store.keys.age_recipient
    request = Request(public_key=public_key, age=age, name="", at_us=0)
    certificate = authority.sign(request, role, role.value)
    shelf = StoreShelf(store)
    accept_enrolment(shelf, authority.papers_for(certificate), "papers")
    return shelf


def read_only(disk: Path, *, again: bool = False) -> None:
    mode = "remount,rw" if again else "remount,ro"
    subprocess.run(["mount", "-o", mode, str(disk)], check=True)


def fill(disk: Path) -> Path:
    """Leaves 200 kB of room."""
    filler = disk / "filler"
    room = os.statvfs(disk)
    filler.write_bytes(bytes(max(0, room.f_bavail * room.f_frsize - 200_000)))
    return filler


def test_a_desk_whose_disk_fills_keeps_whole_pages_and_takes_the_rest_once_there_is_room(
    small_disk: Path, kiosk: StoreShelf, authority: Authority, tmp_path: Path
) -> None:
    with open_store(small_disk / "desk") as store:
        desk = enrol(authority, store, DeviceRole.DESK)
        accept_papers(kiosk, authority.papers, "papers")
        (bundle,) = write_bundles(kiosk, tmp_path, everything=True)
        filler = fill(small_disk)
        with pytest.raises(StorageUnavailable) as refused:
            read_bundle(desk, Path(bundle.file))
        assert refused.value.cause in (Cause.FULL, Cause.INPUT_OUTPUT)
        assert verify(store) == ()
        assert desk.tail(kiosk.store.device) % 500 == 0
        filler.unlink()
        read_bundle(desk, Path(bundle.file))
        assert store_hash(store) == store_hash(kiosk.store)


def test_a_desk_that_may_not_write_takes_nothing_and_says_so(
    small_disk: Path, kiosk: StoreShelf, authority: Authority, tmp_path: Path
) -> None:
    with open_store(small_disk / "desk") as store:
        desk = enrol(authority, store, DeviceRole.DESK)
        accept_papers(kiosk, authority.papers, "papers")
        (bundle,) = write_bundles(kiosk, tmp_path, everything=True)
        # The system keeps a disk writable while files are open for writing; their closing is ours.
        store.connection.execute("PRAGMA query_only = ON")
        with pytest.raises(StorageUnavailable) as refused:
            read_bundle(desk, Path(bundle.file))
        assert refused.value.cause is Cause.READ_ONLY
        store.connection.execute("PRAGMA query_only = OFF")
        assert store.row("SELECT count(*) FROM event") == (0,)
        assert read_bundle(desk, Path(bundle.file)).new == EVENTS
    read_only(small_disk)
    try:
        with pytest.raises(StorageUnavailable) as refused:
            open_store(small_disk / "desk")
        assert str(small_disk) in refused.value.sentence("ko")
    finally:
        read_only(small_disk, again=True)
    with open_store(small_disk / "desk") as store:
        assert verify(store) == ()


def test_a_stick_that_may_not_be_written_is_named_and_nothing_counts_as_sent(
    small_disk: Path, kiosk: StoreShelf
) -> None:
    read_only(small_disk)
    try:
        with pytest.raises(StorageUnavailable) as refused:
            write_bundles(kiosk, small_disk, everything=True)
    finally:
        read_only(small_disk, again=True)
    assert refused.value.cause is Cause.READ_ONLY
    assert str(small_disk) in refused.value.sentence("en")
    assert sent(kiosk) == {}
    assert list(small_disk.iterdir()) == []


def test_a_rescue_that_fills_its_stick_says_what_is_missing_and_the_next_stick_takes_the_rest(
    small_disk: Path, kiosk: StoreShelf, authority: Authority, tmp_path: Path
) -> None:
    store = kiosk.store
    with open_store(tmp_path / "desk") as other:
        desk = enrol(authority, other, DeviceRole.DESK)
        accept_papers(kiosk, authority.papers, "papers")
        fill(small_disk)
        with pytest.raises(RescueStopped) as stopped:
            rescue(store.directory.path, small_disk, largest=60_000)
        done = stopped.value.done
        assert stopped.value.cause is Cause.FULL and done.files
        assert 0 < done.events < EVENTS and done.left == EVENTS - done.events
        for words in (stopped.value.ko, stopped.value.en):
            assert str(small_disk) in words and str(len(done.files)) in words
            assert str(done.left) in words and "cheonman" not in words
        assert {str(each) for each in small_disk.glob("rescue-*")} == set(done.files)
        # A stick that takes nothing at all changes nothing about where the next one goes on.
        with pytest.raises(RescueStopped) as again:
            rescue(store.directory.path, small_disk, largest=60_000, after=done.after)
        assert (again.value.done.files, again.value.done.after) == ((), done.after)
        rest = rescue(store.directory.path, tmp_path, largest=60_000, after=done.after)
        assert (rest.events, rest.left, rest.after) == (done.left, 0, None)
        for file in (*done.files, *rest.files):
            read_bundle(desk, Path(file))
        assert store_hash(other) == store_hash(store)

"""Bundles on a stick: whole or not there, of use by themselves, and open to the standard tool."""

from __future__ import annotations

import errno
import io
import os
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pyrage
import pytest

from db.exchange.carriers import bundle as bundling
from db.exchange.carriers.bundle import write_bundles
from db.exchange.carriers.bundle_reading import Reading, read_bundle
from db.exchange.enrolment.accepting import accept_enrolment
from db.exchange.enrolment.authority import Authority, make_authority
from db.exchange.pages.store_shelf import StoreShelf
from db.exchange.status.log import exchanges, last_exchange
from db.exchange.status.status import Counter, exchange_status, rows_of
from db.exchange.status.store_hash import store_hash
from db.exchange.trust.papers import DeviceRole, Request
from db.exchange.trust.sealing import identities
from db.participation.feedback import add_feedback
from db.participation.replies import add_reply
from db.problems import Cause, StorageUnavailable
from db.refusals import Reason, Refused
from db.store.opening import open_store
from db.store.store import Store
from tests.db.in_memory import PHONE, praise


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return make_authority(tmp_path / "authority")


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    path = tmp_path / "stick"
    path.mkdir()
    return path


def enrolled(authority: Authority, store: Store, role: DeviceRole, name: str) -> StoreShelf:
    public_key, age = store.keys.public.hex(), store.keys.age_recipient
    request = Request(public_key=public_key, age=age, name=name, at_us=0)
    certificate = authority.sign(request, role, name)
    shelf = StoreShelf(store)
    accept_enrolment(shelf, authority.papers_for(certificate), "papers")
    return shelf


@pytest.fixture
def desk(authority: Authority, tmp_path: Path) -> Iterator[StoreShelf]:
    with open_store(tmp_path / "desk") as store:
        yield enrolled(authority, store, DeviceRole.DESK, "검토대")


@pytest.fixture
def kiosk(authority: Authority, desk: StoreShelf, tmp_path: Path) -> Iterator[StoreShelf]:
    with open_store(tmp_path / "kiosk") as store:
        yield enrolled(authority, store, DeviceRole.KIOSK, "키오스크")


def some(shelf: StoreShelf, count: int) -> None:
    for number in range(count):
        add_feedback(shelf.store, praise(f"의견 {number}", contact=PHONE))


def test_a_bundle_has_its_name_only_when_it_is_whole(
    kiosk: StoreShelf, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    some(kiosk, 2)

    def torn(_file: Path, _data: bytes) -> None:
        raise OSError(errno.EIO, "the stick was pulled")

    monkeypatch.setattr(bundling, "_compare", torn)
    with pytest.raises(StorageUnavailable) as refused:
        write_bundles(kiosk, stick)
    assert str(stick) in refused.value.ko
    assert list(stick.iterdir()) == []
    status = exchange_status(kiosk)
    assert (status.pending, status.sent_not_confirmed, status.last_success_us) == (2, 0, None)
    assert exchanges(kiosk.store)[0].cause == "StorageUnavailable"


def test_what_reads_back_differently_from_the_stick_is_not_sent(
    kiosk: StoreShelf, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    some(kiosk, 1)
    flush = os.fsync

    def rotten(descriptor: int) -> None:
        flush(descriptor)
        name = os.readlink(f"/proc/self/fd/{descriptor}")
        if ".cheonman-" in name and name.endswith(".tmp"):
            with open(name, "r+b") as stream:
                stream.seek(200)
                stream.write(b"!")

    monkeypatch.setattr(os, "fsync", rotten)
    with pytest.raises(StorageUnavailable):
        write_bundles(kiosk, stick)
    assert list(stick.iterdir()) == []


def test_a_full_stick_keeps_what_fitted_and_the_next_one_takes_the_rest(
    kiosk: StoreShelf,
    desk: StoreShelf,
    stick: Path,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setattr("db.exchange.pages.exporting.MOST_EVENTS", 4)
    some(kiosk, 20)
    room = [2]
    compare = bundling._compare

    def full(file: Path, data: bytes) -> None:
        if not room[0]:
            raise OSError(errno.ENOSPC, "full")
        room[0] -= 1
        compare(file, data)

    monkeypatch.setattr(bundling, "_compare", full)
    with pytest.raises(StorageUnavailable) as refused:
        write_bundles(kiosk, stick, largest=1)
    assert refused.value.cause is Cause.FULL
    assert len(list(stick.iterdir())) == 2
    assert (exchange_status(kiosk).pending, exchange_status(kiosk).sent_not_confirmed) == (12, 8)
    room[0] = 100
    second = tmp_path / "second"
    second.mkdir()
    rest = write_bundles(kiosk, second, go_on=True, largest=1)
    assert sum(each.events for each in rest) == 12
    reading = Reading()
    # The second stick alone is no use, and says which events it needs first.
    for each in rest:
        read_bundle(desk, Path(each.file), into=reading)
    assert reading.gaps == {kiosk.store.device: 0}
    for file in sorted(stick.iterdir(), key=lambda file: file.stat().st_mtime_ns):
        read_bundle(desk, file, into=reading)
    for each in rest:
        read_bundle(desk, Path(each.file), into=reading)
    assert (reading.new, reading.gaps) == (20, {})
    assert store_hash(desk.store) == store_hash(kiosk.store)


def test_progress_is_told_in_events(
    kiosk: StoreShelf, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.exchange.pages.exporting.MOST_EVENTS", 4)
    some(kiosk, 10)
    told: list[tuple[int, int]] = []
    write_bundles(kiosk, stick, largest=1, progress=lambda done, total: told.append((done, total)))
    assert told == [(4, 10), (8, 10), (10, 10)]


def test_a_single_file_tells_of_its_progress_before_it_is_finished(
    kiosk: StoreShelf, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file of sixty megabytes takes a stick many seconds."""
    monkeypatch.setattr("db.exchange.pages.exporting.MOST_EVENTS", 4)
    monkeypatch.setattr(bundling, "_PIECE", 1_000)
    some(kiosk, 40)
    told: list[int] = []

    def working(done: int, total: int) -> None:
        assert total == 40 and list(stick.glob("*.age")) == []
        told.append(done)

    (made,) = write_bundles(kiosk, stick, working=working)
    assert told == sorted(told) and len(set(told)) >= 10 + made.bytes // 1_000 // 2
    assert told[0] == 2 and 20 in told and told[-1] == 40


def test_an_officer_opens_a_bundle_with_the_standard_age_tool(
    kiosk: StoreShelf, authority: Authority, stick: Path
) -> None:
    some(kiosk, 3)
    (made,) = write_bundles(kiosk, stick)
    key = authority.path / "city.age"
    tool = ["age", "-d", "-i", str(key), made.file]
    answer = subprocess.run(tool, capture_output=True, check=True)
    with tarfile.open(fileobj=io.BytesIO(answer.stdout)) as tar:
        names = tar.getnames()
    assert names[:2] == ["README", "manifest.json"]
    assert names[-1] == f"pages/{kiosk.store.device}/1-3"


def test_no_contact_can_be_read_from_a_bundle_with_the_keys_of_kiosk_or_desk(
    kiosk: StoreShelf, desk: StoreShelf, stick: Path
) -> None:
    some(kiosk, 1)
    (made,) = write_bundles(kiosk, stick)
    data = Path(made.file).read_bytes()
    for shelf in (kiosk, desk):
        keys = [each.text for each in identities(shelf.store.directory)]
        opened = pyrage.decrypt(data, [*map(pyrage.x25519.Identity.from_str, keys)])
        assert b"01012345678" not in opened and b"010-1234" not in opened


def test_every_counter_opens_to_as_many_rows_as_it_counts(
    kiosk: StoreShelf, desk: StoreShelf, stick: Path
) -> None:
    some(kiosk, 3)
    (made,) = write_bundles(kiosk, stick)
    some(kiosk, 2)
    status = exchange_status(kiosk)
    assert (status.pending, status.sent_not_confirmed) == (2, 3)
    assert len(rows_of(kiosk, Counter.PENDING)) == 2
    assert len(rows_of(kiosk, Counter.SENT_NOT_CONFIRMED)) == 3
    read_bundle(desk, Path(made.file))
    (answer,) = write_bundles(desk, stick)
    read_bundle(kiosk, Path(answer.file))
    status = exchange_status(kiosk)
    assert (status.pending, status.sent_not_confirmed) == (2, 0)
    assert [peer.behind for peer in status.peers] == [2]


def test_a_reply_that_travelled_sets_the_date_of_the_last_exchange(
    kiosk: StoreShelf, desk: StoreShelf, stick: Path
) -> None:
    receipt = add_feedback(kiosk.store, praise())
    (made,) = write_bundles(kiosk, stick)
    read_bundle(desk, Path(made.file))
    assert last_exchange(kiosk.store) is None
    add_reply(desk.store, receipt.id, "답변")
    (answer,) = write_bundles(desk, stick)
    read_bundle(kiosk, Path(answer.file))
    assert last_exchange(kiosk.store) is not None
    assert last_exchange(desk.store) is None


def test_a_word_of_a_forked_journal_confirms_nothing(
    kiosk: StoreShelf, desk: StoreShelf, stick: Path
) -> None:
    """The desk holds another event under the same number: what the kiosk has stays unconfirmed."""
    some(kiosk, 1)
    (made,) = write_bundles(kiosk, stick)
    read_bundle(desk, Path(made.file))
    (answer,) = write_bundles(desk, stick)
    kiosk.store.rows("UPDATE event SET chain = ?", (bytes(32),))
    read_bundle(kiosk, Path(answer.file))
    status = exchange_status(kiosk)
    assert (status.sent_not_confirmed, status.forks) == (1, 1)


def test_a_kiosks_stick_is_shut_to_other_kiosks_and_open_to_desks_enrolled_later(
    kiosk: StoreShelf, authority: Authority, stick: Path, tmp_path: Path
) -> None:
    some(kiosk, 1)
    (made,) = write_bundles(kiosk, stick)
    with open_store(tmp_path / "other") as store:
        other = enrolled(authority, store, DeviceRole.KIOSK, "다른 키오스크")
        with pytest.raises(Refused) as refused:
            read_bundle(other, Path(made.file))
        assert refused.value.reason is Reason.NOT_FOR_US
    with open_store(tmp_path / "late") as store:
        late = enrolled(authority, store, DeviceRole.DESK, "나중 검토대")
        assert read_bundle(late, Path(made.file)).new == 1
